"""Proposes a column for each field, says why, and says which proposals are sure enough to stand unasked.

Brings together what headers say (meanings) and what cells look like (evidence) with the fields of a schema;
refuses to choose where a wrong choice would go unnoticed: then it only suggests. Consent is never proposed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.contacts.evidence import Column, agrees, column
from app.contacts.fields import ContactSchema, Field, FieldKind, Meaning
from app.contacts.folding import squash
from app.contacts.mapping import Assignment, ColumnMapping
from app.contacts.meanings import (
    MatchReason,
    Reading,
    is_ambiguous,
    is_foreign,
    readings,
    says_nothing,
)
from app.language import tr

__all__ = ["MatchReason", "Suggestion", "mapping_from", "suggest"]

_BY_CONTENT = 0.8  # share of cells that must look right before content alone proposes anything
_FEWEST_CELLS = 3  # ... and this many of them before it is sure
_DOUBTED = 40  # taken off where the cells contradict the header
_BLANK = 20  # taken off where the column holds nothing
_TYPED = frozenset({FieldKind.EMAIL, FieldKind.PHONE, FieldKind.DATE})
_REPEATED = re.compile(r" \(\d+\)$")
_NAMES = frozenset({Meaning.FIRST_NAME, Meaning.LAST_NAME, Meaning.FULL_NAME})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The column at `position` (0-based) for `field`, and why.

    `detail` is the known header or label that was recognised; `share` (0 to 1) is the part of the cells that
    look right, where content was the reason. Only a `sure` suggestion may be taken without asking.
    """

    field: str
    position: int
    reason: MatchReason
    sure: bool
    detail: str = ""
    share: float | None = None


@dataclass(frozen=True, slots=True)
class _Candidate:
    suggestion: Suggestion
    score: int
    rank: int  # the field's place in the schema


def suggest(columns: Sequence[tuple[str, Sequence[str]]], schema: ContactSchema) -> tuple[Suggestion, ...]:
    """A column for each field that has one: at most one column per field and one field per column.

    `columns` are (header, cells of the first rows, blank ones included). In the schema's order, then free
    fields in the order of their columns.
    """
    return suggest_for(seen_in(columns), schema)


def seen_in(columns: Sequence[tuple[str, Sequence[str]]]) -> tuple[Column, ...]:
    """What can be suggested from, for any schema. Kept, the cells are looked at only once."""
    return tuple(column(position, header, cells) for position, (header, cells) in enumerate(columns))


def suggest_for(seen: Sequence[Column], schema: ContactSchema) -> tuple[Suggestion, ...]:
    """The same as `suggest` gives, from columns that were seen before."""
    named = _as_written(seen)
    by_header = _decide([*_by_key_or_label(named, schema), *_by_meaning(named, schema)], seen)
    by_content = _decide(_by_content(seen, schema, by_header), seen)
    chosen = [*by_header, *by_content]
    rank = {field.key: place for place, field in enumerate(schema.fields)}
    chosen.sort(key=lambda one: (rank.get(one.field, len(rank)), one.position))
    return (*chosen, *_free(seen, schema, chosen))


def mapping_from(suggestions: Iterable[Suggestion]) -> ColumnMapping:
    """The mapping made of the sure suggestions only."""
    return ColumnMapping(tuple(Assignment(one.field, one.position) for one in suggestions if one.sure))


def _as_written(seen: Sequence[Column]) -> list[Column]:
    """The columns without what was put behind repeated headers to tell them apart: "Phone", "Phone (2)"."""
    there = {held.header.casefold() for held in seen}
    bare = [_REPEATED.sub("", held.header) for held in seen]
    return [
        replace(held, header=name) if name.casefold() in there else held
        for held, name in zip(seen, bare, strict=True)
    ]


def _by_key_or_label(seen: Sequence[Column], schema: ContactSchema) -> list[_Candidate]:
    """Headers that are a field's own key or label, as in a recipe or a saved report."""
    found = []
    for held in seen:
        header = held.header.strip()
        for rank, field in enumerate(schema.fields):
            if not _may_be_proposed(field) or (field.meaning is not None and is_ambiguous(header)):
                continue
            if header.casefold() == field.key.casefold():
                found.append(
                    _candidate(field, rank, held, MatchReason.KEY, 100, _key_is_telling(field, held))
                )
            elif header and squash(header) in (squash(field.label), squash(tr(field.label))):
                found.append(_candidate(field, rank, held, MatchReason.LABEL, 86, True, tr(field.label)))
        free = (
            schema.field(header)
            if schema.free and not any(header == one.key for one in schema.fields)
            else None
        )
        if free is not None:
            found.append(
                _candidate(free, len(schema.fields), held, MatchReason.KEY, 100, not header.isdigit())
            )
    return found


def _may_be_proposed(field: Field) -> bool:
    return field.meaning is not Meaning.OPT_IN


def _key_is_telling(field: Field, held: Column) -> bool:
    """A key that is a mere number proves nothing by itself: sheets have columns called 1, 2, 3."""
    return not field.key.isdigit() or (field.kind in _TYPED and agrees(field, held) is True)


def _by_meaning(seen: Sequence[Column], schema: ContactSchema) -> list[_Candidate]:
    found = []
    meanings = frozenset(field.meaning for field in schema.fields if field.meaning)
    read = readings(seen)
    surnames = any(one is not None and one.meaning is Meaning.LAST_NAME for one in read)
    for held, reading in zip(seen, read, strict=True):
        if reading is None:
            continue
        for rank, field in enumerate(schema.fields):
            fitted = _fitted(reading, field, meanings, surnames) if _may_be_proposed(field) else None
            if fitted is not None:
                found.append(
                    _candidate(field, rank, held, fitted.reason, fitted.score, fitted.sure, fitted.detail)
                )
    return found


