"""Takes a full name apart into first and last name, as five languages write them.

Knows particles, titles and commas; refuses to guess more than that, and loses no word of a name.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from app.contacts.cells import tidy
from app.contacts.folding import fold

# Words with which a last name begins: "Anna de Luca", "Ludwig van Beethoven", "Ana de la Cruz".
_PARTICLES = frozenset(
    {
        *("de", "di", "da", "del", "della", "dello", "dei", "degli", "delle", "dal", "dalla", "de'", "d'"),
        *("van", "von", "vom", "zu", "zum", "zur", "vander", "vande", "der", "den", "ten", "ter", "te"),
        *("du", "des", "le", "la", "lo", "li", "dos", "das", "do", "y", "i", "af", "av", "st.", "saint"),
        *("al", "el", "bin", "ibn", "ben", "mac", "mc", "o'"),
    }
)
_TITLES = frozenset(
    {
        *("dr", "prof", "mr", "mrs", "ms", "miss", "mx", "sir", "sig", "sigra", "signor", "signora", "dott"),
        *("dottssa", "dottoressa", "avv", "ing", "arch", "geom", "rag", "herr", "frau", "hr", "fr", "mag"),
        *("monsieur", "madame", "mademoiselle", "mme", "mlle", "sr", "sra", "srta", "don", "dona", "dipl"),
        *("egr", "gent", "gentma", "spett", "dra", "m"),
    }
)
_AFTER_NAMES = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md", "mba", "msc", "esq"})


class NamePart(Enum):
    """Which part of a full name is meant."""

    FIRST = "first"
    LAST = "last"


class SplitFullName(NamedTuple):
    """`last` is empty where the name is a single word."""

    first: str
    last: str


def part_of_name(text: str, part: NamePart) -> str:
    """The first or the last name in `text`; an empty text has neither."""
    name = split_name(text)
    return name.first if part is NamePart.FIRST else name.last


def split_name(text: str) -> SplitFullName:
    """ "Anna de Luca" -> Anna, de Luca; "Rossi, Anna" -> Anna, Rossi; "ROSSI Anna" -> Anna, ROSSI.

    Titles before the name are left away. Never raises.
    """
    before, comma, after = tidy(text).partition(",")
    if comma and after.strip() and not _is_after_name(after):
        return SplitFullName(" ".join(_without_titles(after.split())), before.strip())
    words = _without_titles(tidy(text).replace(",", " ").split())
    if len(words) < 2:
        return SplitFullName(" ".join(words), "")
    cut = _written_large(words)
    if cut:
        return SplitFullName(" ".join(words[cut:]), " ".join(words[:cut]))
    cut = _where_last_name_begins(words)
    return SplitFullName(" ".join(words[:cut]), " ".join(words[cut:]))


def _is_after_name(text: str) -> bool:
    return all(fold(word).replace(" ", "") in _AFTER_NAMES for word in text.split())


def _without_titles(words: list[str]) -> list[str]:
    start = 0
    while start < len(words) - 1 and _is_title(words[start]):
        start += 1
    return words[start:]


def _is_title(word: str) -> bool:
    plain = fold(word).replace(" ", "")
    # A bare letter is an initial, unless it is the French M. for Monsieur.
    return plain in _TITLES and (len(plain) > 1 or word == "M.")


def _written_large(words: list[str]) -> int:
    """How many words at the front are a last name in capitals before a first name that is not; else 0."""
    large = 0
    while large < len(words) and words[large].isupper() and len(words[large].strip(".")) > 1:
        large += 1
    rest = words[large:]
    return large if rest and not any(word.isupper() for word in rest) else 0


def _where_last_name_begins(words: list[str]) -> int:
    end = len(words)
    while end > 2 and fold(words[end - 1]).replace(" ", "") in _AFTER_NAMES:
        end -= 1
    for place in range(1, end - 1):
        if words[place].casefold() in _PARTICLES:
            return place
    return end - 1
