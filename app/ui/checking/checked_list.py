"""What the preview asks of the ledger and of the account, as work to be done beside the window.

Each function makes a piece of work; when it is done, and what is shown of it, is the page's.
"""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.contacts.contact import FindingKind
from app.contacts.exclusions import Exclusions
from app.flow.account import ExistingCount, count_existing
from app.flow.changes import Change, Replacement
from app.flow.correcting import Corrector
from app.flow.decisions import Decisions
from app.flow.draft import ImportDraft
from app.flow.examples import Example, Replaced, examples_of, replaced_examples
from app.flow.exclusions import read_exclusions
from app.flow.parts import Parts
from app.flow.planning import plan_upload
from app.flow.reading import change_since
from app.flow.receipt import Receipt, account_name, receipt_of
from app.flow.rechecking import change_list, check_what_changed
from app.flow.repairs import Matter, Repair, matter_of
from app.flow.watching import access_of
from app.ledger.contacts import CheckedTotals, Show
from app.ledger.ledger import Ledger
from app.ledger.tallies import Tallies
from app.problems import Problem
from app.progress import Progress, Stop
from app.report import Which, require_place, write_report
from app.table.reading import AS_FOUND
from app.ui.background import Work
from app.ui.widgets.contact_filters import Wanted

_TellProgress = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class CheckedList:
    """All the preview needs to know; `rows` are those that `wanted` asked for, None where they stay."""

    draft: ImportDraft
    totals: CheckedTotals
    counts: Mapping[Show, int]
    rows: array[int] | None
    receipt: Receipt
    undoable: int  # changes by hand
    redoable: int
    keeping_back: frozenset[FindingKind]  # kinds that left a row out
    wanted: Wanted | None = None  # whose rows they are
    file_changed: Problem | None = None  # what to say where the file is not as it was when it was read


class Desk:
    """Where a checked list is changed: a Corrector over a ledger of its own, kept from change to change.

    Used by one piece of work at a time; others wait.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ledger: Ledger | None = None
        self._corrector: Corrector | None = None

    @contextmanager
    def corrector(self, draft: ImportDraft) -> Iterator[Corrector]:
        """The corrector, made anew (seconds at a million rows) where the one there is knows less."""
        with self._lock:
            if self._ledger is None:
                self._ledger = _opened(draft)
            if self._corrector is None:
                self._corrector = Corrector(self._ledger, draft)
            yield self._corrector

    def forget(self) -> None:
        """The list is changed in another way."""
        with self._lock:
            self._corrector = None

    def interrupt(self) -> None:
        """Nobody waits for what is being made ready."""
        if self._ledger is not None:
            self._ledger.interrupt()

    def close(self) -> None:
        """No change comes any more. Waits for the one that is being made."""
        with self._lock:
            self._corrector = None
            if self._ledger is not None:
                self._ledger.close()
                self._ledger = None


def checking(draft: ImportDraft, parts: Parts, wanted: Wanted, ending: Callable[[], None]) -> Work:
    """Check what has to be checked of the draft's contacts, once `ending` has waited for whoever is still at
    the ledger; gives a CheckedList."""

    def work(tell: _TellProgress, stop: Stop) -> CheckedList:
        ending()
        totals = draft.checked or check_what_changed(draft, tell, stop)
        return _counted(draft.with_checked(totals), parts, wanted)

    return work


def planning(draft: ImportDraft) -> Work:
    """Make the bodies to be sent, while the user looks at what they will be; gives nothing."""
    return lambda tell, stop: plan_upload(draft, tell, stop)


def preparing(draft: ImportDraft, desk: Desk) -> Work:
    """Make ready for changes, so that the first is as quick as the others; gives nothing."""

    def work(tell: Callable[[Any], None], stop: Stop) -> None:  # noqa: ARG001 - it is one piece
        with desk.corrector(draft):
            pass

    return work


def changing(draft: ImportDraft, parts: Parts, desk: Desk, changes: Sequence[Change], wanted: Wanted) -> Work:
    """Make changes, each a step of its own, and check again what they touch; gives a CheckedList."""

    def work(tell: _TellProgress, stop: Stop) -> CheckedList:
        changed, large = draft, False
        tallies: Tallies | None = None
        for change in changes:
            with desk.corrector(changed) as corrector:
                corrected = corrector.apply(change)
            if corrected is not None:
                changed, tallies = changed.with_checked(corrected.totals), corrected.tallies
            else:
                changed, large = change_list(changed, change, tell, stop), True
                desk.forget()
        if large or tallies is None:
            return _counted(changed, parts, wanted)
        with _opened(changed) as ledger:
            return _listed(changed, parts, ledger, tallies)

    return work


def asking(draft: ImportDraft, repair: Repair) -> Work:
    """Look up what there is to decide for a repair; gives a Matter."""

    def work(tell: Callable[[Any], None], stop: Stop) -> Matter:  # noqa: ARG001 - some queries
        with _opened(draft) as ledger:
            return matter_of(ledger, draft, repair)

    return work


def exemplifying(draft: ImportDraft, repair: Repair, decisions: Decisions) -> Work:
    """Look up rows that a decision would change; gives Examples."""

    def work(tell: Callable[[Any], None], stop: Stop) -> tuple[Example, ...]:  # noqa: ARG001 - a few rows
        with _opened(draft) as ledger:
            return examples_of(ledger, draft, repair, decisions)

    return work


def finding(draft: ImportDraft, change: Replacement) -> Work:
    """Look up what find and replace would do; gives a Replaced."""

    def work(tell: Callable[[Any], None], stop: Stop) -> Replaced:  # noqa: ARG001 - nothing to tell
        with _opened(draft) as ledger:
            return replaced_examples(ledger, change, stop)

    return work


def saving_left_out(draft: ImportDraft, path: Path) -> Work:
    """Save the rows that are left out, with the user's columns and why; gives the path."""

    def work(tell: _TellProgress, stop: Stop) -> Path:
        if draft.file is None:
            raise LookupError("there is no file")
        require_place(path, (draft.file.shape.path,))
        with _opened(draft) as ledger:
            write_report(
                ledger, draft.file.headers, draft.provider, draft.options, path, Which.LEFT_OUT, tell, stop
            )
        return path

    return work


