"""Learns how most rows of a sheet are written, and reads rows written so whole and column by column.

It takes the rows it fully understands and leaves every other one to `cells`; both give the same texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import repeat

from app.table.cells import WHOLE_CELL, Cells, RawCell, Reader
from app.table.packing import Run
from app.table.shape import Row, column_letter

_EMPTY = r'(?:<c r="[A-Z]{1,3}\d+"(?: s="\d+")?/>)*+'
_FORMULA = r"(?:<f(?:[^<>]*+/>|[^<]*+</f>))?+"
_CONTENT = {
    "s": r"<v>(\d++)</v>",
    "": r"<v>([^<]++)</v>",
    "n": r"<v>([^<]++)</v>",
    "b": r"<v>([01])</v>",
    "str": r"<v>([^<]*+)</v>",
    "inlineStr": r'<is><t(?: xml:space="preserve")?>([^<]*+)</t></is>',
}
_MOST = 4
_WIDEST = 400


class Template:
    """Rows with certain kinds of cells in certain columns, any of them missing or empty.

    `match` takes what follows "<row"; its groups are the row's number and what the cells store.
    """

    def __init__(self, pattern: str, readers: Sequence[tuple[int, Reader]], cells: Cells, width: int) -> None:
        self.match: Callable[[str], re.Match[str] | None] = re.compile(pattern).fullmatch
        self.hits = 0
        self._readers = readers  # by position
        self._cells = cells
        self._width = width

    def runs(self, matched: Sequence[tuple[str, ...]]) -> Iterator[Run | Row | None]:
        """The rows of so many matches, None for a blank one. Raises Malformed."""
        if not matched:
            return
        self.hits += len(matched)
        columns: list[Iterable[str]] = [repeat("", len(matched)) for _ in range(self._width)]
        numbers, *stored = zip(*matched, strict=True)
        for (position, reader), values in zip(self._readers, stored, strict=True):
            columns[position] = reader(values)
        yield from self._cells.whole_rows(numbers, [*zip(*columns, strict=True)])


class Templates:
    """The templates of one sheet, `width` columns wide, learned on the way."""

    def __init__(self, cells: Cells, width: int) -> None:
        self._cells = cells
        self._width = width
        self._learned: list[Template] = []
        self._columns: dict[int, tuple[str, str, bool]] = {}
        self._misses = 0
        self._next_lesson = 1

    def fitting(self, piece: str) -> Template | None:
        """A template that `piece` (what follows "<row") fits."""
        return next((each for each in self._learned if each.match(piece)), None)

    def learn(self, raw: Sequence[RawCell]) -> Template | None:
        """See how a row that fits no template is written.

        Lessons become rare, so that odd rows cost little. Gives the template to try first.
        """
        self._misses += 1
        if self._misses < self._next_lesson or not raw or self._width > _WIDEST:
            return self._learned[0] if self._learned else None
        self._next_lesson *= 2
        for cell in raw:
            self._note(cell)
        if len(self._learned) >= _MOST:
            self._learned.remove(min(self._learned, key=lambda each: each.hits))
        self._learned.insert(0, self._template())
        return self._learned[0]

    def _note(self, cell: RawCell) -> None:
        letters, style, kind, value, whole = cell
        formula = False
        if whole:
            parts = WHOLE_CELL.fullmatch(whole)
            if parts is None:
                return
            letters, style, kind = parts[1], parts[2] or "", parts[3] or ""
            value, formula = parts[5] or parts[6] or "", parts[4] is not None
        if letters and value and kind in _CONTENT:
            position = self._cells.position(letters)
            if position < self._width:
                self._columns[position] = style, kind, formula

    def _template(self) -> Template:
        parts = [r' r="(\d+)"(?![^>]*hidden=)[^>]*+(?<!/)>']
        readers: list[tuple[int, Reader]] = []
        for position in sorted(self._columns):
            style, kind, formula = self._columns[position]
            styles, reader = self._cells.reader(style, kind)
            name = column_letter(position)
            told = "" if not kind else f' t="{kind}"'
            inside = (_FORMULA if formula else "") + _CONTENT[kind]
            parts.append(rf'{_EMPTY}(?:<c r="{name}\d+"{styles}{told}>{inside}</c>)?+')
            readers.append((position, reader))
        parts.append(rf"{_EMPTY}</row>\s*+")
        return Template("".join(parts), readers, self._cells, self._width)
