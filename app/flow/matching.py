"""map_columns: the first suggestion of which column is which field, for a file that was read.

Brings the file's columns and a provider's schema together; the guessing itself is contacts/matching's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from app.contacts.evidence import Column
from app.contacts.fields import ContactSchema, Field, FieldKind, Meaning
from app.contacts.likely_country import likely_country
from app.contacts.mapping import ColumnMapping
from app.contacts.matching import Suggestion, mapping_from, seen_in, suggest_for
from app.contacts.row_countries import RowCountries, has_plates
from app.contacts.rules import NO_RULES, Rules
from app.contacts.sources import ColumnSource, JoinedSource, ReadSource, reading_of
from app.flow.draft import ImportDraft, ReadFile, Recalled
from app.flow.remembered import Remembered, fitting

SAMPLE_ROWS = 200
_REGIONS_KNOWN = 0.8  # share of a country column's cells that have to be countries
_NAME_PARTS = ContactSchema(
    (Field("first", "", meaning=Meaning.FIRST_NAME), Field("last", "", meaning=Meaning.LAST_NAME))
)

_COUNTRY = ContactSchema((Field("country", "", meaning=Meaning.COUNTRY),))


@lru_cache(maxsize=4)  # a file's for its provider, and for what is looked for beside
def suggestions_for(file: ReadFile, schema: ContactSchema) -> tuple[Suggestion, ...]:
    """What each field could be filled from, with the reason. Of a list with sixty columns this takes longer
    than a window may wait; it is asked for first where the list is read."""
    return suggest_for(_seen(file), schema)


@lru_cache(maxsize=2)
def _seen(file: ReadFile) -> tuple[Column, ...]:
    return seen_in(columns_with_samples(file))


def with_suggested_mapping(draft: ImportDraft, kept: Sequence[Remembered] = ()) -> ImportDraft:
    """The draft with every sure suggestion taken; what is mapped already stays.

    Where no column was matched before, the recipe among `kept` for files of this shape goes before all
    suggestions; without one the country that the phone numbers speak for is taken too.
    """
    if draft.file is None:
        return draft
    if not draft.mapping.assignments and (found := fitting(draft, kept)) is not None:
        return _recalled(draft, *found)
    mapping = _with_joined_name(mapping_from(suggestions_for(draft.file, draft.schema)), draft)
    for one in draft.mapping.assignments:
        mapping = mapping.with_source(one.field, one.reads)
    mapping = replace(mapping, phone_country=draft.mapping.phone_country, clearing=draft.mapping.clearing)
    mapped = draft.with_mapping(mapping)
    if draft.mapping.assignments:
        return mapped
    mapped = mapped.with_mapping(replace(mapping, phone_country=_country_of_rows(draft.file, mapped)))
    return mapped.with_country(country_in(draft.file, mapped) or draft.default_country)


def matched_afresh(draft: ImportDraft) -> ImportDraft:
    """The draft as if nothing had been matched or remembered."""
    plain = draft.with_rules(NO_RULES) if draft.recalled else draft
    return with_suggested_mapping(replace(plain, recalled=None).with_mapping(ColumnMapping()))


def _recalled(draft: ImportDraft, one: Remembered, mapping: ColumnMapping) -> ImportDraft:
    recipe = one.recipe
    draft = draft.with_mapping(mapping).with_country(recipe.default_country)
    draft = draft.with_duplicates(recipe.duplicates)
    filled = {one.field for one in mapping.assignments}
    draft = draft.with_rules(Rules(tuple(pair for pair in recipe.rules.by_field if pair[0] in filled)))
    return replace(draft, recalled=Recalled(mapping, one.name, one.at, one.learned))


def _country_of_rows(file: ReadFile, draft: ImportDraft) -> int | None:
    """The column that says each row's country, for a provider that has no field for it."""
    if any(field.meaning is Meaning.COUNTRY for field in draft.schema.fields):
        return None  # then that field's column is asked by itself
    at = mapping_from(suggestions_for(file, _COUNTRY)).position_of("country")
    if at is None:
        return None
    cells = [cell for cell in columns_with_samples(file)[at][1] if cell.strip()]
    countries = RowCountries(has_plates(cells))
    known = sum(1 for cell in cells if countries.region(cell))
    return at if cells and known >= _REGIONS_KNOWN * len(cells) else None


def _with_joined_name(mapping: ColumnMapping, draft: ImportDraft) -> ColumnMapping:
    """First and last name together, for a provider that has one field for both and a file that has two."""
    whole = next((one.key for one in draft.schema.fields if one.meaning is Meaning.FULL_NAME), None)
    if draft.file is None or whole is None or mapping.position_of(whole) is not None:
        return mapping
    parts = mapping_from(suggestions_for(draft.file, _NAME_PARTS))
    first, last = parts.position_of("first"), parts.position_of("last")
    if first is None or last is None:
        return mapping
    return mapping.with_source(whole, JoinedSource((first, last), " "))


def country_in(file: ReadFile, draft: ImportDraft) -> str:
    """The country that the mapped phone columns themselves speak for, or empty."""
    columns = columns_with_samples(file)
    texts: list[str] = []
    for one in draft.mapping.assignments:
        field = draft.schema.field(one.field)
        if field is not None and field.kind is FieldKind.PHONE:
            texts += [text for position in one.positions for text in columns[position][1]]
    return likely_country(texts, draft.default_country)


def columns_with_samples(file: ReadFile) -> list[tuple[str, Sequence[str]]]:
    """Each column's header with the cells of some of the first rows, and of rows from all over the file."""
    further = file.looked_at[len(file.first) :]
    rows = (*file.first[: SAMPLE_ROWS - min(len(further), SAMPLE_ROWS // 2)], *further)
    return [
        (column.name, [row.cells[column.position] for row in rows if column.position < len(row.cells)])
        for column in file.shape.columns
    ]


@lru_cache(maxsize=2)
def looks_of(file: ReadFile) -> tuple[tuple[tuple[str, ...], float], ...]:
    """Of each column some texts, as `examples` gives them, and the share that is filled."""
    read = [reading_of(ColumnSource(column.position)) for column in file.shape.columns]
    return tuple((examples(file, one), share_filled(file, one)) for one in read)


def examples(file: ReadFile, read: ReadSource, count: int = 3) -> tuple[str, ...]:
    """Up to `count` distinct texts that `read` gives, the first, the last and some between."""
    texts = (read(row.cells).strip() for row in file.looked_at)
    found = list(dict.fromkeys(text for text in texts if text))
    if len(found) <= count:
        return tuple(found)
    return tuple(found[(len(found) - 1) * place // (count - 1)] for place in range(count))


def share_filled(file: ReadFile, read: ReadSource) -> float:
    """The share, from 0.0 to 1.0, of the rows looked at for which `read` gives something."""
    rows = file.spread or file.first
    filled = sum(1 for row in rows if read(row.cells).strip())
    return filled / len(rows) if rows else 0.0
