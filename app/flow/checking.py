"""check_contacts: maps and checks every row of the ledger, in child processes.

Two passes. Rows are checked one by one, on several processors where that pays; then the rows of one person
are told apart, in order. Knows the way from the ledger's rows to its contacts; the checks are contacts/'s.
"""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path

from app import __version__, language
from app.child.parent import run_in_child
from app.contacts.checking import Checker
from app.contacts.column_conventions import (
    date_orders_in,
    letters_in,
    namings_in,
    plates_in,
    serial_columns_in,
)
from app.contacts.contact import CheckedContact, Status, put_aside
from app.contacts.duplicates import DuplicatePolicy
from app.contacts.exclusions import Exclusions
from app.contacts.fields import ContactSchema
from app.contacts.mapping import ColumnMapping
from app.contacts.rules import NO_RULES, Rules
from app.contacts.traces import Traces, rows_that_may_meet
from app.flow.decisions import Decisions, decisions_from, decisions_text
from app.flow.draft import ImportDraft
from app.flow.settling import settle_duplicates
from app.ledger.corrections import RowState
from app.ledger.ledger import Ledger
from app.ledger.tallies import CheckedTotals, Tally
from app.progress import Progress, Stop, Tell, tell_nobody
from app.providers.account_fields import AccountFields
from app.providers.known import provider_named
from app.providers.options import Options

_CHECKED_AS = "checked_as"  # the name of the fact in the ledger
DATE_EVIDENCE_ROWS = 5_000  # in which to look for a date that can be read in one way only
FEWEST_ROWS_A_PROCESS = 25_000  # below, starting a process costs more than it saves
FEWEST_TOLD_APART_ELSEWHERE = 500  # of fewer, who shares a key with whom is told at once
MOST_PROCESSES = 4  # the ledger has one writer at a time


@dataclass(frozen=True, slots=True)
class CheckOrder:
    """What is to be checked, and how: only values that travel between processes."""

    ledger: Path
    provider: str
    options: Options
    mapping: ColumnMapping
    country: str
    today: date
    duplicates: DuplicatePolicy = DuplicatePolicy.KEEP_FIRST
    exclusions: Exclusions | None = None
    account_fields: AccountFields | None = None
    rules: Rules = NO_RULES

    @property
    def decisions(self) -> Decisions:
        return Decisions(self.country, self.duplicates, self.rules)

    @property
    def fingerprint(self) -> str:
        """Of everything that a check depends on and that can't be decided row by row afterwards."""
        packed = self.exclusions.packed if self.exclusions else b""
        parts = (__version__, language.current(), self.provider, self.schema, self.mapping)
        return blake2b(repr(parts).encode() + packed, digest_size=16).hexdigest()

    @property
    def schema(self) -> ContactSchema:
        provider = provider_named(self.provider)
        if provider is None:
            raise LookupError(self.provider)
        return provider.schema(self.options, self.account_fields)


@dataclass(frozen=True, slots=True)
class Span:
    """The rows from `first` to `last`, both included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class SpanFound:
    """What was found in a span: its contacts counted, and by what they can be told apart."""

    tally: Tally
    traces: Traces


def check_contacts(
    draft: ImportDraft, tell: Tell = tell_nobody, stop: Stop | None = None, processes: int | None = None
) -> CheckedTotals:
    """Check every row of the draft's file and write the contacts down. Raises LedgerProblem, Stopped.

    Without `processes` there are as many as pay on this computer.
    """
    order = order_of(draft)
    stop = stop or Stop()
    with Ledger.open(order.ledger) as ledger:
        ledger.contacts.clear()
        total = ledger.rows.count()
        spans = spans_of(
            *ledger.rows.first_and_last(), processes or processes_for(total, os.cpu_count() or 1)
        )
    if len(spans) == 1:
        totals = run_in_child(_check_all, order, spans[0], total, tell=tell, stop=stop)
    else:
        found = _checked_together(order, spans, total, tell, stop)
        among = rows_that_may_meet(one.traces for one in found)
        tally = Tally()
        for one in found:
            tally.add(one.tally)
        if len(among) > FEWEST_TOLD_APART_ELSEWHERE:
            totals = run_in_child(_settle, order, tally, among, stop=stop)
        else:  # hardly anybody to tell apart: not worth a process
            totals = _settle(order, tally, among, tell, stop)
    with Ledger.open(order.ledger) as ledger:
        note_check(ledger, order)
    return totals


def note_check(ledger: Ledger, order: CheckOrder) -> None:
    """Note by what the contacts were checked."""
    ledger.note(_CHECKED_AS, f"{order.fingerprint} {decisions_text(order.decisions)}")


def last_check(ledger: Ledger) -> str:
    """Another text after every check that was made otherwise; empty where the contacts are not checked."""
    return ledger.fact(_CHECKED_AS) or ""


def decided_then(ledger: Ledger, order: CheckOrder) -> Decisions | None:
    """What was decided when the contacts were checked; None if they were not, or by other fields or columns
    than `order` has, so that all of them have to be checked again."""
    fingerprint, _, text = last_check(ledger).partition(" ")
    return decisions_from(text) if fingerprint == order.fingerprint else None


def order_of(draft: ImportDraft, today: Callable[[], date] = date.today) -> CheckOrder:
    """What the draft asks to be checked, on the day that it is. A draft without a file is a bug."""
    if draft.file is None:
        raise LookupError("there is no file to check")
    return CheckOrder(
        draft.file.ledger,
        draft.provider_name,
        draft.options,
        draft.sent_mapping,
        draft.default_country,
        today(),
        draft.duplicates,
        draft.exclusions,
        draft.account_fields,
        draft.rules,
    )


def checker_for(order: CheckOrder, ledger: Ledger) -> Checker:
    """The checker of an import's rows, with what its columns tell about their dates."""
    columns = list(zip(*(row.cells for row in ledger.rows.first(DATE_EVIDENCE_ROWS)), strict=True))
    schema = order.schema
    return Checker(
        schema,
        order.mapping,
        order.country,
        order.today,
        date_orders_in(schema, order.mapping, columns),
        serial_columns=serial_columns_in(schema, order.mapping, columns),
        exclusions=order.exclusions,
        rules=order.rules,
        namings=namings_in(schema, order.mapping, columns),
        letters=letters_in(schema, order.mapping, columns),
        by_plates=plates_in(schema, order.mapping, columns),
    )


