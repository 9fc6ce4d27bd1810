"""Checking every row of a ledger, against a plain loop over the same values that stores nothing.

Our side reads rows, maps, cleans, checks, tells duplicates apart and writes contacts with their findings;
theirs calls phonenumbers and email-validator. Every e-mail and phone must come out the same on both sides.
Our side remembers what it met (domains, dates, the first digits of numbers), so these vary as in real lists:
thousands of domains, and for each country some hundred beginnings of mobile numbers.
"""

from __future__ import annotations

import random
import re
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from app.contacts.contact import CheckedContact
from app.contacts.mapping import Assignment, ColumnMapping
from app.flow.checking import check_contacts
from app.flow.draft import ImportDraft, ReadFile, new_draft
from app.ledger.ledger import Ledger
from app.table.shape import Column, FileFormat, Row, TableShape, column_letter
from benchmarks.result import Result, compare, peak_mb

ROWS = 100_000
GOAL = 4.0
CHUNK = 10_000
PROVIDER, COUNTRY = "emarsys", "IT"
HEADERS = {"E-mail": "3", "Mobile": "37", "First name": "1", "Last name": "2", "Born": "4", "Country": "14"}
EMAIL, PHONE, LAND = 0, 1, 5
FAULTY = 0.05
TRIES_FOR_BEGINNINGS = 400
KEPT_FOR_FILMS = {"GB": "77009", "FR": "6399"}  # accepted by us on purpose, and by them never
MOBILES = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
LARGE_DOMAINS, SMALL_DOMAINS = 20, 5_000
COUNTRIES = (
    *("IT", "FR", "DE", "ES", "GB", "AT", "CH", "BE", "NL", "PT", "IE", "DK", "SE", "NO", "FI", "PL", "CZ"),
    *("HU", "RO", "GR", "HR", "US", "CA", "BR", "MX", "AR", "AU", "JP", "IN", "ZA"),
)
GIVEN = ("Anna", "Luca", "José", "Zoë", "Jürgen", "Marie", "Giulia", "Peter", "Chloé", "Iñigo", "Eva", "Paul")
FAMILY = ("Rossi", "Müller", "García", "Dubois", "Smith", "Bianchi", "D'Angelo", "van Dijk", "Ibáñez", "Weiß")
WRONG_EMAILS = ("{0}", "{0}@", "@example.com", "{0}@@example.com", "{0}@example", "{0} @exam ple.com", "-")
WRONG_PHONES = ("12", "+39 333 12", "n/a", "+999 1234567", "telephone", "0000000000", "+44 7")


def measure(rows: int) -> Result:
    """Rates in rows a second. Raises RuntimeError where the two sides differ in one value."""
    with tempfile.TemporaryDirectory() as folder:
        draft = draft_over(Path(folder) / "import.ledger", rows)
        started = time.perf_counter()
        totals = check_contacts(draft)
        our_seconds = time.perf_counter() - started
        peak = peak_mb()
        if totals.read != rows:
            raise RuntimeError(f"{totals.read} rows were checked, not {rows}")
        their_seconds = _their_seconds(draft, rows)
    return compare(
        "checking", rows, ours=rows / our_seconds, theirs=rows / their_seconds, goal=GOAL, peak_mb=peak
    )


def _their_seconds(draft: ImportDraft, rows: int) -> float:
    assert draft.file is not None
    seconds = 0.0
    with Ledger.open(draft.file.ledger) as ledger:
        ours = ledger.contacts.all()
        waiting = _rows(rows)
        while chunk := list(islice(waiting, CHUNK)):
            texts = [(row.cells[EMAIL], row.cells[PHONE], row.cells[LAND]) for row in chunk]
            started = time.perf_counter()
            theirs = [(_their_email(email), _their_phone(phone, country)) for email, phone, country in texts]
            seconds += time.perf_counter() - started
            for row, contact, (email, phone) in zip(chunk, islice(ours, CHUNK), theirs, strict=True):
                _require_same(row, contact, email, phone)
    return seconds


def _their_email(text: str) -> str:
    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        return ""


