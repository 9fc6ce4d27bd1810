"""What the user changed in the list, beside what the sheet says, with the way back and forth again.

Keeps cells, and texts about what was decided; refuses to know what they mean. A step is what one undo takes
back, however many rows it is about.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.ledger.connection import faults_as_problems, transaction
from app.ledger.rows import RowShelf


@dataclass(frozen=True, slots=True)
class RowState:
    """What the user made of a row: its `cells` now (None: as in the sheet); whether it was put `aside`."""

    cells: tuple[str, ...] | None = None
    aside: bool = False


AS_IN_SHEET = RowState()


@dataclass(frozen=True, slots=True)
class Step:
    """A step that was just undone or done again: the rows it is about, and what is decided now (None: the
    step decided nothing)."""

    rows: array[int]
    decided: str | None


class CorrectionShelf:
    """The `corrections`, `steps` and `step_rows` tables."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def between(self, first: int, last: int) -> dict[int, RowState]:
        """The changed rows among these sheet rows, both ends included."""
        query = "SELECT row, cells, aside FROM corrections WHERE row BETWEEN ? AND ?"
        with faults_as_problems():
            return dict(map(_state, self._connection.execute(query, (first, last)).fetchall()))

    def states_of(self, rows: Iterable[int]) -> dict[int, RowState]:
        """Those of these rows that were changed."""
        query = "SELECT row, cells, aside FROM corrections WHERE row IN (SELECT value FROM json_each(?))"
        with faults_as_problems():
            return dict(map(_state, self._connection.execute(query, (_listed(rows),)).fetchall()))

    def cells_of(self, rows: Iterable[int]) -> dict[int, tuple[str, ...]]:
        """The cells of these rows as they are now: corrected, or as the sheet has them."""
        wanted = list(rows)
        with faults_as_problems():
            corrected = self._connection.execute(
                """SELECT row, cells FROM corrections
                   WHERE cells IS NOT NULL AND row IN (SELECT value FROM json_each(?))""",
                (_listed(wanted),),
            ).fetchall()
        return RowShelf(self._connection).cells_of(wanted) | {
            row: tuple(json.loads(cells)) for row, cells in corrected
        }

    def rows_aside(self) -> array[int]:
        """The rows that the user left out."""
        with faults_as_problems():
            found = self._connection.execute("SELECT row FROM corrections WHERE aside ORDER BY row")
            return array("q", (row for (row,) in found))

    def count(self) -> tuple[int, int]:
        """How many rows have other cells than in the sheet, and how many the user left out."""
        query = "SELECT count(cells), coalesce(sum(aside), 0) FROM corrections"
        with faults_as_problems():
            corrected, aside = self._connection.execute(query).fetchone()
        return int(corrected), int(aside)

    def begin_step(self, decided_before: str | None = None, decided_after: str | None = None) -> int:
        """The id of a new step; what was undone before can't be done again any more."""
        with transaction(self._connection):
            gone = "(SELECT id FROM steps WHERE undone)"
            self._connection.execute(f"DELETE FROM step_rows WHERE step IN {gone}")
            self._connection.execute("DELETE FROM steps WHERE undone")
            done = self._connection.execute(
                "INSERT INTO steps (before, after) VALUES (?, ?)", (decided_before, decided_after)
            )
        return int(done.lastrowid or 0)

    def change(self, step: int, states: Iterable[tuple[int, RowState]]) -> None:
        """Put these rows into these states, as a part of `step`; a row at most once a step."""
        with transaction(self._connection):
            self._connection.executemany(
                """INSERT INTO step_rows (step, row, cells_before, aside_before, cells_after, aside_after)
                   SELECT ?1, ?2, max(cells), coalesce(max(aside), 0), ?3, ?4
                   FROM corrections WHERE row = ?2""",
                ((step, row, _text(state), state.aside) for row, state in states),
            )
            self._put(step, "after")

    def forget_step(self, step: int) -> None:
        """A step that turned out to change nothing."""
        with transaction(self._connection):
            self._connection.execute("DELETE FROM steps WHERE id = ?", (step,))

    def rows_to_move(self, *, back: bool) -> int | None:
        """How many rows the next undo (`back`) or redo is about; None where it is about what was decided, or
        there is none."""
        which = "max(id) FROM steps WHERE NOT undone" if back else "min(id) FROM steps WHERE undone"
        query = f"""SELECT count(step_rows.row) FROM steps LEFT JOIN step_rows ON step = id
                    WHERE id = (SELECT {which}) AND before IS NULL GROUP BY id"""
        with faults_as_problems():
            found = self._connection.execute(query).fetchone()
        return None if found is None else int(found[0])

    def undo(self) -> Step | None:
        """Take the last step back; None if there is none."""
        return self._move("SELECT max(id) FROM steps WHERE NOT undone", "before", undone=True)

    def redo(self) -> Step | None:
        """Do again what was undone last; None if there is nothing."""
        return self._move("SELECT min(id) FROM steps WHERE undone", "after", undone=False)

    def count_undoable(self) -> int:
        """How many steps can be undone."""
        return self._number("SELECT count(*) FROM steps WHERE NOT undone")

    def count_redoable(self) -> int:
        """How many steps can be done again."""
        return self._number("SELECT count(*) FROM steps WHERE undone")

    def _move(self, which: str, side: str, *, undone: bool) -> Step | None:
        with transaction(self._connection):
            (step,) = self._connection.execute(which).fetchone()
            if step is None:
                return None
            self._put(step, side)
            self._connection.execute("UPDATE steps SET undone = ? WHERE id = ?", (undone, step))
            (decided,) = self._connection.execute(
                f"SELECT {side} FROM steps WHERE id = ?", (step,)
            ).fetchone()
            rows = self._connection.execute("SELECT row FROM step_rows WHERE step = ?", (step,))
            return Step(array("q", (row for (row,) in rows)), decided)

    def _put(self, step: int, side: str) -> None:
        """Write one side of a step into the rows it is about."""
        self._connection.execute(
            f"""INSERT OR REPLACE INTO corrections (row, cells, aside)
                SELECT row, cells_{side}, aside_{side} FROM step_rows WHERE step = ?""",
            (step,),
        )
        self._connection.execute(
            """DELETE FROM corrections WHERE cells IS NULL AND NOT aside
               AND row IN (SELECT row FROM step_rows WHERE step = ?)""",
            (step,),
        )

    def _number(self, query: str) -> int:
        with faults_as_problems():
            (number,) = self._connection.execute(query).fetchone()
        return int(number)


def _state(found: tuple[int, str | None, int]) -> tuple[int, RowState]:
    row, cells, aside = found
    return row, RowState(None if cells is None else tuple(json.loads(cells)), bool(aside))


def _text(state: RowState) -> str | None:
    if state.cells is None:
        return None
    return json.dumps(list(state.cells), ensure_ascii=False, separators=(",", ":"))


def _listed(rows: Iterable[int]) -> str:
    return f"[{','.join(map(str, rows))}]"


def in_pieces(rows: Iterable[int], size: int) -> Iterator[list[int]]:
    """The rows, so many at a time."""
    piece: list[int] = []
    for row in rows:
        piece.append(row)
        if len(piece) == size:
            yield piece
            piece = []
    if piece:
        yield piece
