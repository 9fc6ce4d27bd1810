"""upload, as someone watches it: opens the way to the account, and tells how far all the steps together are.

Passes secrets from the keyring on to the sender and keeps none.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from app.flow.access import require_own_address
from app.flow.draft import ImportDraft
from app.flow.history import record_import
from app.flow.import_notes import began_at, is_finished
from app.flow.parts import Parts
from app.flow.proxy import with_proxy_pass
from app.flow.receipt import Agreement, note_agreement
from app.flow.remembered import learn_recipe
from app.flow.uploading import Access, account_access, finish, practice_access, upload
from app.ledger.ledger import Ledger
from app.problems import Problem
from app.progress import Stop
from app.settings.folders import Folders
from app.upload.leash import Leash
from app.upload.upload import Ending, UploadEnd, UploadProgress

log = logging.getLogger("app.upload")


@dataclass(frozen=True, slots=True)
class Seen:
    """How far an upload is, for the eye: `share` of all its `steps`, from 0.0 to 1.0."""

    progress: UploadProgress
    steps: int
    share: float


def watched_upload(
    draft: ImportDraft,
    parts: Parts,
    tell: Callable[[Seen], None],
    stop: Stop,
    leash: Leash | None = None,
    agreement: Agreement | None = None,
) -> UploadEnd:
    """Send what is not sent yet, as far as `leash` allows, and note in the history what came of it.

    `agreement` is kept with the import. Raises what `upload` raises, and Stopped before there was anything.
    """
    if draft.file is None:
        raise LookupError("nothing is checked yet")
    access = access_of(draft, parts)
    stop.check()
    if agreement is not None:
        note_agreement(draft.file.ledger, agreement)
    steps = len(draft.provider.steps(draft.options))
    try:
        end = upload(draft, access, lambda progress: tell(Seen(progress, steps, progress.share)), stop, leash)
    finally:
        unsaved = note_in_history(draft, parts.folders)
    if unsaved is None:
        finish(draft, end)
    learn_from(draft, end, parts.folders)
    return end


def note_ending(draft: ImportDraft, end: UploadEnd, folders: Folders) -> Problem | None:
    """Note in the history how an import stands, and that it may be forgotten if nothing of it is left to do.

    The Problem if it can't be noted: then the import is kept, and offered to be continued. Raises
    LedgerProblem.
    """
    unsaved = note_in_history(draft, folders)
    if unsaved is None:
        finish(draft, end)
    return unsaved


def still_unsaved(draft: ImportDraft, end: UploadEnd | None, folders: Folders) -> Problem | None:
    """Note now what could not be noted when the upload ended; why an import of which nothing is left to do is
    kept and offered again, or None where it is not. Raises LedgerProblem."""
    if draft.file is None or end is None or end.ending is not Ending.FINISHED or end.totals.unsure:
        return None
    with Ledger.open(draft.file.ledger) as ledger:
        if is_finished(ledger):
            return None
    return note_ending(draft, end, folders)


def note_in_history(draft: ImportDraft, folders: Folders) -> Problem | None:
    """Note how the import stands; the Problem if it can't be noted. That takes nothing away from what was
    sent, and who keeps the import until it is noted loses nothing."""
    if draft.file is None:
        return None
    try:
        with Ledger.open(draft.file.ledger) as ledger:
            if began_at(ledger) is not None:  # else nothing was sent, and there is nothing to tell
                record_import(folders, draft, ledger)
    except Problem as problem:
        log.warning("not noted in the history: %s", problem.details)
        return problem
    return None


def learn_from(draft: ImportDraft, end: UploadEnd, folders: Folders) -> None:
    """Remember how an import was decided, if it is completed. That it can't be takes nothing away from what
    was sent."""
    if end.ending is not Ending.FINISHED or end.totals.not_sent or end.totals.unsure:
        return
    try:
        learn_recipe(folders, draft)
    except Problem as problem:
        log.warning("the recipe is not remembered: %s", problem.details)


def access_of(draft: ImportDraft, parts: Parts) -> Access:
    """The way to the draft's account. Opens the practice server or the keyring, so it may take a while.

    Raises Problem where the keyring does not answer.
    """
    if draft.destination.practice:
        return practice_access(draft, parts.practice(draft.provider_name))
    require_own_address(draft.destination, parts.folders)
    stored = parts.credentials()
    account = draft.destination.account
    secrets = {one.key: stored.read(account, one.key) or "" for one in draft.provider.secrets(draft.options)}
    return with_proxy_pass(account_access(draft, secrets), parts)
