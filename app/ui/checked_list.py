"""What the preview asks of the ledger and of the account, as work to be done beside the window.

Each function makes a piece of work; when it is done, and what is shown of it, is the page's.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.flow.account import ExistingCount, count_existing
from app.flow.checking import check_contacts
from app.flow.draft import ImportDraft
from app.flow.parts import Parts
from app.flow.receipt import Receipt, account_name, receipt_of
from app.flow.watching import access_of
from app.ledger.contacts import CheckedTotals, Show
from app.ledger.ledger import Ledger
from app.progress import Progress, Stop
from app.ui.background import Work
from app.ui.widgets.contact_filters import Wanted

_TellProgress = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class CheckedList:
    """All the preview needs to know at first; `rows` are those that `wanted` asked for."""

    totals: CheckedTotals
    counts: dict[Show, int]
    rows: array[int]
    receipt: Receipt


def checking(draft: ImportDraft, parts: Parts, wanted: Wanted) -> Work:
    """Check the draft's contacts, unless they are checked; gives a CheckedList."""

    def work(tell: _TellProgress, stop: Stop) -> CheckedList:
        totals = draft.checked or check_contacts(draft, tell, stop)
        with _opened(draft) as ledger:
            contacts = ledger.contacts
            receipt = receipt_of(draft, totals, contacts.why_left_out(), account_name(draft, parts.folders))
            rows = contacts.row_numbers(wanted.show, wanted.kind, wanted.text)
            return CheckedList(totals, contacts.counts(), rows, receipt)

    return work


def looking_up(draft: ImportDraft, wanted: Wanted) -> Work:
    """Gives the sheet rows that `wanted` asks for."""

    def work(tell: Callable[[Any], None], stop: Stop) -> array[int]:  # noqa: ARG001 - one query
        with _opened(draft) as ledger:
            return ledger.contacts.row_numbers(wanted.show, wanted.kind, wanted.text)

    return work


def counting_existing(draft: ImportDraft, parts: Parts) -> Work:
    """Ask the account who is there already; gives an ExistingCount."""

    def work(tell: _TellProgress, stop: Stop) -> ExistingCount:
        if draft.file is None:
            raise LookupError("there is no file")
        return count_existing(draft.file.ledger, draft, access_of(draft, parts), tell, stop)

    return work


def _opened(draft: ImportDraft) -> Ledger:
    if draft.file is None:
        raise LookupError("there is no file to check")
    return Ledger.open(draft.file.ledger)
