"""Numbers are compared by their digits where a country is not written, however they are dialled at home."""

from __future__ import annotations

import pytest

from app.contacts.dialling import home_digits, home_forms


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("+393331234567", "333 1234567"),
        ("+393331234567", "39 333 1234567"),
        ("+390612345678", "06/12345678"),
        ("+390612345678", "612345678"),
        ("+4915123456789", "(0151) 2345-6789"),
        ("+447700900123", "07700 900123"),
        ("+33639981234", "06 39 98 12 34"),
        ("+12015550123", "(201) 555-0123"),
        ("+12015550123", "1-201-555-0123"),
        ("+79123456789", "8 (912) 345-67-89"),
        ("+36201234567", "06 20 123 4567"),
        ("+5491112345678", "011 15-1234-5678"),
        ("+393331234567", "3331234567.0"),
        ("+393331234567", "３３３１２３４５６７"),
    ],
)
def test_what_is_dialled_at_home_is_the_same_number(number: str, written: str) -> None:
    assert set(home_digits(written)).intersection(home_forms(number))


@pytest.mark.parametrize("text", ["+39 333 1234567", "0039 333 1234567", "12345", "", "no number", "1" * 16])
def test_what_names_its_country_or_is_no_number_has_no_digits_of_its_own(text: str) -> None:
    assert list(home_digits(text)) == []


def test_all_numbers_of_a_text_are_given() -> None:
    assert {"3331234567", "3337654321"} <= set(home_digits("333 1234567 / 333 7654321"))
    assert {"21234567"} <= set(home_digits("02/1234567"))
