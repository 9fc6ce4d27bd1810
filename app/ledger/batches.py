"""The batches, in the ledger: exactly the bytes to be sent, the state of each, and each contact's outcome.

Writes down what it is told in one transaction each; what follows from what is upload/states' to know.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from app.batches import Batch
from app.ledger.connection import faults_as_problems, transaction
from app.ledger.plans import anything_sent, forget_plan
from app.providers.verdicts import Outcome
from app.providers.wire import Request


class BatchState(Enum):
    """How far a batch is; the table of what follows from what is in upload/states."""

    PLANNED = "planned"
    SENT = "sent"
    UNSURE = "unsure"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class PlannedBatch:
    """A batch with its request, ready to be written down."""

    step: int
    batch: Batch
    request: Request

    def stored_as(self, id_: int, parent: StoredBatch) -> StoredBatch:
        """How it stands in the ledger under `id_`, in the place of `parent` or a part of it."""
        batch = self.batch
        return replace(
            parent,
            id=id_,
            name=batch.name,
            first_row=batch.first_row,
            last_row=batch.last_row,
            size=len(batch),
            request=self.request,
            attempts=0,
            doubt=False,
        )


@dataclass(frozen=True, slots=True)
class StoredBatch:
    """A batch as it stands in the ledger. `not_before` is seconds since 1970 (0: at once); `doubt` says that
    it was sent once without an answer, so that it may have arrived; `root` is the id of the batch that was
    planned first, of which this is a part (or its own id)."""

    id: int
    step: int
    name: str
    first_row: int
    last_row: int
    size: int
    root: int
    request: Request
    state: BatchState
    attempts: int
    not_before: float
    doubt: bool


STORED = """SELECT id, step, name, first_row, last_row, size, root, request, body, state, attempts,
                    not_before, doubt FROM batches LEFT JOIN bodies ON bodies.batch = batches.id"""


class BatchShelf:
    """The `batches` and `bodies` tables, and the writing of `outcomes`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._changes_by_answers = 0

    @property
    def changes(self) -> int:
        """Another number as soon as anything but an answer was written over this connection."""
        return self._connection.total_changes - self._changes_by_answers

    def plan(self, batches: Sequence[PlannedBatch]) -> tuple[int, ...]:
        """Write batches down as planned, each of their contacts not sent yet; their ids."""
        with transaction(self._connection):
            return tuple(self._insert(planned) for planned in batches)

    def forget_plan(self) -> bool:
        """Take back all that is planned, unless anything was sent already; whether that was so."""
        with transaction(self._connection):
            if anything_sent(self._connection):
                return False
            forget_plan(self._connection)
            return True

    def anything_sent(self) -> bool:
        """Whether any batch was sent, whatever became of it."""
        return anything_sent(self._connection)

    def contacts_planned(self, step: int) -> int:
        """How many contacts of a step are in batches, whatever became of these."""
        query = "SELECT coalesce(sum(size), 0) FROM batches WHERE step = ?"
        with faults_as_problems():
            (number,) = self._connection.execute(query, (step,)).fetchone()
        return int(number)

    def split(self, parent: StoredBatch, halves: Sequence[PlannedBatch]) -> tuple[int, ...]:
        """Put planned `halves` in the place of `parent`, whose contacts they are; their ids.

        A doubt of the parent is theirs: that a repeat was refused says nothing about the first request.
        """
        with transaction(self._connection):
            doubt = self._connection.execute(
                "SELECT kind, code, detail FROM batches WHERE id = ? AND doubt = 1", (parent.id,)
            ).fetchone()
            self._connection.execute(
                "DELETE FROM outcomes WHERE step = ? AND row BETWEEN ? AND ? AND batch = ?",
                (parent.step, parent.first_row, parent.last_row, parent.id),
            )
            self._connection.execute("DELETE FROM bodies WHERE batch = ?", (parent.id,))
            self._connection.execute("DELETE FROM batches WHERE id = ?", (parent.id,))
            ids = tuple(self._insert(planned, parent.root) for planned in halves)
            if doubt is not None:
                self._connection.executemany(
                    """UPDATE batches SET state = 'unsure', doubt = 1, kind = ?, code = ?, detail = ?
                       WHERE id = ?""",
                    [(*doubt, number) for number in ids],
                )
            return ids

    def move(
        self,
        batch: StoredBatch,
        to: BatchState,
        not_before: float = 0,
        attempts: int = 0,
        doubt: Outcome | None = None,
    ) -> None:
        """Write the batch's new state; `attempts` are added to those it had.

        With `doubt` (an outcome that is unsure, and why) its contacts are unsure from now on, and the batch
        is in doubt until it is answered.
        """
        with transaction(self._connection):
            self._connection.execute(
                "UPDATE batches SET state = ?, not_before = ?, attempts = attempts + ? WHERE id = ?",
                (to.value, not_before, attempts, batch.id),
            )
            if doubt is not None:
                self._set_outcome(batch, doubt)
                self._connection.execute("UPDATE batches SET doubt = 1 WHERE id = ?", (batch.id,))

    def answer(self, batch: StoredBatch, outcomes: Mapping[int, Outcome], others: Outcome) -> None:
        """Write the batch answered and the outcome of each of its contacts, together: those named in
        `outcomes`, and `others` for the rest."""
        before = self.changes
        with transaction(self._connection):
            self._connection.execute(
                "UPDATE batches SET state = 'answered', not_before = 0 WHERE id = ?", (batch.id,)
            )
            self._set_outcome(batch, others)
            self._connection.executemany(
                "UPDATE outcomes SET kind = ?, code = ?, detail = ? WHERE step = ? AND row = ?",
                [
                    (outcome.kind.value, outcome.code, outcome.detail, batch.step, row)
                    for row, outcome in outcomes.items()
                    if outcome != others
                ],
            )
        self._changes_by_answers += self.changes - before

    def clear_doubt(self, batch: StoredBatch, to: BatchState, outcome: Outcome) -> None:
        """Somebody found out what became of a batch in doubt: its state, and the outcome of all in it."""
        with transaction(self._connection):
            self._connection.execute(
                "UPDATE batches SET state = ?, not_before = 0, attempts = 0, doubt = 0 WHERE id = ?",
                (to.value, batch.id),
            )
            self._set_outcome(batch, outcome)

    def begin_anew(self, latest: float) -> None:
        """A new run may try each batch again, and waits for none beyond `latest` (seconds since 1970): what
        was written down under a clock that was wrong must not keep it waiting for years."""
        with transaction(self._connection):
            self._connection.execute(
                """UPDATE batches SET attempts = 0, not_before = min(not_before, ?)
                   WHERE state IN ('planned', 'unsure') AND (attempts > 0 OR not_before > 0)""",
                (latest,),
            )

    def forget_planned(self, step: int) -> None:
        """Let go of the batches of a step that were planned and not sent, so that they are planned anew."""
        planned = "SELECT id FROM batches WHERE step = ? AND state = 'planned'"
        with transaction(self._connection):
            for table, column in (("outcomes", "batch"), ("bodies", "batch"), ("batches", "id")):
                self._connection.execute(f"DELETE FROM {table} WHERE {column} IN ({planned})", (step,))

    def count(self, step: int, state: BatchState | None = None) -> int:
        """How many batches a step has, in one state or in any."""
        query, values = "SELECT count(*) FROM batches WHERE step = ?", [step]
        with faults_as_problems():
            (number,) = self._connection.execute(
                query + (" AND state = ?" if state else ""), [*values, state.value] if state else values
            ).fetchone()
        return int(number)

    def contacts_answered(self, step: int) -> int:
        """How many contacts of a step are in batches that were answered."""
        query = "SELECT coalesce(sum(size), 0) FROM batches WHERE step = ? AND state = 'answered'"
        with faults_as_problems():
            (number,) = self._connection.execute(query, (step,)).fetchone()
        return int(number)

    def parts_by_root(self) -> dict[int, int]:
        """Of the batches that were split: into how many parts, by the id of the batch planned first."""
        query = "SELECT root, count(*) FROM batches GROUP BY root HAVING count(*) > 1"
        with faults_as_problems():
            return dict(self._connection.execute(query).fetchall())

    def bodies(self, state: BatchState) -> Iterator[bytes | None]:
        """What was, or is to be, sent by the batches in `state`, in the sheet's order."""
        query = """SELECT body FROM batches LEFT JOIN bodies ON bodies.batch = batches.id
                   WHERE state = ? ORDER BY step, first_row"""
        with faults_as_problems():
            for (body,) in self._connection.execute(query, (state.value,)):
                yield body

    def in_state(self, state: BatchState) -> tuple[StoredBatch, ...]:
        """The batches in a state, in the sheet's order: meant for those of which there are few."""
        with faults_as_problems():
            found = self._connection.execute(
                f"{STORED} WHERE state = ? ORDER BY step, first_row", (state.value,)
            ).fetchall()
        return tuple(stored_batch(*record) for record in found)

    def in_flight(self) -> tuple[StoredBatch, ...]:
        """The batches that are written down as sent, with no answer yet."""
        return self.in_state(BatchState.SENT)

    def _insert(self, planned: PlannedBatch, root: int | None = None) -> int:
        batch, request = planned.batch, planned.request
        described = json.dumps([request.method, request.path, request.query, request.headers])
        place = (planned.step, batch.name, batch.first_row, batch.last_row, len(batch))
        cursor = self._connection.execute(
            """INSERT INTO batches (step, name, first_row, last_row, size, root, request, state)
               VALUES (?, ?, ?, ?, ?, ?, ?, 'planned')""",
            (*place, root or 0, described),
        )
        number = int(cursor.lastrowid or 0)
        if root is None:
            self._connection.execute("UPDATE batches SET root = id WHERE id = ?", (number,))
        if request.body is not None:
            self._connection.execute("INSERT INTO bodies VALUES (?, ?)", (number, request.body))
        self._connection.executemany(
            f"INSERT INTO outcomes (step, row, batch) VALUES ({planned.step}, ?, {number})",
            [(passenger.row,) for passenger in batch.passengers],
        )
        return number

    def _set_outcome(self, batch: StoredBatch, outcome: Outcome) -> None:
        self._connection.execute(
            "UPDATE batches SET kind = ?, code = ?, detail = ? WHERE id = ?",
            (outcome.kind.value, outcome.code, outcome.detail, batch.id),
        )


def stored_batch(
    id_: int,
    step: int,
    name: str,
    first_row: int,
    last_row: int,
    size: int,
    root: int,
    described: str,
    body: bytes | None,
    state: str,
    attempts: int,
    not_before: float,
    doubt: int,
) -> StoredBatch:
    """The batch in a record of `STORED`."""
    method, path, query, headers = json.loads(described)
    request = Request(
        method,
        path,
        tuple((key, value) for key, value in query),
        tuple((key, value) for key, value in headers),
        body,
    )
    place = (id_, step, name, first_row, last_row, size, root)
    return StoredBatch(*place, request, BatchState(state), attempts, not_before, bool(doubt))
