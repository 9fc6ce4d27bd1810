"""Which section of the known headers a header belongs to, and how certain that is.

Takes headers apart: brackets, two languages side by side, abbreviations, whole questions. Refuses to know
cells and fields; what a section means among its neighbours is meanings'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from app.contacts.fields import Meaning
from app.contacts.folding import fold, squash, words
from app.contacts.headers import ANY_TITLE, LANDLINE, NAME, Headers

_IN_BRACKETS = re.compile(r"\s*[(\[{].*?[)\]}]")
_BETWEEN_PARTS = re.compile(r"[/|\n\r()\[\]]|\s(?:[-\u2013\u2014]|or|o|u|ou|oder)\s", re.IGNORECASE)
_ABBREVIATED = re.compile(r"(\w+)\.")
_NOT_AMONG_WORDS = frozenset({NAME, ANY_TITLE, Meaning.OPT_IN.value})
_NAMED_OTHERWISE = frozenset(
    {"user", "utente", "utilisateur", "benutzer", "nutzer", "usuario", "card", "profile", "field"}
)
_LONG = 4  # words: what is this long may be a question, and holds words nobody can foresee
_SHORTEST_STEM = 3  # letters of an abbreviation that is certain

# Of two things said of one column, the first says more.
_SAYS_MORE = (
    (Meaning.MOBILE.value, Meaning.PHONE.value),
    (LANDLINE, Meaning.PHONE.value),
    *((section, Meaning.STREET.value) for section in ("city", "postcode", "province", "country")),
    *((section, NAME) for section in ("first_name", "last_name", "full_name", "company")),
)


class MatchReason(Enum):
    """Why a column is proposed for a field."""

    KEY = "key"  # the header is the field's own key
    LABEL = "label"  # the header is the field's label
    SYNONYM = "synonym"  # a header people use for this
    WORDS = "words"  # such a header among words that change nothing: "Customer e-mail"
    NEIGHBOURS = "neighbours"  # "Name" beside "Surname"; what stands in "Title"
    WHOLE_NAME = "whole_name"  # it holds more than this field: a part of a name can be taken
    SPELLING = "spelling"  # nearly such a header, or its beginning
    CONTENT = "content"  # what stands in the column
    FREE = "free"  # a field made from the header


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the known headers, and how it was seen. `sure` says that the header leaves no doubt;
    `place` that it is about one address of several, as in "Work city"."""

    name: str
    reason: MatchReason
    score: int
    detail: str
    sure: bool = True
    place: bool = False


def section_of(header: str, known: Headers) -> Section | None:
    """The section of a header; None where it says nothing that is known, or is about something else."""
    whole = squash(header)
    if whole in known.sections:
        return Section(known.sections[whole], MatchReason.SYNONYM, 90, known.written[whole])
    if is_about_something_else(header, known):
        return None
    first = whole.removesuffix("1")  # "EMail1", "Tel1": the first of several
    if first in known.sections and " " not in fold(header):
        return Section(known.sections[first], MatchReason.WORDS, 86, known.written[first])
    outside = squash(_IN_BRACKETS.sub("", header))
    if outside in known.sections:
        return Section(known.sections[outside], MatchReason.SYNONYM, 87, known.written[outside])
    return (
        _of_parts(header, known)
        or _among_words(words(header), known)
        or _among_words(_outside_brackets(header, known), known)
        or _close(whole, known)
        or _abbreviated(header, known)
        or _inside(_IN_BRACKETS.sub("", header), known)
    )


def is_about_something_else(header: str, known: Headers) -> bool:
    """Whether a word of the header (consent, status, owner...) takes it away from the person's own data."""
    return not known.never.isdisjoint(words(header))


def _outside_brackets(header: str, known: Headers) -> tuple[str, ...]:
    """The words outside brackets, if what stands inside does not matter: "Mobile (with country code)"."""
    outside = words(_IN_BRACKETS.sub("", header))
    inside = set(words(header)).difference(outside)
    return () if inside & (known.second | known.place) else outside


def _of_parts(header: str, known: Headers) -> Section | None:
    """What the parts of "Ort / Localité" or "Persona - Teléfono - Móvil" say, if they agree."""
    parts = [part for part in _BETWEEN_PARTS.split(header) if words(part)]
    if len(parts) < 2:
        return None
    found: Section | None = None
    around: set[str] = set()
    for part in parts:
        told = set(words(part))
        if told <= known.plain or (told <= known.second | known.place and squash(part) not in known.sections):
            around |= told
            continue
        said = _simple(part, known)
        if said is None:
            return None
        found = said if found is None else _agreed(found, said)
        if found is None:
            return None
    if found is None or found.name in _NOT_AMONG_WORDS - {NAME}:
        return None
    return _beside(found, around, known)


