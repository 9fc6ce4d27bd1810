"""Cleaners for what people are reached by: e-mail addresses and phone numbers.

Turns readings into values and findings; reading is emails' and phones', and rows are checking's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.contacts.cells import tidy
from app.contacts.contact import Finding, FindingKind, Level, Value
from app.contacts.emails import EmailReader
from app.contacts.fields import Field, Meaning
from app.contacts.numbering_plans import LineKind
from app.contacts.phones import PhoneReading
from app.contacts.remarks import Cleaner, Tell, in_letters, nothing_or, too_long
from app.contacts.rules import FieldRule, LetterCase

# What is told of every other row; looking an enum's member up costs more than telling it.
_FIXED, _MOBILE = Level.FIXED, LineKind.MOBILE
_LOWERED, _FORMATTED = FindingKind.EMAIL_LOWERED, FindingKind.PHONE_FORMATTED
_COUNTRY_ADDED = FindingKind.PHONE_COUNTRY_ADDED
_NO_MOBILE = {LineKind.LANDLINE: FindingKind.PHONE_LANDLINE, LineKind.OTHER: FindingKind.PHONE_SPECIAL}


def email_cleaner(field: Field, emails: EmailReader, rule: FieldRule) -> Cleaner:
    """Cleans e-mail addresses; a typing error is put right only where the user decided about its domain."""
    key, longest, case = field.key, field.max_length, rule.case
    as_written = case is LetterCase.AS_WRITTEN
    domains = {word.lower(): meant for word, meant in rule.words if meant}

    def clean(text: str, tell: Tell) -> Value:
        tidied = tidy(text)
        reading = emails.read(tidied)
        address = reading.address
        if not address:
            return nothing_or(FindingKind.EMAIL_INVALID, key, tidied, tell)
        if address != tidied or reading.others:
            if reading.others:
                tell(Finding(FindingKind.EMAIL_TWO_ADDRESSES, Level.WARNING, key, reading.others, address))
            elif reading.tidied:
                tell(Finding(FindingKind.EMAIL_TIDIED, Level.FIXED, key, tidied, address))
            else:
                tell(Finding(_LOWERED, _FIXED, key, tidied, address))
        if domains and (right := _corrected(address, domains)):
            tell(Finding(FindingKind.EMAIL_CORRECTED, Level.FIXED, key, address, right))
            address = right
        elif reading.meant:
            tell(Finding(FindingKind.EMAIL_TYPO, Level.WARNING, key, address, reading.meant))
        if not as_written:
            address = in_letters(key, address, case, tell)
        if longest is not None and len(address) > longest:
            return too_long(key, address, longest, tell, cut=False)
        return address

    return clean


def phone_cleaner(field: Field, read: Callable[[str], PhoneReading], rule: FieldRule) -> Cleaner:
    """Cleans phone numbers to E.164; `read` takes the one of several that the rule asks for."""
    key, longest = field.key, field.max_length
    several = Level.WARNING if rule.number is None else Level.FIXED
    wants_mobile = field.meaning not in (Meaning.PHONE, Meaning.FAX)

    def clean(text: str, tell: Tell) -> Value:
        bare = text.strip()
        if not bare:
            return ""
        reading = read(bare)
        number = reading.number
        if rule.zero and reading.meant:
            number = reading.meant
            tell(Finding(FindingKind.PHONE_ZERO_ADDED, Level.FIXED, key, bare, number))
        elif reading.fault is not None:
            return nothing_or(reading.fault, key, bare, tell, reading.meant)
        elif reading.others:
            tell(Finding(FindingKind.PHONE_TWO_NUMBERS, several, key, reading.others, number))
        elif reading.country_added:
            tell(Finding(_COUNTRY_ADDED, _FIXED, key, bare, number))
        elif number != bare:
            tell(Finding(_FORMATTED, _FIXED, key, bare, number))
        if wants_mobile and reading.kind is not _MOBILE:
            kind = _NO_MOBILE[reading.kind or LineKind.OTHER]
            tell(Finding(kind, Level.WARNING, key, bare, number))
        if longest is not None and len(number) > longest:
            return too_long(key, number, longest, tell, cut=False)
        return number

    return clean


def _corrected(address: str, domains: Mapping[str, str]) -> str:
    """The address with the domain the user decided on, or empty if nothing was decided about its own."""
    local, _, domain = address.rpartition("@")
    meant = domains.get(domain.lower())
    return f"{local}@{meant}" if meant else ""
