"""How the columns of a list write what can be written in several ways: dates, choices, genders, countries.

Looks at sample cells of mapped columns; refuses to clean any, and to know who asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from app.contacts.choices import Naming, naming_in, unsure_words
from app.contacts.dates import DateOrder, has_serials, order_in
from app.contacts.fields import ContactSchema, Field, FieldKind, Meaning
from app.contacts.gender_letters import LetterM, letter_m_in
from app.contacts.mapping import ColumnMapping
from app.contacts.row_countries import has_plates


def date_orders_in(
    schema: ContactSchema, mapping: ColumnMapping, columns: Sequence[Sequence[str]]
) -> dict[int, DateOrder]:
    """What the sample cells of each column prove about its dates, for the columns mapped to date fields."""
    orders: dict[int, DateOrder] = {}
    for position in _date_columns(schema, mapping, len(columns)):
        order = order_in(columns[position])
        if order is not None:
            orders[position] = order
    return orders


def serial_columns_in(
    schema: ContactSchema, mapping: ColumnMapping, columns: Sequence[Sequence[str]]
) -> frozenset[int]:
    """The columns mapped to date fields in which some dates are Excel's counts of days."""
    dates = _date_columns(schema, mapping, len(columns))
    return frozenset(position for position in dates if has_serials(columns[position]))


def namings_in(
    schema: ContactSchema, mapping: ColumnMapping, columns: Sequence[Sequence[str]]
) -> dict[int, Naming]:
    """By what the columns mapped to fields with choices call them: by their labels or by their values."""
    namings: dict[int, Naming] = {}
    for one in mapping.assignments:
        field = schema.field(one.field)
        if field is not None and 0 <= one.position < len(columns) and unsure_words(field.choices):
            naming = naming_in(field.choices, columns[one.position])
            if naming is not None:
                namings[one.position] = naming
    return namings


def letters_in(
    schema: ContactSchema, mapping: ColumnMapping, columns: Sequence[Sequence[str]]
) -> dict[str, LetterM]:
    """Whom the columns mapped to fields of men and women mean by M, by field key."""
    letters: dict[str, LetterM] = {}
    for one in mapping.assignments:
        field = schema.field(one.field)
        read = [columns[position] for position in one.positions if position < len(columns)]
        if field is not None and field.meaning is Meaning.GENDER and read:
            letters[field.key] = letter_m_in(chain.from_iterable(read))
    return letters


def country_column(schema: ContactSchema, mapping: ColumnMapping) -> int | None:
    """The column that says which country a row's phone numbers are written in."""
    if mapping.phone_country is not None:
        return mapping.phone_country
    field = country_field(schema, mapping)
    return mapping.position_of(field.key) if field else None


def plates_in(schema: ContactSchema, mapping: ColumnMapping, columns: Sequence[Sequence[str]]) -> bool:
    """Whether the column of countries consists of codes, among them those that cars carry."""
    position = country_column(schema, mapping)
    return position is not None and position < len(columns) and has_plates(columns[position])


def country_field(schema: ContactSchema, mapping: ColumnMapping) -> Field | None:
    """The field of each person's country, where the column of countries fills it alone."""
    for one in mapping.assignments:
        field = schema.field(one.field)
        if field is not None and field.meaning is Meaning.COUNTRY and one.source is None:
            return field if mapping.phone_country in (None, one.position) else None
    return None


def _date_columns(schema: ContactSchema, mapping: ColumnMapping, count: int) -> list[int]:
    mapped = [(one, schema.field(one.field)) for one in mapping.assignments]
    return [
        one.position
        for one, field in mapped
        if field is not None and field.kind is FieldKind.DATE and 0 <= one.position < count
    ]
