"""Judges how odd the letters beyond ASCII look in a text, to tell one code page from another.

With few letters statistics are a coin toss; but a sign in the middle of a word, or a capital behind a small
letter, is nothing that people write. It knows no encoding's history, only what comes out of decoding.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# Letters of Icelandic in whose place Turkish ones stand in their own code page, and what only Icelandic has.
_ICELANDIC, _ONLY_ICELANDIC = frozenset("ðþýÐÞÝ"), frozenset("áíóúæÁÍÓÚÆ")
_OPENING = frozenset("„‚“«")
_IN_WORDS = frozenset("’'´·-‐‑")
_BEYOND = re.compile(r"[^\x00-\x7f]")
_SURE = 2


def likeliest(sample: bytes, usual: str, others: Sequence[str], unusual: Sequence[str]) -> str:
    """The encoding in which least looks odd: `usual` unless one of `others` is without any, or, where much
    does, one of the `unusual`."""
    odd = oddities(sample, usual)
    if not odd:
        return usual
    rivals = [*others, *(unusual if odd >= _SURE else ())]
    return next((rival for rival in rivals if rival != usual and not oddities(sample, rival)), usual)


def oddities(sample: bytes, encoding: str) -> int:
    """How many letters or signs look odd where they stand; what can't be decoded at all does."""
    text = sample.decode(encoding, "replace")
    iceland = not _ONLY_ICELANDIC.isdisjoint(text)
    return sum(
        (match[0] in _ICELANDIC and not iceland) or _is_odd(text, match.start())
        for match in _BEYOND.finditer(text)
    )


def _is_odd(text: str, place: int) -> bool:
    letter = text[place]
    before = text[place - 1] if place else ""
    after = text[place + 1 : place + 2]
    kind = unicodedata.category(letter)
    if kind in ("Cc", "Cn", "Co") or letter in "\ufffd¤":
        return True
    if kind[0] == "L" and letter > "\u036f" and (_is_latin(before) or _is_latin(after)):
        return True  # a Greek or Cyrillic letter in a Latin word
    if letter in "ˆ˜":
        return before.isalpha()
    if letter == "‘":
        return before.isalpha() and not after.isalpha()
    if kind == "Lu":
        return before.islower() or (before.isalpha() and after.islower())
    if letter in "ºª" or kind[0] == "S" or kind == "No":
        return after.isalpha()
    if kind[0] == "P" and letter not in _IN_WORDS:
        return before.isalpha() and (after.isalpha() or letter in _OPENING or letter in "•‰†‡")
    return False


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalpha()
