"""Reports what spreadsheets have done to a column of phone numbers, over all rows, in a child process.

It counts and names rows; how a number is read is contacts/phones', and nothing in the ledger is changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from app.child.parent import run_in_child
from app.contacts.contact import FindingKind
from app.contacts.phones import PhoneReader, PhoneReading
from app.flow.checking import CheckOrder, checker_for
from app.language import tr, trn
from app.ledger.ledger import Ledger
from app.progress import Progress, Stop, Tell, tell_nobody

NAMED_ROWS = 20
_TELL_EVERY = 4_096
_WRITTEN_AS_NUMBER = re.compile(r"\+?\d{5,}[.,]0{1,2}|\d[.,]?\d*[eE]\+?\d{1,2}")
_ONLY_DIGITS = re.compile(r"[1-9][\d .-]{4,}")


class DamageKind(Enum):
    """What happened to a number; the worst first."""

    DIGITS_LOST = "digits lost"
    ZERO_LOST = "zero lost"
    TWO_NUMBERS = "two numbers"
    RECOVERED = "recovered"
    PREFIX_MISSING = "prefix missing"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Damage:
    """One kind of damage in one column: how many cells, in which rows (the first ones), and one of them.

    `mended` is the E.164 number that `example` is read as, or empty where it can't be.
    """

    kind: DamageKind
    count: int
    rows: tuple[int, ...]
    example: str
    mended: str

    @property
    def sentence(self) -> str:
        """What happened and what follows, in the user's language."""
        words = _sentence(self.kind, self.count)
        if self.kind in (DamageKind.DIGITS_LOST, DamageKind.UNREADABLE):
            return f"{words} {_rows_named(self.rows, self.count)}"
        if not self.mended:
            return words
        example = tr("For example, “{before}” becomes {after}.", before=self.example, after=self.mended)
        return f"{words} {example}"


@dataclass(frozen=True, slots=True)
class PhoneDamage:
    """The report on one column: `filled` cells, of which `sound` ones need nothing."""

    position: int
    filled: int
    sound: int
    damages: tuple[Damage, ...]


def phone_damage(
    order: CheckOrder, position: int, tell: Tell = tell_nobody, stop: Stop | None = None
) -> PhoneDamage:
    """Examine the phones at a 0-based column of the rows that `order` would have checked, each as a number of
    the country that it is going to be read as.

    Raises LedgerProblem, Stopped.
    """
    return run_in_child(_examine, order, position, tell=tell, stop=stop)


def damage_in(
    cells: Iterable[tuple[int, str, PhoneReader]], position: int, tell: Tell, stop: Stop, total: int
) -> PhoneDamage:
    """The same for row numbers with their texts and who reads them."""
    found = {kind: _Found() for kind in DamageKind}
    filled = sound = 0
    for done, (row, text, reader) in enumerate(cells):
        if not done % _TELL_EVERY:
            stop.check()
            tell(Progress(done, total))
        text = text.strip()
        if not text:
            continue
        filled += 1
        kind, mended = _judged(reader, text)
        if kind is None:
            sound += 1
        else:
            found[kind].add(row, text, mended)
    damages = (
        Damage(kind, one.count, tuple(one.rows), one.example, one.mended)
        for kind, one in found.items()
        if one.count
    )
    return PhoneDamage(position, filled, sound, tuple(damages))


class _Found:
    def __init__(self) -> None:
        self.count = 0
        self.rows: list[int] = []
        self.example = self.mended = ""

    def add(self, row: int, text: str, mended: str) -> None:
        self.count += 1
        if len(self.rows) < NAMED_ROWS:
            self.rows.append(row)
        if not self.mended:
            self.example, self.mended = text, mended


def _examine(order: CheckOrder, position: int, tell: Tell, stop: Stop) -> PhoneDamage:
    with Ledger.open(order.ledger) as ledger:
        phones_of = checker_for(order, ledger).phones_of
        cells = ((row.number, row.cells[position], phones_of(row.cells)) for row in ledger.rows.all())
        return damage_in(cells, position, tell, stop, ledger.rows.count())


def _judged(reader: PhoneReader, text: str) -> tuple[DamageKind | None, str]:
    """What happened to the number in `text`, and the number it is read as."""
    reading = reader.read(text)
    if reading.fault is FindingKind.PHONE_DIGITS_LOST:
        return DamageKind.DIGITS_LOST, ""
    if reading.others:
        return DamageKind.TWO_NUMBERS, reading.number
    if _WRITTEN_AS_NUMBER.fullmatch(text) and reading.number:
        return DamageKind.RECOVERED, reading.number
    if not reading.number or reading.country_added:
        with_zero = _with_zero(reader, text)
        if with_zero.number and (not reading.number or with_zero.number == reading.number):
            return DamageKind.ZERO_LOST, with_zero.number
    if not reading.number:
        missing = reading.fault is FindingKind.PHONE_NO_COUNTRY
        return (DamageKind.PREFIX_MISSING if missing else DamageKind.UNREADABLE), ""
    return (DamageKind.PREFIX_MISSING, reading.number) if reading.country_added else (None, reading.number)


def _with_zero(reader: PhoneReader, text: str) -> PhoneReading:
    """The reading of a number of digits only with a zero before it, as it may have been typed."""
    if not _ONLY_DIGITS.fullmatch(text):
        return PhoneReading("")
    return reader.read("0" + text)


def _sentence(kind: DamageKind, count: int) -> str:
    match kind:
        case DamageKind.DIGITS_LOST:
            return trn(
                "{count} number was shortened by Excel, and its last digits are lost. Type it again there.",
                "{count} numbers were shortened by Excel; their last digits are lost. Type them again there.",
                count,
            )
        case DamageKind.ZERO_LOST:
            return trn(
                "{count} number seems to have lost the zero at its beginning.",
                "{count} numbers seem to have lost the zero at their beginning.",
                count,
            )
        case DamageKind.TWO_NUMBERS:
            return trn(
                "{count} cell holds two numbers; the first one is used.",
                "{count} cells hold two numbers; the first one of each is used.",
                count,
            )
        case DamageKind.RECOVERED:
            return trn(
                "{count} number was turned into a calculation value, but all its digits are there.",
                "{count} numbers were turned into calculation values, but all their digits are there.",
                count,
            )
        case DamageKind.PREFIX_MISSING:
            return trn("{count} number has no country code.", "{count} numbers have no country code.", count)
        case DamageKind.UNREADABLE:
            return trn(
                "{count} cell holds no phone number that can exist.",
                "{count} cells hold no phone number that can exist.",
                count,
            )


def _rows_named(rows: tuple[int, ...], count: int) -> str:
    listed = ", ".join(map(str, rows))
    return (
        tr("Rows {rows} and others.", rows=listed) if count > len(rows) else tr("Rows {rows}.", rows=listed)
    )
