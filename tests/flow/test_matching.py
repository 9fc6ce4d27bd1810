"""What is shown of a column speaks for the whole file, and rows may name their own country."""

from __future__ import annotations

from pathlib import Path

from app.contacts.sources import ColumnSource, reading_of
from app.flow.draft import new_draft
from app.flow.matching import examples, share_filled, with_suggested_mapping
from app.flow.reading import read_file
from app.table.shape import ReadingChoice
from app.table.writing import write_table
from tests.flow.scene import read_file_with


def test_examples_come_from_all_over_a_long_file(tmp_path: Path) -> None:
    rows = [(f"p{place}@example.com", "" if place < 900 else "Rome") for place in range(1_000)]
    write_table(tmp_path / "long.csv", ("E-mail", "City"), rows)
    file = read_file(tmp_path / "long.csv", ReadingChoice(), tmp_path)
    mail, city = (reading_of(ColumnSource(place)) for place in (0, 1))
    first, between, last = examples(file, mail)
    assert (first, last) == ("p0@example.com", "p999@example.com")
    assert first < between < last
    assert examples(file, city) == ("Rome",)
    assert 0.05 < share_filled(file, city) < 0.15


def test_a_short_file_is_looked_at_whole() -> None:
    file = read_file_with("City", rows=(("Rome",), ("",), ("Oslo",), ("Rome",)))
    city = reading_of(ColumnSource(0))
    assert examples(file, city) == ("Rome", "Oslo")
    assert share_filled(file, city) == 0.75


def test_rows_name_their_country_where_the_provider_has_no_field_for_it() -> None:
    rows = (("+44 7700 900001", "GB"), ("333 1234567", "Italia"), ("06 39 98 00 01", "France"))
    draft = new_draft("octopush", "GB").with_file(read_file_with("Mobile", "Country", rows=rows))
    assert with_suggested_mapping(draft).mapping.phone_country == 1
    on_cars = tuple((number, plate) for (number, _), plate in zip(rows, ("GB", "I", "F"), strict=True))
    draft = new_draft("octopush", "GB").with_file(read_file_with("Mobile", "Country", rows=on_cars))
    assert with_suggested_mapping(draft).mapping.phone_country == 1
    codes = tuple((number, "A-1") for number, _ in rows)
    draft = new_draft("octopush", "GB").with_file(read_file_with("Mobile", "Country", rows=codes))
    assert with_suggested_mapping(draft).mapping.phone_country is None
