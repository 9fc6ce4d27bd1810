"""Who is in doubt after an upload, for the user to look up in the account; and what the user found there.

Only those that repeating might harm: the others settle themselves by being sent again. Sends nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.batches import Passenger
from app.flow.draft import ImportDraft
from app.ledger.batches import StoredBatch
from app.ledger.ledger import Ledger
from app.ledger.lock import LedgerLock
from app.ledger.outcomes import OutcomeTotals
from app.upload.settling import in_doubt, settle

MOST_SHOWN = 100  # contacts of one batch; they are in one request, so they fare alike


@dataclass(frozen=True, slots=True)
class Doubt:
    """Contacts that were sent together, and nobody knows whether they arrived; `people` are the first of
    them: sheet row and what is known of the person."""

    batch: StoredBatch
    people: tuple[tuple[int, str], ...]

    @property
    def size(self) -> int:
        return self.batch.size


def doubts_of(draft: ImportDraft) -> tuple[Doubt, ...]:
    """What only the user can settle. Raises LedgerProblem."""
    with _opened(draft) as ledger:
        return tuple(
            Doubt(batch, _people(draft, ledger, batch))
            for batch in in_doubt(ledger, draft.provider.steps(draft.options))
        )


def settle_doubt(draft: ImportDraft, doubt: Doubt, arrived: bool) -> OutcomeTotals:
    """The user looked: they are in the account, or they are not and will be sent by the next run.

    The new totals; the import can be continued until what came of it is noted (watching.note_ending).
    Raises LedgerProblem, also while another program uploads this import.
    """
    with _opened(draft) as ledger, LedgerLock(ledger.path):
        settle(ledger, doubt.batch, arrived)
        return ledger.outcomes.totals(len(draft.provider.steps(draft.options)))


def _opened(draft: ImportDraft) -> Ledger:
    if draft.file is None:
        raise LookupError("nothing was sent")
    return Ledger.open(draft.file.ledger)


def _people(draft: ImportDraft, ledger: Ledger, batch: StoredBatch) -> tuple[tuple[int, str], ...]:
    place = (batch.id, batch.step, batch.first_row, batch.last_row)
    keys = draft.schema.keys
    return tuple(
        (one.row, _described(one, keys)) for one in ledger.contacts.passengers_of(*place)[:MOST_SHOWN]
    )


def _described(passenger: Passenger, keys: tuple[str, ...]) -> str:
    """By what the provider knows people by, where they have it; else by all there is."""
    known = [passenger.values[key] for key in keys if passenger.values.get(key)]
    told = known or list(passenger.values.values())
    return ", ".join(one if isinstance(one, str) else ", ".join(one) for one in told)
