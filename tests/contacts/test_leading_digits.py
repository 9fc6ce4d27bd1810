"""How deep the patterns of numbering plans look, against what the patterns themselves answer."""

from __future__ import annotations

import random
import re

import phonenumbers
import pytest

from app.contacts.leading_digits import LeadingDigits


@pytest.mark.parametrize(
    ("pattern", "digits", "deciding"),
    [
        ("", "123", 0),
        (r"\d{4,9}", "123456", 0),
        (r"7\d{3}[0-5]\d{4,5}", "712345678", 5),
        (r"7\d{3}[0-5]\d{4,5}", "812345678", 1),
        (r"0|180020", "0123456", 1),
        (r"0|180020", "180123456", 4),
        (r"0(?:1(?:2[0-3]\d{4}|3\d{5})|9\d{6})", "01212345", 4),
        (r"0(?:1(?:2[0-3]\d{4}|3\d{5})|9\d{6})", "09123456", 2),
        (r"(?:12\d){2}\d", "1231234", 5),
        (r"\d\d?(?:34)?$", "99999", 3),
        (r"\d\d?(?:34)?$", "9349", 3),
        (r"(1[245]|2)(\d{10,11})?", "1234567890", 2),
        (r"[13-57]\d", "62", 1),
        (r"123", "12", 2),
    ],
)
def test_only_what_is_asked_closely_decides(pattern: str, digits: str, deciding: int) -> None:
    assert LeadingDigits([pattern]).deciding(digits) == deciding


def test_several_patterns_are_decided_together() -> None:
    both = LeadingDigits([r"12\d{4}", r"1[0-9]3\d{3}", r"12\d{4}"])
    assert both.deciding("129999") == 3
    assert both.deciding("+3912", 3) == 2
    assert both.deciding("9") == 1


@pytest.mark.parametrize("pattern", [r"1(?=2)", r"1*", r"[^1]", r"1\w", r"1)", r"^1", r"[1-]"])
def test_a_sign_it_does_not_know_makes_it_give_up(pattern: str) -> None:
    assert LeadingDigits([pattern]).deciding("112233") == 6


@pytest.mark.parametrize("region", ["IT", "GB", "US", "DE", "BR", "AR", "IN", "AU"])
def test_digits_behind_the_deciding_ones_change_nothing(region: str) -> None:
    chance = random.Random(region)
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(region, None)
    assert metadata is not None
    kinds = (metadata.general_desc, metadata.mobile, metadata.fixed_line, metadata.premium_rate)
    patterns = [kind.national_number_pattern for kind in kinds if kind and kind.national_number_pattern]
    patterns += [metadata.national_prefix_for_parsing or "", metadata.international_prefix or ""]
    for pattern in patterns:
        tests = LeadingDigits([pattern])
        for _ in range(300):
            one = "".join(chance.choices("0123456789", k=chance.randint(4, 14)))
            kept = one[: tests.deciding(one)]
            other = kept + "".join(chance.choices("0123456789", k=len(one) - len(kept)))
            assert _answer(pattern, one) == _answer(pattern, other)


def _answer(pattern: str, text: str) -> tuple[bool, tuple[int, int] | None, tuple[str | None, ...]]:
    found = re.match(pattern, text)
    return (
        bool(re.fullmatch(pattern, text)),
        found.span() if found else None,
        tuple(found and "x" for found in found.groups()) if found else (),
    )
