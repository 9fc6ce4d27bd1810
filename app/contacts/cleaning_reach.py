"""Cleaners for what people are reached by: e-mail addresses and phone numbers.

Turns readings into values and findings; reading is emails' and phones', and rows are checking's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.contacts.cells import tidy
from app.contacts.contact import Finding, FindingKind, Level, Value, finding_of
from app.contacts.emails import EmailReader
from app.contacts.fields import Field, Meaning
from app.contacts.numbering_plans import LineKind
from app.contacts.phones import PhoneReading
from app.contacts.remarks import Cleaner, Tell, in_letters, nothing_or, too_long
from app.contacts.rules import FieldRule, LetterCase

# What is told of every other row; looking an enum's member up costs more than telling it.
_FIXED, _MOBILE = Level.FIXED, LineKind.MOBILE
_LOWERED, _FORMATTED = FindingKind.EMAIL_LOWERED, FindingKind.PHONE_FORMATTED
_COUNTRY_ADDED, _NO_COUNTRY = FindingKind.PHONE_COUNTRY_ADDED, FindingKind.PHONE_NO_COUNTRY
_COUNTRY_UNKNOWN = FindingKind.PHONE_COUNTRY_UNKNOWN
# In front they make a text of a cell, and belong to hardly anybody's address.
_APOSTROPHES = "'`\u2019"
_MARKS = tuple(_APOSTROPHES)
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}  # what is typed on a Japanese keyboard
_NO_MOBILE = {LineKind.LANDLINE: FindingKind.PHONE_LANDLINE, LineKind.OTHER: FindingKind.PHONE_SPECIAL}


def email_cleaner(field: Field, emails: EmailReader, rule: FieldRule) -> Cleaner:
    """Cleans e-mail addresses; a typing error is put right only where the user decided about its domain."""
    key, longest, case = field.key, field.max_length, rule.case
    as_written = case is LetterCase.AS_WRITTEN
    domains = {word.lower(): meant for word, meant in rule.words if meant}

    def clean(text: str, tell: Tell) -> Value:
        tidied = tidy(text)
        usual = tidied.isascii() and tidied[:1] not in _MARKS
        address, unwrapped, others, meant = emails.read(tidied if usual else _without_marks(tidied))
        if not address:
            return nothing_or(FindingKind.EMAIL_INVALID, key, tidied, tell)
        if address != tidied or others:
            if others:
                tell(Finding(FindingKind.EMAIL_TWO_ADDRESSES, Level.WARNING, key, others, address))
            elif unwrapped:
                tell(Finding(FindingKind.EMAIL_TIDIED, Level.FIXED, key, tidied, address))
            else:
                tell(finding_of((_LOWERED, _FIXED, key, tidied, address, None)))
        if domains and (right := _corrected(address, domains)):
            tell(Finding(FindingKind.EMAIL_CORRECTED, Level.FIXED, key, address, right))
            address = right
        elif meant:
            tell(Finding(FindingKind.EMAIL_TYPO, Level.WARNING, key, address, meant))
        if not as_written:
            address = in_letters(key, address, case, tell)
        if longest is not None and len(address) > longest:
            return too_long(key, address, longest, tell, cut=False)
        return address

    return clean


def phone_cleaner(
    field: Field, read: Callable[[str], PhoneReading], rule: FieldRule, unknown_country: Callable[[], str]
) -> Cleaner:
    """Cleans phone numbers to E.164; `read` takes the one of several that the rule asks for, and
    `unknown_country` says what the row calls its country where that is not known."""
    key, longest, zero = field.key, field.max_length, rule.zero
    several = Level.WARNING if rule.number is None else Level.FIXED
    wants_mobile = field.meaning not in (Meaning.PHONE, Meaning.FAX)

    def clean(text: str, tell: Tell) -> Value:
        bare = text.strip()
        if not bare:
            return ""
        number, kind, fault, country_added, others, meant = read(bare)
        if zero and meant:
            number = meant
            tell(Finding(FindingKind.PHONE_ZERO_ADDED, Level.FIXED, key, bare, number))
        elif fault is not None:
            called = unknown_country() if fault is _NO_COUNTRY else ""
            return nothing_or(_COUNTRY_UNKNOWN if called else fault, key, bare, tell, called or meant)
        elif others:
            tell(Finding(FindingKind.PHONE_TWO_NUMBERS, several, key, others, number))
        elif country_added:
            tell(finding_of((_COUNTRY_ADDED, _FIXED, key, bare, number, None)))
        elif number != bare:
            tell(finding_of((_FORMATTED, _FIXED, key, bare, number, None)))
        if wants_mobile and kind is not _MOBILE:
            no_mobile = _NO_MOBILE[kind or LineKind.OTHER]
            tell(Finding(no_mobile, Level.WARNING, key, bare, number))
        if longest is not None and len(number) > longest:
            return too_long(key, number, longest, tell, cut=False)
        return number

    return clean


def _without_marks(text: str) -> str:
    """The text in narrow letters, without an apostrophe in front."""
    return text.translate(_NARROW).lstrip(_APOSTROPHES)


def _corrected(address: str, domains: Mapping[str, str]) -> str:
    """The address with the domain the user decided on, or empty if nothing was decided about its own."""
    local, _, domain = address.rpartition("@")
    meant = domains.get(domain.lower())
    return f"{local}@{meant}" if meant else ""