def _fitted(reading: Reading, field: Field, meanings: frozenset[Meaning], surnames: bool) -> Reading | None:
    """The reading as it bears on this field: its own meaning, or one that may stand in for it."""
    if field.meaning is reading.meaning:
        return reading
    pair = (reading.meaning, field.meaning)
    if reading.meaning in meanings or field.meaning is None:
        return None  # the column has a field of its own
    if pair == (Meaning.PHONE, Meaning.MOBILE) and not reading.landline:
        return replace(reading, score=reading.score - 4)
    if pair == (Meaning.MOBILE, Meaning.PHONE):
        return replace(reading, score=reading.score + 1)
    if pair == (Meaning.FIRST_NAME, Meaning.FULL_NAME):
        # Where the surname would stay behind, the user has to know.
        return replace(reading, score=reading.score - 6, sure=reading.sure and not surnames)
    if reading.meaning in _NAMES and field.meaning in _NAMES and reading.meaning is Meaning.FULL_NAME:
        return replace(reading, reason=MatchReason.WHOLE_NAME, score=reading.score - 10, sure=False)
    if {*pair} == {Meaning.TITLE, Meaning.SALUTATION}:
        return replace(reading, score=reading.score - 10, sure=False)
    return None


def _candidate(
    field: Field, rank: int, held: Column, reason: MatchReason, score: int, sure: bool, detail: str = ""
) -> _Candidate:
    """The candidate after a look at the cells: they may take certainty away, never add it."""
    agreed = agrees(field, held)
    if agreed is False:
        score -= _DOUBTED
    if held.is_blank:
        score -= _BLANK
    return _Candidate(
        Suggestion(field.key, held.position, reason, sure and agreed is not False, detail), score, rank
    )


def _decide(candidates: list[_Candidate], seen: Sequence[Column]) -> list[Suggestion]:
    """The best candidates, each field and each column once; where two columns are as good, the one that holds
    more is offered, and none is sure."""
    chosen: list[_Candidate] = []
    fields: set[str] = set()
    positions: set[int] = set()

    def order(each: _Candidate) -> tuple[int, int, int, int]:
        position = each.suggestion.position
        return -each.score, each.rank, -len(seen[position].cells), position

    for one in sorted(candidates, key=order):
        if one.suggestion.field not in fields and one.suggestion.position not in positions:
            chosen.append(one)
            fields.add(one.suggestion.field)
            positions.add(one.suggestion.position)
    settled = []
    for one in chosen:
        rival = any(
            other.suggestion.field == one.suggestion.field
            and other.score == one.score
            and other.suggestion.position not in positions
            and not seen[other.suggestion.position].is_blank
            for other in candidates
        )
        settled.append(replace(one.suggestion, sure=False) if rival else one.suggestion)
    return settled


def _by_content(
    seen: Sequence[Column], schema: ContactSchema, chosen: Sequence[Suggestion]
) -> list[_Candidate]:
    """Columns nobody claimed, for e-mail, phone and date fields that have none."""
    taken = {one.position for one in chosen}
    filled = {one.field for one in chosen}
    open_columns = [
        held
        for held, reading in zip(seen, readings(seen), strict=True)
        if held.position not in taken and reading is None and not is_foreign(held.header)
    ]
    found = []
    for rank, field in enumerate(schema.fields):
        if field.key in filled or field.meaning is None or field.kind not in _TYPED:
            continue
        if field.meaning is Meaning.PHONE and any(one.meaning is Meaning.MOBILE for one in schema.fields):
            continue  # numbers of an unknown kind are proposed once, as mobiles
        looks = [(held, _share(field, held)) for held in open_columns]
        likely = [(held, share) for held, share in looks if share >= _BY_CONTENT]
        for held, share in likely:
            sure = len(likely) == 1 and _content_is_telling(field, held)
            suggestion = Suggestion(field.key, held.position, MatchReason.CONTENT, sure, "", share)
            found.append(_Candidate(suggestion, round(share * 50), rank))
    return found


def _share(field: Field, held: Column) -> float:
    if field.kind is FieldKind.EMAIL:
        return held.emails
    return held.phones if field.kind is FieldKind.PHONE else held.dates


def _content_is_telling(field: Field, held: Column) -> bool:
    """Content alone decides only under a header that says nothing, and never about dates."""
    if field.kind is FieldKind.DATE or len(held.cells) < _FEWEST_CELLS or not says_nothing(held.header):
        return False
    if field.kind is FieldKind.PHONE:
        return (
            held.share("with_country", lambda cell: cell.lstrip("'").startswith(("+", "00"))) >= _BY_CONTENT
        )
    return True


def _free(
    seen: Sequence[Column], schema: ContactSchema, chosen: Sequence[Suggestion]
) -> tuple[Suggestion, ...]:
    """A field made from the header for each column left over, offered and never sure."""
    if schema.free is None or not schema.free.template:
        return ()
    taken = {one.position for one in chosen}
    made: dict[str, Suggestion] = {}
    for held in seen:
        header = " ".join(held.header.split())
        key = schema.free.template.format(header=header, name=header)
        if header and held.position not in taken and schema.field(key) is not None:
            made.setdefault(key, Suggestion(key, held.position, MatchReason.FREE, False, header))
    return tuple(made.values())
