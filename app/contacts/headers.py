"""The headers people write for each meaning, read once from resources/headers.toml.

Knows words only; refuses to know columns, cells and fields.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from app.contacts.fields import Meaning
from app.contacts.folding import squash, words

_FILE = Path(__file__).resolve().parent.parent.parent / "resources" / "headers.toml"
_CLOSE = 0.88  # measured: below this, wrong matches outnumber the typing errors found
_SHORTEST_FOR_SPELLING = 5
_SHORTEST_FOR_SWAPS = 4

# Sections of the file that are no Meaning: what they mean depends on more than the header.
NAME = "name"
ANY_TITLE = "any_title"
LANDLINE = "landline"


_AROUND = (
    *("plain", "second", "place", "never", "nothing", "pupil", "guardian"),
    *("consent", "consent_stems"),
)


@dataclass(frozen=True, slots=True)
class Close:
    """A header that is nearly one of the known ones."""

    section: str
    known: str
    ratio: float


@dataclass(frozen=True, slots=True)
class Headers:
    """The known headers: squashed text -> section, which is a Meaning's value or one of the three above."""

    sections: Mapping[str, str]
    written: Mapping[str, str]  # squashed -> as the file has it
    plain: frozenset[str]
    second: frozenset[str]
    place: frozenset[str]
    never: frozenset[str]
    nothing: frozenset[str]
    pupil: frozenset[str]
    guardian: frozenset[str]
    consent: frozenset[str]
    consent_stems: frozenset[str]

    def close_to(self, squashed: str) -> Close | None:
        """The known header that is nearest in spelling, if it is near enough to be the same with a slip."""
        squashed = _with_letters(squashed)
        if any(letter.isdigit() for letter in squashed):
            return None
        swapped = next((one for one in _swaps(squashed) if one in self.sections), None)
        if swapped is not None:
            return Close(self.sections[swapped], self.written[swapped], 1.0)
        if len(squashed) < _SHORTEST_FOR_SPELLING:
            return None
        best: Close | None = None
        matcher = SequenceMatcher(None, b=squashed, autojunk=False)
        for known, section in self.sections.items():
            if abs(len(known) - len(squashed)) > 2 or len(known) < _SHORTEST_FOR_SPELLING:
                continue
            matcher.set_seq1(known)
            least = max(_CLOSE, best.ratio if best else 0.0)
            if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
                continue
            ratio = matcher.ratio()
            if ratio >= _CLOSE and (best is None or ratio > best.ratio):
                best = Close(section, self.written[known], ratio)
        return best


def speaks_of_consent(name: str) -> bool:
    """Whether a field called so says who agreed to what: "SMS consent", "Werbeeinwilligung", "RGPD"."""
    known = known_headers()
    whole = squash(name)
    return (
        known.sections.get(whole) == Meaning.OPT_IN.value
        or not known.consent.isdisjoint(words(name))
        or any(stem in whole for stem in known.consent_stems)
    )


def _with_letters(squashed: str) -> str:
    """A nought or a one among letters is a slip for the letter that looks like it."""
    letters = re.sub(r"(?<=[a-z]{2})0", "o", squashed)
    return re.sub(r"(?<=[a-z]{2})1(?=[a-z])", "l", letters)


def _swaps(squashed: str) -> Iterator[str]:
    """The word with each two neighbouring letters changed over: "emial", "twon"."""
    if len(squashed) >= _SHORTEST_FOR_SWAPS:
        for at in range(len(squashed) - 1):
            if squashed[at] != squashed[at + 1]:
                yield squashed[:at] + squashed[at + 1] + squashed[at] + squashed[at + 2 :]


@cache
def known_headers() -> Headers:
    """The headers of resources/headers.toml."""
    with _FILE.open("rb") as file:
        data = tomllib.load(file)
    sections: dict[str, str] = {}
    written: dict[str, str] = {}
    for section in (*(meaning.value for meaning in Meaning), NAME, ANY_TITLE, LANDLINE):
        for header in data[section]:
            sections.setdefault(squash(header), section)
            written.setdefault(squash(header), header)
    return Headers(
        sections,
        written,
        *(_folded(data["around"][name]) for name in _AROUND),
    )


def _folded(texts: list[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in words(text))
