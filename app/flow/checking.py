"""check_contacts: maps and checks every row of the ledger, in a child process.

Knows the way from the ledger's rows to its contacts and back; the checks are contacts/checking's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.child import run_in_child
from app.contacts.checking import Checker, date_orders_in
from app.contacts.contact import CheckedContact
from app.contacts.mapping import ColumnMapping
from app.flow.draft import ImportDraft
from app.ledger.contacts import CheckedTotals
from app.ledger.ledger import Ledger
from app.progress import Progress, Stop, Tell, tell_nobody
from app.providers.known import provider_named
from app.providers.options import Options

DATE_EVIDENCE_ROWS = 5_000  # in which to look for a date that can be read in one way only


@dataclass(frozen=True, slots=True)
class _Order:
    """What the child is to check, and how: only values that travel between processes."""

    ledger: Path
    provider: str
    options: Options
    mapping: ColumnMapping
    country: str


def check_contacts(draft: ImportDraft, tell: Tell = tell_nobody, stop: Stop | None = None) -> CheckedTotals:
    """Check every row of the draft's file and write the contacts down. Raises LedgerProblem, Stopped."""
    if draft.file is None:
        raise LookupError("there is no file to check")
    order = _Order(
        draft.file.ledger, draft.provider_name, draft.options, draft.mapping, draft.default_country
    )
    return run_in_child(_check_all, order, tell=tell, stop=stop)


def _check_all(order: _Order, tell: Tell, stop: Stop) -> CheckedTotals:
    provider = provider_named(order.provider)
    if provider is None:
        raise LookupError(order.provider)
    schema = provider.schema(order.options)
    with Ledger.open(order.ledger) as rows, Ledger.open(order.ledger) as contacts:
        total = rows.rows.count()
        columns = list(zip(*(row.cells for row in rows.rows.first(DATE_EVIDENCE_ROWS)), strict=True))
        orders = date_orders_in(schema, order.mapping, columns)
        checker = Checker(schema, order.mapping, order.country, orders)
        for done in contacts.contacts.replace_all(_checked(rows, checker)):
            stop.check()
            tell(Progress(done, total))
        return contacts.contacts.totals()


def _checked(ledger: Ledger, checker: Checker) -> Iterator[CheckedContact]:
    for row in ledger.rows.all():
        yield checker.check(row.number, row.cells)
