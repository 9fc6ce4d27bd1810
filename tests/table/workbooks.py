"""Writes .xlsx files part by part, so that a test can hold any XML a spreadsheet program might write."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def sheet_xml(rows: str, head: str = "") -> str:
    """A worksheet part around `rows` (the inside of sheetData)."""
    return f'<worksheet xmlns="{_MAIN}">{head}<sheetData>{rows}</sheetData></worksheet>'


def workbook(
    path: Path,
    sheet: str,
    *,
    strings: str | None = None,
    styles: str | None = None,
    properties: str = "",
    absolute: bool = False,
    state: str = "visible",
) -> Path:
    """A workbook with one sheet called List; `sheet` is the whole part, `strings` the inside of sst."""
    target = "/xl/worksheets/page.xml" if absolute else "worksheets/page.xml"
    relations = [f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="{target}"/>']
    if strings is not None:
        relations.append(f'<Relationship Id="r2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>')
    if styles is not None:
        relations.append(f'<Relationship Id="r3" Type="{_OFFICE}/styles" Target="styles.xml"/>')
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{properties}'
        f'<sheets><sheet name="List" sheetId="1" state="{state}" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">'
        f"{''.join(relations)}</Relationships>",
        "xl/worksheets/page.xml": sheet,
    }
    if strings is not None:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{_MAIN}">{strings}</sst>'
    if styles is not None:
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{_MAIN}">{styles}</styleSheet>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def open_document(path: Path, lines: Iterable[Sequence[str]]) -> Path:
    """An .ods with one sheet of texts; "" is an empty cell, and what stands in others may hold markup."""
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
            if text
            else "<table:table-cell/>"
            for text in line
        )
        + "</table:table-row>"
        for line in lines
    )
    return document(path, f'<table:table table:name="List">{rows}</table:table>')


def document(path: Path, tables: str) -> Path:
    """An .ods around `tables`."""
    urn = "urn:oasis:names:tc:opendocument:xmlns:"
    names = "".join(f' xmlns:{short}="{urn}{short}:1.0"' for short in ("office", "table", "text"))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content{names}><office:body><office:spreadsheet>{tables}"
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path
