"""Keeps text from becoming a formula in whatever spreadsheet opens a text file, and takes that back.

An apostrophe stands before what may be one. Knows text only; whose file it is, and whether it was guarded, is
the caller's to know.
"""

from __future__ import annotations

import re

# Phone numbers, and plain negative ones: a spreadsheet could make numbers of them, and nothing else.
_HARMLESS = re.compile(r"\+[\d\s().-]*\d[\d\s().-]*|-\d+(?:[.,]\d+)*%?")
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", *"\uff1d\uff0b\uff0d\uff20")  # also full-width
# A spreadsheet whose separator is not ours cuts cells elsewhere, and what follows begins a cell of its own.
_INNER = r"(?='*(?:[=@\uff1d\uff20]|[+\uff0b\uff0d-][\d\s().-]*[^\d\s().;-]))"
_WITHIN = re.compile(rf"([;\t]\s*){_INNER}")
_GUARDED_WITHIN = re.compile(rf"([;\t]\s*)'{_INNER}")


def guarded(text: str) -> str:
    """The text as a spreadsheet will not run it. What looks guarded already is guarded once more, or it
    could not be told from what is."""
    if ";" in text or "\t" in text:
        text = _WITHIN.sub(r"\1'", text)
    return "'" + text if text.lstrip("'").startswith(_STARTS) and not _HARMLESS.fullmatch(text) else text


def unguarded(text: str) -> str:
    """What was given to `guarded`."""
    if "'" not in text:
        return text
    if text.startswith("'") and text.lstrip("'").startswith(_STARTS):
        text = text[1:]
    return _GUARDED_WITHIN.sub(r"\1", text) if ";" in text or "\t" in text else text
