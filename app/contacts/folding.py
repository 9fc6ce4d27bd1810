"""Folds words so that they compare as people read them: without case, accents, punctuation and odd spaces.

Makes comparison keys only; a folded text is never shown and never sent.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart into a base letter and a mark.
_WHOLE_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i"}
)
_CAMEL = re.compile(r"(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NOT_WORD = re.compile(r"[\W_]+")
_COMPARING = re.compile(r"[<>=+]")


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Words in small letters, no accents, one space between: "Téléphone (fixe)" -> "telephone fixe"."""
    plain = text.casefold() if text.isascii() else _without_marks(text)
    return _NOT_WORD.sub(" ", plain).strip()


def words(header: str) -> tuple[str, ...]:
    """The folded words of a header, "camelCase" taken apart: "billing_firstName" -> billing, first, name."""
    return tuple(fold(_CAMEL.sub(" ", header)).split())


def squash(header: str) -> str:
    """The folded header without any spaces, so that "E-Mail", "e mail" and "EMail" are the same."""
    return fold(header).replace(" ", "")


def word_key(text: str) -> str:
    """What all spellings of one word have in common: equal keys, the same word."""
    folded = fold(text)
    # Words made of signs alone ("> 3", "+") fold to nothing or lose their meaning: they compare as written.
    return folded if folded and not _COMPARING.search(text) else text.strip()


def _without_marks(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return bare.translate(_WHOLE_LETTERS)
