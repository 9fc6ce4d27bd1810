"""Reads the rows of one .xlsb sheet as they are shown, one after another.

It knows the records of cells, rows and columns ([MS-XLSB], section 2.4); texts and formats come from the
workbook.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.table.binaryrecords import integer, packed_number, real, records, text
from app.table.markup import Malformed, cell_text
from app.table.numbers import digits_of, plain
from app.table.package import Package
from app.table.shape import Marks, Row
from app.table.tail import MOST_MERGED, MergedRange
from app.table.textstore import TextStore
from app.table.workbook import Style

_ROW = 0
_BLANK, _PACKED, _ERROR, _TRUTH, _REAL, _TEXT, _SHARED = range(1, 8)
_RESULT_TEXT, _RESULT_REAL, _RESULT_TRUTH, _RESULT_ERROR = range(8, 12)
_SHORT_BLANK, _SHORT_SHARED = 12, 18
_RICH_TEXT = 62
_COLUMN, _SHEET_PROPERTIES, _BEGIN_ROWS, _END_ROWS, _FILTERED_COLUMN, _MERGED = 60, 147, 145, 146, 163, 176
_CELLS = frozenset((*range(_BLANK, _SHORT_SHARED + 1), _RICH_TEXT))
_TELLING = _CELLS | {_ROW, _END_ROWS, _FILTERED_COLUMN, _MERGED}
_ROW_IS_HIDDEN = 0x10
_FILTER_MODE = 1 << 16
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!",
    0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip


class BinarySheet:
    """The rows of one sheet; can be read any number of times."""

    def __init__(self, package: Package, part: str, strings: TextStore, styles: Sequence[Style]) -> None:
        self._package, self._part = package, part
        self._strings, self._styles = strings, styles
        self.gaps = True
        self.size: int | None = package.size(part)
        self.eaten = 0
        self.blank_beyond = 0
        self.filtered = False
        self.hidden_columns: frozenset[int] = frozenset()
        self._merged: list[MergedRange] | None = None
        self._read_head()

    def merged(self) -> tuple[MergedRange, ...]:
        """The merged cells; they are known once the rows were read."""
        if self._merged is None:
            for _ in self.rows():
                pass
        return tuple(self._merged or ())

    def runs(self, width: int) -> Iterator[Row]:
        """The same as `rows`."""
        return self.rows(width)

    def rows(self, width: int | None = None) -> Iterator[Row]:
        """Rows that hold something, in order; with a `width`, each with exactly that many cells."""
        number, hidden, cells = 0, False, _CellsOfRow(self)
        merged: list[MergedRange] = []
        with self._package.damage_named(self._part), self._package.part(self._part) as stream:
            for kind, content, self.eaten in records(stream, _TELLING):
                if kind in _CELLS:
                    cells.add(kind, content)
                elif kind == _MERGED and len(merged) < MOST_MERGED:
                    top, bottom, left, right = (integer(content, place) for place in (0, 4, 8, 12))
                    merged.append(MergedRange(top + 1, bottom + 1, left, right))
                elif kind == _FILTERED_COLUMN:
                    self.filtered = True
                elif kind in (_ROW, _END_ROWS):
                    row = cells.row(number, hidden, width)
                    if row is not None:
                        yield row
                    cells = _CellsOfRow(self)
                    if kind == _ROW:
                        number, hidden = _row_head(content)
        self._merged = merged

    def shown(self, kind: int, content: bytes, place: int, style: int) -> str:
        """What a cell shows whose value starts at `place`."""
        if kind in (_TEXT, _RESULT_TEXT, _RICH_TEXT, _SHARED):
            return self._with_affixes(self._text(kind, content, place), style)
        if kind in (_REAL, _RESULT_REAL):
            return self._number(real(content, place), style)
        if kind == _PACKED:
            return self._number(packed_number(content, place), style)
        if kind in (_TRUTH, _RESULT_TRUTH):
            return "TRUE" if content[place : place + 1] != b"\0" else "FALSE"
        if kind in (_ERROR, _RESULT_ERROR):
            return _ERRORS.get(content[place] if place < len(content) else -1, "#N/A")
        return ""

    def _text(self, kind: int, content: bytes, place: int) -> str:
        if kind != _SHARED:
            return cell_text(text(content, place + (kind == _RICH_TEXT))[0])
        index = integer(content, place)
        try:
            return self._strings[index]
        except IndexError as error:
            raise Malformed(f"no shared string {index}") from error

    def _number(self, value: float, style: int) -> str:
        render = self._styles[style].number if style < len(self._styles) else None
        return (render or plain)(digits_of(value))

    def _with_affixes(self, shown: str, style: int) -> str:
        affixes = self._styles[style].affixes if style < len(self._styles) else None
        return shown.join(affixes) if affixes and shown else shown

    def _read_head(self) -> None:
        """What stands before the rows."""
        hidden: set[int] = set()
        with self._package.damage_named(self._part), self._package.part(self._part) as stream:
            for kind, content, _ in records(stream, (_SHEET_PROPERTIES, _COLUMN), _BEGIN_ROWS):
                if kind == _SHEET_PROPERTIES:
                    self.filtered = bool(integer(content[:3] + b"\0", 0) & _FILTER_MODE)
                elif content[16:17] and content[16] & 1:
                    hidden.update(range(integer(content, 0), min(integer(content, 4) + 1, _LAST_COLUMN)))
        self.hidden_columns = frozenset(hidden)


def _row_head(content: bytes) -> tuple[int, bool]:
    """The number of a row as the user sees it, and whether it is hidden. Raises Malformed."""
    number = integer(content, 0) + 1
    if number > _LAST_ROW or len(content) < 12:
        raise Malformed(f"row number {number}")
    return number, bool(content[11] & _ROW_IS_HIDDEN)


class _CellsOfRow:
    """Gathers the cells of a row. In the short records a cell follows the one before it."""

    def __init__(self, sheet: BinarySheet) -> None:
        self._sheet = sheet
        self._texts: list[str] = []
        self._errors: list[int] = []
        self._last = -1

    def add(self, kind: int, content: bytes) -> None:
        """One more cell. Raises Malformed."""
        short = _SHORT_BLANK <= kind <= _SHORT_SHARED
        position = self._last + 1 if short else integer(content, 0)
        if position >= _LAST_COLUMN:
            raise Malformed(f"column {position}")
        self._last = position
        kind = kind - _SHORT_BLANK + _BLANK if short else kind
        if kind == _BLANK:
            return
        place = 0 if short else 4
        style = integer(content, place) & 0xFFFFFF
        shown = self._sheet.shown(kind, content, place + 4, style)
        self._texts += [""] * (position + 1 - len(self._texts))
        self._texts[position] = shown
        if kind in (_ERROR, _RESULT_ERROR):
            self._errors.append(position)

    def row(self, number: int, hidden: bool, width: int | None) -> Row | None:
        """All cells as a row, None where nothing shows."""
        texts = self._texts
        limit = len(texts) if width is None else width
        surplus = sum(1 for shown in texts[limit:] if shown.strip())
        if not (surplus or any(map(str.strip, texts))):
            return None
        errors = frozenset(position for position in self._errors if position < limit)
        cells = tuple(texts[:limit] + [""] * (limit - len(texts)))
        if not (errors or hidden or surplus):
            return Row(number, cells)
        return Row(number, cells, Marks(errors, hidden=hidden, surplus=surplus))
