"""From checked contacts to planned batches: exactly the bytes to be sent, written down before anything is.

Knows sizes; refuses to know what is in a body.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.batches import Batch, Passenger, divide
from app.ledger.batches import PlannedBatch
from app.ledger.ledger import Ledger
from app.progress import Progress, Stop, Tell, tell_nobody
from app.providers.contract import Step

BATCHES_A_TRANSACTION = 20


def plan(ledger: Ledger, number: int, step: Step, tell: Tell = tell_nobody, stop: Stop | None = None) -> None:
    """Write down every batch of a step that is not planned yet. Safe to call again after a crash.

    Raises Stopped, LedgerProblem.
    """
    waiting: list[PlannedBatch] = []
    planned = 0
    for batch in divide(step.key, _passengers(ledger, number), step.batch_size):
        if stop:
            stop.check()
        waiting.extend(_with_requests(number, step, batch))
        planned += len(batch)
        if len(waiting) >= BATCHES_A_TRANSACTION:
            ledger.batches.plan(waiting)
            waiting = []
            tell(Progress(planned))
    ledger.batches.plan(waiting)


def halves_of(number: int, step: Step, batch: Batch) -> tuple[PlannedBatch, ...]:
    """The two halves of a refused batch, planned."""
    return tuple(PlannedBatch(number, half, step.request_for(half)) for half in batch.halves())


def _passengers(ledger: Ledger, number: int) -> Iterator[Passenger]:
    """Contacts in no batch yet; in pages, because planning writes to the tables it reads."""
    after = 0
    while page := ledger.contacts.passengers(number, after):
        yield from page
        after = page[-1].row


def _with_requests(number: int, step: Step, batch: Batch) -> Iterator[PlannedBatch]:
    """The batch with its request, halved until the body is within the provider's limit."""
    request = step.request_for(batch)
    if request.body is not None and len(request.body) > step.max_body_bytes and len(batch) > 1:
        for half in batch.halves():
            yield from _with_requests(number, step, half)
    else:
        yield PlannedBatch(number, batch, request)