def looking_up(draft: ImportDraft, wanted: Wanted) -> Work:
    """Gives the sheet rows that `wanted` asks for."""

    def work(tell: Callable[[Any], None], stop: Stop) -> array[int]:  # noqa: ARG001 - one query
        with _opened(draft) as ledger:
            return ledger.contacts.row_numbers(wanted.show, wanted.kind, wanted.text)

    return work


def leaving_out(draft: ImportDraft, path: Path) -> Work:
    """Read a do-not-contact list; gives its Exclusions."""

    def work(tell: _TellProgress, stop: Stop) -> Exclusions:
        return read_exclusions(path, AS_FOUND, draft.default_country, tell, stop)

    return work


def counting_existing(draft: ImportDraft, parts: Parts) -> Work:
    """Ask the account who is there already; gives an ExistingCount."""

    def work(tell: _TellProgress, stop: Stop) -> ExistingCount:
        if draft.file is None:
            raise LookupError("there is no file")
        return count_existing(draft.file.ledger, draft, access_of(draft, parts), tell, stop)

    return work


def _counted(draft: ImportDraft, parts: Parts, wanted: Wanted) -> CheckedList:
    with _opened(draft) as ledger:
        rows = ledger.contacts.row_numbers(wanted.show, wanted.kind, wanted.text)
        listed = _listed(draft, parts, ledger, ledger.contacts.tallies())
        return replace(listed, rows=rows, wanted=wanted)


def _listed(draft: ImportDraft, parts: Parts, ledger: Ledger, tallies: Tallies) -> CheckedList:
    receipt = receipt_of(draft, tallies.totals, tallies.left_out, account_name(draft, parts.folders))
    steps = ledger.corrections
    return CheckedList(
        draft,
        tallies.totals,
        tallies.by_filter,
        None,
        receipt,
        steps.count_undoable(),
        steps.count_redoable(),
        frozenset(kind for kinds in tallies.left_out for kind in kinds),
        file_changed=change_since(draft.file) if draft.file else None,
    )


def _opened(draft: ImportDraft) -> Ledger:
    if draft.file is None:
        raise LookupError("there is no file to check")
    return Ledger.open(draft.file.ledger)
