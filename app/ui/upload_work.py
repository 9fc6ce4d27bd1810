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


def counting(draft: ImportDraft, ending: Ending) -> Work:
    """Count what became of whom so far, where a run ended so before it could send; gives an UploadEnd."""

    def work(_: object, __: object) -> UploadEnd:
        return _counted(draft, ending)

    return work


def settling(draft: ImportDraft, parts: Parts, doubt: Doubt, arrived: bool) -> Work:
    """Write down what the user said; gives an UploadEnd with the new numbers."""

    def work(_: object, __: object) -> UploadEnd:
        totals = settle_doubt(draft, doubt, arrived)
        end = _counted(draft, Ending.PAUSED if totals.not_sent else Ending.FINISHED)
        note_ending(draft, end, parts.folders)
        return end

    return work


def _counted(draft: ImportDraft, ending: Ending) -> UploadEnd:
    if draft.file is None:
        raise LookupError("nothing was sent")
    steps = len(draft.provider.steps(draft.options))
    with Ledger.open(draft.file.ledger) as ledger:
        return UploadEnd(ending, ledger.outcomes.totals(steps), None, ledger.outcomes.halfway(steps))
