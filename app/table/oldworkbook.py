"""Reads old .xls workbooks (Excel 97 and before) as they are shown, number formats and hidden rows included.

It knows xlrd; what xlrd can't open is left to `foreign`. Excel's documented records: [MS-XLS], section 2.4.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from app.table.numbers import Render, digits_of, plain, renderer, text_affixes
from app.table.shape import NO_MARKS, Marks, Row
from app.table.tail import MergedRange

_TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR = 1, 2, 3, 4, 5
_FILTER_MODE, _DIMENSIONS, _END = 0x009B, 0x0200, 0x000A


def old_workbook(path: Path, stream: BinaryIO) -> OldWorkbook | None:
    """The workbook in `stream`, which is closed; None if xlrd can't read it, and the stream is rewound."""
    # 40 ms: only for the files that need it.
    try:
        import xlrd  # type: ignore[import-untyped]
    except ImportError:
        return None
    try:
        book = xlrd.open_workbook(
            file_contents=stream.read(), formatting_info=True, on_demand=True, logfile=io.StringIO()
        )
        found = OldWorkbook(path, book)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a door: damaged files make this library fail in every way there is
        stream.seek(0)
        return None
    stream.close()
    return found if found.sheets else None


class OldWorkbook:
    """An open .xls workbook."""

    def __init__(self, path: Path, book: Any) -> None:
        self.path = path
        self._book = book
        loaded = [book.sheet_by_index(index) for index in range(book.nsheets)]
        self.sheets = tuple(sheet.name for sheet in loaded)
        self.hidden = frozenset(sheet.name for sheet in loaded if sheet.visibility)

    def close(self) -> None:
        """Give the memory back."""
        self._book.release_resources()

    def sheet(self, name: str) -> OldSheet:
        """One of the `sheets`."""
        return OldSheet(self._book, self.sheets.index(name))


class OldSheet:
    """The rows of one sheet; can be read any number of times."""

    def __init__(self, book: Any, index: int) -> None:
        self._book = book
        self._sheet = book.sheet_by_index(index)
        self.gaps = True
        self.size: int | None = self._sheet.nrows
        self.eaten = 0
        self.blank_beyond = 0
        self.filtered = _filtered(book, index)
        self.hidden_columns = frozenset(
            place for place, column in self._sheet.colinfo_map.items() if column.hidden
        )
        self._styles: dict[int, tuple[Render, tuple[str, str] | None]] = {}

    def merged(self) -> tuple[MergedRange, ...]:
        """The merged cells."""
        return tuple(
            MergedRange(top + 1, bottom, left, right - 1)
            for top, bottom, left, right in self._sheet.merged_cells
        )

    def runs(self, width: int) -> Iterator[Row]:
        """The same as `rows`."""
        return self.rows(width)

    def rows(self, width: int | None = None) -> Iterator[Row]:
        """Rows that hold something, in order; with a `width`, each with exactly that many cells."""
        sheet = self._sheet
        for index in range(sheet.nrows):
            self.eaten = index + 1
            cells = sheet.row(index)
            texts = [self._text(cell.ctype, cell.value, cell.xf_index) for cell in cells]
            limit = len(texts) if width is None else width
            surplus = sum(1 for text in texts[limit:] if text.strip())
            if not (surplus or any(map(str.strip, texts))):
                continue
            errors = frozenset(i for i, cell in enumerate(cells[:limit]) if cell.ctype == _ERROR)
            info = sheet.rowinfo_map.get(index)
            hidden = info is not None and bool(info.hidden)
            texts = texts[:limit] + [""] * (limit - len(texts))
            marked = surplus or errors or hidden
            marks = Marks(errors, hidden=hidden, surplus=surplus) if marked else NO_MARKS
            yield Row(index + 1, tuple(texts), marks)

    def _text(self, kind: int, value: Any, style: int | None) -> str:
        if kind == _TEXT:
            affixes = self._style(style)[1]
            return str(value).join(affixes) if affixes and value else str(value)
        if kind in (_NUMBER, _DATE):
            return self._style(style)[0](digits_of(value))
        if kind == _BOOLEAN:
            return "TRUE" if value else "FALSE"
        if kind == _ERROR:
            return _error(value)
        return ""

    def _style(self, style: int | None) -> tuple[Render, tuple[str, str] | None]:
        if style is None:
            return plain, None
        found = self._styles.get(style)
        if found is None:
            found = self._styles[style] = self._described(style)
        return found

    def _described(self, style: int) -> tuple[Render, tuple[str, str] | None]:
        try:
            code = self._book.format_map[self._book.xf_list[style].format_key].format_str
        except (LookupError, AttributeError):
            return plain, None
        if not code or code.lower() == "general":
            return plain, None
        return renderer(code, self._book.datemode == 1), text_affixes(code)


def _error(code: int) -> str:
    import xlrd

    return str(xlrd.error_text_from_code.get(code, "#N/A"))


def _filtered(book: Any, index: int) -> bool:
    """Whether FilterMode is among the records before the sheet's cells; xlrd passes over it."""
    data, place = book.mem, book._sh_abs_posn[index]
    while 0 <= place <= len(data) - 4:
        kind, length = struct.unpack_from("<HH", data, place)
        if kind in (_FILTER_MODE, _DIMENSIONS, _END):
            return bool(kind == _FILTER_MODE)
        place += 4 + length
    return False
