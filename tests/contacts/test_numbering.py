"""The short way through the numbering plans, against the library it must never contradict."""

from __future__ import annotations

import random

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.contacts.numbering import knows_region, read_digits
from app.contacts.numbering_plans import LineKind

REGIONS = (
    *(
        "IT",
        "FR",
        "DE",
        "ES",
        "GB",
        "US",
        "CH",
        "AT",
        "BE",
        "NL",
        "PT",
        "IE",
        "PL",
        "RO",
        "SE",
        "NO",
        "DK",
        "FI",
    ),
    *("GR", "CZ", "HU", "BR", "AR", "MX", "CA", "AU", "IN", "JP", "TR", "ZA", "SM", "JE", "KZ"),
)
PHONE_TYPES = range(11)


def by_the_library(text: str, region: str) -> tuple[str, LineKind] | None:
    try:
        number = phonenumbers.parse(text, region or None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    kinds = {
        phonenumbers.PhoneNumberType.MOBILE: LineKind.MOBILE,
        phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE: LineKind.MOBILE,
        phonenumbers.PhoneNumberType.FIXED_LINE: LineKind.LANDLINE,
    }
    kind = kinds.get(phonenumbers.number_type(number), LineKind.OTHER)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), kind


def ours(text: str, region: str) -> tuple[str, LineKind] | None:
    line = read_digits(text, region)
    return None if line is None else (line.number, line.kind)


def likely_number(random_: random.Random, region: str) -> str:
    """A number that begins like a real one of the region, written in one of the usual ways."""
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(region, None)
    example = phonenumbers.example_number_for_type(region, random_.choice(PHONE_TYPES))
    if metadata is None or example is None:
        return "".join(random_.choices("0123456789", k=random_.randint(4, 14)))
    whole = phonenumbers.national_significant_number(example)
    kept = random_.randint(1, len(whole))
    length = len(whole) - kept + random_.choice((0, 0, 0, 0, 1, -1))
    national = whole[:kept] + "".join(random_.choices("0123456789", k=max(0, length)))
    code, prefix = str(metadata.country_code), metadata.national_prefix or ""
    ways = ("", prefix, code, "+" + code, "+" + code + prefix, "00" + code)
    return random_.choice(ways) + national


@pytest.mark.parametrize("region", REGIONS)
def test_the_verdict_is_the_librarys_for_likely_numbers(region: str) -> None:
    random_ = random.Random(region)
    for _ in range(300):
        text, home = likely_number(random_, region), random_.choice((region, region, "IT", "US", ""))
        assert ours(text, home) == by_the_library(text, home), (text, home)


@given(st.from_regex(r"\+?[0-9]{3,17}", fullmatch=True), st.sampled_from([*REGIONS, ""]))
def test_the_verdict_is_the_librarys_for_any_digits(text: str, region: str) -> None:
    assert ours(text, region) == by_the_library(text, region)


def test_regions_are_known_by_their_iso_codes() -> None:
    assert knows_region("IT")
    assert not knows_region("XX")
    assert not knows_region("")
