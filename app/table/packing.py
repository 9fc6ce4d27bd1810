"""Packs rows into one piece of data and takes them apart again, many at a time: a million calls are slow.

Cells are joined by the unit separator and rows by the record separator, which no spreadsheet shows; where a
cell holds one of them all the same, it is escaped. The text is UTF-8, as the ledger keeps it. What rows mean
is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from app.table.shape import Row

CELL = "\x1f"
ROW = "\x1e"
ESCAPE = "\x1d"
CELL_BYTE, ROW_BYTE, ESCAPE_BYTE = CELL.encode(), ROW.encode(), ESCAPE.encode()
_WRITTEN = {ESCAPE: ESCAPE + "0", ROW: ESCAPE + "1", CELL: ESCAPE + "2"}
_NO_SEPARATOR = bytes(set(range(256)) - {ord(CELL), ord(ROW)})
# A row of nothing but what str.isspace() means: its own separators are among that, the rows' is not.
_BLANK = re.compile(
    rb"\x1e(?:[\t-\r\x1c\x1d\x1f ]|\xc2[\x85\xa0]|\xe1\x9a\x80"
    rb"|\xe2\x80[\x80-\x8a\xa8\xa9\xaf]|\xe2\x81\x9f|\xe3\x80\x80)*+\x1e"
)


class Run(NamedTuple):
    """Rows that follow one another without a gap, packed: none blank, none with marks, all equally wide.

    `number` is the first one's, `size` how many they are, at least 1.
    """

    number: int
    size: int
    data: bytes

    def rows(self) -> Iterator[Row]:
        """The rows, taken apart."""
        for number, cells in enumerate(unpacked(self.data), self.number):
            yield Row(number, tuple(cells))

    def after(self, number: int) -> Run:
        """What of it comes after the row `number`, which is in it and not its last."""
        past = number - self.number + 1
        return Run(number + 1, self.size - past, self.data.split(ROW_BYTE, past)[past])


def rows_of(runs: Iterable[Run | Row]) -> Iterator[Row]:
    """Every row by itself."""
    for each in runs:
        if isinstance(each, Row):
            yield each
        else:
            yield from each.rows()


def run_of(number: int, data: bytes, width: int) -> Run | None:
    """Packed rows as a run; None where one of them is blank or not `width` cells wide."""
    size = data.count(ROW_BYTE) + 1
    if data.translate(None, _NO_SEPARATOR) != _separators(size, width) or _has_blank(data):
        return None
    return Run(number, size, data)


def packed(rows: Sequence[Sequence[str]]) -> bytes:
    """The rows in one piece."""
    text = ROW.join(map(CELL.join, rows))
    plain = text.count(CELL) == sum(map(len, rows)) - len(rows) and text.count(ROW) == len(rows) - 1
    if not plain or ESCAPE in text:
        text = ROW.join([CELL.join(map(_escaped, cells)) for cells in rows])
    return text.encode()


def unpacked(data: bytes) -> list[list[str]]:
    """The cells of each row in `data`."""
    rows = [row.split(CELL) for row in data.decode().split(ROW)]
    if ESCAPE_BYTE in data:
        return [list(map(_meant, cells)) for cells in rows]
    return rows


@lru_cache(maxsize=64)
def _separators(size: int, width: int) -> bytes:
    return ROW_BYTE.join([CELL_BYTE * (width - 1)] * size)


def _has_blank(data: bytes) -> bool:
    return _BLANK.search(ROW_BYTE + data + ROW_BYTE) is not None


def _escaped(cell: str) -> str:
    for character, written in _WRITTEN.items():
        cell = cell.replace(character, written)
    return cell


def _meant(cell: str) -> str:
    for character, written in reversed(_WRITTEN.items()):
        cell = cell.replace(written, character)
    return cell
