"""Writes names with a capital first letter, as five languages do: "ROSSI" becomes "Rossi", "O'NEIL" "O'Neil".

Knows letters and particles; refuses to touch a name that has both capitals and small letters already.
"""

from __future__ import annotations

import re

from app.contacts.rules import LetterCase

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
# Inside a name these stay small: "Anna van der Berg". At its front Italians, Spaniards and the Dutch write
# them with a capital ("De Luca", "De la Cruz", "Van der Berg"), and only Germans and Scandinavians don't.
_SMALL_IN_FRONT = frozenset({"von", "vom", "zu", "zum", "zur", "af", "av"})
_SMALL = frozenset(
    {
        *_SMALL_IN_FRONT,
        *("van", "der", "den", "ten", "ter", "te"),
        *("de", "la", "las", "los", "del", "dos", "das", "do", "da", "du", "des", "y", "e", "i", "und", "et"),
    }
)
_ELIDED = frozenset({"d", "l", "dell", "all", "sant", "o", "n", "t", "m"})
_AS_THEY_ARE = frozenset({"ii", "iii", "iv"})
_MAC = re.compile(r"mc(?=[^\W\d_]{3})", re.IGNORECASE)


def cased(text: str, case: LetterCase) -> str:
    """The text in the letters that were asked for."""
    match case:
        case LetterCase.AS_WRITTEN:
            return text
        case LetterCase.LOWER:
            return text.lower()
        case LetterCase.UPPER:
            return text.upper()
        case LetterCase.NAMES:
            return named(text)


def named(text: str) -> str:
    """ "ROSSI", "rossi" -> "Rossi"; "VAN DER BERG" -> "van der Berg"; "Rossi", "McDonald", "J." stay."""
    letters = [letter for letter in text if letter.isalpha() and letter != "ß"]  # it has no capital in use
    if len(letters) < 2 or not (all(map(str.isupper, letters)) or all(map(str.islower, letters))):
        return text
    words = _WORD.findall(text)
    if text.isupper() and all(len(word) <= 2 for word in words) and len(words) == 1 and "." not in text:
        return text  # "JP", "AL": initials more often than a name
    last = len(words) - 1
    count = iter(range(len(words)))

    def written(found: re.Match[str]) -> str:
        place = next(count)
        return _word(found[0], first=place == 0, last=place == last)

    return _WORD.sub(written, text)


def _word(word: str, first: bool, last: bool) -> str:
    lowered = word.lower()
    if not last and lowered in (_SMALL_IN_FRONT if first else _SMALL):
        return lowered
    if lowered in _AS_THEY_ARE:
        return lowered.upper()
    pieces = re.split(r"(['\u2019])", lowered)
    if len(pieces) == 3 and pieces[0] in _ELIDED:
        return f"{_first_large(pieces[0])}{pieces[1]}{_first_large(pieces[2])}"
    if _MAC.match(lowered):
        return "Mc" + _first_large(lowered[2:])
    return _first_large(lowered)


def _first_large(word: str) -> str:
    return word[:1].upper() + word[1:]
