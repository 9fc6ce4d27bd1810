"""What the upload page has done beside the window: sending, and writing down what the user knows.

Makes work of flow's functions; refuses to know what is shown.
"""

from __future__ import annotations

from collections.abc import Callable

from app.flow.doubts import Doubt, settle_doubt
from app.flow.draft import ImportDraft
from app.flow.parts import Parts
from app.flow.receipt import Agreement
from app.flow.watching import Seen, note_ending, watched_upload
from app.ledger.ledger import Ledger
from app.ledger.outcomes import OutcomeTotals
from app.progress import Stop
from app.ui.background import Work
from app.upload.leash import Leash
from app.upload.upload import Ending, UploadEnd


def uploading(
    draft: ImportDraft,
    parts: Parts,
    leash: Leash,
    agreement: Agreement | None,
    ending: Callable[[], None],
) -> Work:
    """Send what is not sent yet, once `ending` has waited for whoever is still at the ledger; gives an
    UploadEnd."""

    def work(tell: Callable[[Seen], None], stop: Stop) -> UploadEnd:
        ending()
        return watched_upload(draft, parts, tell, stop, leash, agreement)

    return work


def counting(draft: ImportDraft) -> Work:
    """Count what became of whom so far, where nothing can be sent now; gives OutcomeTotals."""

    def work(_: object, __: object) -> OutcomeTotals:
        if draft.file is None:
            raise LookupError("nothing was sent")
        with Ledger.open(draft.file.ledger) as ledger:
            return ledger.outcomes.totals(len(draft.provider.steps(draft.options)))

    return work


def settling(draft: ImportDraft, parts: Parts, doubt: Doubt, arrived: bool) -> Work:
    """Write down what the user said; gives the new OutcomeTotals."""

    def work(_: object, __: object) -> OutcomeTotals:
        totals = settle_doubt(draft, doubt, arrived)
        ending = Ending.PAUSED if totals.not_sent else Ending.FINISHED
        note_ending(draft, UploadEnd(ending, totals), parts.folders)
        return totals

    return work
