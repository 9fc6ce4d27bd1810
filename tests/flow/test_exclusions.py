"""A do-not-contact list is read from any spreadsheet, header or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.flow.exclusions import read_exclusions
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


def test_a_list_without_a_header_loses_nobody(tmp_path: Path) -> None:
    path = tmp_path / "stop.txt"
    path.write_text("anna@example.com\nugo@example.org\neva@example.com\n", "utf-8")
    found = read_exclusions(path, ReadingChoice(header_row=1), "")
    assert "anna@example.com" in found
    assert "eva@example.com" in found


def test_a_list_of_nobody_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "stop.csv"
    path.write_text("Name,City\nAnna,Roma\nUgo,Milano\n", "utf-8")
    with pytest.raises(FileProblem, match="nobody to leave out"):
        read_exclusions(path, ReadingChoice(), "IT")
