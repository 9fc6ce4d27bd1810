"""The country of numbers without one is guessed from the numbers, or not at all."""

from __future__ import annotations

import pytest

from app.contacts.likely_country import likely_country


@pytest.mark.parametrize(
    ("texts", "country"),
    [
        (["349 550 2695", "347/1234567", "3331234567", "+33612345678"], "IT"),
        (["06 12 34 56 78", "07 81 05 77 39", "0612345678"], "FR"),
        (["0171 1234567", "0151/12345678", "0160 1234567"], "DE"),
        (["612 345 678", "655 123 456", "698765432"], "ES"),
        (["07911 123456", "07400 123456", "(07911) 123 456"], "GB"),
        (["+393471234567", "0039 347 1234568", "+39 333 1234567"], "IT"),
    ],
)
def test_the_numbers_name_their_country(texts: list[str], country: str) -> None:
    assert likely_country(texts) == country


def test_the_systems_country_decides_between_two_that_fit() -> None:
    swiss = ["079 123 45 67", "079 234 56 78", "079 345 67 89"]
    assert likely_country(swiss, "CH") == "CH"


@pytest.mark.parametrize("texts", [[], ["347 1234567"], ["x", "", "12", "call me"], ["9" * 40] * 5])
def test_too_little_to_go_by_gives_no_country(texts: list[str]) -> None:
    assert likely_country(texts) == ""


def test_numbers_kept_for_examples_are_read() -> None:
    assert likely_country(["07700 900001", "07700 900002", "07700 900003"]) == "GB"
