"""Pictures of workbooks that need an answer before they are read: with a password, or with several sheets.

Writes the workbooks and answers as a user does; how they are read is the table's.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape, quoteattr

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.flow.parts import Parts
from app.table.protection import protect
from app.table.writing import write_table
from app.ui.tour.way import Shoot, Way

_HEADERS = ("E-mail", "Mobile", "First name", "Last name")
_CUSTOMERS = (
    ("anna@example.com", "+44 7700 900123", "Anna", "Example"),
    ("bob@example.com", "+44 7700 900124", "Bob", "Example"),
)
_SHEETS: Mapping[str, Sequence[Sequence[str]]] = {
    "Customers": (_HEADERS, *_CUSTOMERS),
    "Partners": (_HEADERS, ("carla@example.org", "+44 7700 900125", "Carla", "Example")),
    "Old ones": (_HEADERS, ("dora@example.org", "+44 7700 900126", "Dora", "Example")),
}
_HIDDEN = "Old ones"
_RIGHT, _WRONG = "sesame", "letmein"
_KIND = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
)


class TourWorkbooks:
    """`show` goes through them, and sends nobody."""

    def __init__(self, parts: Parts, provider: str, shoot: Shoot) -> None:
        self._parts, self._provider, self._shoot = parts, provider, shoot

    def show(self) -> None:
        """Take them all. Raises TourStuck."""
        with TemporaryDirectory() as name:
            plain, locked = Path(name) / "customers.xlsx", Path(name) / "customers 2026.xlsx"
            write_table(plain, _HEADERS, _CUSTOMERS, sheet="Customers")
            protect(plain, locked, _RIGHT)
            sheets = _written(Path(name) / "customers and partners.ods")
            with Way(self._parts, self._provider, locked, self._shoot) as way:
                self._password(way, locked)
            with Way(self._parts, self._provider, sheets, self._shoot) as way:
                self._sheets(way, sheets)

    def _password(self, way: Way, locked: Path) -> None:
        page = way.start_page
        page.drop_area.dropped.emit(locked)
        way.until(page.problem_box.isVisible)
        QTest.keyClicks(page.password.line, _WRONG)
        way.see("17a-password-typed")
        asked = page.problem_box.accessibleName()
        QTest.keyClick(page.password.line, Qt.Key.Key_Return)
        way.until(lambda: page.problem_box.isVisible() and page.problem_box.accessibleName() != asked)
        way.see("17b-wrong-password")
        QTest.keyClicks(page.password.line, _RIGHT)
        page.password.open_button.click()
        way.until(page.isComplete)
        way.see("17c-right-password")

    def _sheets(self, way: Way, path: Path) -> None:
        page = way.start_page
        page.drop_area.dropped.emit(path)
        way.until(page.isComplete)
        way.see("17d-sheets")
        sheet = page.file_box.sheet
        sheet.showPopup()
        way.see("17e-sheet-list", sheet.view().window())
        sheet.hidePopup()
        sheet.setFocus()
        QTest.keyClick(sheet, Qt.Key.Key_Down)
        way.until(lambda: page.isComplete() and page.draft.file is not None and _shown(way) == "Partners")
        way.see("17f-other-sheet")


def _shown(way: Way) -> str:
    file = way.start_page.draft.file
    return file.shape.sheet if file is not None else ""


def _written(path: Path) -> Path:
    """A workbook with these sheets, one of them hidden, as LibreOffice has them."""
    style = '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="{}"/>'
    styles = style.format("false") + "</style:style>"
    sheets = "".join(_sheet(name, rows) for name, rows in _SHEETS.items())
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES} office:version="1.3">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", _KIND)
        archive.writestr("content.xml", content)
    return path


def _sheet(name: str, rows: Sequence[Sequence[str]]) -> str:
    lines = "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows)
    style = "ta2" if name == _HIDDEN else "ta1"
    return f'<table:table table:name={quoteattr(name)} table:style-name="{style}">{lines}</table:table>'


def _cell(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'
