"""Tells the rows of one person apart once all are checked: the second pass of check_contacts.

Knows the way through the ledger's contacts; what follows from a duplicate is contacts/duplicates'.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from app.contacts.contact import CheckedContact, FindingKind, Status
from app.contacts.duplicates import DuplicatePolicy, KnownKeys, Met, filled_from, told_of_duplicates
from app.ledger.ledger import Ledger
from app.progress import Stop

MET_AT_ONCE = 300  # contacts changed together: memory stays flat even where everybody is there twice


def settle_duplicates(
    ledger: Ledger,
    keys: Sequence[str],
    policy: DuplicatePolicy,
    stop: Stop,
    among: Sequence[int] | None = None,
) -> Counter[FindingKind]:
    """Mark duplicates among the contacts to send, by `keys`; what was found, to add to what checking found.

    `among` are the rows to look at, in order, where it is known that all others stand alone.
    Raises LedgerProblem, Stopped.
    """
    known = KnownKeys(keys)
    counts: Counter[FindingKind] = Counter()
    waiting: list[tuple[int, Met]] = []
    if not keys:
        return counts
    backwards = policy is DuplicatePolicy.KEEP_LAST
    shelf = ledger.keys
    for row, values in (
        shelf.of_all(keys, backwards) if among is None else shelf.of_rows(among, keys, backwards)
    ):
        met = known.meet(row, dict(zip(keys, values, strict=True)))
        if met.places:
            waiting.append((row, met))
            if len(waiting) >= MET_AT_ONCE:
                stop.check()
                _write_down(ledger, waiting, keys, policy, counts)
                waiting.clear()
    _write_down(ledger, waiting, keys, policy, counts)
    return counts


def settled(
    contacts: Sequence[CheckedContact], keys: Sequence[str], policy: DuplicatePolicy
) -> list[CheckedContact]:
    """The same for a few contacts, checked alone: those that share keys, and nobody else does."""
    known = KnownKeys(keys)
    after = {one.row: one for one in sorted(contacts, key=lambda one: one.row)}
    order = sorted(after, reverse=policy is DuplicatePolicy.KEEP_LAST)
    met = [(row, known.meet(row, after[row].values)) for row in order if after[row].status is Status.TO_SEND]
    _apply(after, [(row, places) for row, places in met if places.places], keys, policy)
    return list(after.values())


def _write_down(
    ledger: Ledger,
    waiting: Sequence[tuple[int, Met]],
    keys: Sequence[str],
    policy: DuplicatePolicy,
    counts: Counter[FindingKind],
) -> None:
    fills = policy is DuplicatePolicy.FILL_BLANKS
    wanted = {row for row, _ in waiting} | {met.places[0][1] for _, met in waiting if fills and met.all_met}
    before = {one.row: one for one in ledger.contacts.of_rows(sorted(wanted))}
    after = dict(before)
    _apply(after, waiting, keys, policy)
    changed = [one for row, one in after.items() if one is not before[row]]
    for one in changed:
        counts.update(_kinds(one))
        counts.subtract(_kinds(before[one.row]))
    ledger.contacts.put(changed)


def _apply(
    after: dict[int, CheckedContact],
    waiting: Sequence[tuple[int, Met]],
    keys: Sequence[str],
    policy: DuplicatePolicy,
) -> None:
    for row, met in waiting:
        told = told_of_duplicates(after[row], met)
        if policy is DuplicatePolicy.FILL_BLANKS and met.all_met:
            kept = met.places[0][1]
            after[kept] = filled_from(after[kept], after[row], keys)
        after[row] = told


def _kinds(contact: CheckedContact) -> list[FindingKind]:
    return [finding.kind for finding in contact.findings]
