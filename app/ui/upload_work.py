"""What the upload page has done beside the window: sending, and writing down what the user knows.

Makes work of flow's functions; refuses to know what is shown.
"""

from __future__ import annotations

from app.flow.doubts import Doubt, settle_doubt
from app.flow.draft import ImportDraft
from app.flow.parts import Parts
from app.flow.receipt import Agreement
from app.flow.watching import note_in_history, watched_upload
from app.ledger.outcomes import OutcomeTotals
from app.ui.background import Work
from app.upload.leash import Leash


def uploading(draft: ImportDraft, parts: Parts, leash: Leash, agreement: Agreement | None) -> Work:
    """Send what is not sent yet; gives an UploadEnd."""
    return lambda tell, stop: watched_upload(draft, parts, tell, stop, leash, agreement)


def settling(draft: ImportDraft, parts: Parts, doubt: Doubt, arrived: bool) -> Work:
    """Write down what the user said; gives the new OutcomeTotals."""

    def work(_: object, __: object) -> OutcomeTotals:
        totals = settle_doubt(draft, doubt, arrived)
        note_in_history(draft, parts.folders)
        return totals

    return work
