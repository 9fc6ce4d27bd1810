"""What the preview asks of the ledger and of the account, as work to be done beside the window.

Each function makes a piece of work; when it is done, and what is shown of it, is the page's.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.contacts.exclusions import Exclusions
from app.flow.account import ExistingCount, count_existing
from app.flow.changes import CellEdits
from app.flow.checking import check_contacts
from app.flow.correcting import Corrector
from app.flow.draft import ImportDraft
from app.flow.exclusions import read_exclusions
from app.flow.parts import Parts
from app.flow.receipt import Receipt, account_name, receipt_of
from app.flow.watching import access_of
from app.ledger.contacts import CheckedTotals, Show
from app.ledger.ledger import Ledger
from app.progress import Progress, Stop
from app.table.reading import AS_FOUND
from app.ui.background import Work
from app.ui.models.contact_table import Edit
from app.ui.widgets.contact_filters import Wanted

_TellProgress = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class CheckedList:
    """All the preview needs to know at first; `rows` are those that `wanted` asked for."""

    totals: CheckedTotals
    counts: dict[Show, int]
    rows: array[int]
    receipt: Receipt
    undoable: int  # changes by hand


def checking(draft: ImportDraft, parts: Parts, wanted: Wanted) -> Work:
    """Check the draft's contacts, unless they are checked; gives a CheckedList."""

    def work(tell: _TellProgress, stop: Stop) -> CheckedList:
        totals = draft.checked or check_contacts(draft, tell, stop)
        with _opened(draft) as ledger:
            return _listed(draft.with_checked(totals), parts, ledger, wanted)

    return work


def looking_up(draft: ImportDraft, wanted: Wanted) -> Work:
    """Gives the sheet rows that `wanted` asks for."""

    def work(tell: Callable[[Any], None], stop: Stop) -> array[int]:  # noqa: ARG001 - one query
        with _opened(draft) as ledger:
            return ledger.contacts.row_numbers(wanted.show, wanted.kind, wanted.text)

    return work


def correcting(draft: ImportDraft, parts: Parts, edits: Sequence[Edit], wanted: Wanted) -> Work:
    """Correct cells and check their rows again, or undo the last change where there are no `edits`; gives a
    CheckedList."""

    def work(tell: Callable[[Any], None], stop: Stop) -> CheckedList:  # noqa: ARG001 - it is quick
        with _opened(draft) as ledger:
            corrector = Corrector(ledger, draft)
            if edits:
                rows: dict[int, dict[int, str]] = {}
                for edit in edits:
                    rows.setdefault(edit.row, {})[edit.position] = edit.text
                corrector.apply(CellEdits(rows))
            else:
                corrector.undo()
            return _listed(draft.with_checked(corrector.totals), parts, ledger, wanted)

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


def _listed(draft: ImportDraft, parts: Parts, ledger: Ledger, wanted: Wanted) -> CheckedList:
    contacts = ledger.contacts
    if draft.checked is None:
        raise LookupError("nothing is checked yet")
    receipt = receipt_of(draft, draft.checked, contacts.why_left_out(), account_name(draft, parts.folders))
    rows = contacts.row_numbers(wanted.show, wanted.kind, wanted.text)
    return CheckedList(draft.checked, contacts.counts(), rows, receipt, ledger.corrections.count_undoable())


def _opened(draft: ImportDraft) -> Ledger:
    if draft.file is None:
        raise LookupError("there is no file to check")
    return Ledger.open(draft.file.ledger)
