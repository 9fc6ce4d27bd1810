"""Old and foreign workbooks, and those with a password, open like the others."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from app.table.faults import PasswordProblem
from app.table.protection import protect
from app.table.reading import open_table
from app.table.shape import FileFormat, ReadingChoice
from app.table.writing import write_table

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def _cell(kind: str, value: str, shown: str) -> str:
    attribute = "office:date-value" if kind == "date" else "office:value"
    stored = f' {attribute}="{value}"' if kind != "string" else ""
    return f'<table:table-cell office:value-type="{kind}"{stored}><text:p>{shown}</text:p></table:table-cell>'


def _open_document(path: Path) -> Path:
    rows = [
        _cell("string", "", "Name") + _cell("string", "", "Phone") + _cell("string", "", "Born"),
        "",
        _cell("string", "", "Zoë")
        + _cell("float", "393471234567", "393471234567")
        + _cell("date", "2024-02-29", "29.2.24"),
    ]
    body = "".join(f"<table:table-row>{row or '<table:table-cell/>'}</table:table-row>" for row in rows)
    content = (
        f'<office:document-content xmlns:office="{_OFFICE}" xmlns:table="{_TABLE}" xmlns:text="{_TEXT}">'
        f'<office:body><office:spreadsheet><table:table table:name="List">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return path


def _protected(folder: Path, password: str) -> Path:
    write_table(folder / "open.xlsx", ["Name", "Phone"], [("Anna", "+393471234567")])
    protect(folder / "open.xlsx", folder / "locked.xlsx", password)
    return folder / "locked.xlsx"


def test_an_open_document_is_read_with_its_numbers_and_dates(tmp_path: Path) -> None:
    with open_table(_open_document(tmp_path / "list.ods")) as table:
        assert (table.shape.format, table.shape.sheets) == (FileFormat.ODS, ("List",))
        rows = list(table.rows())
    assert [(row.number, row.cells) for row in rows] == [
        (2, ("", "", "")),
        (3, ("Zoë", "393471234567", "2024-02-29")),
    ]


def test_a_protected_workbook_opens_with_its_password_only(tmp_path: Path) -> None:
    path = _protected(tmp_path, "sesame")
    with pytest.raises(PasswordProblem, match="protected"):
        open_table(path)
    with pytest.raises(PasswordProblem, match="does not open"):
        open_table(path, ReadingChoice(password="wrong"))
    with open_table(path, ReadingChoice(password="sesame")) as table:
        assert [row.cells for row in table.rows()] == [("Anna", "+393471234567")]


def test_a_password_is_not_shown_with_the_choice() -> None:
    assert "sesame" not in repr(ReadingChoice(password="sesame"))
