"""Everything that can be done to a checked list, done in the window as a user would, and taken back again."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from app.contacts.contact import FindingKind
from app.contacts.rules import LetterCase, WhichNumber
from app.flow.draft import ImportDraft
from app.flow.repairs import Repair
from app.ledger.contacts import Show
from app.table.reading import AS_FOUND, open_table
from app.ui.checking.checked_list import CheckedList
from app.ui.models.contact_table import FIELDS_FROM, ContactTable
from app.ui.pages.check_contacts import CheckContactsPage
from app.ui.widgets.contact_filters import FILTERS
from app.ui.widgets.repair_dialog import RepairDialog
from app.ui.widgets.repair_forms import CountryAnswer, DuplicatesAnswer, FieldAnswers
from app.ui.widgets.replace_dialog import ReplaceDialog
from app.ui.widgets.word_answers import WordAnswers
from tests.ui.import_scene import checked_page, messy_draft, scene_with

PATIENCE = 20.0  # seconds

LIST = """E-mail;Phone;First name;Gender
anna@gmial.com;0151 23450001;ANNA;lady
bob@example.com;0151 23450002;BOB;male
bob@example.com;;Bobby;lady
nobody at example;;Nobody;LADY
carla@example.com;+49 1512 3450002;Carla;gent
"""


TWO_NUMBERS = """E-mail;Phone;First name
anna@example.com;0151 23450001 / 030 12345678;Anna
bob@example.com;030 12345678 / 0151 23450002;Bob
carla@example.com;0151 23450003;Carla
dora@example.com;0151 23450004 / 0151 23450005;Dora
"""


@pytest.fixture
def page(tmp_path: Path, qtbot: QtBot) -> Iterator[CheckContactsPage]:
    draft = messy_draft(tmp_path, LIST)
    draft = draft.with_mapping(draft.mapping.with_field("gender", 3))
    with checked(draft, tmp_path, qtbot) as made:
        yield made


@contextmanager
def checked(draft: ImportDraft, tmp_path: Path, qtbot: QtBot) -> Iterator[CheckContactsPage]:
    with scene_with(draft, tmp_path) as scene, checked_page(scene, qtbot) as made:
        yield made


def found(page: CheckContactsPage) -> dict[FindingKind, int]:
    assert page.draft.checked is not None
    return dict(page.draft.checked.findings)


def column(page: CheckContactsPage, number: int) -> list[str]:
    model = page.table.model()
    return [str(model.index(line, FIELDS_FROM + number).data()) for line in range(model.rowCount())]


def asked(page: CheckContactsPage, qtbot: QtBot, repair: Repair) -> RepairDialog:
    page.changes.repair(repair)
    qtbot.waitUntil(lambda: page.changes.dialog is not None)
    assert isinstance(page.changes.dialog, RepairDialog)
    return page.changes.dialog


def agreed(page: CheckContactsPage, qtbot: QtBot, dialog: RepairDialog | ReplaceDialog) -> None:
    with qtbot.waitSignal(page.corrected):
        dialog.apply.click()


def stepped(page: CheckContactsPage, qtbot: QtBot, back: bool) -> None:
    with qtbot.waitSignal(page.corrected):
        (page.filters.undo if back else page.filters.redo).click()


def test_words_are_decided_one_by_one_with_their_rows(page: CheckContactsPage, qtbot: QtBot) -> None:
    before = found(page)
    dialog = asked(page, qtbot, Repair.WORDS)
    assert isinstance(dialog.form, WordAnswers)
    assert set(dialog.form.combos) == {("gender", "lady"), ("gender", "gent")}
    assert not dialog.apply.isEnabled()
    dialog.form.combos["gender", "lady"].pick("f")
    qtbot.waitUntil(lambda: len(dialog.examples.texts()) == 3)
    assert dialog.examples.texts()[0] == ["2", "Gender: lady", "f"]
    agreed(page, qtbot, dialog)
    assert column(page, 3)[:3] == ["f", "m", "f"]
    assert found(page)[FindingKind.CHOICE_UNKNOWN] == 1
    assert page.draft.rules.of("gender").words == (("lady", "f"),)
    stepped(page, qtbot, back=True)
    assert (found(page), page.draft.rules.by_field) == (before, ())
    stepped(page, qtbot, back=False)
    assert column(page, 3)[:3] == ["f", "m", "f"]
    assert not page.filters.redo.isEnabled()


def test_typing_errors_are_corrected_only_when_agreed_to(page: CheckContactsPage, qtbot: QtBot) -> None:
    dialog = asked(page, qtbot, Repair.DOMAINS)
    qtbot.waitUntil(lambda: bool(dialog.examples.texts()))
    assert dialog.examples.texts() == [["2", "E-mail: anna@gmial.com", "anna@gmail.com"]]
    dialog.reject()
    assert column(page, 0)[0] == "anna@gmial.com"
    agreed(page, qtbot, asked(page, qtbot, Repair.DOMAINS))
    assert column(page, 0)[0] == "anna@gmail.com"


def test_another_country_is_tried_out_before_it_is_taken(page: CheckContactsPage, qtbot: QtBot) -> None:
    assert column(page, 1)[:2] == ["+4915123450001", "+4915123450002"]
    dialog = asked(page, qtbot, Repair.COUNTRY)
    assert isinstance(dialog.form, CountryAnswer)
    qtbot.waitUntil(lambda: len(dialog.examples.texts()) == 2)
    assert dialog.examples.texts()[0][1:] == ["Phone number: 0151 23450001", "+4915123450001"]
    dialog.form.combo.pick("")
    qtbot.waitUntil(lambda: dialog.examples.texts()[0][2] == "(not sent)")
    assert len(dialog.examples.texts()) == 2
    agreed(page, qtbot, dialog)
    assert found(page)[FindingKind.PHONE_NO_COUNTRY] == 2
    assert page.draft.default_country == ""


def test_the_answer_that_stands_is_shown_with_rows_it_leaves_as_they_are(
    tmp_path: Path, qtbot: QtBot
) -> None:
    with checked(messy_draft(tmp_path, TWO_NUMBERS), tmp_path, qtbot) as page:
        dialog = asked(page, qtbot, Repair.NUMBER)
        assert isinstance(dialog.form, FieldAnswers)
        qtbot.waitUntil(lambda: bool(dialog.examples.texts()))
        assert [line[0::2] for line in dialog.examples.texts()] == [
            ["2", "+4915123450001"],
            ["3", "+4915123450002"],
            ["5", "+4915123450004"],
        ]
        dialog.form.combos["phoneNumber"].pick(WhichNumber.FIRST)
        qtbot.waitUntil(lambda: dialog.examples.texts()[1][2] == "+493012345678")
        assert [line[0] for line in dialog.examples.texts()] == ["2", "3", "5"]
        assert dialog.examples.texts()[0][1] == "Phone number: 0151 23450001 / 030 12345678"


def test_letters_are_changed_for_the_fields_that_were_asked_for(
    page: CheckContactsPage, qtbot: QtBot
) -> None:
    dialog = asked(page, qtbot, Repair.LETTERS)
    assert isinstance(dialog.form, FieldAnswers)
    dialog.form.combos["name"].pick(LetterCase.NAMES)
    qtbot.waitUntil(lambda: len(dialog.examples.texts()) == 2)
    agreed(page, qtbot, dialog)
    assert column(page, 2) == ["Anna", "Bob", "Bobby", "Nobody", "Carla"]


def test_who_is_sent_of_the_same_person_is_shown_before_it_happens(
    page: CheckContactsPage, qtbot: QtBot
) -> None:
    dialog = asked(page, qtbot, Repair.DUPLICATES)
    assert isinstance(dialog.form, DuplicatesAnswer)
    qtbot.waitUntil(lambda: len(dialog.examples.texts()) == 2)
    assert dialog.examples.texts() == [
        ["3", "bob@example.com", "To send"],
        ["4", "bob@example.com", "Duplicate"],
    ]


def test_rows_are_left_out_and_taken_in_again(page: CheckContactsPage, qtbot: QtBot) -> None:
    assert page.draft.checked is not None
    to_send = page.draft.checked.to_send
    page.table.selectionModel().select(
        page.table.model().index(0, 0),
        QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
    )
    with qtbot.waitSignal(page.corrected):
        QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert page.draft.checked.to_send == to_send - 1
    assert found(page)[FindingKind.PUT_ASIDE] == 1
    with qtbot.waitSignal(page.filtered):
        page.filters.chips.chip([one for one, _ in FILTERS].index(Show.LEFT_OUT)).click()
    actions = {action.text(): action for action in page.filters.place.menu().actions()}
    with qtbot.waitSignal(page.corrected):
        actions["Put back all rows that are shown"].trigger()
    assert page.draft.checked.to_send == to_send


def test_a_filter_chosen_while_the_list_changes_shows_the_list_as_it_is_then(
    page: CheckContactsPage, qtbot: QtBot
) -> None:
    left_out = [one for one, _ in FILTERS].index(Show.LEFT_OUT)
    page.changes.leave_out([2])
    page.filters.chips.chip(left_out).click()  # which may read the ledger before or after the change
    with qtbot.waitSignal(page.corrected):
        pass
    qtbot.waitUntil(lambda: column(page, 0) == ["anna@gmial.com", "nobody at example"])


def test_the_cross_that_clears_the_search_goes_with_its_text(page: CheckContactsPage, qtbot: QtBot) -> None:
    page.show()
    with qtbot.waitSignal(page.filtered):
        QTest.keyClicks(page.filters.search, "anna")
    cross = page.filters.search.findChild(QToolButton)
    assert isinstance(cross, QToolButton)
    qtbot.waitUntil(lambda: cross.property("opacity") == 1.0)
    with qtbot.waitSignal(page.filtered):
        page.filters.show_everything()
    qtbot.waitUntil(lambda: cross.property("opacity") == 0.0)


def test_find_and_replace_says_how_many_rows_it_changes(page: CheckContactsPage, qtbot: QtBot) -> None:
    page.side.findings.replace.click()
    dialog = page.changes.dialog
    assert isinstance(dialog, ReplaceDialog)
    assert not dialog.apply.isEnabled()
    QTest.keyClicks(dialog.text, " at ")
    QTest.keyClicks(dialog.new, "@mail.")
    qtbot.waitUntil(dialog.apply.isEnabled)
    assert dialog.said.text() == "1 row will change."
    assert dialog.examples.texts() == [["5", "nobody at example", "nobody@mail.example"]]
    agreed(page, qtbot, dialog)
    stepped(page, qtbot, back=True)
    assert column(page, 0)[3] == "nobody at example"


def test_what_was_found_leads_to_its_rows(page: CheckContactsPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.filtered):
        page.side.findings.kind_wanted.emit(FindingKind.EMAIL_TYPO)
    assert column(page, 0) == ["anna@gmial.com"]
    assert page.side.tabs.currentWidget() is page.side.findings, "there is something to put right"


def test_rows_that_are_left_out_can_be_saved_with_the_reason(
    page: CheckContactsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "left out.csv"
    with qtbot.waitSignal(page.changes.saved):
        page.changes.save(path)
    with open_table(path, AS_FOUND) as table:
        rows = [row.cells for row in table.rows()]
    assert [row[0] for row in rows] == ["nobody at example"]
    assert "not an e-mail address" in path.read_text("utf-8-sig")  # in a column of ours, which is not opened


def test_what_can_not_be_sent_is_seen_struck_through(page: CheckContactsPage) -> None:
    model = page.table.model()
    assert isinstance(model, ContactTable)
    look = model.look(3, FIELDS_FROM)
    assert (look.text, look.lost) == ("nobody at example", True)


def test_what_the_list_is_narrowed_to_stays_asked_for_when_nobody_is_left_in_it(
    page: CheckContactsPage, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page.filtered):
        page.side.findings.kind_wanted.emit(FindingKind.EMAIL_TYPO)
    model = page.table.model()
    with qtbot.waitSignal(page.corrected):
        model.setData(model.index(0, FIELDS_FROM), "anna@example.com")
    assert page.filters.wanted.kind is FindingKind.EMAIL_TYPO
    assert page.table.model().rowCount() == 1, "it stays in sight"
    assert page.filters.kinds.currentText().endswith("  0")
    assert page.filters.kinds.isEnabled()


def test_rows_that_a_change_brings_are_shown_though_another_change_follows_at_once(
    page: CheckContactsPage, qtbot: QtBot
) -> None:
    made: list[CheckedList] = []
    page.changes.changed.connect(made.append)
    with qtbot.waitSignal(page.corrected):
        page.changes.leave_out([2])
    (small,) = made
    assert small.rows is None
    large = replace(small, rows=array("q", [3, 4]), wanted=page.filters.wanted)
    with qtbot.waitSignal(page.corrected):
        page.changes.changed.emit(large)
        page.changes.changed.emit(small)
    assert column(page, -FIELDS_FROM) == ["3", "4"]


def test_rows_that_were_looked_up_before_a_change_are_not_shown_after_it(
    page: CheckContactsPage, qtbot: QtBot
) -> None:
    let_go = Event()

    def rows_of_before(_: object, __: object) -> array[int]:
        let_go.wait(PATIENCE)
        return array("q", [2])

    page.filtering.start(rows_of_before)
    page.changes.ended.connect(let_go.set)
    with qtbot.waitSignal(page.corrected):
        page.changes.leave_out([2])
    everybody = ["2", "3", "4", "5", "6"]
    qtbot.waitUntil(lambda: column(page, -FIELDS_FROM) == everybody)
    assert not page.filtering.running
