"""Checks again only what a change touches, however many rows that is, in a child process and all or nothing.

Knows how rows are checked anew beside others that are not; who depends on a decision is dependents', the
checks are contacts/', what a change is is changes'.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from enum import Enum
from pathlib import Path

from app.child.parent import run_in_child
from app.contacts.contact import CheckedContact, FindingKind, Status
from app.contacts.duplicates import DUPLICATE_KINDS, DuplicatePolicy, told_apart_no_more
from app.flow.changes import ROWS_AT_ONCE, Change, Go, record
from app.flow.checking import (
    CheckOrder,
    as_by_hand,
    check_contacts,
    checker_for,
    decided_then,
    note_check,
    order_of,
)
from app.flow.decisions import Decisions
from app.flow.dependents import touched_rows
from app.flow.draft import ImportDraft
from app.flow.settling import settle_duplicates
from app.ledger.contacts import CheckedTotals
from app.ledger.corrections import AS_IN_SHEET, in_pieces
from app.ledger.ledger import Ledger
from app.progress import Progress, Stop, Tell, tell_nobody

MANY_ROWS = 20_000


class Extent(Enum):
    """How much a change is about, where that is all there is to say."""

    NOTHING = "nothing"
    MOST = "most"  # of the list: nothing was changed, as checking all of it is quicker


class _MostOfThem(Exception):
    """Takes back what was recorded."""


def change_list(
    draft: ImportDraft,
    change: Change,
    tell: Tell = tell_nobody,
    stop: Stop | None = None,
    many: int = MANY_ROWS,
) -> ImportDraft:
    """The draft once `change` is made and all it touches is checked again; the same draft if nothing changed.

    From `many` rows on that are most of the list, all are checked: on several processors that is quicker.
    Raises LedgerProblem and Stopped; then nothing is changed, but everything may have to be checked again.
    """
    if draft.checked is None:
        raise LookupError("nothing is checked yet")
    found = run_in_child(carry_out, order_of(draft), draft.decisions, change, many, tell=tell, stop=stop)
    if found is Extent.NOTHING:
        return draft
    if found is Extent.MOST:
        return _with_all_checked(draft, change, tell, stop)
    totals, decisions = found
    return draft.with_decisions(decisions).with_checked(totals)


def _with_all_checked(draft: ImportDraft, change: Change, tell: Tell, stop: Stop | None) -> ImportDraft:
    path = order_of(draft).ledger
    # Not here, where a million rows would keep the window's thread from its turns.
    decisions = run_in_child(_recorded, path, change, draft.decisions, stop=stop)
    if decisions is None:
        return draft
    decided = draft.with_decisions(decisions)
    try:
        return decided.with_checked(check_contacts(decided, tell, stop))
    except BaseException:
        run_in_child(_taken_back, path, change)
        raise


def check_what_changed(
    draft: ImportDraft, tell: Tell = tell_nobody, stop: Stop | None = None
) -> CheckedTotals:
    """Check the draft's rows: all of them, or only those that depend on what is decided otherwise than when
    they were checked last. Raises LedgerProblem, Stopped."""
    order = order_of(draft)
    with Ledger.open(order.ledger) as ledger:
        old = decided_then(ledger, order)
        if old == draft.decisions:
            return ledger.contacts.totals()
    if old is None or _words(old) != _words(draft.decisions):
        return check_contacts(draft, tell, stop)
    return run_in_child(_bring_up_to_date, order, old, draft.decisions, tell=tell, stop=stop)


def _words(decisions: Decisions) -> list[object]:
    # A word that was decided elsewhere may be one that was read without any finding.
    return [(key, rule.words) for key, rule in decisions.rules.by_field if rule.words]


# In the child process.


def carry_out(
    order: CheckOrder, old: Decisions, change: Change, many: int, tell: Tell, stop: Stop
) -> tuple[CheckedTotals, Decisions] | Extent:
    """Make a change to what was checked by `old`, and check again what it touches.

    All or nothing. Raises LedgerProblem, Stopped.
    """
    try:
        with Ledger.open(order.ledger) as ledger, ledger.together():
            recorded = record(ledger, change, old)
            if recorded is None:
                return Extent.NOTHING
            new = recorded.decisions
            order = with_decisions(order, new)
            rows = touched_rows(ledger, order, old, new, recorded.rows)
            if len(rows) >= many and 2 * len(rows) > ledger.rows.count():
                raise _MostOfThem
            totals = recheck(ledger, order, old, rows, tell, stop)
            note_check(ledger, order)
            return totals, new
    except _MostOfThem:
        return Extent.MOST


def _recorded(path: Path, change: Change, now: Decisions, tell: Tell, stop: Stop) -> Decisions | None:
    """Write the change down, and nothing more; what is decided then, or None if there was nothing to do."""
    del tell, stop  # all or nothing
    with Ledger.open(path) as ledger:
        recorded = record(ledger, change, now)
    return None if recorded is None else recorded.decisions


def _taken_back(path: Path, change: Change, tell: Tell, stop: Stop) -> None:
    del tell, stop
    with Ledger.open(path) as ledger:
        ledger.corrections.redo() if change is Go.BACK else ledger.corrections.undo()


def _bring_up_to_date(
    order: CheckOrder, old: Decisions, new: Decisions, tell: Tell, stop: Stop
) -> CheckedTotals:
    with Ledger.open(order.ledger) as ledger, ledger.together():
        totals = recheck(ledger, order, old, touched_rows(ledger, order, old, new), tell, stop)
        note_check(ledger, order)
        return totals


def with_decisions(order: CheckOrder, decisions: Decisions) -> CheckOrder:
    """The order with everything decided so."""
    return replace(
        order,
        country=decisions.default_country,
        duplicates=decisions.duplicates,
        rules=decisions.rules,
    )


def recheck(
    ledger: Ledger,
    order: CheckOrder,
    old: Decisions,
    rows: Sequence[int],
    tell: Tell = tell_nobody,
    stop: Stop | None = None,
) -> CheckedTotals:
    """Check `rows` by the order, and tell duplicates apart anew where that touched them: the contacts are
    those a whole check would make. The others were checked by `old`."""
    stop = stop or Stop()
    work = _Recheck(ledger, order, Counter(ledger.contacts.totals().findings))
    policies = (old.duplicates, order.duplicates)
    work.anew = policies[0] is not policies[1] or (DuplicatePolicy.FILL_BLANKS in policies and bool(rows))
    for done, piece in enumerate(in_pieces(rows, ROWS_AT_ONCE)):
        stop.check()
        tell(Progress(done * ROWS_AT_ONCE, len(rows)))
        work.check(piece)
    if work.anew:
        work.tell_apart(stop)
    ledger.contacts.note_findings(work.counts)
    return ledger.contacts.totals()


class _Recheck:
    """Checks rows again and keeps count. `anew`: duplicates have to be told apart again."""

    def __init__(self, ledger: Ledger, order: CheckOrder, counts: Counter[FindingKind]) -> None:
        self._ledger = ledger
        self._keys = tuple(order.schema.keys)
        self._policy = order.duplicates
        self._checker = checker_for(order, ledger)
        self.counts = counts
        self.anew = False

    def check(self, rows: Sequence[int]) -> None:
        cells = self._ledger.corrections.cells_of(rows)
        states = self._ledger.corrections.states_of(rows)
        before = {one.row: one for one in self._ledger.contacts.of_rows(rows)}
        after = [
            as_by_hand(self._checker.check_alone(row, cells[row]), states.get(row, AS_IN_SHEET))
            for row in sorted(cells)
        ]
        self._put(before, [self._as_duplicate_before(one, before[one.row]) for one in after])

    def _as_duplicate_before(self, alone: CheckedContact, before: CheckedContact) -> CheckedContact:
        """The contact with what was told of its duplicates, where that still holds."""
        was = told_apart_no_more(before)
        if alone.status is not was.status or (
            alone.status is Status.TO_SEND and self._key_values(alone) != self._key_values(was)
        ):
            self.anew = True
            return alone
        told = tuple(one for one in before.findings if one.kind in DUPLICATE_KINDS)
        if not told or self._policy is DuplicatePolicy.FILL_BLANKS:
            return alone
        return alone._replace(status=before.status, findings=(*alone.findings, *told))

    def _key_values(self, contact: CheckedContact) -> list[object]:
        return [contact.values.get(key) for key in self._keys]

    def tell_apart(self, stop: Stop) -> None:
        for piece in in_pieces(self._ledger.contacts.rows_with_findings(DUPLICATE_KINDS), ROWS_AT_ONCE):
            stop.check()
            before = {one.row: one for one in self._ledger.contacts.of_rows(piece)}
            self._put(before, [told_apart_no_more(one) for one in before.values()])
        self.counts.update(settle_duplicates(self._ledger, self._keys, self._policy, stop))

    def _put(self, before: Mapping[int, CheckedContact], after: Iterable[CheckedContact]) -> None:
        changed = [one for one in after if one != before[one.row]]
        self._ledger.contacts.put(changed)
        for one in changed:
            self.counts.update(finding.kind for finding in one.findings)
            self.counts.subtract(finding.kind for finding in before[one.row].findings)
