"""At 200 % on a small screen, what a page is about is seen without scrolling.

What leads on is test_reach's.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.flow.draft import new_draft
from app.flow.parts import Parts
from app.flow.unfinished import UnfinishedImport
from app.ledger.outcomes import OutcomeTotals
from app.ui.application import build_wizard
from app.ui.pages.choose_file import ChooseFilePage
from app.ui.pages.map_columns import MapColumnsPage
from app.ui.pages.upload import UploadPage
from app.ui.widgets.start_view import StartView
from app.ui.wizard import FerryWizard, Step
from tests.ui.sheets import workbook

SMALL = (640, 360)  # 1280 by 720 at 200 %


@pytest.fixture
def wizard(qtbot: QtBot, parts: Parts) -> FerryWizard:
    wizard = build_wizard(new_draft("smsend", "GB"), parts)
    qtbot.addWidget(wizard)
    wizard.resize(*SMALL)
    wizard.show()
    return wizard


def test_how_far_reading_is_and_its_stop_are_seen_at_once(
    qtbot: QtBot, wizard: FerryWizard, tmp_path: Path
) -> None:
    page = wizard.page_of(Step.CHOOSE_FILE)
    assert isinstance(page, ChooseFilePage)
    page.start_view.show_unfinished(two_that_are_left(tmp_path))
    settle()
    page.read(workbook(tmp_path))
    settle()
    if page.working.isVisible():
        assert is_all_seen(page.working.bar)
        assert is_all_seen(page.working.stop)
    qtbot.waitUntil(page.isComplete)
    wizard.close()


def test_the_counts_of_an_upload_are_seen_beside_what_goes_on_with_it(
    qtbot: QtBot, wizard: FerryWizard, tmp_path: Path
) -> None:
    page = wizard.page_of(Step.CHOOSE_FILE)
    assert isinstance(page, ChooseFilePage)
    page.read(workbook(tmp_path))
    for step in (Step.CHOOSE_FILE, Step.MAP_COLUMNS, Step.CHOOSE_PROVIDER, Step.CHECK_CONTACTS, Step.UPLOAD):
        qtbot.waitUntil(wizard.page_of(step).isComplete)
        if step is not Step.UPLOAD:
            wizard.next()
    upload = wizard.page_of(Step.UPLOAD)
    assert isinstance(upload, UploadPage)
    settle()
    assert is_all_seen(upload.far.outcomes)
    upload.buttons.go_on.show()
    upload.phase.setText(
        "The first 5 contacts have arrived. Look at them, and then send the rest of the list."
    )
    settle()
    assert is_all_seen(upload.buttons.go_on)
    assert is_all_seen(upload.far.outcomes)
    wizard.close()


def test_why_a_column_was_suggested_is_readable_whole(
    qtbot: QtBot, wizard: FerryWizard, tmp_path: Path
) -> None:
    page = wizard.page_of(Step.CHOOSE_FILE)
    assert isinstance(page, ChooseFilePage)
    page.read(workbook(tmp_path))
    qtbot.waitUntil(page.isComplete)
    wizard.next()
    columns = wizard.page_of(Step.MAP_COLUMNS)
    assert isinstance(columns, MapColumnsPage)
    settle()
    note = next(iter(columns.fields.rows.values())).note
    one_line = note.height()
    note.setText("A reason that is far too long for a line of a window as narrow as this one. " * 3)
    settle()
    assert note.height() > 2 * one_line
    assert note.height() >= note.heightForWidth(note.width())
    wizard.resize(1_280, 720)
    settle()
    assert note.height() == one_line
    wizard.close()


def test_what_is_left_is_laid_out_alike_however_long_its_words_are(qtbot: QtBot, tmp_path: Path) -> None:
    view = StartView()
    qtbot.addWidget(view)
    view.show_narrow(True)
    view.show_unfinished(two_that_are_left(tmp_path))
    view.resize(500, 400)
    view.show()
    cards = view.unfinished.cards
    assert len(cards) == 2
    assert all(card.go_on.y() > card.words.geometry().bottom() for card in cards)
    view.show_narrow(False)
    view.resize(1_000, 700)
    settle()
    assert all(card.go_on.y() < card.words.geometry().bottom() for card in cards)


def two_that_are_left(folder: Path) -> tuple[UnfinishedImport, ...]:
    totals = OutcomeTotals(accepted=3, not_sent=5)
    stopped = UnfinishedImport(folder / "a.ledger", "a.xlsx", "smsend", False, "", 1.0, totals)
    return stopped, UnfinishedImport(folder / "b.ledger", "b.xlsx", "smsend", False, "", 1.0, totals)


def is_all_seen(widget: QWidget) -> bool:
    return widget.visibleRegion().boundingRect() == widget.rect()


def settle() -> None:
    for _ in range(10):
        QCoreApplication.processEvents()
