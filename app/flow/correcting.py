"""Corrections by hand: an edited row is checked again at once, and told apart anew from those like it.

Knows who is touched by an edit; the checks are contacts/', and showing it is the window's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.contacts.contact import CheckedContact, FindingKind, Status
from app.flow.checking import checker_for, order_of
from app.flow.draft import ImportDraft
from app.flow.settling import settled
from app.ledger.contacts import CheckedTotals
from app.ledger.ledger import Ledger

MOST_TOUCHED = 2_000  # rows that may share keys with an edited one, directly or through others


@dataclass(frozen=True, slots=True)
class Corrected:
    """What an edit changed: the contacts that are different now, and the counts of the whole import."""

    contacts: tuple[CheckedContact, ...]
    totals: CheckedTotals


class Corrector:
    """Corrects the rows of an import that was checked.

    Making one reads the beginning of the sheet and may index the keys (seconds at a million rows, once):
    not for the window's own thread. After that an edit takes some milliseconds. The ledger stays the
    caller's, and is used in one thread.
    """

    def __init__(self, ledger: Ledger, draft: ImportDraft) -> None:
        if draft.checked is None:
            raise LookupError("nothing is checked yet")
        order = order_of(draft)
        self._ledger = ledger
        self._keys = tuple(order.schema.keys)
        self._policy = order.duplicates
        self._checker = checker_for(order, ledger)
        self.totals = draft.checked
        ledger.contacts.index_keys(self._keys)

    def correct(self, row: int, texts: Mapping[int, str]) -> Corrected:
        """Put `texts` (0-based column: cell) into a row. Raises LookupError where there is no such row."""
        return self.correct_all({row: texts})

    def correct_all(self, edits: Mapping[int, Mapping[int, str]]) -> Corrected:
        """Several rows in one change, which is undone as one: find and replace, a fix for a kind."""
        before = self._ledger.corrections.cells_of(edits)
        if before.keys() != edits.keys():
            raise LookupError(f"no such rows: {sorted(edits.keys() - before.keys())}")
        after = {
            row: [texts.get(place, text) for place, text in enumerate(before[row])]
            for row, texts in edits.items()
        }
        self._ledger.corrections.correct(after)
        return self._check_again(list(edits))

    def undo(self) -> Corrected | None:
        """Take the last change back, also one of an earlier Corrector; None if there is none."""
        rows = self._ledger.corrections.undo()
        return self._check_again(rows) if rows else None

    def _check_again(self, rows: Sequence[int]) -> Corrected:
        alone = self._alone(rows)
        touched = self._touched(alone)
        alone |= self._alone([row for row in touched if row not in alone])
        before = {one.row: one for one in self._ledger.contacts.of_rows(sorted(alone))}
        after = settled(list(alone.values()), self._keys, self._policy)
        changed = tuple(one for one in after if one != before.get(one.row))
        self._ledger.contacts.put(changed)
        self._count([before[one.row] for one in changed if one.row in before], changed)
        return Corrected(changed, self.totals)

    def _alone(self, rows: Sequence[int]) -> dict[int, CheckedContact]:
        cells = self._ledger.corrections.cells_of(rows)
        return {row: self._checker.check_alone(row, cells[row]) for row in cells}

    def _touched(self, edited: Mapping[int, CheckedContact]) -> set[int]:
        """All rows that share a key with an edited row, before or after, or with a row that does."""
        found = set(edited)
        waiting = [*edited.values(), *self._ledger.contacts.of_rows(sorted(edited))]
        while waiting and len(found) < MOST_TOUCHED:
            values = {(key, value) for one in waiting for key in self._keys if (value := _text(one, key))}
            new = self._ledger.contacts.rows_with(values, MOST_TOUCHED) - found
            found |= new
            waiting = list(self._ledger.contacts.of_rows(sorted(new))) if new else []
        return found

    def _count(self, before: Sequence[CheckedContact], after: Sequence[CheckedContact]) -> None:
        counts: Counter[FindingKind] = Counter(dict(self.totals.findings))
        counts.update(finding.kind for one in after for finding in one.findings)
        counts.subtract(finding.kind for one in before for finding in one.findings)
        kinds = {kind: count for kind, count in counts.items() if count > 0}
        self._ledger.contacts.note_findings(kinds)
        moved = Counter(one.status for one in after)
        moved.subtract(one.status for one in before)
        self.totals = replace(
            self.totals,
            blank=self.totals.blank + moved[Status.BLANK],
            left_out=self.totals.left_out + moved[Status.LEFT_OUT],
            duplicates=self.totals.duplicates + moved[Status.DUPLICATE],
            to_send=self.totals.to_send + moved[Status.TO_SEND],
            findings=kinds,
        )


def _text(contact: CheckedContact, key: str) -> str:
    value = contact.values.get(key, "")
    return value if isinstance(value, str) else ""