def processes_for(count: int, processors: int) -> int:
    """How many processes pay for so many rows."""
    return max(1, min(processors, MOST_PROCESSES, count // FEWEST_ROWS_A_PROCESS))


def spans_of(first: int, last: int, parts: int) -> tuple[Span, ...]:
    """The rows from `first` to `last` in so many parts of about the same length."""
    cuts = [first + (last - first + 1) * part // parts for part in range(parts + 1)]
    return tuple(Span(start, end - 1) for start, end in pairwise(cuts))


def _checked_together(
    order: CheckOrder, spans: Sequence[Span], total: int, tell: Tell, stop: Stop
) -> list[SpanFound]:
    """Check the spans in a process each. If one fails, the others are asked to stop."""
    together = _Together(tell, total)
    all_stop = Stop()
    with stop.alarm(all_stop.ask), ThreadPoolExecutor(len(spans)) as threads:
        parts = [
            threads.submit(run_in_child, _check_span, order, span, tell=together.part(), stop=all_stop)
            for span in spans
        ]
        try:
            return [part.result() for part in as_completed(parts)]
        finally:
            all_stop.ask()


class _Together:
    """Adds up how far several parts are."""

    def __init__(self, tell: Tell, total: int) -> None:
        self._tell = tell
        self._total = total
        self._done: list[int] = []
        self._lock = threading.Lock()

    def part(self) -> Tell:
        place = len(self._done)
        self._done.append(0)

        def tell(progress: Progress) -> None:
            with self._lock:
                self._done[place] = progress.done
                self._tell(Progress(sum(self._done), self._total))

        return tell


# In the child processes.


def _check_all(order: CheckOrder, span: Span, total: int, tell: Tell, stop: Stop) -> CheckedTotals:
    def tell_total(progress: Progress) -> None:
        tell(Progress(progress.done, total))

    found = _check_span(order, span, tell_total, stop)
    return _settle(order, found.tally, rows_that_may_meet([found.traces]), tell, stop)


def _check_span(order: CheckOrder, span: Span, tell: Tell, stop: Stop) -> SpanFound:
    tally, traces = Tally(), Traces(order.schema.keys, span.first, span.last)
    with Ledger.open(order.ledger) as ledger, _seldom_tidied_up():
        checker = checker_for(order, ledger)
        for done in ledger.contacts.add(_checked(ledger, span, checker, traces), tally):
            stop.check()
            tell(Progress(done))
    return SpanFound(tally, traces)


@contextmanager
def _seldom_tidied_up() -> Iterator[None]:
    """While inside, Python looks for forgotten circles of objects a hundred times less often: checking makes
    none, and each look goes through everything that is remembered."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _checked(ledger: Ledger, span: Span, checker: Checker, traces: Traces) -> Iterator[CheckedContact]:
    """The contacts of a span; those to send leave their traces."""
    corrected = ledger.corrections.between(span.first, span.last)
    check, leave, to_send = checker.check_alone, traces.leave, Status.TO_SEND
    for number, cells in ledger.rows.cells_between(span.first, span.last):
        state = corrected.get(number) if corrected else None
        if state is None:
            contact = check(number, cells)
        else:
            contact = as_by_hand(check(number, state.cells or cells), state)
        if contact[1] is to_send:
            leave(number, contact[2])
        yield contact


def as_by_hand(contact: CheckedContact, state: RowState) -> CheckedContact:
    """The contact of a row that the user changed."""
    return put_aside(contact) if state.aside else contact


def _settle(
    order: CheckOrder,
    tally: Tally,
    among: Sequence[int],
    tell: Tell,  # noqa: ARG001 - a child's function has it
    stop: Stop,
) -> CheckedTotals:
    with Ledger.open(order.ledger) as ledger:
        found = settle_duplicates(ledger, order.schema.keys, order.duplicates, stop, among)
        totals = tally.totals(found)
        ledger.contacts.note_findings(totals.findings)
        return totals
