"""One cleaner for each field of an import: cell text in, value out, what was found told on the way.

Knows the kinds of fields and turns readings into findings; refuses to know rows, required fields and
duplicates, which are checking's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from app.contacts.cells import is_error, tidy
from app.contacts.choices import ChoiceReader, Naming
from app.contacts.cleaning_choices import choice_cleaner, choices_cleaner
from app.contacts.cleaning_reach import email_cleaner, phone_cleaner
from app.contacts.contact import Finding, FindingKind, Level, Value
from app.contacts.dates import DateOrder, DateReader, usual_order
from app.contacts.decimals import read_decimal
from app.contacts.emails import EmailReader
from app.contacts.fields import Field, FieldKind, Meaning
from app.contacts.gender_letters import LetterM
from app.contacts.phones import PhoneReader, PhoneReading
from app.contacts.remarks import Cleaner, Tell, cell_error, in_letters, nothing_or, too_long
from app.contacts.row_countries import RowCountries
from app.contacts.rules import NO_RULE, FieldRule, LetterCase, WhichNumber

# Kinds whose texts come back again and again in a column.
_REPEATED = frozenset(
    {
        *(FieldKind.DATE, FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.CHOICE),
        FieldKind.MULTI_CHOICE,
    }
)
_MOST_REMEMBERED = 50_000  # a lifetime of birthdays is 30,000
_ANY_COUNTRIES = RowCountries()
_YEARS_AHEAD = 10  # how far a two-digit year of a date that is not a birthday may lie ahead
_OLDEST = 120  # years: who was born before is hardly alive
_INTEGER = re.compile(r"([+-]?\d{1,18})(?:[.,]0+)?", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([.,'\u2019 \u00a0\u202f])\d{3})(?:\1\d{3})*", re.ASCII)
_BETWEEN_TEXTS = re.compile(r"[;|,\n\r]")


class Cleaners:
    """Makes cleaners that share what can be shared: the phone reader, and the domains met so far."""

    def __init__(self, default_country: str, today: date, countries: RowCountries = _ANY_COUNTRIES) -> None:
        self._country = default_country
        self._today = today
        self._readers: dict[str, PhoneReader] = {}
        self._at_home = PhoneReader(default_country)
        self._nowhere = PhoneReader()
        self._phones = self._at_home
        self._countries = countries
        self._row_country = ""
        self._emails = EmailReader()

    def begin_row(self, country: str) -> None:
        """Read this row's phone numbers as written in `country` (a cell's text).

        Where it names no country, that of the whole list counts; where it names one that is not known, none
        does: a number of another country would be somebody else's.
        """
        self._row_country = country
        try:
            self._phones = self._readers[country]
        except KeyError:
            region = self._countries.region(country)
            otherwise = self._nowhere if region is None else self._at_home
            self._phones = PhoneReader(region) if region else otherwise
            if len(self._readers) < _MOST_REMEMBERED:
                self._readers[country] = self._phones

    def unknown_country(self) -> str:
        """What this row calls its country, where that is not known; else empty."""
        return tidy(self._row_country) if self._phones is self._nowhere else ""

    @property
    def phones(self) -> PhoneReader:
        """How the phone numbers of this row are read."""
        return self._phones

    def read_phone(self, text: str) -> PhoneReading:
        return self._phones.read(text)

    def read_mobile(self, text: str) -> PhoneReading:
        return self._phones.read_mobile(text)

    def cleaner(
        self,
        field: Field,
        order: DateOrder | None,
        serials: bool = False,
        rule: FieldRule = NO_RULE,
        naming: Naming | None = None,
        letter: LetterM = LetterM.MAN,
    ) -> Cleaner:
        """The cleaner for `field` by what was decided about it; `order`, `naming` and `letter` are what its
        column's cells prove, and `serials` that some of its dates are Excel's numbers of days."""
        order = rule.dates or order
        makers: dict[FieldKind, Callable[[], Cleaner]] = {
            FieldKind.TEXT: lambda: _text_cleaner(field, rule),
            FieldKind.EMAIL: lambda: email_cleaner(field, self._emails, rule),
            FieldKind.PHONE: lambda: phone_cleaner(
                field,
                self.read_mobile if rule.number is WhichNumber.MOBILE else self.read_phone,
                rule,
                self.unknown_country,
            ),
            FieldKind.DATE: lambda: _date_cleaner(
                field, self._date_reader(field, order, serials), order is not None, self._today
            ),
            FieldKind.INTEGER: lambda: _integer_cleaner(field),
            FieldKind.DECIMAL: lambda: _decimal_cleaner(field, self._country),
            FieldKind.CHOICE: lambda: choice_cleaner(field, _choice_reader(field, rule, naming, letter)),
            FieldKind.MULTI_CHOICE: lambda: choices_cleaner(
                field, _choice_reader(field, rule, naming, letter)
            ),
            FieldKind.TEXTS: lambda: _texts_cleaner(field, rule),
        }
        cleaner = makers[field.kind]()
        return _remembering(cleaner) if field.kind in _REPEATED else cleaner

    def _date_reader(self, field: Field, order: DateOrder | None, serials: bool) -> DateReader:
        latest = self._today
        if field.meaning is not Meaning.BIRTH_DATE:
            latest = date(latest.year + _YEARS_AHEAD, 12, 31)
        return DateReader(order or usual_order(self._country), latest, serials)


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


def _choice_reader(field: Field, rule: FieldRule, naming: Naming | None, letter: LetterM) -> ChoiceReader:
    return ChoiceReader(field.choices, field.meaning, rule.words, naming, letter)


def _text_cleaner(field: Field, rule: FieldRule) -> Cleaner:
    key, longest, case = field.key, field.max_length, rule.case
    as_written = case is LetterCase.AS_WRITTEN

    def clean(text: str, tell: Tell) -> Value:
        tidied = tidy(text)
        if tidied[:1] in ("#", "E") and is_error(tidied):
            return cell_error(key, tidied, tell)
        if tidied != text and tidied and tidied != text.strip():
            tell(Finding(FindingKind.SPACES_REMOVED, Level.FIXED, key, text, tidied))
        if not as_written:
            tidied = in_letters(key, tidied, case, tell)
        if longest is not None and len(tidied) > longest:
            return too_long(key, tidied, longest, tell, rule.cut)
        return tidied

    return clean


def _date_cleaner(field: Field, dates: DateReader, decided: bool, today: date) -> Cleaner:
    key = field.key
    is_birth = field.meaning is Meaning.BIRTH_DATE
    latest = today.isoformat()
    earliest = f"{today.year - _OLDEST:04}-01-01"

    def clean(text: str, tell: Tell) -> Value:
        tidied = tidy(text)
        reading = dates.read(tidied)
        if not reading.iso:
            return nothing_or(FindingKind.DATE_INVALID, key, tidied, tell)
        if reading.ambiguous and not decided:
            tell(Finding(FindingKind.DATE_AMBIGUOUS, Level.WARNING, key, tidied, reading.iso))
        elif reading.iso != tidied:
            tell(Finding(FindingKind.DATE_FORMATTED, Level.FIXED, key, tidied, reading.iso))
        if is_birth and not earliest <= reading.iso <= latest:
            early = reading.iso < earliest
            kind = FindingKind.BIRTH_LONG_AGO if early else FindingKind.BIRTH_TO_COME
            tell(Finding(kind, Level.WARNING, key, tidied, reading.iso, _OLDEST if early else None))
        return reading.iso

    return clean


def _integer_cleaner(field: Field) -> Cleaner:
    key = field.key

    def clean(text: str, tell: Tell) -> Value:
        tidied = tidy(text)
        bare = re.sub(r"[.,'\u2019 \u00a0\u202f]", "", tidied) if _GROUPED.fullmatch(tidied) else tidied
        found = _INTEGER.fullmatch(bare)
        return str(int(found[1])) if found else nothing_or(FindingKind.INTEGER_INVALID, key, tidied, tell)

    return clean


def _decimal_cleaner(field: Field, country: str) -> Cleaner:
    key, longest = field.key, field.max_length

    def clean(text: str, tell: Tell) -> Value:
        tidied = tidy(text)
        reading = read_decimal(tidied, country)
        if not reading.number:
            return nothing_or(FindingKind.NUMBER_INVALID, key, tidied, tell)
        if reading.doubtful:
            tell(Finding(FindingKind.NUMBER_DOUBTFUL, Level.WARNING, key, tidied, reading.number))
        elif reading.number != tidied:
            tell(Finding(FindingKind.NUMBER_FORMATTED, Level.FIXED, key, tidied, reading.number))
        if longest is not None and sum(map(str.isdigit, reading.number)) > longest:
            return too_long(key, tidied, longest, tell, cut=False)
        return reading.number

    return clean


def _texts_cleaner(field: Field, rule: FieldRule) -> Cleaner:
    key, longest = field.key, field.max_length

    def clean(text: str, tell: Tell) -> Value:
        if is_error(text.strip()):
            return cell_error(key, text.strip(), tell)
        pieces = dict.fromkeys(tidied for piece in _BETWEEN_TEXTS.split(text) if (tidied := tidy(piece)))
        if longest is None or all(len(piece) <= longest for piece in pieces):
            return tuple(pieces)
        fitting = [
            piece if len(piece) <= longest else too_long(key, piece, longest, tell, rule.cut)
            for piece in pieces
        ]
        return tuple(fitting) if all(fitting) else ()

    return clean
