"""Reads a date the way people in five languages write it, and gives it as ISO 8601.

Knows ways of writing; when two readings are possible it says so, and refuses to hide the doubt.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from app.contacts.cells import is_placeholder
from app.contacts.folding import fold

_LONGEST = 80
_EARLIEST_YEAR = 1850
_LATEST_YEAR = 2199

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_CLOCK = (
    r"(?:[T\s,]+(?:(?:um|alle|ore|à|at|a las)\s+)?\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?"
    r"\s*(?:[ap]\.?\s?m\.?)?"
    r"\s*(?:Uhr|Z|UTC|GMT)?(?:[+-]\d{2}:?\d{2})?(?:\s*\([^()]*\))?)?"
)
_PARTS = re.compile(
    r"(\d{1,4})\s*([./\-\s,\\_])\s*(\d{1,2})\s*\2\s*'?(\d{1,4})\.?" + _CLOCK, re.ASCII | re.IGNORECASE
)
_RUN_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?", re.ASCII)
_CLOCK_AT_END = re.compile(r"(?<=\S)" + _CLOCK + r"\s*$", re.IGNORECASE)
# Excel counts days; of four digits (before 1927) it could as well be a year. Day 0 makes up for its 29
# February 1900, which never was.
_SERIAL = re.compile(r"(?:[1-6]\d{4}|7[0-2]\d{3})(?:[.,]\d+)?", re.ASCII)
_DAY_ZERO = date(1899, 12, 30)
# "'31/12/1980" (an apostrophe makes a text of it in spreadsheets), "nata il 31/12/1980".
_IN_FRONT = re.compile(
    r"^['`\u2019]+|^(?:nat[oa](?: il)?|née?(?: le)?|geb\.?(?:oren)?(?: am)?|born(?: on)?|nacid[oa])\s",
    re.IGNORECASE,
)
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x2019: "'"}
_FIRST = {"primo": "1", "premier": "1", "erster": "1", "ersten": "1", "primero": "1", "first": "1"}
_WORDS = re.compile(r"[^\W\d_]+|\d+")

_MONTH_WORDS = (
    "january jan gennaio gen janvier janv januar jaenner janner enero ene",
    "february feb febbraio febb fevrier fev fevr februar feber febrero",
    "march mar marzo mars maerz marz mrz",
    "april apr aprile avril avr abril abr",
    "may maggio mag mai mayo",
    "june jun giugno giu juin juni junio",
    "july jul luglio lug juillet juil juli julio",
    "august aug agosto ago ag aout aou",
    "september sep sept settembre set sett septembre septiembre setiembre",
    "october oct ottobre ott octobre oktober okt octubre",
    "november nov novembre noviembre",
    "december dec dicembre dic decembre dezember dez diciembre",
)
_MONTHS = {word: number for number, line in enumerate(_MONTH_WORDS, 1) for word in line.split()}
# Words that may stand in a date and say nothing about it. Weekdays are recognised by their beginning.
_FILLERS = frozenset(
    {
        *(
            "de",
            "del",
            "di",
            "the",
            "of",
            "den",
            "der",
            "il",
            "le",
            "el",
            "al",
            "am",
            "on",
            "st",
            "nd",
            "rd",
            "th",
        ),
        *("o", "er", "nato", "nata", "ne", "nee", "geb", "geboren"),
    }
)
_WEEKDAYS = re.compile(
    r"(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|gio|ven|sab|dom|mon|die|mit|don|fre|sam|son|jeu|dim|mie|jue|vie"
    r"|mo|di|mi|do|fr|sa|so)\w*"
)


class DateOrder(Enum):
    """Which comes first where a date could be read both ways, as 03/04/1980."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


_MONTH_FIRST_COUNTRIES = frozenset({"US", "PR", "GU", "VI", "AS", "MP", "PH", "FM", "MH", "PW", "UM"})


def usual_order(country: str) -> DateOrder:
    """How people of this country (ISO 3166) write; day first where nothing is known."""
    return DateOrder.MONTH_FIRST if country.strip().upper() in _MONTH_FIRST_COUNTRIES else DateOrder.DAY_FIRST


@dataclass(frozen=True, slots=True)
class DateReading:
    """`iso` is YYYY-MM-DD, or empty if there is no date. `ambiguous`: another order gives another date."""

    iso: str
    ambiguous: bool = False


_NONE = DateReading("")


