"""Continues an import after a crash or a close: what it takes is noted in its ledger.

An upload is noted before anything is sent, and kept until it is finished or given up. A list that is only
being prepared is noted as it changes, and offered again only where its program ended without closing it.
Gives back the draft as it was. Notes no secret; refuses to know how anything is sent.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from app.flow.checking import decided_then, last_check, order_of
from app.flow.draft import Destination, ImportDraft
from app.flow.noted_draft import BROKEN, is_written, read_draft, write_draft
from app.language import tr
from app.ledger.connection import LedgerDamaged, LedgerProblem
from app.ledger.ledger import Ledger, erase
from app.ledger.lock import LedgerLock, is_free
from app.ledger.outcomes import OutcomeTotals
from app.ledger.presence import hold, is_abandoned, let_go
from app.problems import FileProblem, Problem
from app.providers.options import Place
from app.settings.accounts import account_names
from app.settings.folders import Folders

PAGES = ("choose_file", "map_columns", "choose_provider", "check_contacts")  # before the upload
LONGEST_AWAY = 30 * 86_400.0  # seconds that what is left of a ledger waits for it to be put back
_LEDGERS = "*.ledger"
_BEGAN, _FINISHED, _FIRST_FEW = "upload_began", "upload_finished", "first_few"
_PAGE, _PREPARED, _CHECK = "page", "prepared_at", "prepared_by_check"


@dataclass(frozen=True, slots=True)
class UnfinishedImport:
    """An import that did not come to its end. `began` is when its upload began, in seconds since 1970;
    `account` the id of a stored account, empty in practice; `account_name` what the user calls it, where that
    was looked up.

    One of which nothing was sent has a `page`: the one it was left at; `began` is then when it was changed
    last, `corrected` how many rows were corrected by hand, `aside` how many were left out.
    """

    ledger: Path
    file_name: str
    provider: str
    practice: bool
    account: str
    began: float
    totals: OutcomeTotals
    first_few: int | None = None  # contacts that were to go alone, and did not all go yet
    page: str = ""
    corrected: int = 0
    aside: int = 0
    account_name: str = ""

    @property
    def id(self) -> str:
        """The word for it on the command line."""
        return self.ledger.stem[:8]


def note_draft(ledger: Ledger, draft: ImportDraft) -> None:
    """Note everything it takes to continue; call it before the first request. Keeps the first time noted."""
    with ledger.together():
        write_draft(ledger, draft)
        if ledger.fact(_BEGAN) is None:
            ledger.note(_BEGAN, repr(time.time()))
        ledger.note(_FINISHED, "")


def note_preparation(draft: ImportDraft, page: str) -> None:
    """Note how far a list is prepared, and at which page, unless its upload began. Raises LedgerProblem."""
    if draft.file is None:
        raise LookupError("there is no file")
    with Ledger.open(draft.file.ledger) as ledger, ledger.together():
        if ledger.fact(_BEGAN) is None:  # else what was reviewed is noted, and stands
            write_draft(ledger, draft)
            ledger.note(_PAGE, page)
            ledger.note(_PREPARED, repr(time.time()))
            ledger.note(_CHECK, last_check(ledger))


def note_first_few(ledger: Ledger, count: int | None) -> None:
    """Note that so many contacts are to go alone before the others; None: all may go."""
    ledger.note(_FIRST_FEW, "" if count is None else str(count))


def began_at(ledger: Ledger) -> float | None:
    """When the upload of an import began, in seconds since 1970; None if it did not."""
    began = ledger.fact(_BEGAN)
    return None if began is None else float(began)


def note_finished(ledger: Ledger) -> None:
    """Nothing is left to continue."""
    ledger.note(_FINISHED, "yes")


def is_finished(ledger: Ledger) -> bool:
    """Whether nothing is left to continue, and all is noted."""
    return bool(ledger.fact(_FINISHED))


def unfinished_imports(folder: Path) -> tuple[UnfinishedImport, ...]:
    """The uploads in `folder` that can be continued, the latest first; those nobody works on just now.

    What is damaged, or of a newer version, is left out. Reads each ledger: not for the window's own thread.
    """
    return _latest_first(one for one in map(_found, folder.glob(_LEDGERS)) if one and not one.page)


def offered_imports(folders: Folders) -> tuple[UnfinishedImport, ...]:
    """What a window offers to go on with: uploads, and lists that were being prepared when their program
    ended without closing them; with the names of their accounts. As unfinished_imports otherwise."""
    found = [one for one in map(_found, folders.imports.glob(_LEDGERS)) if one]
    names = account_names(folders) if any(one.account for one in found) else {}
    return _latest_first(replace(one, account_name=names.get(one.account, "")) for one in found)


def erase_abandoned(folder: Path, now: Callable[[], float] = time.time) -> int:
    """Erase what a program that ended without tidying up left in `folder`, and nobody could go on with: lists
    of which nothing was decided, imports that are finished, and what was beside a ledger that somebody took
    away a month ago. How many there were."""
    found = [path for path in folder.glob(_LEDGERS) if _is_left_behind(path)]
    found += [path for path in map(_taken_from, folder.glob(f"{_LEDGERS}-wal")) if _is_away(path, now())]
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
            if ledger.fact(_BEGAN) is not None or ledger.fact(_FINISHED):
                return bool(ledger.fact(_FINISHED))
            if is_written(ledger):
                _preparation_in(ledger)
                return False
            return True
    except LedgerProblem:
        return False  # it may be of a newer version, or the disk is full
    except BROKEN:
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
            if ledger.fact(_BEGAN) is None or ledger.fact(_FINISHED):
                return False
            _upload_in(ledger)
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
    if ledger.fact(_CHECK) == last_check(ledger):
        return draft
    decided = decided_then(ledger, order_of(draft))
    return draft if decided is None else draft.with_decisions(decided)


def _found(path: Path) -> UnfinishedImport | None:
    """The import, if nobody works on it and it can be gone on with."""
    try:
        if not is_free(path):
            return None
        with Ledger.open(path) as ledger:
            if ledger.fact(_FINISHED) or not is_written(ledger):
                return None
            if ledger.fact(_BEGAN) is not None:
                return _upload_in(ledger)
            return _preparation_in(ledger) if is_abandoned(path) else None
    except (LedgerProblem, OSError, *BROKEN):
        return None  # one damaged file must not hide the others


def _upload_in(ledger: Ledger) -> UnfinishedImport:
    draft = read_draft(ledger, reviewed=True)
    totals = ledger.outcomes.totals(len(draft.provider.steps(draft.options)))
    first_few = int(ledger.fact(_FIRST_FEW) or 0) or None
    return _described(ledger, draft, _moment(ledger.fact(_BEGAN)), totals, first_few)


def _preparation_in(ledger: Ledger) -> UnfinishedImport:
    draft = read_draft(ledger, reviewed=False)
    found = _described(ledger, draft, _moment(ledger.fact(_PREPARED)), OutcomeTotals())
    corrected, aside = ledger.corrections.count()
    page = ledger.fact(_PAGE)
    return replace(found, page=page if page in PAGES else PAGES[0], corrected=corrected, aside=aside)


def _described(
    ledger: Ledger, draft: ImportDraft, at: float, totals: OutcomeTotals, first_few: int | None = None
) -> UnfinishedImport:
    if draft.file is None:
        raise LookupError("there is no file")
    to, name = draft.destination, draft.file.shape.path.name
    place = (draft.provider_name, to.practice, to.account)
    return UnfinishedImport(ledger.path, name, *place, at, totals, first_few)


def _moment(noted: str | None) -> float:
    at = float(noted or "")
    time.localtime(at)  # whatever is no moment ends here, not where it is shown
    return at


def _latest_first(found: Iterable[UnfinishedImport]) -> tuple[UnfinishedImport, ...]:
    return tuple(sorted(found, key=lambda one: one.began, reverse=True))


def _elsewhere(unfinished: UnfinishedImport) -> LedgerProblem:
    return LedgerProblem(
        tr("This list is already open in another window."),
        tr("Go on there, or close that window and try again."),
        unfinished.id,
    )
