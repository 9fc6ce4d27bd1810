"""Rows of text into a workbook's sheet, straight into its zip file: a million take seconds and no memory.

The parts around the sheet (styles, relations, properties) are openpyxl's; the rows are written here, because
openpyxl without lxml takes ten times as long and keeps everybody's data in a temporary file meanwhile. Knows
the parts of one sheet; refuses to know what the cells mean.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from app.table.rowmarkup import RowMarkup, storable
from app.table.shape import column_letter

MOST_ROWS = 1_048_576  # of a sheet, its header among them
_SHEET = "xl/worksheets/sheet1.xml"
_WRITE_AT = 1 << 18  # characters
_QUICK = 1  # of zlib's levels: a third of the time of the usual one, and a fifth more bytes
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<sheetViews><sheetView tabSelected="1" workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    '<sheetFormatPr baseColWidth="8" defaultRowHeight="15"/>'
)


class TooManyRows(Exception):
    """There are more than a sheet can hold."""


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet to be written: its title, its header, the widths of its columns in characters, the positions
    of those that hold numbers, and the lines of a hidden sheet beside it."""

    title: str
    header: Sequence[str]
    widths: Sequence[float]
    numbers: Collection[int] = ()
    hidden_title: str = ""
    hidden_lines: Sequence[str] = ()


def write_workbook(path: Path, page: Page, rows: Iterable[Sequence[str]]) -> None:
    """Write a workbook to `path`. Raises OSError, TooManyRows, and whatever `rows` raises."""
    skeleton, styles = _skeleton(page)
    with (
        zipfile.ZipFile(skeleton) as parts,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=_QUICK) as workbook,
    ):
        for part in parts.infolist():
            if part.filename != _SHEET:
                workbook.writestr(part.filename, parts.read(part))
        with workbook.open(_SHEET, "w", force_zip64=True) as stream:
            _write_sheet(stream, page, rows, styles)


@dataclass(frozen=True, slots=True)
class _Styles:
    """Numbers of cell styles: bold for the header, text, and plain for numbers."""

    bold: int
    text: int
    plain: int = 0


def _skeleton(page: Page) -> tuple[io.BytesIO, _Styles]:
    # openpyxl takes 85 ms to import: only who writes a workbook waits for it.
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.worksheet.worksheet import Worksheet

    workbook = Workbook()
    sheet = workbook.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has one sheet")
    sheet.title = page.title
    bold, text = sheet.cell(1, 1), sheet.cell(1, 2)
    bold.font, bold.number_format, text.number_format = Font(bold=True), "@", "@"
    styles = _Styles(bold.style_id, text.style_id)
    if page.hidden_lines:
        hidden = workbook.create_sheet(page.hidden_title)
        hidden.sheet_state = "hidden"
        for number, line in enumerate(map(storable, page.hidden_lines), start=1):
            cell = hidden.cell(number, 1)
            cell.number_format = "@"
            cell.value = line or None
            if line:
                cell.data_type = "s"  # never a formula
    skeleton = io.BytesIO()
    workbook.save(skeleton)
    workbook.close()
    return skeleton, styles


def _write_sheet(stream: IO[bytes], page: Page, rows: Iterable[Sequence[str]], styles: _Styles) -> None:
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1" '
        f'style="{styles.plain if place - 1 in page.numbers else styles.text}"/>'
        for place, width in enumerate(page.widths, start=1)
    )
    width = len(page.header)
    waiting = [
        _HEAD,
        f"<cols>{columns}</cols>" if columns else "",
        "<sheetData>",
        RowMarkup(width, styles.bold).row(1, page.header),
    ]
    markup = RowMarkup(width, styles.text, page.numbers)
    size, number = 0, 1
    for row in rows:
        number += 1
        if number > MOST_ROWS:
            raise TooManyRows
        line = markup.row(number, row)
        waiting.append(line)
        size += len(line)
        if size > _WRITE_AT:
            stream.write("".join(waiting).encode())
            waiting.clear()
            size = 0
    last = column_letter(max(0, width - 1))
    waiting.append(f'</sheetData><autoFilter ref="A1:{last}{number}"/></worksheet>')
    stream.write("".join(waiting).encode())
