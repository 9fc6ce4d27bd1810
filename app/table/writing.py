"""The way out: writes rows of text into a new .xlsx or .csv, which appears under its name only when complete.

Every cell is text and stays text: no phone number becomes a number, no cell becomes a formula.
"""

from __future__ import annotations

import csv
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from app.table import faults
from app.table.shape import column_letter

LONGEST_CELL = 32_767
MOST_ROWS = 1_048_576
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\]")
_PHONE = re.compile(r"\+[\d\s().-]*\d[\d\s().-]*")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", *"\uff1d\uff0b\uff0d\uff20")  # also full-width
# A spreadsheet whose separator is not ours cuts cells elsewhere, and what follows begins a cell of its own.
_FORMULA_WITHIN = re.compile(r"([;\t]\s*)(?=[=@\uff1d\uff20]|[+\uff0b\uff0d-][\d\s().-]*[^\d\s().;-])")
_DEFAULT_WIDTH = 18.0


def write_table(
    path: Path,
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    sheet: str = "",
    widths: Sequence[float] | None = None,
) -> None:
    """Write a table to `path`: a workbook, or for the suffix .csv a UTF-8 text file with commas.

    `widths` are column widths in characters (workbooks only). Rows are taken one by one. The file is
    replaced in one step at the end; where anything fails, what was there before is untouched. Raises
    FileProblem where it can't be saved; what `rows` raises passes through.
    """
    with _appearing_whole(path) as unfinished:
        if path.suffix.lower() == ".csv":
            _write_text(unfinished, header, rows)
        else:
            _write_workbook(path, unfinished, header, rows, sheet, widths or ())


@contextmanager
def _appearing_whole(path: Path) -> Iterator[Path]:
    """A temporary file beside `path` that takes its name at the end, or vanishes."""
    try:
        handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise faults.not_written(path, error) from error
    unfinished = Path(name)
    try:
        yield unfinished
        unfinished.replace(path)
    except OSError as error:
        raise faults.not_written(path, error) from error
    finally:
        unfinished.unlink(missing_ok=True)


def _write_text(unfinished: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with unfinished.open("w", encoding="utf-8-sig", errors="replace", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([_harmless(cell) for cell in header])
        for row in rows:
            writer.writerow([_harmless(cell) for cell in row])


def _harmless(text: str) -> str:
    """A spreadsheet that opens this must not run it: an apostrophe stands before a possible formula.

    Phone numbers keep their plus: a sum of digits is all that a spreadsheet could make of them.
    """
    text = text.replace("\0", "")
    if ";" in text or "\t" in text:
        text = _FORMULA_WITHIN.sub(r"\1'", text)
    if text.startswith(_FORMULA_STARTS) and not _PHONE.fullmatch(text):
        return "'" + text
    return text


def _write_workbook(
    path: Path,
    unfinished: Path,
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    sheet: str,
    widths: Sequence[float],
) -> None:
    # openpyxl takes 85 ms to import: only who writes a workbook waits for it.
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    workbook = Workbook(write_only=True)
    page = workbook.create_sheet(_title(sheet))
    page.freeze_panes = "A2"
    for position in range(len(header)):
        width = widths[position] if position < len(widths) else _DEFAULT_WIDTH
        page.column_dimensions[column_letter(position)].width = width
    try:
        cells = [WriteOnlyCell(page) for _ in header]
        for cell in cells:
            cell.number_format = "@"
        bold = [WriteOnlyCell(page) for _ in header]
        for cell, text in zip(bold, header, strict=True):
            cell.font = Font(bold=True)
            _put(cell, text)
        page.append(bold)
        count = 1
        for row in rows:
            count += 1
            if count > MOST_ROWS:
                raise faults.too_many_rows(path)
            for cell, text in zip(cells, row, strict=True):
                _put(cell, text)
            page.append(cells)
        page.auto_filter.ref = f"A1:{column_letter(max(0, len(header) - 1))}{count}"
    except BaseException:
        page.close()
        raise
    workbook.save(unfinished)


def _put(cell: object, text: str) -> None:
    cell.value = _storable(text) or None  # type: ignore[attr-defined]
    if text:
        cell.data_type = "s"  # type: ignore[attr-defined]


def _storable(text: str) -> str:
    """Text as a workbook can hold it, such that reading gives the same text back."""
    if _ILLEGAL.search(text):
        text = _ILLEGAL.sub("", text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "_x" in text:
        text = _LOOKS_ESCAPED.sub("_x005F_", text)
    return text[:LONGEST_CELL]


def _title(sheet: str) -> str:
    return _NOT_IN_A_TITLE.sub(" ", sheet).strip("' ")[:31] or "Sheet1"
