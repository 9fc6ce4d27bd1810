"""Reads a do-not-contact list: everybody in it, however they are written, and how much was not understood.

Knows cells and columns; refuses to keep what it read as anything but hashes. As people are written to that it
misses, it takes too many rather than too few: every address in every column, and of a column in which numbers
stand whatever may be one.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence

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


class _Column:
    """What one column holds: how many cells are filled, how many look like an entry, the numbers in them."""

    def __init__(self) -> None:
        self.above = 0  # filled cells before the first entry
        self.filled = 0  # from then on
        self.entries = 0
        self.unread = 0
        self.values, self.home = array("Q"), array("Q")

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
        self._values = array("Q")
        self._columns: list[_Column] = []
        self._beyond = 0

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
        values, home, unread = self._values, array("Q"), self._beyond
        for one in self._columns:
            if one.holds_entries:
                values, home = values + one.values, home + one.home
                unread += one.unread
        return Exclusions.of(values, home, unread)

    def _take(self, text: str, column: _Column) -> None:
        addresses, rest, unread = self._addresses(text) if "@" in text else ([], text, False)
        self._values.extend(map(hashed, addresses))
        rest = rest.strip(_AROUND_NUMBERS)
        likely = _DIGITS_ENOUGH.match(rest) is not None and not _is_date(rest)
        numbers = likely and self._take_numbers(rest, column)
        entry = bool(addresses) or (numbers and looks_like_phone(rest))
        if not entry and not column.entries:
            column.above += 1
            return
        column.filled += 1
        column.entries += entry
        column.unread += unread or not (addresses or numbers)

    def _addresses(self, text: str) -> tuple[list[str], str, bool]:
        """The addresses, what else there is, and whether something with an @ was not understood."""
        whole = self._emails.read(text)
        if whole.address:
            return [whole.address, *filter(None, whole.others.split(", ")), *_meant(whole.meant)], "", False
        found: list[str] = []
        rest, unread = text, False
        for piece in _BETWEEN_ADDRESSES.split(text):
            if "@" in piece:
                rest = rest.replace(piece, " ", 1)
                read = self._address(piece) or [
                    one for part in piece.split("/") if "@" in part for one in self._address(part)
                ]
                found += read
                unread = unread or not read
        return found, rest, unread

    def _address(self, piece: str) -> list[str]:
        bare = re.sub(r"(?i)^mailto:", "", piece.strip(_AROUND_ADDRESSES))
        reading = self._emails.read(bare) if "@" in bare else None
        return [reading.address, *_meant(reading.meant)] if reading and reading.address else []

    def _take_numbers(self, text: str, column: _Column) -> bool:
        """Keep the numbers in a text; whether there are any."""
        before = len(column.values) + len(column.home)
        for part, reading in self._readings(text):
            number = reading.number or reading.meant
            if number:
                column.values.append(hashed(number))
                digits = set(home_digits(part))
                if reading.country_added or reading.meant:
                    digits.add(home_forms(number)[0])
                column.home.extend(map(hashed_at_home, digits))
                continue
            for hash_ in map(hashed_at_home, home_digits(part)):
                column.values.append(hash_)
                column.home.append(hash_)
        return len(column.values) + len(column.home) > before

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


def _meant(address: str) -> tuple[str, ...]:
    # Mistyped here, and put right in the list to send: the same person.
    return (address,) if address else ()