def _their_phone(text: str, country: str) -> str:
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _require_same(row: Row, contact: CheckedContact, email: str, phone: str) -> None:
    ours = contact.values.get(HEADERS["E-mail"], ""), contact.values.get(HEADERS["Mobile"], "")
    if contact.row != row.number or ours != (email, phone):
        raise RuntimeError(f"row {row.number} {row.cells}: ours {ours}, theirs {(email, phone)}")


def draft_over(path: Path, rows: int) -> ImportDraft:
    with Ledger.create(path) as ledger:
        for _ in ledger.rows.add(_rows(rows)):
            pass
        first = ledger.rows.first(300)
    columns = tuple(Column(place, column_letter(place), name) for place, name in enumerate(HEADERS))
    shape = TableShape(Path("list.csv"), FileFormat.CSV, "", (), 1, columns, "utf-8", ",", "0" * 64)
    mapping = ColumnMapping(tuple(Assignment(key, place) for place, key in enumerate(HEADERS.values())))
    file = ReadFile(shape, path, rows, 0, first)
    return new_draft(PROVIDER, COUNTRY).with_file(file).with_mapping(mapping)


def _rows(count: int) -> Iterator[Row]:
    """The same rows each time: people of 30 countries, one in twenty with something wrong."""
    chance = random.Random(20_260_131)
    for number in range(2, count + 2):
        given, family = chance.choice(GIVEN), chance.choice(FAMILY)
        country = chance.choice(COUNTRIES)
        cells = [
            _email(chance, number),
            _phone(chance, country),
            given,
            family,
            f"{chance.randint(1, 28):02}/{chance.randint(1, 12):02}/{chance.randint(1940, 2008)}",
            country,
        ]
        if chance.random() < FAULTY:
            _spoil(chance, cells, number)
        yield Row(number, tuple(cells))


def _email(chance: random.Random, number: int) -> str:
    name = f"{chance.choice(('p', 'info', 'a.b', 'first.last', 'x_y', 'n+tag'))}{number}"
    if chance.random() < 0.7:
        return f"{name}@mail{chance.randrange(LARGE_DOMAINS)}.example.com"
    return f"{name}@Firm{chance.randrange(SMALL_DOMAINS)}.example.org"


def _phone(chance: random.Random, country: str) -> str:
    code, national, written = chance.choice(_patterns(country))
    tail = f"{chance.randrange(100_000):05}"
    form = chance.random()
    if form < 0.25:
        return f"{written[:-5]}{tail}"
    if form < 0.7:
        return f"+{code}{national[:-5]}{tail}"
    return (
        f"+{code} {national[:2]} {national[2:-5]} {tail}" if form < 0.9 else f"+{code}-{national[:-5]}-{tail}"
    )


@cache
def _patterns(country: str) -> tuple[tuple[int, str, str], ...]:
    """Mobile numbers of a country with different beginnings: code, national number, as dialled at home."""
    example = phonenumbers.example_number_for_type(country, PhoneNumberType.MOBILE)
    if example is None:
        raise LookupError(country)
    chance = random.Random(country)
    national = phonenumbers.national_significant_number(example)
    found = {national: example}
    for _ in range(TRIES_FOR_BEGINNINGS):
        other = national[:1] + "".join(chance.choices("0123456789", k=len(national) - 6)) + national[-5:]
        number = phonenumbers.parse(f"+{example.country_code}{other}")
        if phonenumbers.number_type(number) in MOBILES:
            found[phonenumbers.national_significant_number(number)] = number
    return tuple(
        (
            example.country_code or 0,
            digits,
            re.sub(r"\D", "", phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)),
        )
        for digits, number in found.items()
        if not digits.startswith(KEPT_FOR_FILMS.get(country, "-"))
    )


def _spoil(chance: random.Random, cells: list[str], number: int) -> None:
    place = chance.choice((EMAIL, EMAIL, PHONE, PHONE, 4))
    wrong = {EMAIL: WRONG_EMAILS, PHONE: WRONG_PHONES, 4: ("31/02/1980", "unknown", "#N/A")}[place]
    cells[place] = chance.choice(wrong).format(f"p{number}")
