"""Reads a number that is already digits, by the numbering plans of the phonenumbers library.

Gives exactly the library's verdict and E.164 form; most numbers take a short way through the same data that
is several times faster, everything else is asked of the library itself. Refuses to know how people write.

Why the short way gives the same answer: it takes only steps whose result the library's own code fixes. It
gives up (and the library decides) whenever an international prefix, a prefix that is rewritten, a doubtful
country code, or an invalid number is met; so it can only say "valid", and says it after the same regions,
patterns and lengths in the same order.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import cache
from typing import NamedTuple

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumberType
from phonenumbers.phonemetadata import PhoneNumberDesc

_MAX_DIGITS = 17  # longest national number the library parses


class LineKind(Enum):
    """What a number belongs to. MOBILE also where a plan does not tell mobiles and landlines apart."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    OTHER = "other"  # premium rate, freephone, shared cost, internet, pager, voicemail


class Line(NamedTuple):  # a tuple, because a million are made
    """A valid number: E.164 with its plus, and what it belongs to."""

    number: str
    kind: LineKind


def read_digits(text: str, region: str) -> Line | None:
    """The valid number in `text` ("+" and digits, or digits alone as dialled inside `region`), or None.

    `region` is an ISO 3166 code in capitals, or empty: then only numbers with a plus can be valid.
    """
    found = _short_way(text, region)
    return found if found is not None else _long_way(text, region)


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
    if text[:1] == "+":
        plan, national = _split_country(text)
    else:
        plan = _plan_of_region(region)
        national = text
        if plan is not None and not plan.is_surely_national(text):
            return None
    if plan is None or not 2 < len(national) <= _MAX_DIGITS:
        return None
    significant = plan.significant(national)
    if significant is None:
        return None
    kind = plan.kind_of(significant)
    return None if kind is None else Line(plan.plus_code + significant, kind)


def _split_country(text: str) -> tuple[_Plan | None, str]:
    for end in (2, 3, 4):  # no country code is the beginning of another
        plan = _plan_of_code(text[1:end])
        if plan is not None:
            return plan, text[end:]
    return None, ""


class _Plan:
    """The numbering plan of one country code, by the rules of its main region; everything compiled once."""

    def __init__(self, metadata: PhoneMetadata, regions: tuple[str, ...]) -> None:
        self.code = str(metadata.country_code)
        self.plus_code = "+" + self.code
        self._names = regions
        general = metadata.general_desc or PhoneNumberDesc()
        self._general = _compiled(general.national_number_pattern)
        self._lengths = frozenset(general.possible_length)
        self._prefix = _compiled(metadata.national_prefix_for_parsing)
        self._rewrites = bool(metadata.national_prefix_transform_rule)
        self._dials_out = _compiled(metadata.international_prefix)

    def is_surely_national(self, digits: str) -> bool:
        """Whether the library takes no country code off these digits, dialled inside the main region."""
        if self._dials_out is not None and self._dials_out.match(digits):
            return False
        if not digits.startswith(self.code):
            return True
        return bool(self._general and self._general.fullmatch(digits)) and len(digits) <= max(self._lengths)

    def significant(self, national: str) -> str | None:
        """The number without its national prefix; None where the rules are not simple."""
        found = self._prefix.match(national) if self._prefix else None
        if found is None:
            return national
        rest = national[found.end() :]
        rewritten = self._rewrites and found.groups()[-1:] != (None,)
        if rewritten or len(rest) not in self._lengths:
            return None
        return rest if self._general and self._general.fullmatch(rest) else None

    def kind_of(self, significant: str) -> LineKind | None:
        """What the number belongs to, or None if it is not valid in any region of this code."""
        for name in self._names:
            region = _region(name)
            if region is None:
                continue
            if region.leading is None or len(self._names) == 1:
                kind = region.kind_of(significant)
                if kind is not None:
                    return kind
            elif region.leading.match(significant):
                return region.kind_of(significant)
        return None


class _Region:
    """The kinds of numbers in one region. `leading` are the digits that decide for it, if any do."""

    def __init__(self, metadata: PhoneMetadata) -> None:
        general = metadata.general_desc or PhoneNumberDesc()
        self.leading = _compiled(metadata.leading_digits)
        self._general = _compiled(general.national_number_pattern)
        self._metadata = metadata
        self._lengths = frozenset(general.possible_length)
        self._by_length: dict[int, _Patterns] = {}

    def kind_of(self, significant: str) -> LineKind | None:
        length = len(significant)
        if self._general is None or not self._general.fullmatch(significant) or length not in self._lengths:
            return None
        patterns = self._by_length.get(length)
        if patterns is None:  # compiling takes long, and most lengths are never met
            patterns = self._by_length[length] = _Patterns(self._metadata, length)
        return patterns.kind_of(significant)


class _Patterns:
    """The patterns that numbers of one length can match, the library's order kept where it matters.

    The library asks for the special kinds first; of the rest a number is MOBILE if it matches the mobile
    pattern, whether or not the landline pattern matches too.
    """

    def __init__(self, metadata: PhoneMetadata, length: int) -> None:
        special = (
            *(metadata.premium_rate, metadata.toll_free, metadata.shared_cost, metadata.voip),
            *(metadata.personal_number, metadata.pager, metadata.uan, metadata.voicemail),
        )
        same = bool(metadata.same_mobile_and_fixed_line_pattern)
        self._kinds = (LineKind.OTHER, LineKind.MOBILE, LineKind.MOBILE if same else LineKind.LANDLINE)
        groups = (
            _either([_of_length(kind, length) for kind in special]),
            "" if same else _of_length(metadata.mobile, length),
            _of_length(metadata.fixed_line, length),
        )
        # The library's patterns hold no groups of their own; "(?!)" matches nothing.
        self._any = re.compile("|".join(f"({group or '(?!)'})" for group in groups))
        if self._any.groups != len(groups):
            raise ValueError(f"unexpected groups in the numbering plan of {metadata.id}")

    def kind_of(self, significant: str) -> LineKind | None:
        found = self._any.fullmatch(significant)
        return None if found is None or found.lastindex is None else self._kinds[found.lastindex - 1]


def _of_length(kind: PhoneNumberDesc | None, length: int) -> str:
    """The pattern of one kind of number, or empty if none of its numbers has this length."""
    if kind is None or not kind.national_number_pattern:
        return ""
    return kind.national_number_pattern if not kind.possible_length or length in kind.possible_length else ""


def _either(patterns: list[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns if pattern)


def _compiled(pattern: str | None) -> re.Pattern[str] | None:
    return re.compile(pattern) if pattern else None


@cache
def _plan_of_code(code: str) -> _Plan | None:
    regions = (
        phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(int(code)) if code.isdigit() and code[0] != "0" else None
    )
    metadata = PhoneMetadata.metadata_for_region(regions[0], None) if regions else None
    return _Plan(metadata, regions) if metadata is not None and regions else None


@cache
def _plan_of_region(region: str) -> _Plan | None:
    # Only the main region of a country code: the others (Jersey, Canada) are asked of the library.
    code = phonenumbers.country_code_for_region(region) if region else 0
    return _plan_of_code(str(code)) if code and _main_region(code) == region else None


def _main_region(code: int) -> str:
    return phonenumbers.COUNTRY_CODE_TO_REGION_CODE[code][0]


@cache
def _region(name: str) -> _Region | None:
    metadata = PhoneMetadata.metadata_for_region(name, None)
    return _Region(metadata) if metadata is not None else None
