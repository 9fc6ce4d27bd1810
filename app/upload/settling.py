"""Settles what is unsure, when somebody has looked into the account.

Writes down what was found; refuses to ask anybody.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.ledger.batches import BatchState, StoredBatch
from app.ledger.ledger import Ledger
from app.providers.contract import Step
from app.upload.reasons import NOT_SENT, SEEN_BY_USER
from app.upload.states import Event, after


def in_doubt(ledger: Ledger, steps: Sequence[Step]) -> tuple[StoredBatch, ...]:
    """The batches that only the user can settle: unsure, and repeating them might harm. Their rows are
    `ledger.contacts.passengers_of(batch.id, batch.step, batch.first_row, batch.last_row)`."""
    return tuple(
        batch
        for batch in ledger.batches.in_state(BatchState.UNSURE)
        if batch.step < len(steps) and not steps[batch.step].repeatable
    )


def settle(ledger: Ledger, batch: StoredBatch, arrived: bool) -> None:
    """The user looked: the contacts of an unsure `batch` are in the account, or they are not.

    What is not there is sent by the next run. Raises LedgerProblem, ImpossibleMove if it is not unsure.
    """
    event = Event.ANSWERED if arrived else Event.FOUND_MISSING
    outcome = SEEN_BY_USER if arrived else NOT_SENT
    ledger.batches.clear_doubt(batch, after(batch.state, event), outcome)
