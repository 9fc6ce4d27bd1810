"""How many contacts each filter of the preview shows, how often what was found, and why rows are left out.

Counts once over the whole list, and then follows single changes without counting again; reads no ledger.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.contacts.contact import CheckedContact, FindingKind, Level, Status
from app.ledger.records import RANKS
from app.ledger.searching import Show


@dataclass(frozen=True, slots=True)
class CheckedTotals:
    """How many rows are to be what; read = blank + left_out + duplicates + to_send."""

    read: int
    blank: int
    left_out: int
    duplicates: int
    to_send: int
    findings: Mapping[FindingKind, int]


class Tally:
    """What is counted while contacts are written down. Travels between processes, and adds up."""

    def __init__(self) -> None:
        self.findings: Counter[FindingKind] = Counter()
        self.statuses: Counter[Status] = Counter()

    def count(self, contacts: Sequence[CheckedContact]) -> None:
        """Count contacts, each of them once."""
        self.findings.update([finding[0] for contact in contacts for finding in contact[3]])
        self.statuses.update([contact[1] for contact in contacts])

    def add(self, other: Tally) -> None:
        self.findings.update(other.findings)
        self.statuses.update(other.statuses)

    def totals(self, told_apart: Counter[FindingKind]) -> CheckedTotals:
        """The totals, once `told_apart` was found besides of contacts that share a key."""
        duplicates = told_apart[FindingKind.DUPLICATE]
        return CheckedTotals(
            read=self.statuses.total(),
            blank=self.statuses[Status.BLANK],
            left_out=self.statuses[Status.LEFT_OUT],
            duplicates=self.statuses[Status.DUPLICATE] + duplicates,
            to_send=self.statuses[Status.TO_SEND] - duplicates,
            findings=dict(+(self.findings + told_apart)),
        )


@dataclass(frozen=True, slots=True)
class Tallies:
    """The totals; contacts by filter; left-out rows by the kinds of findings that block them."""

    totals: CheckedTotals
    by_filter: Mapping[Show, int]
    left_out: Mapping[tuple[FindingKind, ...], int]

    def after(self, before: Iterable[CheckedContact], after: Iterable[CheckedContact]) -> Tallies:
        """What it is once contacts that were like `before` are like `after`."""
        findings, statuses = Counter(dict(self.totals.findings)), Counter[Status]()
        filters, why = Counter(dict(self.by_filter)), Counter(dict(self.left_out))
        for contacts, sign in ((before, -1), (after, 1)):
            for one in contacts:
                statuses[one.status] += sign
                for show in filters_showing(one):
                    filters[show] += sign
                for finding in one.findings:
                    findings[finding.kind] += sign
                if one.status is Status.LEFT_OUT:
                    why[blocking_kinds(one)] += sign
        totals = replace(
            self.totals,
            blank=self.totals.blank + statuses[Status.BLANK],
            left_out=self.totals.left_out + statuses[Status.LEFT_OUT],
            duplicates=self.totals.duplicates + statuses[Status.DUPLICATE],
            to_send=self.totals.to_send + statuses[Status.TO_SEND],
            findings=dict(+findings),
        )
        return Tallies(totals, dict(filters), dict(+why))


def filters_showing(contact: CheckedContact) -> list[Show]:
    """The filters that show this contact: what `Show` says in SQL."""
    level = max((RANKS[one.level] for one in contact.findings), default=0)
    status = contact.status
    shown = {
        Show.ALL: status is not Status.BLANK,
        Show.TO_SEND: status is Status.TO_SEND,
        Show.FIXED: level == RANKS[Level.FIXED],
        Show.WARNINGS: level == RANKS[Level.WARNING] and status is not Status.DUPLICATE,
        Show.LEFT_OUT: status is Status.LEFT_OUT,
        Show.DUPLICATES: status is Status.DUPLICATE,
    }
    return [show for show, holds in shown.items() if holds]


def blocking_kinds(contact: CheckedContact) -> tuple[FindingKind, ...]:
    """What keeps a row from being sent, in a fixed order."""
    kinds = {one.kind for one in contact.findings if one.level is Level.BLOCKING}
    return tuple(sorted(kinds, key=lambda kind: kind.value))
