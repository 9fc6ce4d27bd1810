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
        *("egr", "gent", "gentma", "spett", "dra", "m", "dipling", "univprof", "lic", "reverend", "rev"),
        *("familie", "famille", "famiglia", "familia", "family", "fam", "dottor", "professor", "profssa"),
    }
)
_AFTER_TITLES = frozenset({"ssa", "med", "jur", "phil", "rer", "nat", "habil", "hc", "d"})  # "Prof. Dr. med."
_DEGREES = frozenset({"phd", "md", "mba", "msc", "bsc", "esq", "mag", "dr", "ing", "avv"})
_AFTER_NAMES = frozenset({"jr", "sr", "ii", "iii", "iv"}) | _DEGREES
# With these no first name begins: "De Luca Anna", "Van der Berg Jan".
_IN_FRONT = _PARTICLES & frozenset(
    {
        *("de", "di", "da", "del", "della", "dello", "dei", "degli", "delle", "dal", "dalla", "lo"),
        *("li", "du", "van", "von", "vom", "der", "den", "ten", "ter", "la", "le"),
    }
)
# The commonest family names of Spain and Latin America, of which everybody has two (INE, "apellidos más
# frecuentes"); others are known by their ending.
_SPANISH = frozenset(
    {
        *("garcia", "martin", "ruiz", "moreno", "alonso", "navarro", "torres", "ramos", "gil", "serrano"),
        *("blanco", "molina", "morales", "ortega", "delgado", "castro", "ortiz", "rubio", "marin", "sanz"),
        *("iglesias", "medina", "garrido", "cortes", "castillo", "santos", "guerrero", "lozano", "cano"),
        *("prieto", "cruz", "calvo", "gallego", "vidal", "leon", "herrera", "flores", "cabrera", "campos"),
        *("vega", "fuentes", "carrasco", "diez", "reyes", "nieto", "aguilar", "pascual", "santana", "soto"),
        *("rojas", "romero", "silva", "vargas", "mendoza", "rivera", "contreras", "guzman", "salazar"),
    }
)
_SPANISH_ENDING = ("ez", "oz")


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

    Titles before the name and degrees behind it are left away, as is what holds no letter. Never raises.
    """
    parts = [part for part in tidy(text).split(",") if any(map(str.isalpha, part))]
    while len(parts) > 1 and _is_after_name(parts[-1]):
        behind = [word for word in parts.pop().split() if _plain(word) not in _DEGREES]
        parts[-1] = " ".join([parts[-1], *behind])
    if len(parts) > 1:
        _, first = _without_titles(_words(" ".join(parts[1:])))
        return SplitFullName(_joined(first), _joined(_words(parts[0])))
    titled, words = _without_titles(_words(parts[0] if parts else ""))
    while len(words) > 2 and _plain(words[-1]) in _DEGREES:
        del words[-1]
    if len(words) < 2:
        return SplitFullName("", _joined(words)) if titled else SplitFullName(_joined(words), "")
    cut = _written_large(words) or _in_front(words)
    if cut:
        return SplitFullName(_joined(words[cut:]), _joined(words[:cut]))
    cut = _where_last_name_begins(words)
    return SplitFullName(_joined(words[:cut]), _joined(words[cut:]))


def _words(text: str) -> list[str]:
    """The words that hold a letter; what stands in brackets stays with the word before it."""
    words: list[str] = []
    for word in text.split():
        if word.startswith("(") and words:
            words[-1] += f" {word}"
        elif any(map(str.isalpha, word)):
            words.append(word)
    return words


def _joined(words: list[str]) -> str:
    return " ".join(words)


def _plain(word: str) -> str:
    return fold(word).replace(" ", "")


def _is_after_name(text: str) -> bool:
    return all(_plain(word) in _AFTER_NAMES for word in text.split())


def _in_front(words: list[str]) -> int:
    """How many words at the front are a last name that begins with a particle; else 0."""
    particles = 0
    while particles < len(words) - 1 and words[particles].casefold() in _IN_FRONT:
        particles += 1
    return particles + 1 if particles else 0


def _without_titles(words: list[str]) -> tuple[bool, list[str]]:
    """Whether there were titles in front, and the name without them."""
    start = 0
    while start < len(words) - 1 and _is_title(words[start], start > 0):
        start += 1
    return start > 0, words[start:]


def _is_title(word: str, after_another: bool) -> bool:
    plain = _plain(word)
    if after_another and plain in _AFTER_TITLES:
        return True
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
    if end > 2 and _is_spanish(words[end - 2]) and _is_spanish(words[end - 1]):
        return end - 2
    return end - 1


def _is_spanish(word: str) -> bool:
    plain = _plain(word)
    return plain in _SPANISH or (len(plain) > 4 and plain.endswith(_SPANISH_ENDING))
