"""The last look before batches leave: whether what is noted about them can be found again.

Takes the note back if not; refuses to send anything.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.ledger.batches import StoredBatch
from app.ledger.connection import LedgerProblem
from app.ledger.ledger import Ledger
from app.upload.states import Event, after


def require_in_place(ledger: Ledger, leaving: Sequence[StoredBatch]) -> None:
    """Raise LedgerProblem if the ledger, where batches about to leave are noted as sent, is not in its place.

    What could not be taken up after a crash must not leave; so it has not, and is noted so.
    """
    try:
        ledger.require_in_place()
    except LedgerProblem:
        for batch in leaving:
            sent = after(batch.state, Event.WE_SEND)
            ledger.batches.move(batch, after(sent, Event.TOLD_TO_STOP, batch.doubt))
        raise
