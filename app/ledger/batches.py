"""The batches, in the ledger: exactly the bytes to be sent, the state of each, and each contact's outcome.

Writes down what it is told in one transaction each; what follows from what is upload/states' to know.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from app.batches import Batch
from app.ledger.connection import faults_as_problems, transaction
from app.providers.verdicts import Outcome, OutcomeKind
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


@dataclass(frozen=True, slots=True)
class StoredBatch:
    """A batch as it stands in the ledger. `not_before` is seconds since 1970 (0: at once); `doubt` says that
    it was sent once without an answer, so that it may have arrived."""

    id: int
    step: int
    name: str
    first_row: int
    last_row: int
    size: int
    request: Request
    state: BatchState
    attempts: int
    not_before: float
    doubt: bool


_COLUMNS = "id, step, name, first_row, last_row, size, request, body, state, attempts, not_before, doubt"


class BatchShelf:
    """The `batches` and `outcomes` tables."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def plan(self, batches: Sequence[PlannedBatch]) -> None:
        """Write batches down as planned, each of their contacts not sent yet."""
        with transaction(self._connection):
            for planned in batches:
                self._insert(planned)

    def split(self, parent: StoredBatch, halves: Sequence[PlannedBatch]) -> None:
        """Put planned `halves` in the place of `parent`, whose contacts they are."""
        with transaction(self._connection):
            self._connection.execute(
                "DELETE FROM outcomes WHERE step = ? AND row BETWEEN ? AND ? AND batch = ?",
                (parent.step, parent.first_row, parent.last_row, parent.id),
            )
            self._connection.execute("DELETE FROM batches WHERE id = ?", (parent.id,))
            for planned in halves:
                self._insert(planned)

    def move(
        self, batch: StoredBatch, to: BatchState, not_before: float = 0, attempts: int = 0, why: str = ""
    ) -> None:
        """Write the batch's new state; `attempts` are added to those it had.

        UNSURE makes its contacts unsure (`why` is their detail), and leaves a doubt on the batch until it is
        answered.
        """
        with transaction(self._connection):
            self._set_state(batch, to, not_before, attempts)
            if to is BatchState.UNSURE and not batch.doubt:
                self._connection.execute("UPDATE batches SET doubt = 1 WHERE id = ?", (batch.id,))
                self._set_outcome_of_all(batch, Outcome(OutcomeKind.UNSURE, detail=why))

    def answer(self, batch: StoredBatch, outcomes: Mapping[int, Outcome]) -> None:
        """Write the batch answered and the outcome of each of its contacts, together."""
        with transaction(self._connection):
            self._set_state(batch, BatchState.ANSWERED, 0, 0)
            if len(set(outcomes.values())) == 1:
                self._set_outcome_of_all(batch, next(iter(outcomes.values())))
                return
            self._connection.executemany(
                "UPDATE outcomes SET kind = ?, code = ?, detail = ? WHERE step = ? AND row = ?",
                [
                    (outcome.kind.value, outcome.code, outcome.detail, batch.step, row)
                    for row, outcome in outcomes.items()
                ],
            )

    def next(self, step: int, states: Sequence[BatchState], tries: int) -> StoredBatch | None:
        """The batch of a step to send next, of those in one of `states`: the first that may be sent, in the
        sheet's order. A batch in doubt is left alone after so many `tries`."""
        marks = ", ".join("?" for _ in states)
        with faults_as_problems():
            found = self._connection.execute(
                f"""SELECT {_COLUMNS} FROM batches WHERE step = ? AND state IN ({marks})
                    AND (doubt = 0 OR attempts < ?) ORDER BY not_before, first_row LIMIT 1""",
                (step, *(state.value for state in states), tries),
            ).fetchone()
        return _from_record(*found) if found else None

    def count(self, step: int, state: BatchState | None = None) -> int:
        """How many batches a step has, in one state or in any."""
        query, values = "SELECT count(*) FROM batches WHERE step = ?", [step]
        with faults_as_problems():
            (number,) = self._connection.execute(
                query + (" AND state = ?" if state else ""), [*values, state.value] if state else values
            ).fetchone()
        return int(number)

    def bodies(self, state: BatchState) -> Iterator[bytes | None]:
        """What was, or is to be, sent by the batches in `state`, in the sheet's order."""
        query = "SELECT body FROM batches WHERE state = ? ORDER BY step, first_row"
        with faults_as_problems():
            for (body,) in self._connection.execute(query, (state.value,)):
                yield body

    def in_flight(self) -> tuple[StoredBatch, ...]:
        """The batches that are written down as sent, with no answer yet."""
        with faults_as_problems():
            found = self._connection.execute(
                f"SELECT {_COLUMNS} FROM batches WHERE state = 'sent' ORDER BY step, first_row"
            ).fetchall()
        return tuple(_from_record(*record) for record in found)

    def _insert(self, planned: PlannedBatch) -> None:
        batch, request = planned.batch, planned.request
        described = json.dumps([request.method, request.path, request.query, request.headers])
        cursor = self._connection.execute(
            """INSERT INTO batches (step, name, first_row, last_row, size, request, body, state)
               VALUES (?, ?, ?, ?, ?, ?, ?, 'planned')""",
            (
                planned.step,
                batch.name,
                batch.first_row,
                batch.last_row,
                len(batch),
                described,
                request.body,
            ),
        )
        self._connection.executemany(
            """INSERT INTO outcomes (step, row, batch, kind, code, detail)
               VALUES (?, ?, ?, 'not_sent', '', '')""",
            [(planned.step, passenger.row, cursor.lastrowid) for passenger in batch.passengers],
        )

    def _set_state(self, batch: StoredBatch, to: BatchState, not_before: float, attempts: int) -> None:
        self._connection.execute(
            "UPDATE batches SET state = ?, not_before = ?, attempts = attempts + ? WHERE id = ?",
            (to.value, not_before, attempts, batch.id),
        )

    def _set_outcome_of_all(self, batch: StoredBatch, outcome: Outcome) -> None:
        self._connection.execute(
            """UPDATE outcomes SET kind = ?, code = ?, detail = ?
               WHERE step = ? AND row BETWEEN ? AND ? AND batch = ?""",
            (
                outcome.kind.value,
                outcome.code,
                outcome.detail,
                batch.step,
                batch.first_row,
                batch.last_row,
                batch.id,
            ),
        )


def _from_record(
    id_: int,
    step: int,
    name: str,
    first_row: int,
    last_row: int,
    size: int,
    described: str,
    body: bytes | None,
    state: str,
    attempts: int,
    not_before: float,
    doubt: int,
) -> StoredBatch:
    method, path, query, headers = json.loads(described)
    request = Request(
        method,
        path,
        tuple((key, value) for key, value in query),
        tuple((key, value) for key, value in headers),
        body,
    )
    place = (id_, step, name, first_row, last_row, size)
    return StoredBatch(*place, request, BatchState(state), attempts, not_before, bool(doubt))
