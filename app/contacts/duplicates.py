"""Remembers the keys of contacts already met, in eight bytes each, and says in which row they stood.

Knows key values and rows, and words what was met as findings; refuses to know what fields mean.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from app.contacts.contact import CheckedContact, Finding, FindingKind, Level, Status, Value

_SMALLEST = 1_024  # places; always a power of two
_MASK = (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class Met:
    """Where a contact's keys were met before: (key, first row). `all_met`: none of its keys is new."""

    places: tuple[tuple[str, int], ...]
    all_met: bool


_NOT_MET = Met((), False)


class DuplicatePolicy(Enum):
    """Which row of the same person is sent, and whether the others give it what it lacks."""

    KEEP_FIRST = "keep_first"
    KEEP_LAST = "keep_last"
    FILL_BLANKS = "fill_blanks"  # keep the first, and fill its blanks from the others in their order


def told_of_duplicates(contact: CheckedContact, met: Met) -> CheckedContact:
    """The contact as a duplicate if none of its keys is new, else with a word about each key it shares."""
    if not met.places:
        return contact
    if met.all_met:
        same = ", ".join(key for key, _ in met.places)
        found = Finding(FindingKind.DUPLICATE, Level.WARNING, same, limit=met.places[0][1])
        return contact._replace(status=Status.DUPLICATE, findings=(*contact.findings, found))
    shared = (
        Finding(FindingKind.SAME_KEY_AS, Level.WARNING, key, str(contact.values[key]), limit=first)
        for key, first in met.places
    )
    return contact._replace(findings=(*contact.findings, *shared))


DUPLICATE_KINDS = frozenset({FindingKind.DUPLICATE, FindingKind.SAME_KEY_AS, FindingKind.FILLED_FROM})


def told_apart_no_more(contact: CheckedContact) -> CheckedContact:
    """The contact as if it were the only one: nothing said of others, and nothing taken from them."""
    kept = tuple(one for one in contact.findings if one.kind not in DUPLICATE_KINDS)
    if len(kept) == len(contact.findings):
        return contact
    taken = {one.field for one in contact.findings if one.kind is FindingKind.FILLED_FROM}
    values = {key: value for key, value in contact.values.items() if key not in taken}
    status = Status.TO_SEND if contact.status is Status.DUPLICATE else contact.status
    return CheckedContact(contact.row, status, values, kept)


def filled_from(kept: CheckedContact, other: CheckedContact, keys: Sequence[str]) -> CheckedContact:
    """The contact with its blank fields filled from another row of the same person; `keys` stay."""
    taken = {
        key: value
        for key, value in other.values.items()
        if value and not kept.values.get(key) and key not in keys
    }
    if not taken:
        return kept
    told = (
        Finding(
            FindingKind.FILLED_FROM,
            Level.FIXED,
            key,
            "",
            value if isinstance(value, str) else ", ".join(value),
            other.row,
        )
        for key, value in taken.items()
    )
    return kept._replace(values={**kept.values, **taken}, findings=(*kept.findings, *told))


class KnownKeys:
    """The key values of the contacts to send, by which the provider would take two rows for one person.

    Texts are remembered by their 64-bit hash: at a million rows the odds of one mistaken match are below
    one in ten million, and a key costs about 20 bytes.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        self._rows = tuple((key, _RowsByHash()) for key in keys)

    def meet(self, row: int, values: Mapping[str, Value]) -> Met:
        """Where these values stood in rows other than `row`; those that are new are kept for `row`."""
        places: list[tuple[str, int]] = []
        any_new = False
        for key, rows in self._rows:
            value = values.get(key)
            if value:
                first = rows.first_with(_hash(value), row)
                if not first:
                    any_new = True
                elif first != row:
                    places.append((key, first))
        return Met(tuple(places), not any_new) if places else _NOT_MET


def same_text(value: Value) -> str:
    """The same text for all values by which a provider would take two rows for one person."""
    return value.casefold() if isinstance(value, str) else "\n".join(value).casefold()


def _hash(value: Value) -> int:
    return (hash(same_text(value)) & _MASK) or 1  # 0 marks a free place


class _RowsByHash:
    """A dictionary from 64-bit hashes to row numbers in two flat arrays, a fifth of the size of a dict."""

    def __init__(self) -> None:
        self._hashes = array("Q", bytes(8 * _SMALLEST))
        self._rows = array("Q", bytes(8 * _SMALLEST))
        self._last = _SMALLEST - 1
        self._count = 0

    def first_with(self, key: int, row: int) -> int:
        """The row kept for `key`; 0 (no sheet has a row 0) if there was none, and now it is `row`."""
        hashes, last = self._hashes, self._last
        place = key & last
        while there := hashes[place]:
            if there == key:
                return self._rows[place]
            place = (place + 1) & last
        hashes[place] = key
        self._rows[place] = row
        self._count += 1
        if self._count * 3 > last * 2:
            self._grow()
        return 0

    def _place(self, key: int) -> int:
        place = key & self._last
        hashes = self._hashes
        while (there := hashes[place]) and there != key:
            place = (place + 1) & self._last
        return place

    def _grow(self) -> None:
        entries = [(key, row) for key, row in zip(self._hashes, self._rows, strict=True) if key]
        size = (self._last + 1) * 2
        self._hashes = array("Q", bytes(8 * size))
        self._rows = array("Q", bytes(8 * size))
        self._last = size - 1
        for key, row in entries:
            place = self._place(key)
            self._hashes[place] = key
            self._rows[place] = row
