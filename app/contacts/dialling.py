"""Phone numbers as they are written at home, without their country: the digits by which two can be compared.

Knows what is dialled in front of a number and what is not; refuses to say which country a number is of.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumberFormat

_FEWEST, _MOST = 7, 15  # digits, ITU-T E.164 at the most
_PIECE = re.compile(r"[+\d(][\d\s().\-/]*")
_GAP = re.compile(r"\s+[-/]\s+|\s{2,}|[\n\r]")  # these may part two numbers, or stand within one
_TAIL = re.compile(r"(?<=\d{5})[.,]0{1,2}$")  # what a spreadsheet makes of a number
_NOT_DIGIT = re.compile(r"\D")


def home_forms(number: str) -> tuple[str, ...]:
    """All digits that stand for an E.164 number where its country, or only its plus, is not written; the
    usual ones first. Without zeros in front: trunk zeros come and go, and spreadsheets take them away."""
    digits = number[1:]
    code = next((digits[:length] for length in (1, 2, 3) if _is_code(digits[:length])), "")
    national = digits[len(code) :].lstrip("0")
    if not code or not _is_dialled_otherwise(code):
        return national, digits
    written = phonenumbers.format_number(phonenumbers.parse(number), PhoneNumberFormat.NATIONAL)
    return national, digits, _NOT_DIGIT.sub("", written).lstrip("0")


def home_digits(text: str) -> Iterator[str]:
    """The digits of each number in a text that names no country, without zeros in front. Never raises.

    Where two numbers may be one, the digits of both are given and those of the one.
    """
    plain = text.replace(" ", "").replace("-", "")
    if plain.isascii() and plain.isdecimal():
        parts: Iterable[str] = (plain,) if len(plain) <= _MOST else _parts_of(text)
    else:
        parts = _parts_of(text)
    for digits in parts:
        if digits[:2] != "00" and _FEWEST <= len(digits.lstrip("0")) <= _MOST:
            yield digits.lstrip("0")


def _parts_of(text: str) -> Iterator[str]:
    """The digits of whatever may be a number by itself, but for numbers with a plus."""
    plain = "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in text)
    for piece in _PIECE.findall(_TAIL.sub("", plain)):
        for part in dict.fromkeys((piece, *_GAP.split(piece))):
            if part[:1] != "+":
                halves = part.split("/") if part[:2] != "00" else ()
                for each in dict.fromkeys((part, *halves)):
                    yield _NOT_DIGIT.sub("", each)


@cache
def _is_code(digits: str) -> bool:
    return digits.isdecimal() and int(digits) in phonenumbers.COUNTRY_CODE_TO_REGION_CODE


@cache
def _is_dialled_otherwise(code: str) -> bool:
    """Whether at home something else than a zero is dialled in front of numbers, or in their middle."""
    plan = PhoneMetadata.metadata_for_region(phonenumbers.COUNTRY_CODE_TO_REGION_CODE[int(code)][0])
    if plan is None or code == plan.national_prefix:  # the 1 of North America
        return False
    return bool((plan.national_prefix or "").strip("0") or plan.national_prefix_transform_rule)
