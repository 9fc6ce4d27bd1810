"""Reads a number that is already digits, by the numbering plans of the phonenumbers library.

Gives exactly the library's verdict and E.164 form; most numbers take a short way through the same data that
is many times faster, everything else is asked of the library itself. Refuses to know how people write.

Why the short way gives the same answer: numbering_plans takes only steps whose result the library's own code
fixes, and what was found for one number is used again only for numbers of the same length that begin with
the digits that decided (leading_digits). It gives up (and the library decides) wherever a number is not valid
or its plan is not simple; so it can only say "valid".
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumberType

from app.contacts.numbering_plans import LineKind, Plan, plan_of_code, plan_of_region

_LONGEST = 21  # a plus, a country code of three digits, and the longest national number the library parses
_FIRST_LOOK = 5  # leading digits (and plus) that mostly decide
_FURTHER_LOOK = 2
_MOST_REMEMBERED = 5_000  # beginnings of one length, by one country


class Line(NamedTuple):
    """A valid number: E.164 with its plus, and what it belongs to."""

    number: str
    kind: LineKind


class Shape(NamedTuple):
    """What valid numbers have in common that have one length and begin alike.

    E.164 is `head` and the digits from `cut` on; `at_home` says that they were written without the country.
    """

    head: str
    cut: int
    kind: LineKind
    at_home: bool


class Beginnings:
    """The shapes of numbers dialled alike, remembered: a list has many numbers and few beginnings."""

    def __init__(self, plan_for: Callable[[str], tuple[Plan | None, int]]) -> None:
        self._plan_for = plan_for
        # By length: the beginning -> its shape, or how many digits are to be looked at instead.
        self._met: list[dict[str, Shape | int | None]] = [{} for _ in range(_LONGEST + 1)]

    def shape(self, digits: str) -> Shape | None:
        """The shape of a number ("+" and digits, or digits alone); None where the short way does not lead
        to one. Never raises for up to 21 characters."""
        met = self._met[len(digits)]
        look = _FIRST_LOOK
        while True:
            try:
                found = met[digits[:look]]
            except KeyError:
                return self._learn(digits, met, look)
            if found.__class__ is not int:
                return found  # type: ignore[return-value]  # the cheapest question that tells them apart
            look = found

    def _learn(self, digits: str, met: dict[str, Shape | int | None], look: int) -> Shape | None:
        shape, deciding = self._worked_out(digits)
        if len(met) >= _MOST_REMEMBERED:
            met.clear()
            look = _FIRST_LOOK
        while look < deciding:
            further = met[digits[:look]] = min(deciding, look + _FURTHER_LOOK)
            look = further
        met[digits[:look]] = shape
        return shape

    def _worked_out(self, digits: str) -> tuple[Shape | None, int]:
        """The shape, and how many of the digits decide that it is the one."""
        plan, start = self._plan_for(digits)
        if plan is None:
            return None, start + 1
        found = plan.reading(digits, start)
        if found.kind is None or found.instead:
            return None, found.deciding
        at_home = not start and not digits.endswith(plan.code + digits[found.cut :])
        return Shape(plan.plus_code, found.cut, found.kind, at_home), found.deciding


def read_digits(text: str, region: str) -> Line | None:
    """The valid number in `text` ("+" and digits, or digits alone as dialled inside `region`), or None.

    `region` is an ISO 3166 code in capitals, or empty: then only numbers with a plus can be valid.
    """
    return read_quickly(text, region) or _long_way(text, region)


def read_quickly(text: str, region: str) -> Line | None:
    """The same without asking the library: what is found is right, but not every number is. For texts that
    are mere conjectures."""
    if len(text) > _LONGEST:
        return None
    shape = (beginnings_abroad() if text[:1] == "+" else beginnings_at_home(region)).shape(text)
    if shape is not None:
        return Line(shape.head + text[shape.cut :], shape.kind)
    return _short_way(text, region)


@cache
def beginnings_abroad() -> Beginnings:
    """Of numbers with a plus."""
    return Beginnings(lambda digits: _plan_named_in(digits[1:4]))


@cache
def beginnings_at_home(region: str) -> Beginnings:
    """Of numbers as dialled inside `region`; no region, no numbers."""
    return Beginnings(lambda _: (plan_of_region(region), 0))


def knows_region(region: str) -> bool:
    """Whether there is a numbering plan for this ISO 3166 code."""
    return region in phonenumbers.SUPPORTED_REGIONS


def trunk_prefix(region: str) -> str:
    """What is dialled before a number inside `region` ("0" in most of Europe), empty where nothing is."""
    plan = PhoneMetadata.metadata_for_region(region, None)
    return plan.national_prefix or "" if plan else ""


def country_of(number: str) -> str:
    """The ISO 3166 code of a valid E.164 number's country, empty for numbers of no country."""
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(number)) or ""
    except phonenumbers.NumberParseException:
        return ""


def as_dialled(number: str) -> str:
    """A valid E.164 number as it is usually written inside its country; empty for what is none."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)


def _long_way(text: str, region: str) -> Line | None:
    try:
        number = phonenumbers.parse(text, region or None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    kind = _KINDS.get(phonenumbers.number_type(number), LineKind.OTHER)
    return Line(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), kind)


_KINDS = {
    PhoneNumberType.MOBILE: LineKind.MOBILE,
    PhoneNumberType.FIXED_LINE_OR_MOBILE: LineKind.MOBILE,
    PhoneNumberType.FIXED_LINE: LineKind.LANDLINE,
}


def _short_way(text: str, region: str) -> Line | None:
    """By the plan, for the few numbers whose beginning is rewritten and not only cut off."""
    plan, start = _plan_named_in(text[1:4]) if text[:1] == "+" else (plan_of_region(region), 0)
    if plan is None:
        return None
    found = plan.reading(text, start)
    if found.kind is None:
        return None
    return Line(plan.plus_code + found.instead + text[found.cut :], found.kind)


@cache
def _plan_named_in(digits: str) -> tuple[Plan | None, int]:
    """The plan whose country code these digits begin with, and where in the number what follows begins."""
    for end in range(1, len(digits) + 1):  # no country code is the beginning of another
        plan = plan_of_code(digits[:end])
        if plan is not None:
            return plan, end + 1
    return None, len(digits)
