"""The header row is found by its shape, and columns get honest names."""

from __future__ import annotations

from app.table.headers import find_header, name_columns
from app.table.shape import Row


def _records(*rows: tuple[str, ...]) -> list[Row]:
    return [Row(number, cells) for number, cells in enumerate(rows, 1)]


def test_titles_above_the_header_are_passed_over() -> None:
    records = _records(
        ("Clienti 2024", "", "", ""),
        ("Export", "12/03/2024", "", ""),
        ("Nome", "Cognome", "E-mail", "Telefono"),
        ("Anna", "Serra", "anna@example.com", "333"),
        ("Luca", "Galli", "luca@example.com", "334"),
    )
    assert find_header(records) == 2


def test_data_in_the_first_row_means_no_header() -> None:
    assert find_header(_records(("Anna", "anna@example.com"), ("Luca", "luca@example.com"))) is None
    assert find_header(_records(("+39 333 1234567",), ("+39 333 1234568",))) is None


def test_a_single_column_may_have_a_header() -> None:
    assert find_header(_records(("Email",), ("a@example.com",), ("b@example.com",))) == 0


def test_repeated_empty_and_broken_headers_get_unique_names() -> None:
    columns = name_columns(("Phone", "phone", "Phone (2)", "", " E\nmail ", "\ufeffName"), 7)
    names = [column.name for column in columns]
    assert names == ["Phone", "phone (3)", "Phone (2)", "Column D", "E mail", "Name", "Column G"]
    assert [column.letter for column in columns] == list("ABCDEFG")


def test_columns_past_z_have_two_letters() -> None:
    assert name_columns((), 28)[27].letter == "AB"
