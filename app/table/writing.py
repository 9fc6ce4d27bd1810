"""The way out: writes rows of text into a new .xlsx or .csv, which appears under its name only when complete.

Every cell is text and stays text: no phone number becomes a number, no cell becomes a formula.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from app.table import faults
from app.table.appendix import SHEET, Appendix
from app.table.formulas import guarded
from app.table.sheetwriting import MOST_ROWS, Page, TooManyRows, write_workbook
from app.table.unfinished import appearing_whole

_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\]")
_DEFAULT_WIDTH = 18.0


def write_table(
    path: Path,
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    sheet: str = "",
    widths: Sequence[float] | None = None,
    numbers: Collection[int] = (),
    appendix: Appendix | None = None,
) -> None:
    """Write a table to `path`: a workbook, or for the suffix .csv a UTF-8 text file with commas.

    For workbooks only: `widths` are column widths in characters, `numbers` the positions of columns whose
    digits are numbers, `appendix` is put into a hidden sheet. Rows are taken one by one. The file is
    replaced in one step at the end; where anything fails, what was there before is untouched. Raises
    FileProblem where it can't be saved; what `rows` raises passes through.
    """
    with appearing_whole(path) as unfinished:
        if path.suffix.lower() == ".csv":
            _write_text(unfinished, header, rows)
        else:
            given = dict(enumerate(widths or ()))
            page = Page(
                _title(sheet),
                header,
                [given.get(position, _DEFAULT_WIDTH) for position in range(len(header))],
                numbers,
                SHEET if appendix else "",
                appendix.lines if appendix else (),
            )
            _write_workbook(unfinished, page, rows)


def require_room(path: Path, rows: int) -> None:
    """Raise FileProblem where so many rows and a header are more than the kind of file holds."""
    if path.suffix.lower() != ".csv" and rows >= MOST_ROWS:
        raise faults.too_many_rows(path)


def _write_text(unfinished: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with unfinished.open("w", encoding="utf-8-sig", errors="replace", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([guarded(cell.replace("\0", "")) for cell in header])
        for row in rows:
            writer.writerow([guarded(cell.replace("\0", "")) for cell in row])


def _write_workbook(unfinished: Path, page: Page, rows: Iterable[Sequence[str]]) -> None:
    try:
        write_workbook(unfinished, page, rows)
    except TooManyRows as error:
        raise faults.too_many_rows(unfinished) from error


def _title(sheet: str) -> str:
    return _NOT_IN_A_TITLE.sub(" ", sheet).strip("' ")[:31] or "Sheet1"
