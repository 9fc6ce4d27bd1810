"""What is kept from being run as a formula comes back as it was when the program opens its own report."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.table.appendix import REPORT_COLUMNS
from app.table.formulas import guarded, unguarded
from app.table.reading import open_table
from app.table.writing import write_table

TRICKY = (
    "@anna_rossi",
    "-10% promised",
    "=1+1",
    "\uff1dA1",
    "a;=1+1",
    "a; -b",
    "+39 333 1234567",
    "+x",
    "d'Este",
    "'=typed as text",
    "''+x",
    "a;'=1",
    "-5",
    "-1.234,50",
)


@given(st.text(st.sampled_from("a1 ';\t=@+-.(\uff1d\uff0b"), max_size=12))
def test_taking_the_guard_away_gives_the_text_back(text: str) -> None:
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["-5", "-0.5", "-1,234.50", "-12%", "+39 333 1234567", "d'Este", "'tis"])
def test_what_can_only_be_a_number_or_a_word_stands_as_it_is(text: str) -> None:
    assert guarded(text) == text


@pytest.mark.parametrize("text", ["-5+A1", "-1-1|x", "-(5)", "--5", "-A1", "-.5", "-5e", "- 5"])
def test_what_is_more_than_a_negative_number_is_guarded(text: str) -> None:
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("own", REPORT_COLUMNS)
def test_a_report_as_text_gives_back_what_the_sheet_held(tmp_path: Path, own: tuple[str, ...]) -> None:
    rows = [(text, "x", "", "", "2") for text in TRICKY]
    write_table(tmp_path / "report.csv", ("Note", *own), rows)
    assert "'@anna" in (tmp_path / "report.csv").read_text("utf-8")
    with open_table(tmp_path / "report.csv") as table:
        assert tuple(row.cells[0] for row in table.rows()) == TRICKY


def test_headers_that_look_like_formulas_come_back_too(tmp_path: Path) -> None:
    headers = ("=Name", "@home", "-5", "Note;=1")
    write_table(tmp_path / "report.csv", (*headers, *REPORT_COLUMNS[0]), [("a", "b", "c", "d", *"wxyz")] * 3)
    with open_table(tmp_path / "report.csv") as table:
        assert tuple(column.name for column in table.shape.columns) == headers


def test_an_apostrophe_in_anybody_elses_file_is_theirs(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("Name;Note\nAnn;'@ann\nBob;\n", "utf-8")
    with open_table(tmp_path / "people.csv") as table:
        assert next(iter(table.rows())).cells == ("Ann", "'@ann")
