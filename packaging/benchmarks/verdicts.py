"""Whether phone numbers and e-mail addresses get exactly the verdict of the libraries that judge them.

Half of the `rows` are phone numbers of 30 countries, half are addresses, generated from a seed: real-looking
ones, and the same with a digit or a letter too many, too few or wrong. Our side reads them as checking does;
theirs asks phonenumbers and email-validator for each. The ratio is the share of values with the same verdict
and the same tidy form (E.164; the address with its domain as it is looked up), and the goal is every one.
What differs is printed, with its seed.

Numbers that regulators keep for films and examples (UK 07700 900xxx, France 06 39 98 xx xx) are accepted on
purpose though nobody has them: they are counted apart. What our side understands beyond the libraries is not
held against it, but counted: an address with something around it. What is not asked about: 00 where another
prefix is dialled abroad, and numbers with ".0" behind them, which Excel writes and cleaning takes away.
Numbers are written with digits, spaces, dashes and dots, and one slash behind the area code, as people of the
country dial them, or with + or 00 in front.
"""

from __future__ import annotations

import os
import random
import re
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from phonenumbers import PhoneMetadata, PhoneNumberFormat, PhoneNumberType

from app.contacts.emails import EmailReader
from app.contacts.phones import PhoneReader
from benchmarks.checking import COUNTRIES
from benchmarks.result import Result, peak_mb

ROWS = 1_000_000
GOAL = 1.0
PIECE = 20_000  # values generated from one seed
MOST_SHOWN = 20
_NOTHING = ("",)
_RESERVED = re.compile(r"\+447700900\d{3}|\+3363998\d{4}")
_TYPES = tuple(PhoneNumberType.values())
_GAPS = (" ", " ", "-", ".", "")
_LOCALS = "abcdefghijklmnopqrstuvwxyz0123456789" * 3 + "._-+'!#$%&*/=?^`{|}~"
_DOMAINS = (
    *("example.com", "example.org", "mail.example.net", "Firma-Süd.example.de", "bücher.example"),
    *("例え.jp", "a.b.c.d.example", "xn--bcher-kva.example", "sub-domain.example.co.uk", "EXAMPLE.IT"),
    *("1.example.fr", "example", "localhost", "test.invalid", "x.local", "-a.example.com", "a-.example.com"),
    *("[127.0.0.1]", "exa_mple.com", "example.c", "example.123", ".example.com", "example.com.", "a..fr"),
)
_ENDINGS = ("com", "it", "de", "fr", "es", "org", "example", "co.uk", "c0m")


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one piece: seconds of both sides, how many values only ours found (`beyond`), how many
    are reserved, and what differs."""

    ours: float
    theirs: float
    values: int
    beyond: int
    reserved: int
    different: tuple[str, ...]


def measure(rows: int) -> Result:
    """Rates in values a second of one processor; the ratio is the share with the same verdict."""
    seeds = range(max(1, -(-rows // PIECE)))
    sizes = [min(PIECE, rows - seed * PIECE) for seed in seeds]
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as processes:
        pieces = list(processes.map(_judged, seeds, sizes))
    different = [line for piece in pieces for line in piece.different]
    for line in different[:MOST_SHOWN]:
        print(line, file=sys.stderr)
    values = sum(piece.values for piece in pieces)
    share = 1 - len(different) / values
    ours, theirs = sum(piece.ours for piece in pieces), sum(piece.theirs for piece in pieces)
    notes = (
        f"{len(different):,} of {values:,} values got another verdict",
        f"{sum(piece.beyond for piece in pieces):,} were found by ours only, with something around them",
        f"{sum(piece.reserved for piece in pieces):,} numbers kept for films and examples were accepted",
        "no number was asked about that ends in .0 or .00: that tail is Excel's, and cleaning takes it away",
    )
    return Result(
        "verdicts", values, values / ours, values / theirs, share, GOAL, not different, peak_mb(), notes
    )


def _judged(seed: int, count: int) -> Judged:
    chance = random.Random(seed)
    numbers = [(_number(chance, country), country) for country in chance.choices(COUNTRIES, k=count // 2)]
    addresses = [_address(chance) for _ in range(count - len(numbers))]
    readers = {country: PhoneReader(country) for country in COUNTRIES}
    emails = EmailReader()
    started = time.perf_counter()
    phones = [readers[country].read(text) for text, country in numbers]
    mails = [emails.read(text) for text in addresses]
    between = time.perf_counter()
    theirs = [_their_phone(text, country) for text, country in numbers]
    theirs += [_their_email(text) for text in addresses]
    ended = time.perf_counter()
    found = [(one.number, bool(one.others)) for one in phones] + [(one.address, one.tidied) for one in mails]
    beyond = reserved = 0
    different: list[str] = []
    for text, (our, around), their in zip([*numbers, *addresses], found, theirs, strict=True):
        if our in their:
            continue
        if their is _NOTHING and around:
            beyond += 1
        elif their is _NOTHING and _RESERVED.fullmatch(our):
            reserved += 1
        else:
            different.append(f"seed {seed}: {text}: ours {our!r}, theirs {their!r}")
    seconds = between - started, ended - between
    return Judged(*seconds, len(found), beyond, reserved, tuple(different))


def _their_phone(text: str, country: str) -> tuple[str, ...]:
    """The number, as E.164; nothing if it is not valid."""
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return _NOTHING
    if not phonenumbers.is_valid_number(number):
        return _NOTHING
    return (phonenumbers.format_number(number, PhoneNumberFormat.E164),)


def _their_email(text: str) -> tuple[str, ...]:
    """The address with its domain in Unicode and as it is looked up: either will do."""
    try:
        found = validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return _NOTHING
    return found.normalized, f"{found.local_part}@{found.ascii_domain}"


def _number(chance: random.Random, country: str) -> str:
    """A number that begins like one of the country's, of about the right length, written in some way."""
    metadata = PhoneMetadata.metadata_for_region(country, None)
    example = phonenumbers.example_number_for_type(country, chance.choice(_TYPES))
    if metadata is None or example is None:
        return "".join([chance.choice("123456789"), *chance.choices("0123456789", k=chance.randint(3, 13))])
    whole = phonenumbers.national_significant_number(example)
    kept = chance.randint(1, len(whole))
    tail = len(whole) - kept + chance.choice((0,) * 12 + (1, -1))
    national = whole[:kept] + "".join(chance.choices("0123456789", k=max(0, tail)))
    code, trunk = str(metadata.country_code), metadata.national_prefix or ""
    abroad = f"00{code}" if metadata.international_prefix == "00" else f"+{code}"
    start = chance.choice((f"+{code}", f"+{code}", trunk, trunk, "", abroad, f"+{code}{trunk}", code))
    if (start + national).startswith("00") and abroad[:2] != "00":
        start = abroad
    text = _written(chance, start, national)
    return text.replace(".", " ") if text.endswith((".0", ".00")) else text  # that tail is Excel's


