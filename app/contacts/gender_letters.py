"""Whom a column means by M: a man beside F or W, a woman (mujer) beside H, nobody for certain alone.

Knows the words of a whole column; refuses to know which value a provider has for men and women.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import Enum

from app.contacts.folding import word_key
from app.contacts.words import words_beside

M = "m"  # as `word_key` has it
_MOSTLY = 0.8  # of the cells that prove something: lists are put together from others


class LetterM(Enum):
    """Whom a column means by M."""

    MAN = "man"  # Italian, French, German and English lists: M and F, or M and W
    WOMAN = "woman"  # Spanish lists: H and M
    UNSURE = "unsure"


def letter_m_in(texts: Iterable[str]) -> LetterM:
    """Whom a column's cells mean by M, as far as the other words in them prove it."""
    met: Counter[str] = Counter()
    for text, count in Counter(texts).items():
        met[word_key(text)] += count
    proofs = {
        letter: sum(met[key] for key in set(map(word_key, words_beside(letter.value))))
        for letter in (LetterM.MAN, LetterM.WOMAN)
    }
    letter = max(proofs, key=proofs.__getitem__)
    proved = proofs[letter] and proofs[letter] >= _MOSTLY * sum(proofs.values())
    return letter if proved else LetterM.UNSURE
