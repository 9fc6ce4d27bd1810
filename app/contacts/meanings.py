"""What a column's header says, in layers from certain to doubtful, with the reason of each reading.

Knows headers and looks at cells where a header alone can't tell ("Name", "Title"); refuses to know which
fields a provider has.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.contacts.evidence import Column
from app.contacts.fields import Meaning
from app.contacts.folding import squash, words
from app.contacts.header_sections import MatchReason, Section, is_about_something_else, section_of
from app.contacts.headers import ANY_TITLE, LANDLINE, NAME, known_headers

__all__ = ["MatchReason", "Reading", "is_ambiguous", "is_foreign", "readings", "says_nothing"]

_ALSO_FIRST_NAME = frozenset({"nome", "nombre", "nombres"})  # more often a first name than a whole one
_NUMBERED = re.compile(r"(?<=[^\W\d])(?=\d)")
_LETTERED = re.compile(r"(?<=\w )[A-Z]{1,2}$")
_WRITTEN_TO = frozenset({Meaning.EMAIL.value, Meaning.MOBILE.value})  # whether at work is for the user to say
_MOSTLY = 0.6
_HARDLY = 0.2


@dataclass(frozen=True, slots=True)
class Reading:
    """A meaning a column may have. `score` orders readings; only a `sure` one may be chosen unasked."""

    meaning: Meaning
    reason: MatchReason
    score: int
    sure: bool
    detail: str = ""
    landline: bool = False


def readings(columns: Sequence[Column]) -> list[Reading | None]:
    """The best reading of each column's header; None where the header says nothing that is known."""
    known = known_headers()
    sections = _without_rivals([section_of(column.header, known) for column in columns], columns)
    sections = _written_to(sections, columns)
    names = {section.name for section in sections if section is not None}
    beside = _Beside(Meaning.FIRST_NAME.value in names, Meaning.LAST_NAME.value in names)
    return [
        None if section is None else _reading(section, column, beside)
        for section, column in zip(sections, columns, strict=True)
    ]


def says_nothing(header: str) -> bool:
    """Whether a header is blank or a mere placeholder: "Column 3", "Column C", "Feld", "Contact"."""
    known = known_headers()
    header = _LETTERED.sub(" ", header)
    return all(word.isdigit() or word in known.nothing for word in words(_NUMBERED.sub(" ", header)))


def is_foreign(header: str) -> bool:
    """Whether a word of the header (consent, status, owner...) takes it away from the person's own data."""
    return is_about_something_else(header, known_headers())


def is_ambiguous(header: str) -> bool:
    """Whether this header can only be read together with its neighbours or its cells."""
    return known_headers().sections.get(squash(header)) in (NAME, ANY_TITLE)


def _without_rivals(sections: list[Section | None], columns: Sequence[Column]) -> list[Section | None]:
    """A place ("Work city") is no second choice where the sheet has no other city."""
    filled = [one.name for one, column in zip(sections, columns, strict=True) if one and not column.is_blank]
    alone = {name for name, count in Counter(filled).items() if count == 1} - _WRITTEN_TO
    return [
        replace(one, sure=True) if one is not None and one.place and one.name in alone else one
        for one in sections
    ]


def _written_to(sections: list[Section | None], columns: Sequence[Column]) -> list[Section | None]:
    """What is said of a pupil is in doubt where guardians are in the sheet: who is written to?"""
    known = known_headers()
    told = [set(words(column.header)) for column in columns]
    if all(known.guardian.isdisjoint(one) for one in told):
        return sections
    return [
        replace(section, sure=False) if section is not None and not known.pupil.isdisjoint(one) else section
        for section, one in zip(sections, told, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Beside:
    first_name: bool
    last_name: bool


def _reading(section: Section, column: Column, beside: _Beside) -> Reading:
    if section.name == NAME:
        return _name(section, column, beside)
    if section.name == ANY_TITLE:
        return _title(section, column)
    landline = section.name == LANDLINE
    meaning = Meaning.PHONE if landline else Meaning(section.name)
    # Every shop numbers its customers, and the provider knows none of those numbers.
    sure = section.sure and meaning is not Meaning.CONTACT_ID
    return Reading(
        meaning, section.reason, section.score - (8 if landline else 0), sure, section.detail, landline
    )


def _name(section: Section, column: Column, beside: _Beside) -> Reading:
    """Beside a surname "Name" is a first name, beside a first name a surname; else its cells tell."""

    def reading(meaning: Meaning, sure: bool) -> Reading:
        return Reading(meaning, MatchReason.NEIGHBOURS, min(80, section.score), sure, section.detail)

    also_first_name = squash(column.header) in _ALSO_FIRST_NAME
    if also_first_name and beside.last_name and not beside.first_name:
        return reading(Meaning.FIRST_NAME, True)  # "Nombre" beside "Apellidos": Ana María is one first name
    if column.several_words >= _MOSTLY:
        return reading(Meaning.FULL_NAME, True)
    if beside.first_name and beside.last_name:
        return reading(Meaning.FULL_NAME, False)
    if beside.first_name:
        return reading(Meaning.LAST_NAME, bool(column.cells))
    if beside.last_name:
        return reading(Meaning.FIRST_NAME, True)
    probable = also_first_name and bool(column.cells)
    return reading(Meaning.FIRST_NAME, probable and column.several_words <= _HARDLY)


def _title(section: Section, column: Column) -> Reading:
    """A "Title" is what its cells say: Dr., Mrs. or a job."""
    if column.academic + column.polite >= _MOSTLY:
        meaning = Meaning.TITLE if column.academic > column.polite else Meaning.SALUTATION
        return Reading(meaning, MatchReason.NEIGHBOURS, 80, True, section.detail)
    return Reading(Meaning.JOB, MatchReason.NEIGHBOURS, 60, False, section.detail)
