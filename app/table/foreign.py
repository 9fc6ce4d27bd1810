"""Rows of .xls workbooks that xlrd can't open, which calamine reads whole into memory.

It knows calamine and nothing of our own readers; number formats are lost in these files, dates are not.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from app.language import tr
from app.table import faults
from app.table.numbers import plain
from app.table.shape import NO_MARKS, Marks, Row
from app.table.tail import MergedRange

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_Value = int | float | str | bool | time | date | datetime | timedelta


class ForeignWorkbook:
    """An open workbook of another format. Raises FileProblem where it is damaged or protected."""

    def __init__(self, path: Path, stream: BinaryIO) -> None:
        try:
            from python_calamine import (
                CalamineError,
                CalamineWorkbook,
                PasswordError,
                SheetTypeEnum,
                SheetVisibleEnum,
            )
        except ImportError as error:
            raise faults.save_as_xlsx(path, tr("a workbook in another format than .xlsx")) from error
        self.path = path
        try:
            with panics_named(path):
                self._workbook: CalamineWorkbook = CalamineWorkbook.from_filelike(stream)
        except PasswordError as error:
            raise faults.password_protected(path) from error
        except (CalamineError, OSError, ValueError) as error:
            raise faults.damaged(path, str(error)) from error
        finally:
            stream.close()
        listed = [each for each in self._workbook.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
        if not listed:
            raise faults.no_sheets(path)
        self.sheets = tuple(each.name for each in listed)
        self.hidden = frozenset(each.name for each in listed if each.visible != SheetVisibleEnum.Visible)

    def close(self) -> None:
        """Give the memory back."""
        self._workbook.close()

    def sheet(self, name: str) -> ForeignSheet:
        """One of the `sheets`. Raises FileProblem on damage."""
        from python_calamine import CalamineError

        try:
            with panics_named(self.path):
                return ForeignSheet(self._workbook.get_sheet_by_name(name))
        except (CalamineError, OSError, ValueError) as error:
            raise faults.damaged(self.path, str(error)) from error


class ForeignSheet:
    """The rows of one sheet; can be read any number of times."""

    def __init__(self, sheet: CalamineSheet) -> None:
        self._sheet = sheet
        self.gaps = True
        self.size: int | None = sheet.total_height
        self.eaten = 0
        self.hidden_columns: frozenset[int] = frozenset()
        self.filtered = False
        self.blank_beyond = 0

    def merged(self) -> tuple[MergedRange, ...]:
        """Calamine knows them for .xls files only."""
        found = self._sheet.merged_cell_ranges or ()
        return tuple(MergedRange(top[0] + 1, end[0] + 1, top[1], end[1]) for top, end in found)

    def runs(self, width: int) -> Iterator[Row]:
        """The same as `rows`."""
        return self.rows(width)

    def rows(self, width: int | None = None) -> Iterator[Row]:
        """Rows that hold something, in order; with a `width`, each with exactly that many cells."""
        if self._sheet.start is None:
            return
        for number, values in enumerate(self._sheet.iter_rows(), 1):
            self.eaten = number
            texts = [value if type(value) is str else _text(value) for value in values]
            surplus = 0
            if width is not None:
                surplus = sum(1 for text in texts[width:] if text.strip())
                texts = texts[:width] + [""] * (width - len(texts))
            if surplus or any(map(str.strip, texts)):
                yield Row(number, tuple(texts), Marks(surplus=surplus) if surplus else NO_MARKS)


@contextmanager
def panics_named(path: Path) -> Iterator[None]:
    """Calamine trusts the numbers in a file; nonsense there ends in a panic, which is no Exception."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise faults.damaged(path, str(error)) from error


def _text(value: _Value) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return plain(repr(value))
    if isinstance(value, datetime):
        clock = _clock(value.time())
        return value.date().isoformat() if clock == "00:00" else f"{value.date().isoformat()} {clock}"
    if isinstance(value, time):
        return _clock(value)
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60:02}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
    return value if isinstance(value, str) else value.isoformat()


def _clock(value: time) -> str:
    return f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"
