"""Cleaners for fields with choices: words become the provider's values, and what is no choice is told.

Turns readings into values and findings; which word means what is choices' and the user's.
"""

from __future__ import annotations

from app.contacts.cells import is_error, is_placeholder, tidy
from app.contacts.choices import ChoiceReader
from app.contacts.contact import Finding, FindingKind, Level, Value
from app.contacts.fields import Field
from app.contacts.gender_letters import LetterM
from app.contacts.remarks import Cleaner, Tell, cell_error, nothing_or


def choice_cleaner(field: Field, choices: ChoiceReader) -> Cleaner:
    """Cleans the cells of a field that takes one choice."""
    key = field.key

    def clean(text: str, tell: Tell) -> Value:
        tidied = tidy(text)
        value = choices.read(tidied)
        if value is None:
            return nothing_or(_why_unread(choices, tidied), key, tidied, tell)
        if not value:
            tell(Finding(FindingKind.CHOICE_LEFT_EMPTY, Level.FIXED, key, tidied))
        elif choices.letter_in(tidied) is LetterM.WOMAN:
            tell(Finding(FindingKind.GENDER_LETTER_READ, Level.FIXED, key, tidied, value))
        elif value != tidied or choices.is_decided(tidied):
            tell(Finding(FindingKind.CHOICE_TRANSLATED, Level.FIXED, key, tidied, value))
        return value

    return clean


def _why_unread(choices: ChoiceReader, text: str) -> FindingKind:
    if choices.letter_in(text) is LetterM.UNSURE:
        return FindingKind.GENDER_LETTER_UNSURE
    return FindingKind.CHOICE_AMBIGUOUS if choices.is_unsure(text) else FindingKind.CHOICE_UNKNOWN


def choices_cleaner(field: Field, choices: ChoiceReader) -> Cleaner:
    """Cleans the cells of a field that takes several choices; every word that is none is told by itself."""
    key = field.key

    def clean(text: str, tell: Tell) -> Value:
        tidied = text.strip()
        if is_error(tidied):
            return cell_error(key, tidied, tell) or ()
        reading = choices.read_several(tidied)
        if is_placeholder(tidied) and not reading.values:
            return ()
        for kind, words in (
            (FindingKind.CHOICE_UNKNOWN, reading.unknown),
            (FindingKind.CHOICE_AMBIGUOUS, reading.unsure),
        ):
            for word in words:
                tell(Finding(kind, Level.WARNING, key, word))
        for word in reading.emptied:
            tell(Finding(FindingKind.CHOICE_LEFT_EMPTY, Level.FIXED, key, word))
        missed = reading.unknown or reading.unsure or reading.emptied
        said = ", ".join(reading.values)
        if reading.by_decision or (said and not missed and said != tidied):
            tell(Finding(FindingKind.CHOICE_TRANSLATED, Level.FIXED, key, tidied, said))
        return reading.values

    return clean