def _simple(part: str, known: Headers) -> Section | None:
    whole = squash(part)
    if whole in known.sections:
        return Section(known.sections[whole], MatchReason.WORDS, 84, known.written[whole])
    return _among_words(words(part), known) or _close(whole, known)


def _agreed(one: Section, other: Section) -> Section | None:
    if one.name == other.name:
        return one
    if (one.name, other.name) in _SAYS_MORE:
        return one
    return other if (other.name, one.name) in _SAYS_MORE else None


def _among_words(all_words: Sequence[str], known: Headers) -> Section | None:
    """A known header left after taking words that change nothing from either end, as few as possible."""
    for taken in range(1, len(all_words)):
        found = [
            section
            for start in range(taken, -1, -1)  # from the right: "Default address company" is a company
            if (section := _without(all_words, start, len(all_words) - taken + start, known)) is not None
        ]
        if found:
            return max(found, key=lambda section: section.score)
    return None


def _without(all_words: Sequence[str], start: int, end: int, known: Headers) -> Section | None:
    """The section of the words from `start` to `end`, if the others change nothing."""
    kept = "".join(all_words[start:end])
    section = known.sections.get(kept)
    around = {*all_words[:start], *all_words[end:]}
    if section is None or section in _NOT_AMONG_WORDS - {NAME}:
        return None
    if section == NAME and not around <= known.plain - _NAMED_OTHERWISE:
        return None  # "Work name" may be anybody's, "user name" is nobody's
    if not around <= known.plain | known.second | known.place:
        return None
    return _beside(Section(section, MatchReason.WORDS, 75, known.written[kept]), around, known)


def _beside(section: Section, around: set[str], known: Headers) -> Section:
    """The section with what the words around it take from its certainty."""
    score = min(section.score, 75) - len(around) if around else section.score
    if around & known.second:
        return replace(section, score=score - 11, sure=False)
    if around & known.place:
        return replace(section, score=score - 7, sure=False, place=True)
    return replace(section, score=score)


def _close(whole: str, known: Headers) -> Section | None:
    close = known.close_to(whole)
    if close is None or close.section in _NOT_AMONG_WORDS:
        return None
    return Section(close.section, MatchReason.SPELLING, 55, close.known)


def _abbreviated(header: str, known: Headers) -> Section | None:
    """The only section with a header that begins, word by word, as this one does: "Vorn.", "Data nasc."."""
    stems = fold(header).split()
    dotted = {fold(stem) for stem in _ABBREVIATED.findall(header)}
    if not dotted or any(stem.isdigit() for stem in stems):
        return None
    sections: dict[str, str] = {}
    for written in known.written.values():
        full = [word for word in words(written) if len(word) > 2]
        if len(full) == len(stems) and all(map(_begins, full, stems, (stem in dotted for stem in stems))):
            sections.setdefault(known.sections[squash(written)], written)
    if len(sections) != 1:
        return None
    ((section, written),) = sections.items()
    sure = max(map(len, dotted)) > _SHORTEST_STEM
    return Section(section, MatchReason.SPELLING, 54, written, sure)


def _begins(full: str, stem: str, dotted: bool) -> bool:
    return full == stem or (dotted and len(stem) >= _SHORTEST_STEM and full.startswith(stem))


def _inside(header: str, known: Headers) -> Section | None:
    """A known header somewhere in a question; words beside it that nobody foresaw leave it in doubt."""
    all_words = words(header)
    if len(all_words) < _LONG:
        return None
    for first, last in _runs(len(all_words)):
        kept = "".join(all_words[first:last])
        section = known.sections.get(kept)
        if section is not None and section not in _NOT_AMONG_WORDS and len(kept) > 2:
            return Section(section, MatchReason.WORDS, 45, known.written[kept], sure=False)
    return None


def _runs(count: int) -> Iterator[tuple[int, int]]:
    """(first, last) of every run of words, the longest first."""
    for length in range(min(count, 5), 0, -1):
        for first in range(count - length, -1, -1):
            yield first, first + length
