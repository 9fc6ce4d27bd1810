"""upload: sends what was checked to the draft's account.

Builds the sender, which is the only thing here that a secret passes through. Knows no provider by name.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace

from app.contacts.fields import Meaning
from app.flow.access import (
    Access,
    PracticeAccess,
    account_access,
    api_address,
    practice_access,
    require_secrets,
)
from app.flow.account import look_before, try_account
from app.flow.draft import ImportDraft
from app.flow.import_notes import note_draft, note_finished, note_first_few
from app.flow.planning import keep_or_forget_plan
from app.language import tr
from app.ledger.batches import BatchState
from app.ledger.ledger import Ledger
from app.ledger.lock import LedgerLock
from app.problems import Problem
from app.progress import Stop, Stopped
from app.upload.leash import Leash
from app.upload.sending import Sender
from app.upload.upload import Ending, TellUpload, Upload, UploadEnd

_PLANNED = BatchState.PLANNED


def upload(
    draft: ImportDraft, access: Access, tell: TellUpload, stop: Stop, leash: Leash | None = None
) -> UploadEnd:
    """Send every checked contact that is not sent yet, as far as `leash` allows; call again to continue.

    Notes in the ledger what it takes to continue after a crash; that there is no need to is for `finish`.
    Raises LedgerProblem (also if another program is uploading this import), and AccountProblem before
    anything was sent; every other Problem is in the end's.
    """
    if draft.file is None or draft.checked is None:
        raise LookupError("nothing is checked yet")
    require_secrets(draft, access)
    _require_options(draft)
    provider, options = draft.provider, draft.options
    steps = provider.steps(options)
    with ExitStack() as opened:
        opened.enter_context(LedgerLock(draft.file.ledger))
        ledger = opened.enter_context(Ledger.open(draft.file.ledger))
        _require_agreement(draft, ledger)
        keep_or_forget_plan(ledger, draft.provider_name, options)
        foreseen = _foreseen(draft, access, ledger, stop)
        if foreseen is not None:
            note_draft(ledger, draft)
            note_first_few(ledger, leash.first if leash else None)
            halfway = ledger.outcomes.halfway(len(steps))
            return UploadEnd(Ending.PROBLEM, ledger.outcomes.totals(len(steps)), foreseen, halfway)
        # Each line signs in for itself: a conversation is nobody else's.
        senders = [
            opened.enter_context(Sender(access.addresses, provider.sign_in(access.secrets, options)))
            for _ in range(max(1, provider.pace.in_flight))
        ]
        note_draft(ledger, draft)
        note_first_few(ledger, leash.first if leash else None)
        end = Upload(ledger, steps, provider.pace, senders, tell, stop, leash=leash).run()
        ledger.require_in_place()  # who looks for it now would be told that nothing was ever sent
        if end.ending in (Ending.FINISHED, Ending.PAUSED):
            note_first_few(ledger, None)  # they were sent, and can be looked at
        return replace(end, halfway=ledger.outcomes.halfway(len(steps)))


def finish(draft: ImportDraft, end: UploadEnd) -> None:
    """Note that an import may be forgotten, if nothing of it is left to do. To be called when all else that
    is made of it (history, report) is saved. Raises LedgerProblem."""
    if draft.file is None or end.ending is not Ending.FINISHED:
        return
    with Ledger.open(draft.file.ledger) as ledger:
        if not ledger.batches.in_state(BatchState.UNSURE):
            note_finished(ledger)


def _foreseen(draft: ImportDraft, access: Access, ledger: Ledger, stop: Stop) -> Problem | None:
    """What would stop the upload in its last step; looked for until something of that step was sent."""
    last = len(draft.provider.steps(draft.options)) - 1
    if stop.asked or any(ledger.batches.count(last, state) for state in BatchState if state is not _PLANNED):
        return None
    try:
        return look_before(draft, access, stop)
    except Stopped:
        return None  # the upload hears the stop too, and says how it ended


def _require_agreement(draft: ImportDraft, ledger: Ledger) -> None:
    """Who agreed to what is sent only if that was confirmed, whoever asks for the upload."""
    held_back = [one for one in draft.schema.fields if one.meaning is Meaning.OPT_IN]
    if draft.consent_confirmed or not ledger.contacts.any_with([one.key for one in held_back]):
        return
    raise Problem(
        tr("Nothing was sent: this list would change who has agreed to get messages."),
        tr("Confirm that this is meant where the columns are matched, or leave that field empty."),
        ", ".join(one.key for one in held_back),
    )


def _require_options(draft: ImportDraft) -> None:
    faults = draft.option_faults
    if faults:
        raise Problem(
            tr("One of the options can't stay as it is."),
            " ".join(tr(fault.why).format(limit=fault.limit) for fault in faults),
            ", ".join(fault.option for fault in faults),
        )


__all__ = [
    "Access",
    "PracticeAccess",
    "account_access",
    "api_address",
    "finish",
    "practice_access",
    "try_account",
    "upload",
]
