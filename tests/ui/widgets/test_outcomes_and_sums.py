"""Figures are shown so that they add up, and are said to screen readers too."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app import language
from app.contacts.contact import Level
from app.ledger.outcomes import OutcomeTotals
from app.ledger.tallies import CheckedTotals
from app.providers.verdicts import OutcomeKind
from app.ui.widgets.filter_chips import FilterChips
from app.ui.widgets.labels import Label
from app.ui.widgets.marks import SIZES, level_icon
from app.ui.widgets.outcome_bar import OutcomeBar
from app.ui.widgets.reason_list import ReasonGroup, ReasonLine, ReasonList
from app.ui.widgets.request_view import pretty
from app.ui.widgets.sum_line import SumLine


def test_every_outcome_is_in_the_legend_even_where_there_is_none(qtbot: QtBot) -> None:
    bar = OutcomeBar()
    qtbot.addWidget(bar)
    bar.show_totals(OutcomeTotals(created=1_200, refused=3))
    assert bar.shown(OutcomeKind.CREATED) == "1,200"
    assert bar.shown(OutcomeKind.UNSURE) == "0"
    assert "1,200" in bar.accessibleDescription()


@pytest.mark.parametrize(
    "totals", [OutcomeTotals(), OutcomeTotals(not_sent=5), OutcomeTotals(999_999, 0, 0, 1, 0, 0)]
)
def test_the_bar_can_be_drawn_for_any_counts(qtbot: QtBot, totals: OutcomeTotals) -> None:
    bar = OutcomeBar()
    qtbot.addWidget(bar)
    bar.resize(400, 80)
    bar.show_totals(totals)
    assert not bar.grab().isNull()


def test_the_words_of_all_outcomes_begin_at_one_height(qtbot: QtBot) -> None:
    bar = OutcomeBar()
    qtbot.addWidget(bar)
    words = [one for one in bar.findChildren(Label) if one.wordWrap()]
    words[1].setText("not\nknown")
    bar.resize(480, 120)
    bar.show()
    assert {one.y() for one in words} == {words[0].y()}
    assert words[0].height() > words[0].heightForWidth(words[0].width())
    assert all(one.alignment() & Qt.AlignmentFlag.AlignTop for one in words)


def test_a_sum_is_said_as_one_line(qtbot: QtBot) -> None:
    line = SumLine()
    qtbot.addWidget(line)
    line.show_sum((1_000, "read"), ((1, "blank"), (999, "to send")))
    line.show_sum((3, "read"), ((1, "blank"), (2, "to send")))
    assert line.accessibleName() == "3 read = 1 blank + 2 to send"


def test_the_words_of_a_sum_follow_its_counts(qtbot: QtBot) -> None:
    line = SumLine()
    qtbot.addWidget(line)
    line.show_list(CheckedTotals(1, 0, 0, 0, 1, {}))
    assert line.accessibleName() == "1 row read = 0 blank + 0 left out + 0 duplicates + 1 to send"
    line.show_list(CheckedTotals(1, 0, 0, 0, 1, {}), sent=True)
    assert line.accessibleName() == "1 row read = 0 blank + 0 left out + 0 duplicates + 1 contact"
    language.use("fr")
    try:
        line.show_list(CheckedTotals(1, 0, 0, 0, 1, {}))
        one = line.accessibleName()
        line.show_list(CheckedTotals(4, 0, 2, 0, 2, {}))
        many = line.accessibleName()
    finally:
        language.use("en")
    assert one == "1 ligne lue = 0 vide + 0 écartée + 0 doublon + 1 à envoyer"
    assert many == "4 lignes lues = 0 vide + 2 écartées + 0 doublon + 2 à envoyer"


def test_a_filter_that_shows_nothing_can_not_be_chosen(qtbot: QtBot) -> None:
    chips = FilterChips("Show", ["All", "Left out"])
    qtbot.addWidget(chips)
    chips.show_counts([0, 0])
    assert chips.chip(0).isEnabled()
    assert not chips.chip(1).isEnabled()
    chips.show_counts([2, 2])
    with qtbot.waitSignal(chips.chosen) as got:
        chips.chip(1).click()
    assert got.args == [1]
    assert chips.chosen_number == 1


@pytest.mark.usefixtures("qtbot")
@pytest.mark.parametrize("level", Level)
def test_every_level_has_a_mark_at_every_size(level: Level) -> None:
    icon = level_icon(level)
    assert [size.width() for size in icon.availableSizes()] == list(SIZES)


@pytest.mark.usefixtures("qtbot")
def test_marks_differ_in_shape() -> None:
    drawn = [level_icon(level).pixmap(16, 16).toImage().createAlphaMask() for level in Level]
    assert drawn[0] != drawn[1] != drawn[2] != drawn[0]


def test_reasons_are_shown_as_plain_text(qtbot: QtBot) -> None:
    listed = ReasonList()
    qtbot.addWidget(listed)
    listed.show_groups([ReasonGroup("Refused", (ReasonLine(2, "<b>Bad</b>", "Mend it."),))])
    assert ReasonLine(5, "This contact was refused.", of_each=True).times == "5\N{NO-BREAK SPACE}×"
    assert ReasonLine(1, "This contact was refused.", of_each=True).times == "1"
    assert not listed.grab().isNull()


def test_a_body_is_printed_without_a_change_of_content() -> None:
    assert pretty('{"a":"é"}'.encode()) == '{\n  "a": "é"\n}'
    assert pretty(b"plain") == "plain"
