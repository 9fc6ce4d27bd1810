"""Tests choose_file with real files: reading, showing, reading otherwise, stopping, and what goes wrong."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.flow.parts import Parts
from app.table.shape import ReadingChoice
from app.ui.pages.choose_file import ChooseFilePage
from app.ui.session import Session
from tests.ui.sheets import HEADERS, text_file, workbook


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> ChooseFilePage:
    page = ChooseFilePage(session)
    qtbot.addWidget(page)
    page.enter()
    page.show()
    return page


def read(qtbot: QtBot, page: ChooseFilePage, path: Path, choice: ReadingChoice | None = None) -> None:
    page.read(path, choice)
    wait(qtbot, page)


def wait(qtbot: QtBot, page: ChooseFilePage) -> None:
    qtbot.waitUntil(lambda: not page.working.isVisible())


def ledgers(parts: Parts) -> list[str]:
    return [path.name for path in parts.folders.imports.iterdir() if path.suffix == ".ledger"]


def test_the_page_starts_with_a_place_to_drop_a_file(page: ChooseFilePage) -> None:
    assert page.drop_area.isVisible()
    assert not page.isComplete()


def test_a_file_that_was_read_is_shown_with_its_own_row_numbers(
    qtbot: QtBot, page: ChooseFilePage, tmp_path: Path
) -> None:
    read(qtbot, page, workbook(tmp_path))
    assert page.isComplete()
    assert page.file_box.name.text() == "people.xlsx"
    assert page.file_box.counts.text() == "Sheet People: 5 rows, 1 blank one ignored; 6 columns"
    rows = page.file_box.table.rows
    headers = [rows.headerData(n, Qt.Orientation.Horizontal) for n in range(rows.columnCount())]
    assert headers == list(HEADERS)
    numbers = [rows.headerData(n, Qt.Orientation.Vertical) for n in range(rows.rowCount())]
    assert numbers == ["2", "3", "5", "6"]
    assert rows.data(rows.index(2, 0)) == "Carla"


def test_reading_a_file_suggests_its_columns(
    qtbot: QtBot, page: ChooseFilePage, session: Session, tmp_path: Path
) -> None:
    read(qtbot, page, workbook(tmp_path))
    mapping = session.draft.mapping
    assert mapping.position_of("email") == 3
    assert not session.draft.missing_fields


def test_a_dropped_file_is_read(qtbot: QtBot, page: ChooseFilePage, tmp_path: Path) -> None:
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(workbook(tmp_path)))])
    drop = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        dragged,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.drop_area.dropEvent(drop)
    wait(qtbot, page)
    assert page.isComplete()


def test_the_drop_area_is_a_button_for_the_keyboard(qtbot: QtBot, page: ChooseFilePage) -> None:
    assert page.drop_area.focusPolicy() & Qt.FocusPolicy.TabFocus
    page.drop_area.clicked.disconnect()  # a file dialog would wait for a person
    with qtbot.waitSignal(page.drop_area.clicked):
        QTest.keyClick(page.drop_area, Qt.Key.Key_Space)


def test_the_sample_can_be_read(qtbot: QtBot, page: ChooseFilePage, session: Session) -> None:
    page.sample_button.click()
    wait(qtbot, page)
    assert session.draft.file is not None
    assert session.draft.file.read > 400


def test_the_letters_of_a_text_file_can_be_read_otherwise(
    qtbot: QtBot, page: ChooseFilePage, session: Session, tmp_path: Path
) -> None:
    read(qtbot, page, text_file(tmp_path))
    box = page.file_box
    assert (box.encoding.value, box.delimiter.value) == ("cp1252", ";")
    assert box.encoding.isVisible()
    assert not box.sheet.isVisible()
    box.encoding.pick("mac-roman")
    wait(qtbot, page)
    file = session.draft.file
    assert file is not None
    assert file.shape.encoding == "mac-roman"
    assert file.first[0].cells[0] != "Jörg"


def test_another_sheet_can_be_read(
    qtbot: QtBot, page: ChooseFilePage, session: Session, tmp_path: Path
) -> None:
    read(qtbot, page, workbook(tmp_path))
    page.file_box.sheet.pick("Friends")
    wait(qtbot, page)
    assert session.draft.file is not None
    assert session.draft.file.headers == ("Name", "Telephone")


def test_another_header_row_can_be_chosen(
    qtbot: QtBot, page: ChooseFilePage, session: Session, tmp_path: Path
) -> None:
    read(qtbot, page, workbook(tmp_path))
    page.file_box.header_row.setValue(2)
    wait(qtbot, page)
    assert session.draft.file is not None
    assert session.draft.file.headers[:2] == ("Anna", "Rossi")


def test_a_list_without_a_header_opens_and_any_row_can_name_its_columns(
    qtbot: QtBot, page: ChooseFilePage, session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("12;anna@example.com\nluca;luca@example.com\n", encoding="utf-8")
    read(qtbot, page, path)
    box = page.file_box
    assert session.draft.file is not None
    assert session.draft.file.headers == ("Column A", "Column B")
    assert (session.draft.file.read, box.header_row.value(), box.header_row.text()) == (2, 0, "no row")
    assert "make it the header" in box.notices.sentences[0]
    box.table.selectRow(0)
    box.make_header.click()
    wait(qtbot, page)
    assert session.draft.file.headers == ("12", "anna@example.com")
    assert not box.notices.sentences
    box.header_row.setValue(0)
    wait(qtbot, page)
    assert session.draft.file.headers == ("Column A", "Column B")


def test_reading_another_file_erases_what_the_first_one_left(
    qtbot: QtBot, page: ChooseFilePage, parts: Parts, tmp_path: Path
) -> None:
    read(qtbot, page, workbook(tmp_path))
    first = ledgers(parts)
    read(qtbot, page, text_file(tmp_path))
    assert len(first) == len(ledgers(parts)) == 1
    assert first != ledgers(parts)


def test_a_missing_file_is_a_problem_in_place(qtbot: QtBot, page: ChooseFilePage, tmp_path: Path) -> None:
    read(qtbot, page, tmp_path / "gone.xlsx")
    assert page.problem_box.isVisible()
    assert page.drop_area.isVisible()
    assert not page.isComplete()


def test_a_problem_keeps_the_file_that_was_read_before(
    qtbot: QtBot, page: ChooseFilePage, session: Session, tmp_path: Path
) -> None:
    read(qtbot, page, workbook(tmp_path))
    before = session.draft
    (tmp_path / "empty.csv").touch()
    read(qtbot, page, tmp_path / "empty.csv")
    assert page.problem_box.isVisible()
    assert session.draft == before
    assert page.isComplete()


def test_the_keys_go_to_another_choice_where_a_file_can_not_be_read(
    qtbot: QtBot, page: ChooseFilePage, tmp_path: Path
) -> None:
    read(qtbot, page, tmp_path / "gone.xlsx")
    assert page.focusWidget() is page.drop_area
    read(qtbot, page, workbook(tmp_path))
    read(qtbot, page, tmp_path / "gone.xlsx")
    assert page.focusWidget() is page.file_box.another


def test_reading_can_be_stopped(qtbot: QtBot, page: ChooseFilePage, parts: Parts, tmp_path: Path) -> None:
    page.read(workbook(tmp_path))
    assert page.working.isVisible()
    assert not page.isComplete()
    page.working.stop.click()
    wait(qtbot, page)
    # A small file may be read before the request to stop is seen; either way nothing is left in between.
    assert len(ledgers(parts)) == (1 if page.isComplete() else 0)


def test_leaving_the_page_ends_the_reading(page: ChooseFilePage, parts: Parts, tmp_path: Path) -> None:
    page.read(workbook(tmp_path))
    page.leave()
    assert not ledgers(parts)
    assert page.drop_area.isVisible()
    assert not page.isComplete()


def test_hidden_rows_are_asked_about_with_the_numbers(
    qtbot: QtBot, page: ChooseFilePage, session: Session, tmp_path: Path
) -> None:
    read(qtbot, page, filtered(tmp_path))
    notices = page.file_box.notices
    assert notices.isVisible()
    assert notices.visible_only.text() == "Only the rows you see (2)"
    assert notices.all_rows.text() == "All rows (4)"
    assert notices.visible_only.isChecked()
    assert counted(session) == 2
    notices.all_rows.click()
    wait(qtbot, page)
    assert counted(session) == 4
    assert page.file_box.notices.all_rows.isChecked()
    page.file_box.notices.visible_only.click()
    wait(qtbot, page)
    assert counted(session) == 2


def test_merged_cells_can_be_repeated_and_not(
    qtbot: QtBot, page: ChooseFilePage, session: Session, tmp_path: Path
) -> None:
    read(qtbot, page, merged(tmp_path))
    repeat = page.file_box.notices.repeat
    assert repeat.isVisible()
    assert not repeat.isChecked()
    repeat.click()
    wait(qtbot, page)
    assert session.draft.file is not None
    assert [row.cells[4] for row in session.draft.file.first] == ["Milano", "Milano", "Torino", "Milano"]
    assert repeat.isVisible()
    assert repeat.isChecked()


def test_a_list_without_surprises_has_no_notices(qtbot: QtBot, page: ChooseFilePage, tmp_path: Path) -> None:
    read(qtbot, page, workbook(tmp_path))
    assert not page.file_box.notices.isVisible()


def test_a_row_of_the_table_can_become_the_header(
    qtbot: QtBot, page: ChooseFilePage, session: Session, tmp_path: Path
) -> None:
    read(qtbot, page, workbook(tmp_path))
    box = page.file_box
    assert not box.make_header.isVisible()
    box.table.selectRow(0)
    assert box.make_header.text() == "Make row 2 the header"
    box.make_header.click()
    wait(qtbot, page)
    assert session.draft.file is not None
    assert session.draft.file.headers[0] == "Anna"
    assert not box.make_header.isVisible()


def test_the_letters_shown_are_those_with_accents(qtbot: QtBot, page: ChooseFilePage, tmp_path: Path) -> None:
    read(qtbot, page, text_file(tmp_path))
    assert page.file_box.letters.text() == "Letters in this file: Jörg  Müller  Größ"
    page.file_box.encoding.pick("mac-roman")
    wait(qtbot, page)
    assert "Jörg" not in page.file_box.letters.text()


def test_the_first_rows_are_shown_while_the_rest_is_read(
    qtbot: QtBot, page: ChooseFilePage, tmp_path: Path
) -> None:
    page.read(workbook(tmp_path))
    wait(qtbot, page)
    assert page.reading_view.first_look.rows.rowCount() == 4


def counted(session: Session) -> int:
    file = session.draft.file
    assert file is not None
    return file.read - file.blank


def filtered(folder: Path) -> Path:
    """Four people, two of them hidden by a filter."""
    path = workbook(folder)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet.auto_filter.ref = "A1:F6"
    sheet.auto_filter.add_filter_column(4, ["Milano"])
    sheet.row_dimensions[3].hidden = sheet.row_dimensions[5].hidden = True
    book.save(path)
    return path


def merged(folder: Path) -> Path:
    """Four people, the first two with one merged city."""
    path = workbook(folder)
    book = openpyxl.load_workbook(path)
    book.worksheets[0].merge_cells("E2:E3")
    book.save(path)
    return path
