"""The rows of the sheet as they were read, in the ledger.

Keeps and pages them; refuses to know what their cells mean.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice

from app.ledger.connection import faults_as_problems, transaction
from app.table.shape import Row

ROWS_A_TRANSACTION = 5_000
ROWS_A_READING = 1_000
LAST_NUMBER = 2**62


class RowShelf:
    """The `rows` table."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, rows: Iterable[Row]) -> Iterator[int]:
        """Write rows down, some thousand at a time; yields how many are down, each time."""
        waiting = iter(rows)
        written = 0
        while chunk := list(islice(waiting, ROWS_A_TRANSACTION)):
            with transaction(self._connection):
                self._connection.executemany(
                    "INSERT INTO rows (number, blank, cells) VALUES (?, ?, ?)",
                    [(row.number, row.blank, _to_json(row.cells)) for row in chunk],
                )
            written += len(chunk)
            yield written

    def leave_out(self, numbers: Iterable[int]) -> None:
        """Take these rows back out."""
        with transaction(self._connection):
            self._connection.executemany("DELETE FROM rows WHERE number = ?", ((n,) for n in numbers))

    def count(self) -> int:
        """How many rows were read, blank ones included."""
        return self._number("SELECT count(*) FROM rows")

    def count_blank(self) -> int:
        return self._number("SELECT count(*) FROM rows WHERE blank")

    def blank_numbers(self, limit: int) -> tuple[int, ...]:
        """The first row numbers of blank rows."""
        with faults_as_problems():
            found = self._connection.execute(
                "SELECT number FROM rows WHERE blank ORDER BY number LIMIT ?", (limit,)
            ).fetchall()
        return tuple(number for (number,) in found)

    def first(self, count: int) -> tuple[Row, ...]:
        """The first `count` rows that are not blank."""
        with faults_as_problems():
            found = self._connection.execute(
                "SELECT number, cells FROM rows WHERE NOT blank ORDER BY number LIMIT ?", (count,)
            ).fetchall()
        return tuple(Row(number, _from_json(cells)) for number, cells in found)

    def all(self) -> Iterator[Row]:
        """Every row in the sheet's order, streaming, blank ones included."""
        return self.between(0, LAST_NUMBER)

    def between(self, first: int, last: int) -> Iterator[Row]:
        """The rows numbered from `first` to `last`, both included, streaming, blank ones included."""
        for number, cells in self.cells_between(first, last):
            yield Row(number, tuple(cells))

    def cells_between(self, first: int, last: int) -> Iterator[tuple[int, list[str]]]:
        """(number, cells) of the same rows, for who reads a million of them."""
        query = "SELECT number, cells FROM rows WHERE number BETWEEN ? AND ? ORDER BY number LIMIT ?"
        while True:
            with faults_as_problems():
                # Piece by piece: a query left open would let the write-ahead log grow without end.
                chunk = self._connection.execute(query, (first, last, ROWS_A_READING)).fetchall()
            if not chunk:
                return
            # One text for all of them: a call of the JSON reader costs more than what it reads here.
            texts = json.loads(f"[{','.join([cells for _, cells in chunk])}]")
            for (number, _), cells in zip(chunk, texts, strict=True):
                yield number, cells
            first = chunk[-1][0] + 1

    def first_and_last(self) -> tuple[int, int]:
        """The smallest and the largest row number, or (0, 0) where there are no rows."""
        with faults_as_problems():
            found = self._connection.execute("SELECT min(number), max(number) FROM rows").fetchone()
        return (found[0], found[1]) if found[0] is not None else (0, 0)

    def _number(self, query: str) -> int:
        with faults_as_problems():
            (number,) = self._connection.execute(query).fetchone()
        return int(number)


def _to_json(cells: tuple[str, ...]) -> str:
    # A third of the reading time would go into escaping what hardly ever needs it.
    text = '["' + '","'.join(cells) + '"]'
    if text.count('"') == 2 * len(cells) and "\\" not in text and text.isprintable():
        return text
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":"))


def _from_json(cells: str) -> tuple[str, ...]:
    return tuple(json.loads(cells))
