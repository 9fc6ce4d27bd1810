"""Changes of a few rows: they are checked again at once, and told apart anew from those like them.

Knows who is touched by a change, and leaves large ones to rechecking; the checks are contacts/', and showing
what became of it is the window's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.contacts.contact import CheckedContact
from app.flow.changes import CellEdits, Change, Decide, Go, LeaveOut, Replacement, record
from app.flow.checking import as_by_hand, checker_for, order_of
from app.flow.draft import ImportDraft
from app.flow.settling import settled
from app.ledger.contacts import CheckedTotals
from app.ledger.corrections import AS_IN_SHEET
from app.ledger.ledger import Ledger
from app.ledger.tallies import Tallies

MOST_ROWS = 200  # of one change: more are rechecking's
MOST_TOUCHED = 2_000  # rows that may share keys with a changed one, directly or through others


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a change did: the contacts that are different now, and the counts of the whole import."""

    contacts: tuple[CheckedContact, ...]
    tallies: Tallies

    @property
    def totals(self) -> CheckedTotals:
        return self.tallies.totals


class _TooMany(Exception):
    """More rows are touched than a correction looks after."""


class Corrector:
    """Changes rows of an import that was checked.

    Making one reads the beginning of the sheet, counts everything and may index the keys (seconds at a
    million rows, once): not for the window's own thread. After that a change takes some milliseconds. The
    ledger stays the caller's, and is used in one thread at a time.
    """

    def __init__(self, ledger: Ledger, draft: ImportDraft) -> None:
        if draft.checked is None:
            raise LookupError("nothing is checked yet")
        order = order_of(draft)
        self._ledger = ledger
        self._decisions = draft.decisions
        self._keys = tuple(order.schema.keys)
        self._policy = order.duplicates
        self._checker = checker_for(order, ledger)
        ledger.contacts.index_keys(self._keys)
        self.tallies = ledger.contacts.tallies()

    @property
    def totals(self) -> CheckedTotals:
        return self.tallies.totals

    def correct(self, row: int, texts: Mapping[int, str]) -> Corrected:
        """Put `texts` (0-based column: cell) into a row. Raises LookupError where there is no such row."""
        return self.apply(CellEdits({row: texts})) or Corrected((), self.tallies)

    def undo(self) -> Corrected | None:
        """Take the last change back; None if there is none, or it is too large for this way."""
        return self.apply(Go.BACK)

    def redo(self) -> Corrected | None:
        """Make again the change that was taken back last."""
        return self.apply(Go.FORTH)

    def apply(self, change: Change) -> Corrected | None:
        """Make a change; None, with nothing changed, if it is about more than a few rows."""
        if not self._is_small(change):
            return None
        before = self.tallies
        try:
            with self._ledger.together():
                recorded = record(self._ledger, change, self._decisions)
                return self._check_again(recorded.rows) if recorded else Corrected((), self.tallies)
        except _TooMany:
            return None
        except BaseException:
            self.tallies = before
            raise

    def _is_small(self, change: Change) -> bool:
        match change:
            case CellEdits(texts):
                return len(texts) <= MOST_ROWS
            case LeaveOut(rows) | Replacement(rows):
                return len(rows) <= MOST_ROWS
            case Decide():
                return False
            case Go():
                rows_to_move = self._ledger.corrections.rows_to_move(back=change is Go.BACK)
                return rows_to_move is not None and rows_to_move <= MOST_ROWS

    def _check_again(self, rows: Sequence[int]) -> Corrected:
        alone = self._alone(rows)
        touched = self._touched(alone)
        alone |= self._alone([row for row in touched if row not in alone])
        before = {one.row: one for one in self._ledger.contacts.of_rows(sorted(alone))}
        after = settled(list(alone.values()), self._keys, self._policy)
        changed = tuple(one for one in after if one != before.get(one.row))
        self._ledger.contacts.put(changed)
        self.tallies = self.tallies.after([before[one.row] for one in changed if one.row in before], changed)
        self._ledger.contacts.note_findings(self.totals.findings)
        return Corrected(changed, self.tallies)

    def _alone(self, rows: Sequence[int]) -> dict[int, CheckedContact]:
        cells = self._ledger.corrections.cells_of(rows)
        states = self._ledger.corrections.states_of(rows)
        return {
            row: as_by_hand(self._checker.check_alone(row, cells[row]), states.get(row, AS_IN_SHEET))
            for row in cells
        }

    def _touched(self, edited: Mapping[int, CheckedContact]) -> set[int]:
        """All rows that share a key with an edited row, before or after, or with a row that does."""
        found = set(edited)
        waiting = [*edited.values(), *self._ledger.contacts.of_rows(sorted(edited))]
        while waiting:
            values = {(key, value) for one in waiting for key in self._keys if (value := _text(one, key))}
            new = self._ledger.contacts.rows_with(values, MOST_TOUCHED) - found
            found |= new
            if len(found) >= MOST_TOUCHED:
                raise _TooMany
            waiting = list(self._ledger.contacts.of_rows(sorted(new))) if new else []
        return found


def _text(contact: CheckedContact, key: str) -> str:
    value = contact.values.get(key, "")
    return value if isinstance(value, str) else ""
