"""What a cleaner says where a text can't stay as it is: no value, a failed formula, too long, other letters.

Words for all cleaners alike; refuses to know what kind of field it is about.
"""

from __future__ import annotations

from collections.abc import Callable

from app.contacts.cells import is_error, is_placeholder
from app.contacts.contact import Finding, FindingKind, Level, Value
from app.contacts.letters import cased
from app.contacts.rules import LetterCase

Tell = Callable[[Finding], None]
Cleaner = Callable[[str, Tell], Value]
"""Takes a cell's text (not empty), tells findings, and gives the value; "" or () if none is left."""


def nothing_or(kind: FindingKind, key: str, text: str, tell: Tell, after: str = "") -> str:
    """No value: told as `kind`, unless the cell only failed as a formula or says that there is nothing."""
    if is_error(text):
        return cell_error(key, text, tell)
    if text and not is_placeholder(text):
        tell(Finding(kind, Level.WARNING, key, text, after))
    return ""


def cell_error(key: str, text: str, tell: Tell) -> str:
    """No value, because a formula failed."""
    tell(Finding(FindingKind.CELL_ERROR, Level.WARNING, key, text))
    return ""


def too_long(key: str, text: str, longest: int, tell: Tell, cut: bool) -> str:
    """No value, or as much of it as fits where the user decided so."""
    if cut:
        shortened = text[:longest].rstrip()
        tell(Finding(FindingKind.TEXT_CUT, Level.FIXED, key, text, shortened, longest))
        return shortened
    # Nobody's data is cut silently, and the provider would refuse it: the user has to decide.
    tell(Finding(FindingKind.TOO_LONG, Level.BLOCKING, key, text, limit=longest))
    return ""


def in_letters(key: str, text: str, case: LetterCase, tell: Tell) -> str:
    """The text in the letters the user asked for."""
    written = cased(text, case)
    if written != text:
        tell(Finding(FindingKind.LETTERS_CHANGED, Level.FIXED, key, text, written))
    return written
