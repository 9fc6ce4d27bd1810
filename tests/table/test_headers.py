"""The header row is found by its shape, and columns get honest names."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.table.headers import find_header, name_columns
from app.table.notes import NoteTaker
from app.table.notices import NoticeKind, notices_of
from app.table.packing import rows_of
from app.table.reading import open_table
from app.table.shape import ReadingChoice, Row
from app.table.writing import write_table

NAMES = "Nome;Cognome;E-mail;Cellulare"
ENTRIES = [f"Anna{n};Rossi;anna{n}@example.com;333 12345{n:02}" for n in range(20)]


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


def _lines(*lines: str) -> list[Row]:
    """The rows of a text file: blank lines count, and give no row."""
    return [Row(number, tuple(line.split(";"))) for number, line in enumerate(lines, 1) if line]


@pytest.mark.parametrize("entries", [1, 2, 20])
@pytest.mark.parametrize(
    "letterhead",
    [
        ["Ditta Rossi srl;info@example.com;06 1234567;"],
        ["Esportato il;01/02/2026;Utente;admin@example.com"],
        ["Esportato il;01/02/2026;Utente;Mario"],
        ["Periodo;01/01/2026;31/01/2026;"],
        ["Listino;123456789012;;"],
        ["Ditta Rossi srl;Via Roma 1;info@example.com;06 1234567;", ""],
        ["Ditta Rossi srl;;;", "Tel.;+39 06 1234567;Fax;+39 06 1234568", ""],
    ],
)
def test_a_letterhead_with_addresses_and_numbers_is_passed_over(letterhead: list[str], entries: int) -> None:
    records = _lines(*letterhead, NAMES, *ENTRIES[:entries])
    found = find_header(records)
    assert found is not None
    assert records[found].cells == tuple(NAMES.split(";"))


@pytest.mark.parametrize(
    "lines",
    [
        ENTRIES,
        ENTRIES[:1],
        [*ENTRIES[:3], "Bob;Bianchi;non dato;manca", *ENTRIES[3:]],
        [*ENTRIES[:2], "", "Bob;Bianchi;non dato;manca", *ENTRIES[3:]],
        ["Bob;Bianchi;;", *ENTRIES],
        ["Anna;Rossi;Via Roma 1;20100", "Luca;Galli;Via Bari 2;20121"],
        ["1;Anna;Rossi;Roma", "2;Luca;Galli;Bari", "3;Zoe;Serra;Pisa"],
    ],
)
def test_a_list_that_begins_with_a_contact_has_no_header(lines: list[str]) -> None:
    assert find_header(_lines(*lines)) is None


@pytest.mark.parametrize("header", ["E-mail;;;;;", "Nome;E-mail;;;;", ";Contatto;;Anno;;"])
def test_a_header_may_name_less_than_half_of_the_columns(header: str) -> None:
    entries = [f"Anna{n};anna{n}@example.com;Via Roma {n};2010{n};Roma;RM" for n in range(9)]
    names = header if header[0] != "E" else ";E-mail;;;;"
    assert find_header(_lines(names, *entries)) == 0
    assert find_header(_lines("Clienti;;;;;", "", names, *entries)) == 1


def test_years_and_numbers_may_name_columns_beside_words() -> None:
    assert find_header(_lines("Nome;2023;2024;2025", "Anna;5;6;7", "Luca;1;2;3")) == 0
    assert find_header(_lines("Nome;E-mail;1;2", "Anna;anna@example.com;6;7", "Luca;l@example.com;2;3")) == 0


def _read(path: Path, choice: ReadingChoice) -> tuple[list[str], list[Row], list[NoticeKind]]:
    with open_table(path, choice) as table:
        taker = NoteTaker()
        rows = [*rows_of(taker.watched(table.runs(), False))]
        notes = taker.notes(table.shape, False, 0, 0)
        kinds = [notice.kind for notice in notices_of(notes, len(rows))]
        return [column.name for column in table.shape.columns], rows, kinds


@pytest.mark.parametrize("name", ["list.csv", "list.xlsx"])
def test_a_list_without_a_header_keeps_its_first_row(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    cells = [line.split(";") for line in ENTRIES]
    write_table(path, cells[0], cells[1:])
    names, rows, notices = _read(path, ReadingChoice())
    assert names == ["Column A", "Column B", "Column C", "Column D"]
    assert [(row.number, list(row.cells)) for row in rows] == [*enumerate(cells, 1)]
    assert notices == [NoticeKind.NO_HEADER]


def test_any_row_can_be_made_the_header_and_none_can(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("\n".join(["1;2;3;4", *ENTRIES]), encoding="utf-8")
    assert _read(path, ReadingChoice())[0][0] == "Column A"
    names, rows, notices = _read(path, ReadingChoice(header_row=1))
    assert (names, rows[0].number, notices) == (["1", "2", "3", "4"], 2, [])
    path.write_text("\n".join([NAMES, *ENTRIES]), encoding="utf-8")
    names, rows, notices = _read(path, ReadingChoice(header_row=0))
    assert (names[0], rows[0].number, notices) == ("Column A", 1, [NoticeKind.NO_HEADER])
