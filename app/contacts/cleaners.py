"""One cleaner for each field of an import: cell text in, value out, what was found told on the way.

Knows the kinds of fields and turns readings into findings; refuses to know rows, required fields and
duplicates, which are checking's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from app.contacts.cells import is_error, is_placeholder, tidy
from app.contacts.choices import ChoiceReader
from app.contacts.contact import Finding, FindingKind, Level, Value
from app.contacts.dates import DateOrder, DateReader, usual_order
from app.contacts.decimals import read_decimal
from app.contacts.emails import EmailReader
from app.contacts.fields import Field, FieldKind, Meaning
from app.contacts.numbering import LineKind
from app.contacts.phones import PhoneReader, PhoneReading
from app.contacts.words import region_called

Tell = Callable[[Finding], None]
Cleaner = Callable[[str, Tell], Value]
"""Takes a cell's text (not empty), tells findings, and gives the value; "" or () if none is left."""

# Kinds whose texts come back again and again in a column.
_REPEATED = frozenset(
    {
        *(FieldKind.DATE, FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.CHOICE),
        FieldKind.MULTI_CHOICE,
    }
)
_MOST_REMEMBERED = 50_000  # a lifetime of birthdays is 30,000
_YEARS_AHEAD = 10  # how far a two-digit year of a date that is not a birthday may lie ahead
_INTEGER = re.compile(r"([+-]?\d{1,18})(?:[.,]0+)?", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([.,'\u2019 \u00a0\u202f])\d{3})(?:\1\d{3})*", re.ASCII)
_BETWEEN_TEXTS = re.compile(r"[;|,\n\r]")


class Cleaners:
    """Makes cleaners that share what can be shared: the phone reader, and the domains met so far."""

    def __init__(self, default_country: str, today: date) -> None:
        self._country = default_country
        self._today = today
        self._readers: dict[str, PhoneReader] = {}
        self._at_home = PhoneReader(default_country)
        self._phones = self._at_home
        self._emails = EmailReader()

    def begin_row(self, country: str) -> None:
        """Read this row's phone numbers as written in `country` (a cell's text), if that is a country."""
        try:
            self._phones = self._readers[country]
        except KeyError:
            region = region_called(country)
            self._phones = PhoneReader(region) if region else self._at_home
            if len(self._readers) < _MOST_REMEMBERED:
                self._readers[country] = self._phones

    def read_phone(self, text: str) -> PhoneReading:
        return self._phones.read(text)

    def cleaner(self, field: Field, order: DateOrder | None, serials: bool = False) -> Cleaner:
        """The cleaner for `field`; `order` is what its column's dates were found or decided to be, and
        `serials` that some of them are Excel's numbers of days."""
        makers: dict[FieldKind, Callable[[], Cleaner]] = {
            FieldKind.TEXT: lambda: _text_cleaner(field),
            FieldKind.EMAIL: lambda: _email_cleaner(field, self._emails),
            FieldKind.PHONE: lambda: _phone_cleaner(field, self.read_phone),
            FieldKind.DATE: lambda: _date_cleaner(
                field, self._date_reader(field, order, serials), order is not None
            ),
            FieldKind.INTEGER: lambda: _integer_cleaner(field),
            FieldKind.DECIMAL: lambda: _decimal_cleaner(field, self._country),
            FieldKind.CHOICE: lambda: _choice_cleaner(field),
            FieldKind.MULTI_CHOICE: lambda: _choices_cleaner(field),
            FieldKind.TEXTS: lambda: _texts_cleaner(field),
        }
        cleaner = makers[field.kind]()
        return _remembering(cleaner) if field.kind in _REPEATED else cleaner

    def _date_reader(self, field: Field, order: DateOrder | None, serials: bool) -> DateReader:
        ahead = 0 if field.meaning is Meaning.BIRTH_DATE else _YEARS_AHEAD
        return DateReader(order or usual_order(self._country), self._today.year + ahead, serials)


def _remembering(cleaner: Cleaner) -> Cleaner:
    """The cleaner, asked once for each text: findings are values, and may be told again."""
    met: dict[str, tuple[Value, tuple[Finding, ...]]] = {}

    def clean(text: str, tell: Tell) -> Value:
        try:
            value, findings = met[text]
        except KeyError:
            told: list[Finding] = []
            value = cleaner(text, told.append)
            if len(met) >= _MOST_REMEMBERED:
                met.clear()
            findings = tuple(told)
            met[text] = value, findings
        for finding in findings:
            tell(finding)
        return value

    return clean


def _text_cleaner(field: Field) -> Cleaner:
    key, longest = field.key, field.max_length

    def clean(text: str, tell: Tell) -> Value:
        tidied = tidy(text)
        if tidied[:1] in ("#", "E") and is_error(tidied):
            return _cell_error(key, tidied, tell)
        if tidied != text and tidied and tidied != text.strip():
            tell(Finding(FindingKind.SPACES_REMOVED, Level.FIXED, key, text, tidied))
        if longest is not None and len(tidied) > longest:
            return _too_long(key, tidied, longest, tell)
        return tidied

    return clean


def _email_cleaner(field: Field, emails: EmailReader) -> Cleaner:
    key, longest = field.key, field.max_length

    def clean(text: str, tell: Tell) -> Value:
        tidied = tidy(text)
        reading = emails.read(tidied)
        address = reading.address
        if not address:
            return _nothing_or(FindingKind.EMAIL_INVALID, key, tidied, tell)
        if address != tidied or reading.others:
            if reading.others:
                tell(Finding(FindingKind.EMAIL_TWO_ADDRESSES, Level.WARNING, key, reading.others, address))
            elif reading.tidied:
                tell(Finding(FindingKind.EMAIL_TIDIED, Level.FIXED, key, tidied, address))
            else:
                tell(Finding(FindingKind.EMAIL_LOWERED, Level.FIXED, key, tidied, address))
        if reading.meant:
            tell(Finding(FindingKind.EMAIL_TYPO, Level.WARNING, key, address, reading.meant))
        if longest is not None and len(address) > longest:
            return _too_long(key, address, longest, tell)
        return address

    return clean


def _phone_cleaner(field: Field, read: Callable[[str], PhoneReading]) -> Cleaner:
    key, longest = field.key, field.max_length
    wants_mobile = field.meaning not in (Meaning.PHONE, Meaning.FAX)

    def clean(text: str, tell: Tell) -> Value:
        bare = text.strip()
        if not bare:
            return ""
        reading = read(bare)
        number = reading.number
        if reading.fault is not None:
            return _nothing_or(reading.fault, key, bare, tell)
        if reading.others:
            tell(Finding(FindingKind.PHONE_TWO_NUMBERS, Level.WARNING, key, reading.others, number))
        elif reading.country_added:
            tell(Finding(FindingKind.PHONE_COUNTRY_ADDED, Level.FIXED, key, bare, number))
        elif number != bare:
            tell(Finding(FindingKind.PHONE_FORMATTED, Level.FIXED, key, bare, number))
        if wants_mobile and reading.kind is not LineKind.MOBILE:
            tell(Finding(FindingKind.PHONE_NOT_MOBILE, Level.WARNING, key, bare, number))
        if longest is not None and len(number) > longest:
            return _too_long(key, number, longest, tell)
        return number

    return clean


def _date_cleaner(field: Field, dates: DateReader, decided: bool) -> Cleaner:
    key = field.key

    def clean(text: str, tell: Tell) -> Value:
        tidied = tidy(text)
        reading = dates.read(tidied)
        if not reading.iso:
            return _nothing_or(FindingKind.DATE_INVALID, key, tidied, tell)
        if reading.ambiguous and not decided:
            tell(Finding(FindingKind.DATE_AMBIGUOUS, Level.WARNING, key, tidied, reading.iso))
        elif reading.iso != tidied:
            tell(Finding(FindingKind.DATE_FORMATTED, Level.FIXED, key, tidied, reading.iso))
        return reading.iso

    return clean


def _integer_cleaner(field: Field) -> Cleaner:
    key = field.key

    def clean(text: str, tell: Tell) -> Value:
        tidied = tidy(text)
        bare = re.sub(r"[.,'\u2019 \u00a0\u202f]", "", tidied) if _GROUPED.fullmatch(tidied) else tidied
        found = _INTEGER.fullmatch(bare)
        return str(int(found[1])) if found else _nothing_or(FindingKind.INTEGER_INVALID, key, tidied, tell)

    return clean


def _decimal_cleaner(field: Field, country: str) -> Cleaner:
    key, longest = field.key, field.max_length

    def clean(text: str, tell: Tell) -> Value:
        tidied = tidy(text)
        reading = read_decimal(tidied, country)
        if not reading.number:
            return _nothing_or(FindingKind.NUMBER_INVALID, key, tidied, tell)
        if reading.doubtful:
            tell(Finding(FindingKind.NUMBER_DOUBTFUL, Level.WARNING, key, tidied, reading.number))
        elif reading.number != tidied:
            tell(Finding(FindingKind.NUMBER_FORMATTED, Level.FIXED, key, tidied, reading.number))
        if longest is not None and sum(map(str.isdigit, reading.number)) > longest:
            return _too_long(key, tidied, longest, tell)
        return reading.number

    return clean


def _choice_cleaner(field: Field) -> Cleaner:
    key = field.key
    choices = ChoiceReader(field.choices, field.meaning)

    def clean(text: str, tell: Tell) -> Value:
        tidied = tidy(text)
        value = choices.read(tidied)
        if value is None:
            return _nothing_or(FindingKind.CHOICE_UNKNOWN, key, tidied, tell)
        if value != tidied:
            tell(Finding(FindingKind.CHOICE_TRANSLATED, Level.FIXED, key, tidied, value))
        return value

    return clean


def _choices_cleaner(field: Field) -> Cleaner:
    key = field.key
    choices = ChoiceReader(field.choices, field.meaning)

    def clean(text: str, tell: Tell) -> Value:
        tidied = text.strip()
        reading = choices.read_several(tidied)
        if reading.unknown and not reading.values:
            return _nothing_or(FindingKind.CHOICE_UNKNOWN, key, tidied, tell) or ()
        if reading.unknown:
            tell(Finding(FindingKind.CHOICE_UNKNOWN, Level.WARNING, key, ", ".join(reading.unknown)))
        elif ", ".join(reading.values) != tidied:
            tell(Finding(FindingKind.CHOICE_TRANSLATED, Level.FIXED, key, tidied, ", ".join(reading.values)))
        return reading.values

    return clean


def _texts_cleaner(field: Field) -> Cleaner:
    key, longest = field.key, field.max_length

    def clean(text: str, tell: Tell) -> Value:
        if is_error(text.strip()):
            return _cell_error(key, text.strip(), tell)
        pieces = dict.fromkeys(tidied for piece in _BETWEEN_TEXTS.split(text) if (tidied := tidy(piece)))
        for piece in pieces:
            if longest is not None and len(piece) > longest:
                return _too_long(key, piece, longest, tell)
        return tuple(pieces)

    return clean


def _nothing_or(kind: FindingKind, key: str, text: str, tell: Tell) -> str:
    """No value: told as `kind`, unless the cell only failed as a formula or says that there is nothing."""
    if is_error(text):
        return _cell_error(key, text, tell)
    if text and not is_placeholder(text):
        tell(Finding(kind, Level.WARNING, key, text))
    return ""


def _cell_error(key: str, text: str, tell: Tell) -> str:
    tell(Finding(FindingKind.CELL_ERROR, Level.WARNING, key, text))
    return ""


def _too_long(key: str, text: str, longest: int, tell: Tell) -> str:
    # Nobody's data is cut silently, and the provider would refuse it: the user has to decide.
    tell(Finding(FindingKind.TOO_LONG, Level.BLOCKING, key, text, limit=longest))
    return ""
