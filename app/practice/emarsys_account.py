"""What the Emarsys practice account holds: contacts by internal id, indexes by key field, contact lists.

Keeps and finds; which requests are allowed, and how answers are worded, is not its business.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.practice.emarsys_fields import EMAIL, Value
from app.practice.numbers import whole
from app.practice.room import Seed

OPENING_LISTS = {1001: "Newsletter", 1002: "Customers"}
SOURCES = {"1234": "Web shop", "5678": "Till"}
INTERNAL = ("id", "uid")
_UID = "p{:09d}"


@dataclass(slots=True)
class ContactList:
    """A list; `members` are internal ids in the order of joining."""

    name: str
    created: str
    members: dict[int, None] = field(default_factory=dict)


class Account:
    """Not locked: the room that owns it is."""

    def __init__(self, seed: Seed, now: float) -> None:
        self.contacts: dict[int, dict[str, Value]] = {}
        self.lists: dict[int, ContactList] = {}
        self._indexes: dict[str, dict[str, tuple[int, ...]]] = {}
        self._ids: Iterator[int] = itertools.chain(seed.ids, itertools.count(1))
        names = {**OPENING_LISTS, **{int(number): name for number, name in seed.lists.items()}}
        for number, name in names.items():
            self.lists[number] = ContactList(name, moment(now))
        for contact in seed.contacts:
            self._take(contact)

    def add(self, values: Mapping[str, Value]) -> int:
        """Keep a new contact; its internal id."""
        number = next(self._ids)
        while number in self.contacts:
            number = next(self._ids)
        return self._keep(number, values)

    def change(self, number: int, values: Mapping[str, Value]) -> None:
        """Replace only the values given; an empty one is cleared."""
        contact = self.contacts[number]
        for key, value in values.items():
            index = self._indexes.get(key)
            if index is not None:
                _forget(index, key, contact.get(key), number)
                _remember(index, key, value, number)
            if value:
                contact[key] = value
            else:
                contact.pop(key, None)

    def find(self, key_id: str, value: Value) -> tuple[int, ...]:
        """Internal ids of the contacts with this value of the key field (a field id, "id" or "uid")."""
        if key_id in INTERNAL:
            number = _internal(key_id, value)
            return (number,) if number in self.contacts else ()
        index = self._indexes.get(key_id)
        if index is None:
            index = self._indexes[key_id] = self._index(key_id)
        return index.get(_sought(key_id, value), ())

    def add_list(self, name: str, now: float) -> int:
        """Keep a new, empty list; its id."""
        number = max(self.lists) + 1
        self.lists[number] = ContactList(name, moment(now))
        return number

    def _take(self, seeded: Mapping[str, object]) -> None:
        values: dict[str, Value] = {}
        for key, value in seeded.items():
            if key not in ("id", "lists"):
                values[key] = [str(one) for one in value] if isinstance(value, list) else str(value)
        number = int(str(seeded["id"])) if "id" in seeded else next(self._ids)
        self._keep(number, values)
        joined = seeded.get("lists", ())
        for list_id in joined if isinstance(joined, list | tuple) else ():
            self.lists[int(list_id)].members[number] = None

    def _keep(self, number: int, values: Mapping[str, Value]) -> int:
        contact = {key: value for key, value in values.items() if value}
        self.contacts[number] = contact
        for key, index in self._indexes.items():
            _remember(index, key, contact.get(key), number)
        return number

    def _index(self, key_id: str) -> dict[str, tuple[int, ...]]:
        """Built when a field first serves as key, and kept up to date from then on."""
        index: dict[str, tuple[int, ...]] = {}
        for number, contact in self.contacts.items():
            _remember(index, key_id, contact.get(key_id), number)
        return index


def moment(now: float) -> str:
    """As the provider writes times: YYYY-MM-DD HH:MM:SS."""
    return time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(now))


def uid_of(number: int) -> str:
    """The contact's uid: opaque to clients, made from the internal id here."""
    return _UID.format(number)


def _internal(key_id: str, value: Value) -> int | None:
    text = value if isinstance(value, str) else ""
    digits = text.removeprefix("p") if key_id == "uid" else text
    number = whole(digits)
    return None if number is None or (key_id == "uid" and uid_of(number) != text) else number


def _sought(key_id: str, value: Value) -> str:
    if isinstance(value, list):
        return ",".join(sorted(set(value)))
    return value.strip().lower() if key_id == EMAIL else value


def _remember(index: dict[str, tuple[int, ...]], key_id: str, value: Value | None, number: int) -> None:
    if value:
        sought = _sought(key_id, value)
        index[sought] = (*index.get(sought, ()), number)


def _forget(index: dict[str, tuple[int, ...]], key_id: str, value: Value | None, number: int) -> None:
    if value:
        sought = _sought(key_id, value)
        index[sought] = tuple(other for other in index.get(sought, ()) if other != number)
