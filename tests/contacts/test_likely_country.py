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


SEVEN_FRENCH = [
    *("0639981234", "639982345", "639983456", "06 39 98 45 67"),
    *("639985678", "639986789", "639987890"),
]


@pytest.mark.parametrize(
    ("texts", "usual", "country"),
    [
        # Bare digits that are Spanish as they stand, and French with the 0 that Excel takes away.
        ([text for text in SEVEN_FRENCH if text[0] != "0"], "IT", ""),
        ([text for text in SEVEN_FRENCH if text[0] != "0"], "FR", "FR"),
        ([text for text in SEVEN_FRENCH if text[0] != "0"], "ES", "ES"),
        ([*SEVEN_FRENCH, "+33 6 39 98 11 22"], "IT", "FR"),
        (["612 34 56 78", "655 12 34 56", "698 76 54 32"], "FR", "ES"),
        # Ten digits behind 06 are French and Dutch; in pairs only French.
        (["0612345678", "0623456789", "0634567890"], "IT", ""),
        (["0612345678", "0623456789", "0634567890"], "NL", "NL"),
        (["06 12 34 56 78", "06.23.45.67.89", "06 34 56 78 90"], "IT", "FR"),
        (["06 12345678", "06 23456789", "06 34567890"], "IT", "NL"),
        # Swedish and Swiss are grouped alike.
        (["079 123 45 67", "079 234 56 78", "079 345 67 89"], "IT", ""),
        # Several countries in one list, none of them above the others.
        (["0171 1234567", "0151 12345678", "06 12 34 56 78", "07 81 05 77 39"], "IT", ""),
        (["347 1234567", "07911 123456", "0171 1234567", "612 345 678"], "IT", ""),
        (["+393471234567", "+39 333 1234567", "+33612345678", "+33612345679", "+491711234567"], "IT", ""),
        # Landlines say little: nobody's country is told by them alone.
        (["01 99 00 11 22", "02 99 11 00 22", "03 53 01 00 11"], "", ""),
    ],
)
def test_better_no_country_than_a_wrong_one(texts: list[str], usual: str, country: str) -> None:
    assert likely_country(texts, usual) == country
