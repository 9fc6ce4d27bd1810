"""What a column's header says, in layers from certain to doubtful, with the reason of each reading.

Knows headers and looks at cells where a header alone can't tell ("Name", "Title"); refuses to know which
fields a provider has.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from app.contacts.evidence import Column
from app.contacts.fields import Meaning
from app.contacts.folding import squash, words
from app.contacts.headers import ANY_TITLE, LANDLINE, NAME, Headers, known_headers

_IN_BRACKETS = re.compile(r"\s*[(\[{].*?[)\]}]")
_ALSO_FIRST_NAME = frozenset({"nome", "nombre", "nombres"})  # more often a first name than a whole one
_NOT_AMONG_WORDS = frozenset({NAME, ANY_TITLE, Meaning.OPT_IN.value})
_MOSTLY = 0.6
_HARDLY = 0.2


class MatchReason(Enum):
    """Why a column is proposed for a field."""

    KEY = "key"  # the header is the field's own key
    LABEL = "label"  # the header is the field's label
    SYNONYM = "synonym"  # a header people use for this
    WORDS = "words"  # such a header among words that change nothing: "Customer e-mail"
    NEIGHBOURS = "neighbours"  # "Name" beside "Surname"; what stands in "Title"
    SPELLING = "spelling"  # nearly such a header
    CONTENT = "content"  # what stands in the column
    FREE = "free"  # a field made from the header


@dataclass(frozen=True, slots=True)
class Reading:
    """A meaning a column may have. `score` orders readings; only a `sure` one may be chosen unasked."""

    meaning: Meaning
    reason: MatchReason
    score: int
    sure: bool
    detail: str = ""
    landline: bool = False


@dataclass(frozen=True, slots=True)
class _Section:
    """A section of the known headers that a header belongs to, and how that was seen."""

    name: str
    reason: MatchReason
    score: int
    detail: str


def readings(columns: Sequence[Column]) -> list[Reading | None]:
    """The best reading of each column's header; None where the header says nothing that is known."""
    known = known_headers()
    sections = [_section(column.header, known) for column in columns]
    names = {section.name for section in sections if section is not None}
    beside = _Beside(Meaning.FIRST_NAME.value in names, Meaning.LAST_NAME.value in names)
    return [
        None if section is None else _reading(section, column, beside)
        for section, column in zip(sections, columns, strict=True)
    ]


def says_nothing(header: str) -> bool:
    """Whether a header is blank or a mere placeholder: "Column 3", "Feld", "Contact"."""
    known = known_headers()
    return all(word.isdigit() or word in known.nothing for word in words(header))


def is_about_something_else(header: str) -> bool:
    """Whether a word of the header (consent, status, owner...) takes it away from the person's own data."""
    return not known_headers().never.isdisjoint(words(header))


def is_ambiguous(header: str) -> bool:
    """Whether this header can only be read together with its neighbours or its cells."""
    return known_headers().sections.get(squash(header)) in (NAME, ANY_TITLE)


@dataclass(frozen=True, slots=True)
class _Beside:
    first_name: bool
    last_name: bool


def _section(header: str, known: Headers) -> _Section | None:
    whole = squash(header)
    if whole in known.sections:
        return _Section(known.sections[whole], MatchReason.SYNONYM, 90, known.written[whole])
    if is_about_something_else(header):
        return None
    outside = squash(_IN_BRACKETS.sub("", header))
    if outside in known.sections:
        return _Section(known.sections[outside], MatchReason.SYNONYM, 87, known.written[outside])
    return _among_words(header, known) or _close(whole, known)


def _among_words(header: str, known: Headers) -> _Section | None:
    """A known header left after taking words that change nothing from either end, as few as possible."""
    all_words = words(header)
    for taken in range(1, len(all_words)):
        found = [
            section
            for start in range(taken, -1, -1)  # from the right: "Default address company" is a company
            if (section := _without(all_words, start, len(all_words) - taken + start, known)) is not None
        ]
        if found:
            return max(found, key=lambda section: section.score)
    return None


def _without(all_words: tuple[str, ...], start: int, end: int, known: Headers) -> _Section | None:
    """The section of the words from `start` to `end`, if the others change nothing."""
    kept = "".join(all_words[start:end])
    section = known.sections.get(kept)
    around = {*all_words[:start], *all_words[end:]}
    if section is None or section in _NOT_AMONG_WORDS or not around <= known.plain | known.second:
        return None
    score = 65 if around & known.second else 75
    return _Section(section, MatchReason.WORDS, score - len(around), known.written[kept])


def _close(whole: str, known: Headers) -> _Section | None:
    close = known.close_to(whole)
    if close is None or close.section in _NOT_AMONG_WORDS:
        return None
    return _Section(close.section, MatchReason.SPELLING, 55, close.known)


def _reading(section: _Section, column: Column, beside: _Beside) -> Reading:
    if section.name == NAME:
        return _name(section, column, beside)
    if section.name == ANY_TITLE:
        return _title(section, column)
    landline = section.name == LANDLINE
    meaning = Meaning.PHONE if landline else Meaning(section.name)
    # A second-choice column ("Work e-mail") is for the user to choose.
    sure = section.score >= 70 or section.reason is MatchReason.SPELLING
    # Every shop numbers its customers, and the provider knows none of those numbers.
    sure = sure and meaning is not Meaning.CONTACT_ID
    return Reading(
        meaning, section.reason, section.score - (8 if landline else 0), sure, section.detail, landline
    )


def _name(section: _Section, column: Column, beside: _Beside) -> Reading:
    """Beside a surname "Name" is a first name, beside a first name a surname; else its cells tell."""

    def reading(meaning: Meaning, sure: bool) -> Reading:
        return Reading(meaning, MatchReason.NEIGHBOURS, 80, sure, section.detail)

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


def _title(section: _Section, column: Column) -> Reading:
    """A "Title" is what its cells say: Dr., Mrs. or a job."""
    if column.academic + column.polite >= _MOSTLY:
        meaning = Meaning.TITLE if column.academic > column.polite else Meaning.SALUTATION
        return Reading(meaning, MatchReason.NEIGHBOURS, 80, True, section.detail)
    return Reading(Meaning.JOB, MatchReason.NEIGHBOURS, 60, False, section.detail)
