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
)


@given(st.text(st.sampled_from("a1 ;\t=@+-.(\uff1d\uff0b"), max_size=12))
def test_taking_the_guard_away_gives_the_text_back(text: str) -> None:
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("own", REPORT_COLUMNS)
def test_a_report_as_text_gives_back_what_the_sheet_held(tmp_path: Path, own: tuple[str, ...]) -> None:
    rows = [(text, "x", "", "", "2") for text in TRICKY]
    write_table(tmp_path / "report.csv", ("Note", *own), rows)
    assert "'@anna" in (tmp_path / "report.csv").read_text("utf-8")
    with open_table(tmp_path / "report.csv") as table:
        assert tuple(row.cells[0] for row in table.rows()) == TRICKY


def test_an_apostrophe_in_anybody_elses_file_is_theirs(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("Name;Note\nAnn;'@ann\nBob;\n", "utf-8")
    with open_table(tmp_path / "people.csv") as table:
        assert next(iter(table.rows())).cells == ("Ann", "'@ann")
