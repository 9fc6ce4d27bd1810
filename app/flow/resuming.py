"""Continues an import after a crash or a close, from what is noted in its ledger (flow/import_notes).

An upload is noted before anything is sent, and kept until it is finished or given up. A list that is only
being prepared is noted as it changes, and offered again only where its program ended without closing it.
Gives back the draft as it was; refuses to know how anything is sent.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from app.flow.checking import decided_then, order_of
from app.flow.draft import Destination, ImportDraft
from app.flow.import_notes import has_begun, is_finished, is_last_check_noted, note_finished
from app.flow.noted_draft import BROKEN, is_written, read_draft
from app.flow.unfinished import LEDGERS, UnfinishedImport, preparation_in, upload_in
from app.language import tr
from app.ledger.connection import LedgerDamaged, LedgerProblem
from app.ledger.ledger import Ledger, erase
from app.ledger.lock import LedgerLock, is_free
from app.ledger.presence import hold, is_abandoned, let_go
from app.problems import FileProblem, Problem
from app.providers.options import Place
from app.settings.accounts import account_names
from app.settings.folders import Folders

LONGEST_AWAY = 30 * 86_400.0  # seconds that what is left of a ledger waits for it to be put back


def erase_abandoned(folder: Path, now: Callable[[], float] = time.time) -> int:
    """Erase what a program that ended without tidying up left in `folder`, and nobody could go on with: lists
    of which nothing was decided, imports that are finished, and what was beside a ledger that somebody took
    away a month ago. How many there were."""
    found = [path for path in folder.glob(LEDGERS) if _is_left_behind(path)]
    found += [path for path in map(_taken_from, folder.glob(f"{LEDGERS}-wal")) if _is_away(path, now())]
    for path in found:
        with suppress(OSError):
            erase(path)
    return len(found)


def _taken_from(beside: Path) -> Path:
    return beside.with_name(beside.name.removesuffix("-wal"))


def _is_away(path: Path, now: float) -> bool:
    """Whether a ledger was taken away so long ago that nobody will put it back."""
    try:
        noted = path.with_name(f"{path.name}-wal").stat().st_mtime
    except OSError:
        return False
    return not path.exists() and is_abandoned(path) and now - noted > LONGEST_AWAY


def _is_left_behind(path: Path) -> bool:
    if not (is_abandoned(path) and is_free(path)):
        return False
    try:
        with Ledger.open(path) as ledger:
            if has_begun(ledger) or is_finished(ledger):
                return is_finished(ledger)
            return not (is_written(ledger) and _can_be_taken_up(ledger))
    except LedgerProblem:
        return False  # it may be of a newer version, or the disk is full


def _can_be_taken_up(ledger: Ledger) -> bool:
    try:
        preparation_in(ledger)
    except BROKEN:
        return False
    return True


def draft_of(unfinished: UnfinishedImport) -> ImportDraft:
    """The draft as it was reviewed: checked, and ready for `upload`.

    Raises LedgerProblem, and FileProblem if what was noted can't be understood.
    """
    return _read(unfinished, reviewed=True)


def take_up(unfinished: UnfinishedImport, folders: Folders) -> tuple[ImportDraft, str]:
    """A list that was being prepared, for this program to go on with: its draft, and the page to show.

    An account that is no more has to be chosen anew. Raises LedgerProblem if another program was quicker, and
    FileProblem as `draft_of` does.
    """
    if not hold(unfinished.ledger):
        raise _elsewhere(unfinished)
    try:
        draft = _read(unfinished, reviewed=False)
    except Problem:
        let_go(unfinished.ledger)
        raise
    if draft.destination.practice or draft.destination.account in account_names(folders):
        return draft, unfinished.page
    usual = {one.key: str(one.default) for one in draft.provider.options if one.place is Place.ACCOUNT}
    return draft.with_sign_in(usual).with_destination(Destination()), "choose_provider"


def give_up(unfinished: UnfinishedImport) -> None:
    """Erase an import; what was sent stays with the provider. Raises LedgerProblem while it is uploaded, or
    prepared by another program."""
    if unfinished.page and not is_abandoned(unfinished.ledger):
        raise _elsewhere(unfinished)
    with LedgerLock(unfinished.ledger):
        erase_notes(unfinished.ledger)
    with suppress(OSError):
        erase(unfinished.ledger)


def put_away(ledger: Path) -> bool:
    """An import is closed: erase it unless its upload can be continued; whether it was kept.

    What can't be looked into stays as it is: the disk may be full, the file moved away for a moment, or
    another program at work on it.
    """
    try:
        with LedgerLock(ledger):
            if _is_to_continue(ledger):
                return True
    except LedgerProblem:
        return True
    with suppress(OSError):
        erase(ledger)
    return False


def _is_to_continue(path: Path) -> bool:
    """Raises LedgerProblem where that can't be said."""
    try:
        with Ledger.open(path) as ledger:
            if not has_begun(ledger) or is_finished(ledger):
                return False
            upload_in(ledger)
            return True
    except (LedgerDamaged, *BROKEN):
        return False


def erase_notes(ledger: Path) -> None:
    """Forget what it takes to continue, first of all: so a half-erased import is not offered again."""
    with suppress(Problem), Ledger.open(ledger) as opened:
        note_finished(opened)


def _read(unfinished: UnfinishedImport, *, reviewed: bool) -> ImportDraft:
    with Ledger.open(unfinished.ledger) as ledger:
        try:
            draft = read_draft(ledger, reviewed=reviewed)
            return draft if reviewed else _with_last_decisions(ledger, draft)
        except BROKEN as error:
            raise FileProblem(
                tr("This import can't be continued: what was noted about it can't be read."),
                tr("Choose your file again to start afresh."),
                f"{type(error).__name__}: {error}",
            ) from error


def _with_last_decisions(ledger: Ledger, draft: ImportDraft) -> ImportDraft:
    """With what the contacts were checked by since the draft was noted: a moment lies between the two."""
    if is_last_check_noted(ledger):
        return draft
    decided = decided_then(ledger, order_of(draft))
    return draft if decided is None else draft.with_decisions(decided)


def _elsewhere(unfinished: UnfinishedImport) -> LedgerProblem:
    return LedgerProblem(
        tr("This list is already open in another window."),
        tr("Go on there, or close that window and try again."),
        unfinished.id,
    )
