"""What the user corrected in the rows, beside what the sheet says, and the way back from each correction.

Keeps cells; refuses to know what they mean. Its tables are made when the first correction is.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from app.ledger.connection import faults_as_problems, transaction

_TABLES = (
    # `cells` is the whole row as corrected; `before` what stood there until then, null for the sheet's own.
    "CREATE TABLE IF NOT EXISTS corrections (row INTEGER PRIMARY KEY, cells TEXT NOT NULL) STRICT",
    """CREATE TABLE IF NOT EXISTS changes (
           id INTEGER PRIMARY KEY, change INTEGER NOT NULL, row INTEGER NOT NULL, before TEXT) STRICT""",
)


class CorrectionShelf:
    """The `corrections` and `changes` tables."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def between(self, first: int, last: int) -> dict[int, tuple[str, ...]]:
        """The corrected rows among these sheet rows, both ends included."""
        if not self._exist():
            return {}
        with faults_as_problems():
            found = self._connection.execute(
                "SELECT row, cells FROM corrections WHERE row BETWEEN ? AND ?", (first, last)
            ).fetchall()
        return {row: tuple(json.loads(cells)) for row, cells in found}

    def cells_of(self, rows: Iterable[int]) -> dict[int, tuple[str, ...]]:
        """The cells of these rows as they are now: corrected, or as the sheet has them."""
        wanted = list(rows)
        marks = ", ".join("?" for _ in wanted)
        with faults_as_problems():
            found = dict(
                self._connection.execute(f"SELECT number, cells FROM rows WHERE number IN ({marks})", wanted)
            )
            if self._exist():
                query = f"SELECT row, cells FROM corrections WHERE row IN ({marks})"
                found |= dict(self._connection.execute(query, wanted))
        return {row: tuple(json.loads(cells)) for row, cells in found.items()}

    def correct(self, rows: Mapping[int, Sequence[str]]) -> None:
        """Put these cells in the place of what is there: one change, however many rows."""
        with transaction(self._connection):
            for table in _TABLES:
                self._connection.execute(table)
            (change,) = self._connection.execute(
                "SELECT coalesce(max(change), 0) + 1 FROM changes"
            ).fetchone()
            for row, cells in rows.items():
                before = self._connection.execute(
                    "SELECT cells FROM corrections WHERE row = ?", (row,)
                ).fetchone()
                self._connection.execute(
                    "INSERT INTO changes (change, row, before) VALUES (?, ?, ?)",
                    (change, row, before[0] if before else None),
                )
                text = json.dumps(list(cells), ensure_ascii=False, separators=(",", ":"))
                self._connection.execute("INSERT OR REPLACE INTO corrections VALUES (?, ?)", (row, text))

    def undo(self) -> tuple[int, ...]:
        """Take the last change back; the rows it was about, none if there is no change."""
        if not self._exist():
            return ()
        with transaction(self._connection):
            found = self._connection.execute(
                "SELECT row, before FROM changes WHERE change = (SELECT max(change) FROM changes)"
            ).fetchall()
            for row, before in found:
                if before is None:
                    self._connection.execute("DELETE FROM corrections WHERE row = ?", (row,))
                else:
                    self._connection.execute("UPDATE corrections SET cells = ? WHERE row = ?", (before, row))
            self._connection.execute("DELETE FROM changes WHERE change = (SELECT max(change) FROM changes)")
        return tuple(row for row, _ in found)

    def count_changes(self) -> int:
        """How many changes can be undone."""
        if not self._exist():
            return 0
        with faults_as_problems():
            (count,) = self._connection.execute("SELECT count(DISTINCT change) FROM changes").fetchone()
        return int(count)

    def _exist(self) -> bool:
        with faults_as_problems():
            found = self._connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'changes'").fetchone()
        return found is not None
