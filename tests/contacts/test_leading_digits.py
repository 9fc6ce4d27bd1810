"""How deep the patterns of numbering plans look, against what the patterns themselves answer."""

from __future__ import annotations

import random
import re

import phonenumbers
import pytest

from app.contacts.leading_digits import Depth, depth_of


@pytest.mark.parametrize(
    ("pattern", "depth"),
    [
        ("", Depth(0, 0)),
        (r"\d{4,9}", Depth(0, 9)),
        (r"7\d{3}[0-5]\d{4,5}", Depth(5, 10)),
        (r"0|180020", Depth(6, 6)),
        (r"0(?:1(?:2[0-3]\d{4}|3\d{5})|9\d{6})", Depth(4, 8)),
        (r"(?:12\d){2}\d", Depth(5, 7)),
        (r"\d\d?(?:34)?$", Depth(4, 4)),
        (r"(1[245]|2)(\d{10,11})?", Depth(2, 13)),
    ],
)
def test_only_what_is_asked_closely_decides(pattern: str, depth: Depth) -> None:
    assert depth_of(pattern) == depth


@pytest.mark.parametrize("pattern", [r"1(?=2)", r"1*", r"[^1]", r"1\w", r"1)", r"^1"])
def test_a_sign_it_does_not_know_makes_it_give_up(pattern: str) -> None:
    assert depth_of(pattern) is None


@pytest.mark.parametrize("region", ["IT", "GB", "US", "DE", "BR", "AR", "IN", "AU"])
def test_digits_behind_the_deciding_ones_change_nothing(region: str) -> None:
    chance = random.Random(region)
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(region, None)
    assert metadata is not None
    kinds = (metadata.general_desc, metadata.mobile, metadata.fixed_line, metadata.premium_rate)
    patterns = [kind.national_number_pattern for kind in kinds if kind and kind.national_number_pattern]
    patterns += [metadata.national_prefix_for_parsing or "", metadata.international_prefix or ""]
    for pattern in patterns:
        depth = depth_of(pattern)
        assert depth is not None
        for _ in range(300):
            start = "".join(chance.choices("0123456789", k=depth.deciding))
            length = chance.randint(0, 6)
            one, other = (start + "".join(chance.choices("0123456789", k=length)) for _ in range(2))
            assert _answer(pattern, one) == _answer(pattern, other)


def _answer(pattern: str, text: str) -> tuple[bool, tuple[int, int] | None]:
    found = re.match(pattern, text)
    return bool(re.fullmatch(pattern, text)), found.span() if found else None
