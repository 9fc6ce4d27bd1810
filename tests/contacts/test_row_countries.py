"""A column of countries is read as it is written; what is not understood is not even the usual country."""

from __future__ import annotations

import pytest

from app.contacts.row_countries import RowCountries, has_plates, names_no_country


@pytest.mark.parametrize("text", ["", " ", "-", "?", "n/a", "\u200b"])
def test_a_cell_that_says_nothing_leaves_it_to_the_whole_list(text: str) -> None:
    assert RowCountries().region(text) == ""
    assert names_no_country(text)


@pytest.mark.parametrize("text", ["Atlantis", "#N/A", "12", "D"])
def test_a_cell_that_is_not_understood_names_no_country_at_all(text: str) -> None:
    assert RowCountries().region(text) is None
    assert not names_no_country(text)


@pytest.mark.parametrize(
    ("texts", "plates"),
    [
        (("D", "A", "CH", ""), True),
        (("I", "F", "E", "GB", "NL", "B", "P", "L"), True),
        (("IT", "DE"), True),
        (("D", "Italia", "Francia"), False),
        (("A-1", "B-2"), False),
        (("X", "Y", "D"), False),
        (("", "-"), False),
        ((), False),
    ],
)
def test_letters_are_countries_only_in_a_column_of_codes(texts: tuple[str, ...], plates: bool) -> None:
    assert has_plates(texts) is plates


def test_a_column_of_codes_is_read_as_cars_carry_them() -> None:
    by_plates = RowCountries(by_plates=True)
    assert [by_plates.region(text) for text in ("D", "a", "GB", "SLO", "Q")] == ["DE", "AT", "GB", "SI", None]