def _written(chance: random.Random, start: str, national: str) -> str:
    if chance.random() < 0.5:
        return start + national
    gap, groups = chance.choice(_GAPS), []
    left = national
    while left:
        size = chance.randint(2, 4)
        groups.append(left[:size])
        left = left[size:]
    if start[:1] == "+":
        return f"{start}{gap}{gap.join(groups)}"
    if chance.random() < 0.1:
        return f"{start}{groups[0]}/{''.join(groups[1:])}"
    return f"{start}{gap.join(groups)}"


def _address(chance: random.Random) -> str:
    local = "".join(chance.choices(_LOCALS, k=chance.randint(1, 14)))
    if chance.random() < 0.02:
        local = chance.choice(("", "x" * 65, "jürgen", "a b", '"a b"', "a@b", "用户", "a\u200bb"))
    at = "@" if chance.random() < 0.98 else chance.choice(("", "@@", " @ "))
    return f"{local}{at}{_domain(chance)}".strip()


def _domain(chance: random.Random) -> str:
    if chance.random() < 0.3:
        return chance.choice(_DOMAINS)
    labels = ["".join(islice(_letters(chance), chance.randint(1, 12))) for _ in range(chance.randint(1, 3))]
    return ".".join([*labels, chance.choice(_ENDINGS)])


def _letters(chance: random.Random) -> Iterator[str]:
    while True:
        yield chance.choice("abcdefghijklmnopqrstuvwxyzABC0123456789-")
