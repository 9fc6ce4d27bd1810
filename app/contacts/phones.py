"""Reads a phone number the way people write it, and gives it as E.164 or says why there is none.

Knows how people write numbers; which of them exist is numbering's, and what follows for a row is checking's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import partial
from typing import NamedTuple, cast

from app.contacts.contact import FindingKind
from app.contacts.numbering import (
    Line,
    beginnings_abroad,
    beginnings_at_home,
    knows_region,
    read_digits,
    read_quickly,
)
from app.contacts.numbering_plans import LineKind

_LONGEST = 120  # characters; nobody writes a number longer than that
_PLAIN = re.compile(r"\+?[0-9]{4,19}")
_MOST_PLAIN = 20
_USUAL = str.maketrans("", "", " .-()\u00a0")
_LESS = str.maketrans("", "", " .-()[]/\\,·*_~'\"’`´")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−⁃﹘﹣ー"), "-")

_DECIMAL_TAIL = re.compile(r"(\+?\d{5,})[.,]0{1,2}")
_SCIENTIFIC = re.compile(r"(\d)(?:[.,](\d+))?[eE]\+?(\d{1,2})")
_LABEL = re.compile(r"^[^\d+(]*?(?=[+(\d])")
_EXTENSION = re.compile(
    r"(?:[,;]?\s*(?:ext(?:ension|n)?|int(?:erno|erne)?|poste|durchw(?:ahl)?|dw|app|apparat|anexo|extensi[oó]n|x)"
    r"|\s*#)[\s.:=]*\d{1,6}$|(?:,{2,}|;ext=|\s*[pw])\d{1,8}#?$",
    re.IGNORECASE,
)
_TRAILING_WORDS = re.compile(r"(?:\s*\([^()\d]*\)|[\s,;:.\-]*[^\W\d_][^\d+]*)$")
_BETWEEN_NUMBERS = re.compile(
    r"\s*(?:[/;,|&\n\r\\]|\b(?:o|ó|or|oder|bzw|ou|e|and|und|et|y|u)\b|\s-\s|\s(?=\+|00))\s*", re.IGNORECASE
)
_ANY_GAP = re.compile(r"[^\d+]+|(?=\+)")
# "+39 +39 333 ...": a country code written before numbers that had theirs.
_TWICE_ABROAD = re.compile(r"\s*(?:\+|00)\s*(\d{1,3})\s*(?=\+\s*\1)")
_SIGNS_BEHIND = re.compile(r"(?<=\d)\s*[^\w\s()\[\]#+]+$")
# A small L for a 1, a letter O for a 0: no label, but a digit that nobody can be sure of.
_LETTER_FOR_DIGIT = re.compile(r"\W*[lioszb]\d", re.IGNORECASE)
_MANY_PLUSES = re.compile(r"^\+{2,}")
_FEWEST_DIGITS = 7  # on either side, before a cell is taken for two numbers
_NOT_DIGIT = re.compile(r"\D")
# What lists for trying things out are made of. The numbering library calls these invalid, as nobody has them.
# Sources: Ofcom, "Telephone numbers for use in TV and radio drama programmes"; Arcep, decision 2018-0881.
_RESERVED = re.compile(r"\+447700900\d{3}|\+3363998\d{4}")
_TRUNK_ZERO = {"GB": "44", "FR": "33"}
# "+44 (0)20 ...": dialled inside the country only. Italy is where the 0 may be part of the number.
_ZERO_IN_BRACKETS = re.compile(r"(\D*(?:00)?\W*\d{1,3}\W*)[(\[]\s*0\s*[)\]]")
_ZERO_ZERO = re.compile(r"00(?=[1-9]\d{6})")


class PhoneReading(NamedTuple):  # a tuple, because a million are made
    """What was read: `number` is E.164, or empty with `fault` saying why (one of the PHONE_ kinds).

    `country_added` says that the default country supplied the country code; `others` is the rest of a cell
    that held more than one number, as written; `meant` is what a number that can't exist would be with a 0 in
    front, which spreadsheets take away.
    """

    number: str
    kind: LineKind | None = None
    fault: FindingKind | None = None
    country_added: bool = False
    others: str = ""
    meant: str = ""


_Parts = tuple[str, LineKind | None, FindingKind | None, bool, str, str]
_reading = cast(
    "Callable[[_Parts], PhoneReading]", partial(tuple.__new__, PhoneReading)
)  # a third of its time


class PhoneReader:
    """Reads phone numbers written for one default country (ISO 3166 code; empty or unknown: none)."""

    def __init__(self, default_country: str = "") -> None:
        country = default_country.strip().upper()
        self._region = country if knows_region(country) else ""
        self._at_home = beginnings_at_home(self._region)
        self._abroad = beginnings_abroad()

    def read(self, text: str) -> PhoneReading:
        """The number in `text`, which is not blank. Never raises, whatever the text."""
        digits, beginnings = text, self._abroad
        # What is done for most numbers is spelled out with what Python answers quickest.
        if text[:1] != "+":
            beginnings = self._at_home
            if not text.isdecimal():
                digits = _without_gaps(text)
        elif not text[1:].isdecimal():
            digits = _without_gaps(text)
        if 4 <= len(digits) <= _MOST_PLAIN and digits.isascii() and digits[:2] != "00":
            shape = beginnings.shape(digits)
            if shape is not None:
                head, cut, kind, at_home = shape
                return _reading((head + digits[cut:], kind, None, at_home, "", ""))
        return self._read_whatever(text)

    def _read_whatever(self, text: str) -> PhoneReading:
        reading = self._read(text)
        if reading.fault is FindingKind.PHONE_INVALID and 2 * _FEWEST_DIGITS < len(text) <= _LONGEST:
            return self._two_in_one(text) or reading
        return reading

    def _read(self, text: str) -> PhoneReading:
        if _PLAIN.fullmatch(text):
            return self._verdict_or_zero(text)
        if ")" in text or "]" in text:
            bracketed = _ZERO_IN_BRACKETS.match(text)
            if bracketed is not None and len(text) <= _LONGEST:
                without = self._read(f"{bracketed[1]} {text[bracketed.end() :]}")
                if without.number:
                    return without
        digits = text.translate(_USUAL)
        if not _PLAIN.fullmatch(digits) or " - " in text or text.count(".") == 1:
            return self._read_closely(text)
        return self._verdict_or_zero(digits)

    def read_mobile(self, text: str) -> PhoneReading:
        """The first mobile number in a cell with several numbers; the first number where none is mobile."""
        first = reading = self.read(text)
        passed: list[str] = []
        while reading.kind is not LineKind.MOBILE and reading.others:
            passed.append(reading.number or _first_number(text)[0].strip())
            text = reading.others
            reading = self.read(text)
        if reading.kind is not LineKind.MOBILE or not passed:
            return first
        return reading._replace(others=", ".join(filter(None, (*passed, reading.others))))

    def _two_in_one(self, text: str) -> PhoneReading | None:
        """What is no number as a whole, but two where it is parted: "02 1234567 fax 02 1234568"."""
        if _count_digits(text) < 2 * _FEWEST_DIGITS:
            return None
        for gap in _ANY_GAP.finditer(text):
            left, right = text[: gap.start()], text[gap.end() :]
            if _count_digits(left) < _FEWEST_DIGITS or _count_digits(right) < _FEWEST_DIGITS:
                continue
            first = self._read(left)
            if first.number and not first.others and self.read(right).number:
                return first._replace(others=right.strip())
        return None

    def _read_closely(self, text: str) -> PhoneReading:
        plain = unicodedata.normalize("NFKC", text.translate(_DASHES)) if not text.isascii() else text
        plain = "".join(
            _as_ascii_digit(letter) for letter in plain if unicodedata.category(letter) != "Cf"
        ).strip()
        if len(plain) > _LONGEST:
            return PhoneReading("", fault=FindingKind.PHONE_INVALID)
        plain = _MANY_PLUSES.sub("+", plain.lstrip("'`’= \"").rstrip("'\" "))
        plain = _SIGNS_BEHIND.sub("", _TWICE_ABROAD.sub("", plain))
        if _LETTER_FOR_DIGIT.match(plain):
            return PhoneReading("", fault=FindingKind.PHONE_INVALID)
        scientific = _SCIENTIFIC.fullmatch(plain)
        if scientific:
            return self._from_scientific(scientific)
        tail = _DECIMAL_TAIL.fullmatch(plain)
        if tail:
            return self._verdict_or_zero(tail[1])
        first, others = _first_number(plain)
        reading = self._verdict(_only_digits(first))
        if others and not reading.number and (whole := self._verdict(_only_digits(plain))).number:
            return whole  # "0039021/2345679": one number, with a slash behind its area code
        return reading._replace(others=others) if others else reading

    def _from_scientific(self, found: re.Match[str]) -> PhoneReading:
        """3.93471234567E+11 still holds every digit; 3,93E+11 has lost them for good."""
        mantissa = found[1] + (found[2] or "")
        if len(mantissa) < int(found[3]) + 1 or len(mantissa) < _FEWEST_DIGITS:
            return PhoneReading("", fault=FindingKind.PHONE_DIGITS_LOST)
        return self._verdict(mantissa)

    def _verdict(self, digits: str) -> PhoneReading:
        if digits[:3] == "+00":
            digits = digits[1:]
        if _PLAIN.fullmatch(digits):
            return self._verdict_on(digits)
        return PhoneReading("", fault=FindingKind.PHONE_INVALID)

    def _verdict_on(self, digits: str) -> PhoneReading:
        """The verdict on an optional plus and 4 to 19 digits."""
        if digits[:2] == "00" and (written_out := _ZERO_ZERO.match(digits)):
            digits = "+" + digits[written_out.end() :]
        if digits[0] != "+" and not self._region:
            return PhoneReading("", fault=FindingKind.PHONE_NO_COUNTRY)
        line: Line | None = read_digits(digits, self._region) or self._reserved_line(digits)
        if line is None:
            return PhoneReading("", fault=FindingKind.PHONE_INVALID)
        return PhoneReading(
            line.number, line.kind, None, digits[0] != "+" and not digits.endswith(line.number[1:])
        )

    def _verdict_or_zero(self, digits: str) -> PhoneReading:
        """The verdict on digits; if they are no number, whether a 0 is missing that belongs to it (Italy)."""
        reading = self._verdict_on(digits)
        if reading.fault is not FindingKind.PHONE_INVALID or digits[0] == "0":
            return reading
        if digits[0] == "+":
            line = read_quickly("+390" + digits[3:], "") if digits[:3] == "+39" else None
        else:
            line = read_quickly("0" + digits, self._region)
        if line is None:
            return reading
        return PhoneReading("", line.kind, FindingKind.PHONE_ZERO_LOST, meant=line.number)

    def _reserved_line(self, digits: str) -> Line | None:
        """A number that a regulator keeps for examples and films: nobody has it, but it is written right."""
        code = _TRUNK_ZERO.get(self._region, "")
        bare = digits.removeprefix("+")
        for number in (f"+{bare}", f"+{code}{bare.removeprefix('0')}" if code else ""):
            if _RESERVED.fullmatch(number):
                return Line(number, LineKind.MOBILE)
        return None


def _without_gaps(text: str) -> str:
    """The number in groups of digits, as one; empty where it takes a closer look."""
    if ")" in text or " - " in text or text.count(".") == 1:
        return ""
    digits = text.replace(" ", "").replace("-", "").replace(".", "").replace("\u00a0", "")
    return digits if digits.removeprefix("+").isdecimal() else ""


def _as_ascii_digit(letter: str) -> str:
    if letter.isascii() or not letter.isdecimal():
        return letter
    return str(unicodedata.decimal(letter))


def _first_number(text: str) -> tuple[str, str]:
    """The first number of a cell, and the rest if that is another number: "02 1234567 / 333 1234567"."""
    for gap in _BETWEEN_NUMBERS.finditer(text):
        left, right = text[: gap.start()], text[gap.end() :]
        before, after = _count_digits(left), _count_digits(right)
        if before >= _FEWEST_DIGITS and after >= _FEWEST_DIGITS:
            return left, right.strip(" .,:;")
        neighbour = gap[0].strip() == "/" and text.count("/") == 1 and right.strip().isdigit()
        if neighbour and before >= _FEWEST_DIGITS and 1 <= after <= 2:
            return left, right.strip()  # "02 1234567/8": the same line and its neighbour
    return text, ""


def _only_digits(text: str) -> str:
    """ "+" and digits; what is not a number stays in the text, so that it can't pass for one."""
    bare = _LABEL.sub("", text, count=1)
    bare = _EXTENSION.sub("", bare)
    bare = _TRAILING_WORDS.sub("", bare)
    return re.sub(r"\s+", "", bare).translate(_LESS)


def _count_digits(text: str) -> int:
    return len(_NOT_DIGIT.sub("", text))
