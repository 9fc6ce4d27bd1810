"""Reads a do-not-contact list: everybody in it, however they are written, and how much was not understood.

Knows cells and columns; refuses to keep what it read as anything but hashes. As people are written to that it
misses, it takes too many rather than too few: every address and every number by itself in all columns, and
of a column in which they stand whatever may be one.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.contacts.cells import is_error, is_placeholder
from app.contacts.dates import looks_like_date
from app.contacts.dialling import home_digits, home_forms
from app.contacts.emails import EmailReader
from app.contacts.evidence import looks_like_phone
from app.contacts.exclusions import Exclusions, hashed, hashed_at_home
from app.contacts.phones import PhoneReader, PhoneReading

_ENOUGH = 0.5  # of a column's cells must look like numbers or addresses for its numbers to be taken
_MOST_TITLES = 3  # cells above the first entry of a column that may be titles and a header
_DIGITS_ENOUGH = re.compile(r"(?:\D*\d){7}")
_MOST_NUMBERS = 50  # in one cell
_BETWEEN_ADDRESSES = re.compile(r"[\s;,|<>()\[\]\"“”«»]+")
_BETWEEN_NUMBERS = re.compile(r"[^\d+()\s.\-/]+|(?=\+)")
_AROUND_ADDRESSES = "'‘’`:./\\"
_AROUND_NUMBERS = " \t\r\n/;,|<>:-"


@dataclass(slots=True)
class _Kept:
    """Hashes of numbers, and of their digits without a country."""

    values: array[int] = field(default_factory=lambda: array("Q"))
    home: array[int] = field(default_factory=lambda: array("Q"))

    def add(self, other: _Kept) -> None:
        self.values += other.values
        self.home += other.home


class _Column:
    """What one column holds: how many cells are filled, how many look like an entry, the numbers in those and
    in all others."""

    def __init__(self) -> None:
        self.above = 0  # filled cells before the first entry
        self.filled = 0  # from then on
        self.entries = 0
        self.unread = 0
        self.likely, self.doubtful = _Kept(), _Kept()

    @property
    def holds_entries(self) -> bool:
        filled = self.filled + max(0, self.above - _MOST_TITLES)
        return self.entries > 0 and self.entries >= _ENOUGH * filled


class ExclusionCollector:
    """Gathers the hashes of a list's addresses and numbers, row by row, titles and headers among them.

    Numbers without a country are kept by their digits, and as numbers of `default_country` too.
    """

    def __init__(self, default_country: str) -> None:
        self._emails = EmailReader()
        self._phones = PhoneReader(default_country)
        self._knows_country = bool(default_country)  # then what is no number there is compared, not counted
        self._addressed = _Kept()
        self._columns: list[_Column] = []  # of the sheet that is being read
        self._former: list[_Column] = []
        self._beyond = 0

    def begin_sheet(self) -> None:
        """What follows stands in columns of its own."""
        self._former += self._columns
        self._columns = []

    def add(self, cells: Sequence[str], beyond: int = 0) -> None:
        """Take what stands in one row; `beyond` counts filled cells that are not among its cells. Never
        raises, whatever the texts."""
        self._beyond += beyond
        for position, cell in enumerate(cells):
            text = _seen(cell) if cell else ""
            if text and not is_error(text) and not is_placeholder(text):
                while position >= len(self._columns):
                    self._columns.append(_Column())
                self._take(text, self._columns[position])

    def exclusions(self) -> Exclusions:
        """What was gathered."""
        counted, unread = _Kept(), self._beyond
        counted.add(self._addressed)
        for one in (*self._former, *self._columns):
            if one.holds_entries:
                counted.add(one.likely)
                counted.add(one.doubtful)
                unread += one.unread
            else:  # perhaps a number of somebody's among notes: compared, but not counted
                counted.home += one.likely.values + one.likely.home
        return Exclusions.of(counted.values, counted.home, unread)

    def _take(self, text: str, column: _Column) -> None:
        addresses, rest, unread = self._addresses(text) if "@" in text else (False, text, False)
        rest = rest.strip(_AROUND_NUMBERS)
        likely = _DIGITS_ENOUGH.match(rest) is not None and not _is_date(rest)
        numbers = self._numbers(rest) if likely else None
        is_entry = addresses or (numbers is not None and looks_like_phone(rest))
        if numbers is not None:
            (column.likely if is_entry else column.doubtful).add(numbers)
        if not is_entry and not column.entries:
            column.above += 1
            return
        column.filled += 1
        column.entries += is_entry
        column.unread += unread or not (addresses or numbers)

    def _addresses(self, text: str) -> tuple[bool, str, bool]:
        """Keep the addresses; whether there are any, what else there is, and whether something with an @ was
        not understood."""
        if self._keep_address(text):
            return True, "", False
        rest, count, missed = text, 0, 0
        for piece in _BETWEEN_ADDRESSES.split(text):
            if "@" in piece:
                rest = rest.replace(piece, " ", 1)
                parts = [part for part in piece.split("/") if "@" in part]
                read = self._keep_address(piece) or sum(map(self._keep_address, parts))
                count += read
                missed += not read
        return count > 0, rest, missed > 0

    def _keep_address(self, piece: str) -> int:
        """How many addresses there are in a text that is nothing else."""
        bare = re.sub(r"(?i)^mailto:", "", piece.strip(_AROUND_ADDRESSES))
        reading = self._emails.read(bare) if "@" in bare else None
        if reading is None or not reading.address:
            return 0
        found = [reading.address, *filter(None, reading.others.split(", "))]
        self._addressed.values.extend(map(hashed, found))
        if reading.meant:  # mistyped here, and put right in the list to send: the same person
            self._addressed.home.append(hashed(reading.meant))
        return len(found)

    def _numbers(self, text: str) -> _Kept | None:
        """The numbers in a text; None if there are none."""
        kept = _Kept()
        for part, reading in self._readings(text):
            digits = set(home_digits(part))
            number = reading.number or reading.meant
            if number:
                kept.values.append(hashed(number))
                if reading.country_added or reading.meant:
                    digits.add(home_forms(number)[0])
            at_home = [hashed_at_home(one) for one in digits]
            kept.home.extend(at_home)
            if not number and not self._knows_country:
                kept.values.extend(at_home)
        return kept if kept.values or kept.home else None

    def _readings(self, text: str) -> Iterator[tuple[str, PhoneReading]]:
        """Each number of a cell as it was read, with its text and whatever follows that; of what is none as a
        whole, its parts too."""
        for _ in range(_MOST_NUMBERS):
            reading = self._phones.read(text)
            yield text, reading
            if not (reading.number or reading.meant):
                parts = [part for part in _BETWEEN_NUMBERS.split(text) if part != text]
                likely = [part.strip() for part in parts if _DIGITS_ENOUGH.match(part)]
                yield from ((part, self._phones.read(part)) for part in likely)
            if not reading.others:
                return
            text = reading.others


def _seen(text: str) -> str:
    """The text without what can't be seen."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return "".join(one for one in text if unicodedata.category(one) != "Cf").replace("\xa0", " ").strip()


def _is_date(text: str) -> bool:
    return any(mark in text for mark in "/.-") and looks_like_date(text)
