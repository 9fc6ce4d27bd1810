"""The numbering plans of the phonenumbers library, by country code: what a number is, read as it reads them.

Knows plans, their regions and patterns; refuses to know how people write numbers, and says nothing about
numbers that it can't be sure of: those are asked of the library itself.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import cache, cached_property
from typing import NamedTuple

import phonenumbers
from phonenumbers import PhoneMetadata
from phonenumbers.phonemetadata import PhoneNumberDesc

from app.contacts.leading_digits import LeadingDigits

_MAX_DIGITS = 17  # longest national number the library parses


class LineKind(Enum):
    """What a number belongs to. MOBILE also where a plan does not tell mobiles and landlines apart."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    OTHER = "other"  # premium rate, freephone, shared cost, internet, pager, voicemail


class PlanReading(NamedTuple):
    """What a plan says of a number: what it belongs to (None: not sure that it is valid), what stands in the
    place of everything before `cut` in its significant digits, and how many leading digits decide all that.
    """

    kind: LineKind | None
    instead: str
    cut: int
    deciding: int


class Plan:
    """The numbering plan of one country code, by the rules of one of its regions."""

    def __init__(self, metadata: PhoneMetadata, regions: tuple[str, ...]) -> None:
        self.code = str(metadata.country_code)
        self.plus_code = "+" + self.code
        self._names = regions
        general = metadata.general_desc or PhoneNumberDesc()
        self._general = _compiled(general.national_number_pattern)
        self._lengths = frozenset(general.possible_length)
        self._prefix = _compiled(metadata.national_prefix_for_parsing)
        self._rewriting = metadata.national_prefix_transform_rule or ""
        self._dials_out = _compiled(metadata.international_prefix)

    def reading(self, text: str, start: int) -> PlanReading:
        """What the number is that is `text` from `start` on; 0 if dialled inside the region, without plus."""
        if not 2 < len(text) - start <= _MAX_DIGITS:
            return PlanReading(None, "", start, start)
        deciding = start + self._looks_for_prefix.deciding(text, start)
        if not start:
            deciding = max(deciding, self._looks_when_dialled.deciding(text))
        found = self._cut(text, start)
        if found is None:
            return PlanReading(None, "", start, deciding)
        instead, cut = found
        significant = instead + text[cut:]
        deciding = max(deciding, cut + self._looks_for_kind.deciding(significant))
        return PlanReading(self._kind_of(significant, cut > start), instead, cut, deciding)

    @cached_property
    def _looks_for_prefix(self) -> LeadingDigits:
        return LeadingDigits(_patterns_of(self._prefix))

    @cached_property
    def _looks_when_dialled(self) -> LeadingDigits:
        return LeadingDigits([self.code, *_patterns_of(self._dials_out, self._general)])

    @cached_property
    def _looks_for_kind(self) -> LeadingDigits:
        regions = [region for name in self._names if (region := _region(name)) is not None]
        patterns = [pattern for region in regions for pattern in region.patterns]
        return LeadingDigits([*_patterns_of(self._general), *patterns])

    def _cut(self, text: str, start: int) -> tuple[str, int] | None:
        """What stands in the place of the national prefix (mostly nothing), and where the rest begins; None
        where the rules are not simple."""
        if not start and not self._is_surely_national(text):
            return None
        found = self._prefix.match(text, start) if self._prefix else None
        if found is None or found.end() == start:
            return "", start
        rewritten = bool(self._rewriting) and found.groups()[-1:] != (None,)
        instead = found.expand(self._rewriting) if rewritten else ""
        left = len(instead) + len(text) - found.end()
        return (instead, found.end()) if left in self._lengths else None

    def _is_surely_national(self, digits: str) -> bool:
        """Whether the library takes no country code off these digits, dialled inside the main region."""
        if self._dials_out is not None and self._dials_out.match(digits):
            return False
        if not digits.startswith(self.code):
            return True
        return bool(self._general and self._general.fullmatch(digits)) and len(digits) <= max(self._lengths)

    def _kind_of(self, significant: str, was_cut: bool) -> LineKind | None:
        """What the number belongs to, or None if it is not valid in any region of this code."""
        if was_cut and not (self._general and self._general.fullmatch(significant)):
            return None
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

    @property
    def patterns(self) -> list[str]:
        """Every pattern that decides about a number here."""
        kinds = (self._metadata.mobile, self._metadata.fixed_line, *_special_kinds(self._metadata))
        told = [kind.national_number_pattern or "" for kind in kinds if kind is not None]
        return [*_patterns_of(self.leading, self._general), *told]

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
        special = _special_kinds(metadata)
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


def _special_kinds(metadata: PhoneMetadata) -> tuple[PhoneNumberDesc | None, ...]:
    return (
        *(metadata.premium_rate, metadata.toll_free, metadata.shared_cost, metadata.voip),
        *(metadata.personal_number, metadata.pager, metadata.uan, metadata.voicemail),
    )


def _of_length(kind: PhoneNumberDesc | None, length: int) -> str:
    """The pattern of one kind of number, or empty if none of its numbers has this length."""
    if kind is None or not kind.national_number_pattern:
        return ""
    return kind.national_number_pattern if not kind.possible_length or length in kind.possible_length else ""


def _either(patterns: list[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns if pattern)


def _patterns_of(*compiled: re.Pattern[str] | None) -> list[str]:
    return [one.pattern for one in compiled if one is not None]


def _compiled(pattern: str | None) -> re.Pattern[str] | None:
    return re.compile(pattern) if pattern else None


@cache
def plan_of_code(code: str) -> Plan | None:
    regions = (
        phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(int(code)) if code.isdigit() and code[0] != "0" else None
    )
    metadata = PhoneMetadata.metadata_for_region(regions[0], None) if regions else None
    return Plan(metadata, regions) if metadata is not None and regions else None


@cache
def plan_of_region(region: str) -> Plan | None:
    # Its own rules say how a number is dialled there; what it belongs to is asked of all that share its code.
    metadata = PhoneMetadata.metadata_for_region(region, None) if region else None
    code = metadata.country_code if metadata is not None else None
    regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(code) if code else None
    if metadata is None or regions is None:
        return None
    return plan_of_code(str(code)) if regions[0] == region else Plan(metadata, regions)


@cache
def _region(name: str) -> _Region | None:
    metadata = PhoneMetadata.metadata_for_region(name, None)
    return _Region(metadata) if metadata is not None else None
