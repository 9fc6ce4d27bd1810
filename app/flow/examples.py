"""A few rows before and after a change that is not made yet, so that the user sees what would become of them.

Checks those rows by both decisions and writes nothing down.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from app.contacts.contact import CheckedContact, FindingKind, Status, Value
from app.contacts.letters import cased
from app.contacts.rules import LetterCase
from app.flow.changes import Replacement, replaced_cells
from app.flow.checking import as_by_hand, checker_for, order_of
from app.flow.decisions import Decisions
from app.flow.draft import ImportDraft
from app.flow.repairs import KINDS_OF, Repair
from app.flow.settling import settled
from app.ledger.corrections import AS_IN_SHEET
from app.ledger.ledger import Ledger
from app.progress import Stop

MOST = 5
_LOOKED_AT = 200  # rows, until enough of them differ
_READINGS = frozenset(
    {Repair.NUMBER, Repair.DATES, Repair.COUNTRY}
)  # how a text is read, which is worth seeing


@dataclass(frozen=True, slots=True)
class Example:
    """One value of one row: as it would be sent now and then, "" where it would not be. Where the row's fate
    changes and no value, `field` is empty and the texts are statuses' values."""

    row: int
    field: str
    cell: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Replaced:
    """What find and replace would do: in how many rows, and in the first of them."""

    rows: int
    examples: tuple[Example, ...]


def examples_of(
    ledger: Ledger, draft: ImportDraft, repair: Repair, decisions: Decisions
) -> tuple[Example, ...]:
    """Up to MOST rows for a repair: those that `decisions` change, and where these say how a text is read,
    also rows that are read as before. Not for the window's own thread."""
    if repair is Repair.LETTERS:
        return tuple(_in_letters(ledger, draft, decisions))
    rows = ledger.contacts.rows_with_findings(KINDS_OF[repair], _LOOKED_AT)
    if repair is Repair.DUPLICATES:
        return tuple(_told_apart(ledger, draft, decisions, rows))
    examples = [*islice(_checked_again(ledger, draft, decisions, rows), MOST)]
    if repair in _READINGS and len(examples) < MOST:
        kinds = KINDS_OF[repair]
        standing = _read_as_before(ledger, draft, decisions, rows, kinds)
        examples += islice(standing, MOST - len(examples))
    return tuple(sorted(examples, key=lambda one: one.row))


def replaced_examples(ledger: Ledger, change: Replacement, stop: Stop) -> Replaced:
    """What find and replace would do. Looks at every row that is asked for. Raises Stopped."""
    count = 0
    examples: list[Example] = []
    for row, before, after in replaced_cells(ledger, change):
        count += 1
        stop.check()
        if len(examples) < MOST:
            old, new = next(pair for pair in zip(before, after, strict=True) if pair[0] != pair[1])
            examples.append(Example(row, "", old, old, new))
    return Replaced(count, tuple(examples))


def _in_letters(ledger: Ledger, draft: ImportDraft, decisions: Decisions) -> Iterator[Example]:
    shown = 0
    for key, (_, rule) in decisions.rules.changed_from(draft.rules).items():
        if rule.case is LetterCase.AS_WRITTEN:
            continue
        for row, value in ledger.contacts.values_of(key):
            after = cased(value, rule.case)
            if after != value:
                yield Example(row, key, value, value, after)
                shown += 1
                if shown == MOST:
                    return


def _checked_again(
    ledger: Ledger, draft: ImportDraft, decisions: Decisions, rows: Sequence[int]
) -> Iterator[Example]:
    for pair in _pairs(ledger, draft, decisions, rows):
        for key in _differing(pair.before, pair.after):
            yield pair.example(key)


def _read_as_before(
    ledger: Ledger,
    draft: ImportDraft,
    decisions: Decisions,
    rows: Sequence[int],
    kinds: Sequence[FindingKind],
) -> Iterator[Example]:
    for pair in _pairs(ledger, draft, decisions, rows):
        found = dict.fromkeys(one.field for one in pair.before.findings if one.kind in kinds)
        differing = _differing(pair.before, pair.after)
        yield from (pair.example(key) for key in found if key not in differing)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A row as it is sent now, and by other decisions; `cells` are what the sheet says in single columns."""

    before: CheckedContact
    after: CheckedContact
    cells: Mapping[str, str]

    def example(self, key: str) -> Example:
        old, new = (_text(one.values.get(key, "")) for one in (self.before, self.after))
        return Example(self.before.row, key, self.cells.get(key, old), old, new)


def _pairs(ledger: Ledger, draft: ImportDraft, decisions: Decisions, rows: Sequence[int]) -> Iterator[_Pair]:
    checkers = [checker_for(order_of(one), ledger) for one in (draft, draft.with_decisions(decisions))]
    places = {one.field: one.position for one in draft.mapping.assignments if one.source is None}
    cells = ledger.corrections.cells_of(rows)
    for row in sorted(cells):
        texts = {key: cells[row][place] for key, place in places.items() if 0 <= place < len(cells[row])}
        before, after = (checker.check_alone(row, cells[row]) for checker in checkers)
        yield _Pair(before, after, texts)


def _differing(before: CheckedContact, after: CheckedContact) -> list[str]:
    keys = dict.fromkeys((*before.values, *after.values))
    return [key for key in keys if before.values.get(key) != after.values.get(key)]


def _told_apart(
    ledger: Ledger, draft: ImportDraft, decisions: Decisions, rows: Sequence[int]
) -> Iterator[Example]:
    """What becomes of the first people who are in the list twice: all rows of each."""
    order = order_of(draft)
    keys, checker = tuple(order.schema.keys), checker_for(order, ledger)
    shown, seen = 0, set[int]()
    duplicates = [one for one in ledger.contacts.of_rows(rows) if one.status is Status.DUPLICATE]
    for person in duplicates:
        told = next((one for one in person.findings if one.kind is FindingKind.DUPLICATE), None)
        if person.row in seen or told is None or told.limit is None:
            continue
        first, shared = told.limit, told.field.split(", ")[0]
        values = {(key, text) for key in keys if isinstance(text := person.values.get(key), str)}
        together = sorted({person.row, first, *ledger.contacts.rows_with(values, MOST)})
        seen.update(together)
        cells, states = ledger.corrections.cells_of(together), ledger.corrections.states_of(together)
        alone = [
            as_by_hand(checker.check_alone(row, cells[row]), states.get(row, AS_IN_SHEET)) for row in together
        ]
        for one in settled(alone, keys, decisions.duplicates):
            name = _text(one.values.get(shared, ""))
            yield Example(one.row, "", name, one.status.value, _fate(one))
        shown += 1
        if shown == MOST:
            return


def _fate(contact: CheckedContact) -> str:
    filled = [one.after for one in contact.findings if one.kind is FindingKind.FILLED_FROM]
    return ", ".join(filled)


def _text(value: Value) -> str:
    return value if isinstance(value, str) else ", ".join(value)
