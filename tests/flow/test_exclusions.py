"""A do-not-contact list is read from any spreadsheet, header or not."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from app.flow.exclusions import not_understood_words, read_exclusions
from app.problems import FileProblem
from app.table.shape import ReadingChoice


def test_everybody_in_the_list_is_known(tmp_path: Path) -> None:
    path = tmp_path / "stop.csv"
    path.write_text("Name;E-Mail;Mobil\nAnna;anna@example.com;0171 1234567\nUgo;ugo@example.org;\n", "utf-8")
    found = read_exclusions(path, ReadingChoice(), "DE")
    assert len(found) == 3
    assert {"anna@example.com", "+491711234567", "ugo@example.org"} <= {
        value for value in ("anna@example.com", "+491711234567", "ugo@example.org") if value in found
    }


@pytest.mark.parametrize(
    "text", ["anna@example.com\n", "anna@example.com\nugo@example.org\neva@example.com\n"]
)
def test_a_list_without_a_header_loses_nobody(tmp_path: Path, text: str) -> None:
    path = tmp_path / "stop.txt"
    path.write_text(text, "utf-8")
    found = read_exclusions(path, ReadingChoice(), "")
    assert all(address in found for address in text.split())
    assert len(found) == len(text.split())


def test_every_sheet_that_is_shown_is_read_and_hidden_rows_too(tmp_path: Path) -> None:
    workbook = Workbook()
    first = workbook.worksheets[0]
    first.append(["E-mail", "Name"])
    first.append(["anna@example.com", "A"])
    first.append(["eva@example.com", "E"])
    first.row_dimensions[3].hidden = True
    first.auto_filter.ref = "A1:B3"
    workbook.create_sheet("blank")
    for name, state in (("2025", "visible"), ("old", "hidden")):
        sheet = workbook.create_sheet(name)
        sheet.sheet_state = state
        sheet.append([f"{name}@example.com"])
    path = tmp_path / "stop.xlsx"
    workbook.save(path)
    found = read_exclusions(path, ReadingChoice(), "IT")
    names = ("anna", "eva", "2025", "old")
    assert [name for name in names if f"{name}@example.com" in found] == ["anna", "eva", "2025"]
    only = read_exclusions(path, ReadingChoice(sheet="old"), "IT")
    assert [name for name in names if f"{name}@example.com" in only] == ["old"]


def test_cells_beyond_the_list_are_counted_as_not_understood(tmp_path: Path) -> None:
    path = tmp_path / "stop.csv"
    rows = [f"p{row}@example.com;x" for row in range(300)]
    path.write_text("\n".join(["E-mail;Name", *rows, "a@example.com;x;b@example.com"]), "utf-8")
    found = read_exclusions(path, ReadingChoice(), "")
    assert len(found) == 301
    assert not_understood_words(found).startswith("1 cell of the do-not-contact list was not understood")
    assert not_understood_words(None) == ""


def test_a_list_of_nobody_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "stop.csv"
    path.write_text("Name,City\nAnna,Roma\nUgo,Milano\n", "utf-8")
    with pytest.raises(FileProblem, match="nobody to leave out"):
        read_exclusions(path, ReadingChoice(), "IT")
