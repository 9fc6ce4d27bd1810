"""What was decided about a file outlives the next decision; what is odd about a file is said on its page."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from pytestqt.qtbot import QtBot

from app.flow.reading import change_since, read_file
from app.table.protection import protect
from app.table.shape import HiddenRows, ReadingChoice
from app.ui.pages.check_contacts import CheckContactsPage
from app.ui.pages.choose_file import ChooseFilePage
from app.ui.pages.page import DraftPage
from app.ui.session import Session
from app.ui.widgets.primary import is_primary
from tests.ui.sheets import workbook


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> ChooseFilePage:
    return _page(qtbot, session)


def _page(qtbot: QtBot, session: Session) -> ChooseFilePage:
    page = ChooseFilePage(session)
    qtbot.addWidget(page)
    page.enter()
    page.show()
    return page


def _wait(qtbot: QtBot, page: ChooseFilePage) -> None:
    qtbot.waitUntil(lambda: not page.working.isVisible())


def _title(page: DraftPage) -> str:
    """Of the problem that is shown."""
    problem = page.problem_box.problem
    return problem.title if problem is not None and page.problem_box.isVisible() else ""


def _two_sheets(folder: Path) -> Path:
    """Merged cells on both sheets, and a row that no one sees."""
    book = xlsxwriter.Workbook(str(folder / "plain.xlsx"))
    for name in ("People", "Friends"):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, ["City", "Name", "Phone"])
        sheet.merge_range(1, 0, 2, 0, "Roma")
        sheet.write_row(1, 1, [f"Anna of {name}", "+447700900001"])
        sheet.write_row(2, 1, ["Zoë", "+447700900002"])
        sheet.write_row(3, 0, ["Bari", "Eva", "+447700900003"])
        sheet.set_row(3, options={"hidden": True})
    book.close()
    return folder / "plain.xlsx"


def _locked(folder: Path) -> Path:
    locked = folder / "locked.xlsx"
    protect(_two_sheets(folder), locked, "sesame")
    return locked


def _cities(session: Session) -> list[str]:
    assert session.draft.file is not None
    return [row.cells[0] for row in session.draft.file.first]


def test_password_and_repeated_cells_outlive_other_choices(
    qtbot: QtBot, page: ChooseFilePage, session: Session, tmp_path: Path
) -> None:
    page.read(_locked(tmp_path))
    _wait(qtbot, page)
    assert page.password.isVisible()
    page.password.line.setText("sesam")
    assert is_primary(page.password.open_button), "it leads on"
    page.password.given.emit("sesame")
    _wait(qtbot, page)
    box = page.file_box
    box.notices.repeat.click()
    _wait(qtbot, page)
    assert _cities(session) == ["Roma", "Roma", "Bari"]
    box.notices.visible_only.click()
    _wait(qtbot, page)
    assert _cities(session) == ["Roma", "Roma"]
    box.sheet.pick("Friends")
    _wait(qtbot, page)
    assert session.draft.file is not None
    assert session.draft.file.shape.sheet == "Friends"
    assert _cities(session) == ["Roma", "Roma"]
    assert box.notices.repeat.isChecked()
    assert not page.password.isVisible()


def test_two_rows_of_headers_are_joined_and_taken_apart_again(
    qtbot: QtBot, page: ChooseFilePage, session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "Person;Home;;Work;\n;Phone;Town;Phone;Town\nAnna;+447700900001;Bath;+447700900002;York\n",
        encoding="utf-8",
    )
    page.read(path)
    _wait(qtbot, page)

    def headers() -> list[str]:
        assert session.draft.file is not None
        return list(session.draft.file.headers)

    joined = ["Person", "Home: Phone", "Home: Town", "Work: Phone", "Work: Town"]
    assert headers() == joined
    notices = page.file_box.notices
    assert (notices.join.isVisible(), notices.join.isChecked()) == (True, True)
    assert "row 1" in notices.sentences[0]
    notices.join.click()
    _wait(qtbot, page)
    assert headers() == ["Column A", "Phone", "Town", "Phone (2)", "Town (2)"]
    assert "not used" in notices.sentences[0]
    notices.join.click()
    _wait(qtbot, page)
    assert headers() == joined


def test_another_language_loses_nothing_that_was_chosen(
    qtbot: QtBot, page: ChooseFilePage, session: Session, tmp_path: Path
) -> None:
    choice = ReadingChoice(password="sesame", repeat_merged=True, hidden=HiddenRows.VISIBLE_ONLY)
    page.read(_locked(tmp_path), choice)
    _wait(qtbot, page)
    other = _page(qtbot, session)  # as another language makes one, for the same session
    assert other.file_box.notices.repeat.isChecked()
    other.file_box.sheet.pick("Friends")
    _wait(qtbot, other)
    assert _cities(session) == ["Roma", "Roma"]


def test_a_header_that_was_clicked_stays_where_letters_are_read_otherwise(
    qtbot: QtBot, page: ChooseFilePage, session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("Name;Città\nNome;Città\nNiccolò;Forlì\n".encode("cp1252"))
    page.read(path)
    _wait(qtbot, page)
    page.file_box.header_row.setValue(2)
    _wait(qtbot, page)
    page.file_box.encoding.pick("cp1250")
    _wait(qtbot, page)
    assert session.draft.file is not None
    assert (session.draft.file.shape.header_row, session.draft.file.shape.encoding) == (2, "cp1250")


def test_letters_from_anywhere_in_the_file_are_shown(
    qtbot: QtBot, page: ChooseFilePage, tmp_path: Path
) -> None:
    path = tmp_path / "late.csv"
    text = "Name;City\n" + "Anna;Roma\n" * 20_000 + "Zoë;(Köln)\n" + "Anna;Roma\n" * 20_000
    path.write_bytes(text.encode("cp1252"))
    page.read(path)
    _wait(qtbot, page)
    assert page.file_box.letters.text() == "Letters in this file: Zoë  Köln"
    page.file_box.encoding.pick("mac-roman")
    _wait(qtbot, page)
    assert "Zoë" not in page.file_box.letters.text()


def test_everything_odd_about_a_list_is_said(qtbot: QtBot, page: ChooseFilePage, tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "odd.xlsx"))
    sheet = book.add_worksheet("Odd")
    sheet.write_row(0, 0, ["City", "Name", "Phone"])
    sheet.merge_range(1, 0, 2, 0, "Roma")
    sheet.write_row(1, 1, ["Anna", "+447700900001"])
    sheet.write_row(2, 1, ["Zoë", "+447700900002"])
    sheet.set_row(2, options={"hidden": True})
    sheet.set_column(1, 1, None, None, {"hidden": True})
    sheet.write_row(3, 0, ["Bari", "Eva"])
    sheet.write_formula(3, 2, "=NA()", None, "#N/A")
    sheet.write_row(4, 0, ["Pisa", "Ida", "1"])
    sheet.write_string(4, 100, "a note far aside")
    sheet.write_row(3_000, 0, ["Lodi", "Ugo", "2"])
    sheet.write_row(3_001, 0, ["Totale", "5"])
    book.close()
    page.read(tmp_path / "odd.xlsx")
    _wait(qtbot, page)
    said = " ".join(page.file_box.notices.sentences)
    for words in ("You see", "merged", "spreadsheet error (C4)", "totals (row 3002)", "column is hidden"):
        assert words in said
    for words in ("blank rows in it were passed over", "more cells than there are columns"):
        assert words in said
    assert "blank ones ignored" in page.file_box.counts.text()


def test_a_file_that_changes_after_it_was_read_is_noticed_before_the_upload(
    qtbot: QtBot, page: ChooseFilePage, session: Session, tmp_path: Path
) -> None:
    path = workbook(tmp_path)
    page.read(path)
    _wait(qtbot, page)
    page.enter()
    assert not _title(page)
    checking = CheckContactsPage(session)
    qtbot.addWidget(checking)
    checking.show()
    checking.enter()
    qtbot.waitUntil(checking.isComplete)
    assert not _title(checking)
    checking.leave()
    os.utime(path, ns=(1, 1))
    checking.enter()
    qtbot.waitUntil(checking.isComplete)
    assert "was changed after it was read" in _title(checking)
    checking.leave()
    page.enter()
    assert "was changed after it was read" in _title(page)


def test_a_file_that_is_gone_or_unknown_is_not_called_changed(tmp_path: Path) -> None:
    file = read_file(workbook(tmp_path), ReadingChoice(), tmp_path)
    assert change_since(file) is None
    assert change_since(replace(file, stamp=(1, 1))) is not None
    assert change_since(replace(file, stamp=None)) is None
    file.shape.path.unlink()
    assert change_since(file) is None
