"""Which batch goes next; found ahead of time, while the answer to the one before is waited for.

Reads only; what may be sent is the states' to know, when it may go the pace's.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from app.ledger.batches import STORED, BatchShelf, BatchState, StoredBatch, stored_batch
from app.ledger.connection import faults_as_problems


@dataclass(frozen=True, slots=True)
class _Question:
    step: int
    states: tuple[BatchState, ...]
    tries: int


@dataclass(frozen=True, slots=True)
class _Found:
    """An answer, and when it was given: how much had been written by us, and by others."""

    question: _Question
    changes: int
    version: int
    batch: StoredBatch | None


class Departures:
    """The batches that wait to be sent, in the sheet's order."""

    def __init__(self, connection: sqlite3.Connection, batches: BatchShelf) -> None:
        self._connection = connection
        self._batches = batches
        self._found: _Found | None = None

    def next(self, step: int, states: Sequence[BatchState], tries: int) -> StoredBatch | None:
        """The batch of a step to send next, of those in one of `states`: the first that may be sent, in the
        sheet's order. A batch in doubt is left alone after so many `tries`."""
        self.look_ahead(step, states, tries)
        return self._found.batch if self._found else None

    def look_ahead(self, step: int, states: Sequence[BatchState], tries: int) -> None:
        """Find what `next` will be asked for, so that it has it at hand. An answer that is written down
        meanwhile changes nothing of it; after anything else, `next` looks again."""
        question = _Question(step, tuple(states), tries)
        known = self._found
        if known is None or (known.question, known.changes, known.version) != (question, *self._moment()):
            self._found = _Found(question, *self._moment(), self._look(question))

    def _moment(self) -> tuple[int, int]:
        with faults_as_problems():
            (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        return self._batches.changes, int(version)

    def _look(self, question: _Question) -> StoredBatch | None:
        at_once = [self._first_at_once(question, state) for state in question.states]
        if ready := [batch for batch in at_once if batch is not None]:
            return min(ready, key=lambda batch: batch.first_row)
        marks = ", ".join("?" for _ in question.states)
        with faults_as_problems():
            found = self._connection.execute(
                f"""{STORED} WHERE id = (SELECT id FROM batches WHERE step = ? AND state IN ({marks})
                    AND (doubt = 0 OR attempts < ?) ORDER BY not_before, first_row LIMIT 1)""",
                (question.step, *(state.value for state in question.states), question.tries),
            ).fetchone()
        return stored_batch(*found) if found else None

    def _first_at_once(self, question: _Question, state: BatchState) -> StoredBatch | None:
        """The first that need not wait, in the index's own order: a thousand are not sorted for it."""
        with faults_as_problems():
            found = self._connection.execute(
                f"""{STORED} WHERE step = ? AND state = ? AND not_before = 0 AND (doubt = 0 OR attempts < ?)
                    ORDER BY first_row LIMIT 1""",
                (question.step, state.value, question.tries),
            ).fetchone()
        return stored_batch(*found) if found else None