class DateReader:
    """Reads the dates of one column.

    `order` decides dates that could be read both ways, and `latest` how two-digit years are completed: to the
    last year in which the date is not after it. With `serials` a number of five digits is Excel's count of
    days.
    """

    def __init__(self, order: DateOrder, latest: date, serials: bool = False) -> None:
        self._order = order
        self._latest = latest
        self._serials = serials

    def read(self, text: str) -> DateReading:
        """The date in `text`, which has no blanks at its ends. Never raises."""
        if len(text) > _LONGEST:
            return _NONE
        if not text.isascii():
            text = _plain(text)
        reading = self._read(text)
        if not reading.iso and (bare := _IN_FRONT.sub("", text)) != text:
            return self._read(bare)
        return reading

    def _read(self, text: str) -> DateReading:
        iso = _ISO.match(text)
        if iso and (len(text) == 10 or _PARTS.fullmatch(text)):
            return _reading(int(iso[1]), int(iso[2]), int(iso[3]))
        parts = _PARTS.fullmatch(text)
        if parts:
            return self._from_parts(parts[1], parts[3], parts[4])
        if self._serials and _SERIAL.fullmatch(text):
            return DateReading((_DAY_ZERO + timedelta(days=int(text[:5]))).isoformat())
        together = _RUN_TOGETHER.fullmatch(text)
        if together:
            return self._from_run_together(text)
        return self._from_words(text)

    def _from_parts(self, first: str, second: str, third: str) -> DateReading:
        if len(first) >= 3:
            return _reading(int(first), int(second), int(third)) if len(first) == 4 else _NONE
        if len(third) == 3 or (len(third) == 1):
            return _NONE
        one, other = int(first), int(second)
        day_first, month_first = self._in_year(third, other, one), self._in_year(third, one, other)
        if not day_first.iso or not month_first.iso:
            return day_first if day_first.iso else month_first
        chosen = day_first if self._order is DateOrder.DAY_FIRST else month_first
        return DateReading(chosen.iso, day_first.iso != month_first.iso)

    def _from_run_together(self, text: str) -> DateReading:
        """19800131 or 31011980: only one of the two can be a date of this age."""
        year_first = _reading(int(text[:4]), int(text[4:6]), int(text[6:8]))
        if year_first.iso or len(text) != 8:
            return year_first
        return self._from_parts(text[:2], text[2:4], text[4:])

    def _from_words(self, text: str) -> DateReading:
        """A date with the month in letters: "31. Januar 1980", "Jan 31, 1980", "31 de enero de 1980"."""
        numbers: list[str] = []
        months: list[int] = []
        for word in _WORDS.findall(_CLOCK_AT_END.sub("", text)):
            if word.isdigit():
                numbers.append(word)
                continue
            plain = fold(word)
            if plain in _FIRST and not numbers:
                numbers.append(_FIRST[plain])
            elif plain in _MONTHS:
                months.append(_MONTHS[plain])
            elif plain not in _FILLERS and not _WEEKDAYS.fullmatch(plain):
                return _NONE
        if len(months) == 2 and fold(text).startswith("mar"):
            del months[0]  # "mar 3 mar 1981": Tuesday (martedì, mardi, martes) before March
        if len(months) != 1 or len(numbers) != 2:
            return _NONE
        day, year = (numbers[1], numbers[0]) if len(numbers[0]) == 4 else (numbers[0], numbers[1])
        if len(day) > 2 or len(year) not in (2, 4):
            return _NONE
        return self._in_year(year, months[0], int(day))

    def _in_year(self, year: str, month: int, day: int) -> DateReading:
        if len(year) != 2:
            return _reading(int(year), month, day)
        latest = self._latest.year
        full = latest - latest % 100 + int(year)
        if (full, month, day) > (latest, self._latest.month, self._latest.day):
            full -= 100
        return _reading(full, month, day)


def order_in(texts: Iterable[str]) -> DateOrder | None:
    """The order a column's cells prove, or None if they prove nothing or contradict each other."""
    proved: set[DateOrder] = set()
    for text in texts:
        parts = _PARTS.fullmatch(text.strip()[:_LONGEST])
        if parts is None or len(parts[1]) > 2 or len(parts[4]) not in (2, 4):
            continue
        first, second = int(parts[1]), int(parts[3])
        if 12 < first <= 31 and 1 <= second <= 12:
            proved.add(DateOrder.DAY_FIRST)
        elif 12 < second <= 31 and 1 <= first <= 12:
            proved.add(DateOrder.MONTH_FIRST)
    return proved.pop() if len(proved) == 1 else None


def has_serials(texts: Iterable[str]) -> bool:
    """Whether a column of dates holds Excel's counts of days: among dates, or hardly anything else."""
    serials, others = 0, list[str]()
    for text in texts:
        bare = text.strip()
        if _SERIAL.fullmatch(bare):
            serials += 1
        elif bare and not is_placeholder(bare):
            others.append(bare)
    if serials > 4 * len(others):
        return True  # nothing else to be seen: a whole column that lost the look of its dates
    return serials > 0 and sum(map(looks_like_date, others)) > 0.8 * len(others)


_ANY_READER = DateReader(DateOrder.DAY_FIRST, date(2069, 12, 31))


def looks_like_date(text: str) -> bool:
    """Whether a cell can be read as a date at all: the question matching asks."""
    return bool(_ANY_READER.read(text.strip()).iso)


def _plain(text: str) -> str:
    """The text with narrow signs, and the digits of every script as ours."""
    return "".join(
        str(unicodedata.decimal(sign)) if sign.isdecimal() and not sign.isascii() else sign
        for sign in text.translate(_NARROW)
    )


def _reading(year: int, month: int, day: int) -> DateReading:
    if not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
        return _NONE
    try:
        return DateReading(date(year, month, day).isoformat())
    except ValueError:
        return _NONE
