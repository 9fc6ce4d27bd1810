"""The words of the table room: Column, Row, TableShape and the user's ReadingChoice.

Plain frozen values; they know nothing of how any file format stores them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import NamedTuple

MOST_BLANK_TOGETHER = 1_000
"""So many blank rows in one gap are Rows; the others are only counted, because a stray cell in the last row
of a sheet would make a million of them."""


class FileFormat(Enum):
    """What a file is, recognised by its content and never by its name."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    CSV = "csv"


class HiddenRows(Enum):
    """What becomes of rows that Excel does not show."""

    AS_SHOWN = "as shown"  # left out where a filter is set, kept where rows were merely hidden
    ALL = "all"
    VISIBLE_ONLY = "visible only"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the sheet; `name` is unique in its table and never empty."""

    position: int
    letter: str
    name: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Marks:
    """What few rows have to say about their cells; nearly all rows share NO_MARKS.

    `errors` and `unstored` are 0-based positions of error cells (their text is "#N/A" and the like) and of
    formulas whose value the file does not hold (their text is empty). `hidden` is how Excel shows the row.
    `surplus` counts filled cells to the right of the last column; they are not among the row's cells.
    """

    errors: frozenset[int] = frozenset()
    unstored: frozenset[int] = frozenset()
    hidden: bool = False
    surplus: int = 0


NO_MARKS = Marks()


class Row(NamedTuple):  # a tuple, because a million are made
    """One line of the sheet as text, with exactly one cell per column of the table.

    `number` is the row as Excel shows it, or the 1-based line on which the record starts in a text file.
    """

    number: int
    cells: tuple[str, ...]
    marks: Marks = NO_MARKS

    @property
    def blank(self) -> bool:
        """True where no cell holds anything but white space."""
        return not any(map(str.strip, self.cells))


@dataclass(frozen=True, slots=True)
class TableShape:
    """What was decided about a file: which sheet, which header, how its text is written.

    `header_row` is 0 where no row names the columns: the list begins with the first row.
    `sheet`, `sheets` and `hidden_sheets` are empty for text files; `encoding` (a Python codec name) and
    `delimiter` are empty for workbooks. `fingerprint` is the SHA-256 of the file's bytes, in hex; that of a
    workbook is empty until its rows are read. `appendix` is what a workbook that this program wrote says
    about itself, empty in all others; `own` is how many columns of a report's own, behind `columns`, are not
    among them. `group_row` is the row above the header that tells apart columns of the same name, or 0.
    """

    path: Path
    format: FileFormat
    sheet: str
    sheets: tuple[str, ...]
    header_row: int
    columns: tuple[Column, ...]
    encoding: str = ""
    delimiter: str = ""
    fingerprint: str = ""
    hidden_sheets: frozenset[str] = frozenset()
    appendix: str = ""
    own: int = 0
    group_row: int = 0


@dataclass(frozen=True, slots=True)
class ReadingChoice:
    """What is decided about reading; None means: decide by evidence.

    `header_row` 0 says that no row names the columns: all are rows of the list, and there may be none.
    `repeat_merged` puts the value of merged cells into each of them. `own_columns` keeps those that this
    program added to a report. `join_headers` puts what the row above the header says before names that are
    not clear without it.
    """

    sheet: str | None = None
    header_row: int | None = None
    encoding: str | None = None
    delimiter: str | None = None
    password: str | None = field(default=None, repr=False)
    hidden: HiddenRows = HiddenRows.AS_SHOWN
    repeat_merged: bool = False
    own_columns: bool = False
    join_headers: bool = True


def column_letter(position: int) -> str:
    """The letter Excel shows over the 0-based `position`: 0 -> "A", 26 -> "AA"."""
    letters = ""
    rest = position + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(65 + digit) + letters
    return letters
