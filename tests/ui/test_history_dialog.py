"""Past imports are listed with numbers that add up, printed to a page, and forgotten when asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.flow.history import ImportSummary, past_imports
from app.report import ImportTotals
from app.settings import stored
from app.settings.folders import Folders
from app.ui.history_dialog import HistoryDialog, together_words

TOTALS = ImportTotals(6, 1, 1, 1, 3, 1, 1, 0, 1, 0, 0)
ONE = ImportSummary(
    "a" * 32, 1_700_000_000.0, 1_700_000_060.0, "smsend", False, "Shop", "list.csv", "f" * 64, TOTALS
)  # fmt: skip
PRACTICE = replace(ONE, id="b" * 32, practice=True, account="", ended=1_700_000_000.0)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    made = Folders(tmp_path / "settings", tmp_path, tmp_path)
    kept = [
        {"id": one.id, "began": one.began, "ended": one.ended, "provider": one.provider, "file": one.file,
         "practice": one.practice, "account": one.account, "fingerprint": one.fingerprint,
         "totals": one.totals.as_numbers()}
        for one in (ONE, PRACTICE)
    ]  # fmt: skip
    stored.save(made.settings / "history.json", {"imports": kept})
    return made


@pytest.fixture
def dialog(folders: Folders, qtbot: QtBot) -> HistoryDialog:
    made = HistoryDialog(folders)
    qtbot.addWidget(made)
    return made


def test_each_import_is_a_line_with_its_numbers(dialog: HistoryDialog) -> None:
    item = dialog.list.topLevelItem(0)
    assert item is not None
    assert [item.text(column) for column in range(1, 9)] == [
        "smsend, Shop", "list.csv", "6", "3", "2", "1", "0", "0",
    ]  # fmt: skip
    assert dialog.together.text() == "1 import without practice: 2 of 3 contacts have arrived."


def test_a_receipt_is_saved_as_a_page(dialog: HistoryDialog, tmp_path: Path) -> None:
    path = tmp_path / "receipt.pdf"
    assert dialog.chosen == ONE
    dialog.save_receipt(ONE, path)
    assert path.read_bytes().startswith(b"%PDF-")
    assert not dialog.problem_box.isVisibleTo(dialog)


def test_a_receipt_that_can_not_be_saved_is_a_problem_in_place(dialog: HistoryDialog, tmp_path: Path) -> None:
    dialog.save_receipt(ONE, tmp_path / "nowhere" / "receipt.pdf")
    assert dialog.problem_box.isVisibleTo(dialog)


def test_one_import_is_forgotten(dialog: HistoryDialog, folders: Folders, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.changed):
        dialog.forget.click()
    assert past_imports(folders)[0] == (PRACTICE,)
    assert dialog.list.topLevelItemCount() == 1


def test_an_empty_history_offers_nothing(tmp_path: Path, qtbot: QtBot) -> None:
    dialog = HistoryDialog(Folders(tmp_path, tmp_path, tmp_path))
    qtbot.addWidget(dialog)
    assert dialog.together.text() == "Nothing has been sent yet."
    assert not any(button.isEnabled() for button in (dialog.save, dialog.forget, dialog.erase))


def test_practice_is_not_added_up_with_the_rest() -> None:
    assert together_words([PRACTICE, PRACTICE]) == "2 practice imports."
