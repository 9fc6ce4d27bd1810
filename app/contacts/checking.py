"""ROWS to CONTACTS, the second half: mapped cells are cleaned, and what can't be sent is left out.

Knows the schema's demands on a whole contact and duplicates in the list; how one value is cleaned is
cleaners', and who asks for the checks is nobody's business here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from app.contacts.cells import is_blank
from app.contacts.choices import Naming
from app.contacts.cleaners import Cleaners
from app.contacts.column_conventions import country_column, country_field
from app.contacts.contact import (
    UNUSABLE,
    CheckedContact,
    Finding,
    FindingKind,
    Level,
    Status,
    Value,
    contact_of,
)
from app.contacts.dates import DateOrder
from app.contacts.duplicates import KnownKeys, told_of_duplicates
from app.contacts.exclusions import Exclusions
from app.contacts.fields import ContactSchema, Field, FieldKind
from app.contacts.gender_letters import LetterM
from app.contacts.mapping import Assignment, ColumnMapping
from app.contacts.phones import PhoneReader
from app.contacts.remarks import Cleaner, Tell
from app.contacts.row_countries import RowCountries
from app.contacts.rules import NO_RULES, Rules
from app.contacts.sources import reading_of

_BLOCKING, _TO_SEND = Level.BLOCKING, Status.TO_SEND  # looking them up costs more than asking for them
_UNREAD_NUMBERS = frozenset(
    {FindingKind.PHONE_NO_COUNTRY, FindingKind.PHONE_INVALID, FindingKind.PHONE_ZERO_LOST}
)
_NO_ORDERS: Mapping[int, DateOrder] = MappingProxyType({})
_NO_NAMINGS: Mapping[int, Naming] = MappingProxyType({})
_NO_LETTERS: Mapping[str, LetterM] = MappingProxyType({})


class Checker:
    """Checks the rows of one import, in order, remembering the keys of those to send.

    `default_country` is an ISO 3166 code or empty; nobody was born after `today`. `date_orders` holds, by
    column position, what is known about dates that could be read both ways, and `serial_columns` the
    positions of those with Excel's counts of days; `namings` by what columns call the choices of their
    fields, and `letters`, by field key, whom they mean by M; `by_plates` says that countries are written as
    on cars. `rules` are what the user decided. Who stands in `exclusions` is left out. Fields that the schema
    has not are ignored.
    """

    def __init__(
        self,
        schema: ContactSchema,
        mapping: ColumnMapping,
        default_country: str,
        today: date,
        date_orders: Mapping[int, DateOrder] = _NO_ORDERS,
        *,
        serial_columns: Collection[int] = (),
        exclusions: Exclusions | None = None,
        rules: Rules = NO_RULES,
        namings: Mapping[int, Naming] = _NO_NAMINGS,
        letters: Mapping[str, LetterM] = _NO_LETTERS,
        by_plates: bool = False,
    ) -> None:
        self._demands = (*((key,) for key in schema.required), *schema.one_of)
        self._key_fields = frozenset(schema.keys)
        self._needs = (*self._demands, schema.keys) if schema.keys else self._demands
        self._keys = KnownKeys(schema.keys)
        self._exclusions = exclusions
        self._reachable = tuple(
            one.key for one in schema.fields if one.kind in (FieldKind.EMAIL, FieldKind.PHONE)
        )
        self._country_at = country_column(schema, mapping)
        country = country_field(schema, mapping)
        countries = RowCountries(by_plates, country, rules.of(country.key) if country else None)
        self._shared = Cleaners(default_country, today, countries)
        facts = (date_orders, serial_columns, rules, namings, letters)
        compiled = _compiled(schema, mapping, self._shared, *facts)
        self._cleaners = tuple(
            (one.position, key, clean) for one, key, clean in compiled if one.source is None
        )
        self._composed = tuple(
            (reading_of(one.reads), key, clean) for one, key, clean in compiled if one.source is not None
        )
        self._clearing = tuple(
            (reading_of(one.reads), one.positions, key) for one, key, _ in compiled if key in mapping.clearing
        )
        self._looks_further = bool(self._composed or self._clearing or exclusions)

    def check(self, row_number: int, cells: Sequence[str]) -> CheckedContact:
        """The row after cleaning, with duplicates of earlier rows to send told apart. Never raises."""
        contact = self.check_alone(row_number, cells)
        if contact.status is not Status.TO_SEND:
            return contact
        return told_of_duplicates(contact, self._keys.meet(row_number, contact.values))

    def check_alone(self, row_number: int, cells: Sequence[str]) -> CheckedContact:
        """The row after cleaning, as if it were the only one: for a row that was edited. Never raises."""
        values: dict[str, Value] = {}
        found: list[Finding] = []
        tell = found.append
        count = len(cells)
        if self._country_at is not None:
            self._shared.begin_row(cells[self._country_at] if self._country_at < count else "")
        for position, key, clean in self._cleaners:
            if position < count and (text := cells[position]):
                value = clean(text, tell)
                if value:
                    values[key] = value
        if not values and not found and all(map(is_blank, cells)):
            return CheckedContact(row_number, Status.BLANK)
        if self._looks_further:
            self._compose(values, cells, tell)
            self._exclude(values, found)
        filled = values.keys()
        for group in self._needs:
            if filled.isdisjoint(group):
                return self._judged(row_number, values, found)
        return contact_of((row_number, _status_after(found), values, tuple(found)))

    def phones_of(self, cells: Sequence[str]) -> PhoneReader:
        """How the phone numbers of a row are read: as of the country that it names, or that of the list."""
        if self._country_at is not None:
            self._shared.begin_row(cells[self._country_at] if self._country_at < len(cells) else "")
        return self._shared.phones

    def _compose(self, values: dict[str, Value], cells: Sequence[str], tell: Tell) -> None:
        """What does not come from one cell, or from an empty one."""
        for read, key, clean in self._composed:
            if (text := read(cells)) and (value := clean(text, tell)):
                values[key] = value
        for read, positions, key in self._clearing:
            # What can't be understood is no wish to clear anything: nor are cells of which nothing is left,
            # such as failed formulas, or a name that is all surname.
            if key not in values and is_blank(read(cells)) and _are_blank(cells, positions):
                values[key] = ""

    def _exclude(self, values: Mapping[str, Value], found: list[Finding]) -> None:
        if not self._exclusions:
            return
        for key in self._reachable:
            listed = _listed(self._exclusions, key, values.get(key), found)
            if listed:
                found.append(Finding(FindingKind.DO_NOT_CONTACT, Level.BLOCKING, key, listed))

    def _judged(
        self,
        row: int,
        values: dict[str, Value],
        found: list[Finding],
    ) -> CheckedContact:
        """Decides what is to happen to a row that lacks something: a lost value blocks where nothing stands
        in for it."""
        missing = [group for group in self._demands if values.keys().isdisjoint(group)]
        needed = {key for group in missing for key in group}
        if self._key_fields.isdisjoint(values):
            needed |= self._key_fields
        judged = [
            one._replace(level=Level.BLOCKING)
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


def _are_blank(cells: Sequence[str], positions: Sequence[int]) -> bool:
    return all(is_blank(cells[position]) for position in positions if position < len(cells))


def _listed(exclusions: Exclusions, key: str, value: Value | None, found: Sequence[Finding]) -> str:
    """What of a field stands in a do-not-contact list, or empty: the value, and whatever else it might be.

    What the user decides about typing errors, zeros and countries must lift nobody out of the list.
    """
    if isinstance(value, str) and value in exclusions:
        return value
    for one in found:
        if one.field != key:
            continue
        if one.kind is FindingKind.EMAIL_CORRECTED and one.before in exclusions:
            return one.before
        if one.kind is FindingKind.EMAIL_TYPO and one.after in exclusions:
            return one.before
        if one.kind in _UNREAD_NUMBERS and exclusions.holds_digits(one.before):
            return one.before
    return ""


def _status_after(findings: Sequence[Finding]) -> Status:
    for finding in findings:
        if finding[1] is _BLOCKING:
            return Status.LEFT_OUT
    return _TO_SEND


def _compiled(
    schema: ContactSchema,
    mapping: ColumnMapping,
    cleaners: Cleaners,
    orders: Mapping[int, DateOrder],
    serials: Collection[int],
    rules: Rules,
    namings: Mapping[int, Naming],
    letters: Mapping[str, LetterM],
) -> list[tuple[Assignment, str, Cleaner]]:
    """(assignment, field key, cleaner) in the schema's order, declared fields before free ones."""
    rank = {field.key: place for place, field in enumerate(schema.fields)}
    wanted: list[tuple[Assignment, Field]] = []
    for one in mapping.assignments:
        field = schema.field(one.field)
        if field is not None:
            wanted.append((one, field))
    wanted.sort(key=lambda each: rank.get(each[1].key, len(rank)))

    def cleaner(one: Assignment, field: Field) -> Cleaner:
        order, naming = orders.get(one.position), namings.get(one.position)
        letter = letters.get(field.key, LetterM.MAN)
        return cleaners.cleaner(field, order, one.position in serials, rules.of(field.key), naming, letter)

    return [(one, field.key, cleaner(one, field)) for one, field in wanted]
