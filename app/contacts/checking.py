"""ROWS to CONTACTS, the second half: mapped cells are cleaned, and what can't be sent is left out.

Knows the schema's demands on a whole contact and duplicates in the list; how one value is cleaned is
cleaners', and who asks for the checks is nobody's business here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from app.contacts.cells import is_blank
from app.contacts.cleaners import Cleaner, Cleaners
from app.contacts.contact import UNUSABLE, CheckedContact, Finding, FindingKind, Level, Status, Value
from app.contacts.dates import DateOrder, order_in
from app.contacts.duplicates import KnownKeys
from app.contacts.fields import ContactSchema, Field, FieldKind
from app.contacts.mapping import ColumnMapping

_NO_ORDERS: Mapping[int, DateOrder] = MappingProxyType({})


class Checker:
    """Checks the rows of one import, in order, remembering the keys of those to send.

    `default_country` is an ISO 3166 code or empty; `date_orders` holds, by column position, what is known
    about dates that could be read both ways. Fields of the mapping that the schema has not are ignored.
    """

    def __init__(
        self,
        schema: ContactSchema,
        mapping: ColumnMapping,
        default_country: str,
        date_orders: Mapping[int, DateOrder] = _NO_ORDERS,
        today: date | None = None,
    ) -> None:
        self._demands = (*((key,) for key in schema.required), *schema.one_of)
        self._key_fields = frozenset(schema.keys)
        self._keys = KnownKeys(schema.keys)
        self._cleaners = _compiled(
            schema, mapping, Cleaners(default_country, today or date.today()), date_orders
        )

    def check(self, row_number: int, cells: Sequence[str]) -> CheckedContact:
        """The row after cleaning, with duplicates of earlier rows to send told apart. Never raises."""
        contact = self.check_alone(row_number, cells)
        if contact.status is not Status.TO_SEND:
            return contact
        met = self._keys.meet(row_number, contact.values)
        if not met.places:
            return contact
        if met.all_met:
            same = ", ".join(key for key, _ in met.places)
            found = Finding(FindingKind.DUPLICATE, Level.WARNING, same, limit=met.places[0][1])
            return replace(contact, status=Status.DUPLICATE, findings=(*contact.findings, found))
        shared = (
            Finding(FindingKind.SAME_KEY_AS, Level.WARNING, key, str(contact.values[key]), limit=first)
            for key, first in met.places
        )
        return replace(contact, findings=(*contact.findings, *shared))

    def check_alone(self, row_number: int, cells: Sequence[str]) -> CheckedContact:
        """The row after cleaning, as if it were the only one: for a row that was edited. Never raises."""
        values: dict[str, Value] = {}
        found: list[Finding] = []
        tell = found.append
        count = len(cells)
        for position, key, clean in self._cleaners:
            if position < count and (text := cells[position]):
                value = clean(text, tell)
                if value:
                    values[key] = value
        if not values and not found and all(map(is_blank, cells)):
            return CheckedContact(row_number, Status.BLANK)
        missing = [group for group in self._demands if values.keys().isdisjoint(group)]
        if found or missing:
            return self._judged(row_number, values, found, missing)
        return CheckedContact(row_number, Status.TO_SEND, values)

    def _judged(
        self,
        row: int,
        values: dict[str, Value],
        found: list[Finding],
        missing: Sequence[tuple[str, ...]],
    ) -> CheckedContact:
        """Decides what the findings mean for the row: a lost value blocks where nothing stands in for it."""
        no_key = bool(self._key_fields) and self._key_fields.isdisjoint(values)
        if not missing and not no_key:
            return CheckedContact(row, _status_after(found), values, tuple(found))
        needed = {key for group in missing for key in group}
        if no_key:
            needed |= self._key_fields
        judged = [
            replace(one, level=Level.BLOCKING)
            if one.kind in UNUSABLE and one.field in needed and one.field not in values
            else one
            for one in found
        ]
        told = {one.field for one in judged if one.level is Level.BLOCKING}
        for group in missing:
            if not told.intersection(group):
                kind = FindingKind.REQUIRED_MISSING if len(group) == 1 else FindingKind.ONE_OF_MISSING
                judged.append(Finding(kind, Level.BLOCKING, ", ".join(group)))
        return CheckedContact(row, _status_after(judged), values, tuple(judged))


def _status_after(findings: Sequence[Finding]) -> Status:
    for finding in findings:
        if finding.level is Level.BLOCKING:
            return Status.LEFT_OUT
    return Status.TO_SEND


def date_orders_in(
    schema: ContactSchema, mapping: ColumnMapping, columns: Sequence[Sequence[str]]
) -> dict[int, DateOrder]:
    """What the sample cells of each column prove about its dates, for the columns mapped to date fields."""
    orders: dict[int, DateOrder] = {}
    for one in mapping.assignments:
        field = schema.field(one.field)
        if field is not None and field.kind is FieldKind.DATE and one.position < len(columns):
            order = order_in(columns[one.position])
            if order is not None:
                orders[one.position] = order
    return orders


def _compiled(
    schema: ContactSchema, mapping: ColumnMapping, cleaners: Cleaners, orders: Mapping[int, DateOrder]
) -> tuple[tuple[int, str, Cleaner], ...]:
    """(position, field key, cleaner) in the schema's order, declared fields before free ones."""
    rank = {field.key: place for place, field in enumerate(schema.fields)}
    wanted: list[tuple[int, int, Field]] = []
    for one in mapping.assignments:
        field = schema.field(one.field)
        if field is not None:
            wanted.append((rank.get(one.field, len(rank)), one.position, field))
    wanted.sort(key=lambda each: each[0])
    return tuple(
        (position, field.key, cleaners.cleaner(field, orders.get(position))) for _, position, field in wanted
    )
