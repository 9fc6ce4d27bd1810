"""The rows of the sheet as they were read, in the ledger: some hundred together, packed into one text.

Keeps and pages them; refuses to know what their cells mean. A row by itself in the table would cost SQLite
ten times what it holds.
"""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from app.ledger.connection import faults_as_problems, transaction
from app.ledger.searching import forms_of, like, pattern_of
from app.table.packing import ROW, Run, packed, unpacked
from app.table.shape import Row

ROWS_A_BLOCK = 256
BLOCKS_A_TRANSACTION = 40
BLOCKS_A_READING = 8
LAST_NUMBER = 2**62
_INSERT = "INSERT INTO blocks (first, last, size, blank, numbers, data) VALUES (?, ?, ?, ?, ?, ?)"
_FIELDS = "first, last, size, blank, numbers, data"


class _Block(NamedTuple):
    """A line of the table: `numbers` is a JSON array where the rows do not follow one another, else null."""

    first: int
    last: int
    size: int
    blank: int
    numbers: str | None
    data: bytes

    def row_numbers(self) -> Iterable[int]:
        if self.numbers is None:
            return range(self.first, self.last + 1)
        found: list[int] = json.loads(self.numbers)
        return found


class RowShelf:
    """The `blocks` table."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, rows: Iterable[Run | Row]) -> Iterator[int]:
        """Write rows down, some thousand at a time, in the sheet's order; yields how many are down, each
        time."""
        waiting = _blocks(rows)
        written = 0
        while chunk := list(islice(waiting, BLOCKS_A_TRANSACTION)):
            with transaction(self._connection):
                self._connection.executemany(_INSERT, chunk)
            written += sum(block.size for block in chunk)
            yield written

    def leave_out(self, numbers: Iterable[int]) -> None:
        """Take these rows back out."""
        unwanted = frozenset(numbers)
        if not unwanted:
            return
        with transaction(self._connection):
            for block in self._blocks_between(min(unwanted), max(unwanted)):
                left = [row for row in _rows(block) if row.number not in unwanted]
                if len(left) < block.size:
                    self._connection.execute("DELETE FROM blocks WHERE first = ?", (block.first,))
                    self._connection.executemany(_INSERT, _blocks(left))

    def count(self) -> int:
        """How many rows were read, blank ones included."""
        return self._number("SELECT coalesce(sum(size), 0) FROM blocks")

    def count_blank(self) -> int:
        return self._number("SELECT coalesce(sum(blank), 0) FROM blocks")

    def blank_numbers(self, limit: int) -> tuple[int, ...]:
        """The first row numbers of blank rows."""
        found = (row.number for block in self._which("blank > 0") for row in _rows(block) if row.blank)
        return tuple(islice(found, limit))

    def first(self, count: int) -> tuple[Row, ...]:
        """The first `count` rows that are not blank."""
        found = (row for block in self._which("blank < size") for row in _rows(block) if not row.blank)
        return tuple(islice(found, count))

    def spread(self, count: int) -> tuple[Row, ...]:
        """Up to `count` rows that are not blank, at even distances from the first to the last."""
        first, last = self.first_and_last()
        found: dict[int, Row] = {}
        for place in range(count):
            wanted = first + (last - first) * place // max(1, count - 1)
            for block in islice(self._blocks_between(wanted, last, at_once=1), 1):
                rows = (row for row in _rows(block) if row.number >= wanted and not row.blank)
                found |= {row.number: row for row in islice(rows, 1)}
        return tuple(found.values())

    def all(self) -> Iterator[Row]:
        """Every row in the sheet's order, streaming, blank ones included."""
        return self.between(0, LAST_NUMBER)

    def between(self, first: int, last: int) -> Iterator[Row]:
        """The rows numbered from `first` to `last`, both included, streaming, blank ones included."""
        for number, cells in self.cells_between(first, last):
            yield Row(number, tuple(cells))

    def cells_between(self, first: int, last: int) -> Iterator[tuple[int, list[str]]]:
        """(number, cells) of the same rows, for who reads a million of them."""
        for block in self._blocks_between(first, last):
            numbered = zip(block.row_numbers(), unpacked(block.data), strict=True)
            if first <= block.first and block.last <= last:
                yield from numbered
            else:
                yield from ((number, cells) for number, cells in numbered if first <= number <= last)

    def cells_of(self, numbers: Iterable[int]) -> dict[int, tuple[str, ...]]:
        """The cells of these rows, as far as they are there."""
        wanted = sorted(set(numbers))
        found: dict[int, tuple[str, ...]] = {}
        place = 0
        while place < len(wanted):
            block = next(self._blocks_between(wanted[place], wanted[-1], at_once=1), None)
            if block is None:
                break
            here = dict(zip(block.row_numbers(), unpacked(block.data), strict=True))
            end = bisect_right(wanted, block.last, place)
            found |= {number: tuple(here[number]) for number in wanted[place:end] if number in here}
            place = end
        return found

    def holding(self, text: str) -> list[int]:
        """The numbers of the rows that have `text` in a cell, large or small letters alike."""
        forms = forms_of(text)
        where = f"({like('CAST(data AS TEXT)', len(forms))})"
        wanted = text.lower()
        found: list[int] = []
        for block in self._which(where, [pattern_of(form) for form in forms]):
            # No text reaches over the end of a cell, so the rows need not be taken apart.
            rows = zip(block.row_numbers(), block.data.decode().lower().split(ROW), strict=True)
            found += [number for number, row in rows if wanted in row]
        return found

    def first_and_last(self) -> tuple[int, int]:
        """The smallest and the largest row number, or (0, 0) where there are no rows."""
        # max(last) would look at every block, and there may be thousands.
        query = "SELECT {} FROM blocks ORDER BY first {} LIMIT 1"
        with faults_as_problems():
            first = self._connection.execute(query.format("first", "ASC")).fetchone()
            last = self._connection.execute(query.format("last", "DESC")).fetchone()
        return (first[0], last[0]) if first is not None else (0, 0)

    def _blocks_between(self, first: int, last: int, at_once: int = BLOCKS_A_READING) -> Iterator[_Block]:
        """The blocks that hold any of these rows, piece by piece: a query left open would let the
        write-ahead log grow without end."""
        with faults_as_problems():
            query = "SELECT coalesce(max(first), 0) FROM blocks WHERE first <= ?"
            (place,) = self._connection.execute(query, (first,)).fetchone()
        for block in self._which("first BETWEEN ? AND ?", (place, last), place, at_once):
            if block.last >= first:
                yield block

    def _which(
        self,
        where: str,
        values: Sequence[int | str] = (),
        place: int = 0,
        at_once: int = BLOCKS_A_READING,
    ) -> Iterator[_Block]:
        """The blocks from `place` on that meet a condition, in order."""
        query = f"SELECT {_FIELDS} FROM blocks WHERE {where} AND first >= ? ORDER BY first LIMIT ?"
        while True:
            with faults_as_problems():
                chunk = self._connection.execute(query, (*values, place, at_once)).fetchall()
            if not chunk:
                return
            for record in chunk:
                yield _Block(*record)
            place = chunk[-1][0] + 1

    def _number(self, query: str) -> int:
        with faults_as_problems():
            (number,) = self._connection.execute(query).fetchone()
        return int(number)


def _blocks(rows: Iterable[Run | Row]) -> Iterator[_Block]:
    """Rows as they are written down: a run of them is a block, single ones are gathered."""
    gathered: list[Row] = []
    for each in rows:
        if isinstance(each, Row):
            gathered.append(each)
            if len(gathered) < ROWS_A_BLOCK:
                continue
        if gathered:
            yield _block(gathered)
            gathered = []
        if isinstance(each, Run):
            yield _Block(each.number, each.number + each.size - 1, each.size, 0, None, each.data)
    if gathered:
        yield _block(gathered)


def _block(rows: Sequence[Row]) -> _Block:
    numbers = [row.number for row in rows]
    first, last = numbers[0], numbers[-1]
    told = None if last - first == len(rows) - 1 else json.dumps(numbers, separators=(",", ":"))
    blank = sum(row.blank for row in rows)
    return _Block(first, last, len(rows), blank, told, packed([row.cells for row in rows]))


def _rows(block: _Block) -> Iterator[Row]:
    for number, cells in zip(block.row_numbers(), unpacked(block.data), strict=True):
        yield Row(number, tuple(cells))
