"""Reads a number that is already digits, by the numbering plans of the phonenumbers library.

Gives exactly the library's verdict and E.164 form; most numbers take a short way through the same data that
is many times faster, everything else is asked of the library itself. Refuses to know how people write.

Why the short way gives the same answer: it takes only steps whose result the library's own code fixes. It
gives up (and the library decides) whenever an international prefix, a doubtful country code, or an invalid
number is met; so it can only say "valid", and says it after the same regions, patterns and lengths in the
same order.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import cache
from typing import NamedTuple, TypeVar

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumberType
from phonenumbers.phonemetadata import PhoneNumberDesc

from app.contacts.leading_digits import depth_of

_MAX_DIGITS = 17  # longest national number the library parses
_MOST_REMEMBERED = 20_000  # beginnings of numbers, of each country code

Shape = TypeVar("Shape")
Answer = TypeVar("Answer")


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
        plan, start = _plan_named_in(text[1:4])
    else:
        plan, start = _plan_of_region(region), 0
    return None if plan is None else plan.line(text, start)


@cache
def _plan_named_in(digits: str) -> tuple[_Plan | None, int]:
    """The plan whose country code these digits begin with, and where in the number what follows begins."""
    for end in range(1, len(digits) + 1):  # no country code is the beginning of another
        plan = _plan_of_code(digits[:end])
        if plan is not None:
            return plan, end + 1
    return None, 0


class _Plan:
    """The numbering plan of one country code, by the rules of one of its regions; everything compiled once.

    What a number is depends on its length and its first digits only (leading_digits tells on how many), so
    the answer is remembered by these: a list has many numbers and few beginnings.
    """

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
        self._beginning = max(len(self.code), _deciding(self._prefix, self._dials_out, self._general))
        if self._prefix and self._rewriting:  # what is rewritten is seen, too
            self._beginning = max(self._beginning, _looks_at(self._prefix.pattern, whole=True))
        self._deciding: int | None = None  # asked of all regions, so not before a number is met
        self._cuts: dict[tuple[str, int], tuple[str, int] | None] = {}
        self._kinds: dict[tuple[str, int, bool], LineKind | None] = {}

    def line(self, text: str, start: int) -> Line | None:
        """The line whose number is `text` from `start` on; 0 if dialled inside the region, without a
        plus. None where the short way does not lead to a valid number."""
        length = len(text)
        if not 2 < length - start <= _MAX_DIGITS:
            return None
        significant, was_cut = text[start:], False
        if self._prefix is not None or not start:
            beginning = (text[: start + self._beginning], length)
            try:
                cut = self._cuts[beginning]
            except KeyError:
                cut = self._cut(text, start)
                _remember(self._cuts, beginning, cut)
            if cut is None:
                return None
            significant, was_cut = cut[0] + text[cut[1] :], cut[1] > start
        shape = (significant[: self._deciding or self._ask_regions()], len(significant), was_cut)
        try:
            kind = self._kinds[shape]
        except KeyError:
            kind = self._kind_of(significant, was_cut)
            _remember(self._kinds, shape, kind)
        return None if kind is None else Line(self.plus_code + significant, kind)

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

    def _ask_regions(self) -> int:
        regions = [region for name in self._names if (region := _region(name)) is not None]
        self._deciding = max(1, _deciding(self._general), *(region.deciding for region in regions))
        return self._deciding


class _Region:
    """The kinds of numbers in one region. `leading` are the digits that decide for it, if any do."""

    def __init__(self, metadata: PhoneMetadata) -> None:
        general = metadata.general_desc or PhoneNumberDesc()
        self.leading = _compiled(metadata.leading_digits)
        self._general = _compiled(general.national_number_pattern)
        self.deciding = max(_deciding(self.leading, self._general), _deciding_in(metadata))
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


def _deciding_in(metadata: PhoneMetadata) -> int:
    """How many leading digits decide which kind a number of this region is."""
    kinds = (metadata.mobile, metadata.fixed_line, *_special_kinds(metadata))
    return max(_looks_at(kind.national_number_pattern) for kind in kinds if kind is not None)


def _deciding(*patterns: re.Pattern[str] | None) -> int:
    return max(_looks_at(pattern.pattern if pattern else "") for pattern in patterns)


def _looks_at(pattern: str | None, *, whole: bool = False) -> int:
    depth = depth_of(pattern or "")
    if depth is None:
        return _MAX_DIGITS
    return depth.longest if whole else depth.deciding


def _remember(met: dict[Shape, Answer], shape: Shape, answer: Answer) -> None:
    if len(met) >= _MOST_REMEMBERED:
        met.clear()
    met[shape] = answer


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
    # Its own rules say how a number is dialled there; what it belongs to is asked of all that share its code.
    metadata = PhoneMetadata.metadata_for_region(region, None) if region else None
    code = metadata.country_code if metadata is not None else None
    regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(code) if code else None
    if metadata is None or regions is None:
        return None
    return _plan_of_code(str(code)) if regions[0] == region else _Plan(metadata, regions)


@cache
def _region(name: str) -> _Region | None:
    metadata = PhoneMetadata.metadata_for_region(name, None)
    return _Region(metadata) if metadata is not None else None
