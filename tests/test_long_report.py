"""A report with more rows than a sheet holds is told at once, and fits into a text file."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.ledger.ledger import Ledger
from app.problems import FileProblem
from app.providers.contract import Provider
from app.providers.known import PROVIDERS
from app.report import Which, write_report
from app.table.packing import Run, packed
from app.table.sheetwriting import MOST_ROWS
from app.table.writing import require_room

PROVIDER: Provider = PROVIDERS[0]
BLOCK = 4_096


@pytest.fixture
def long(tmp_path: Path) -> Path:
    """A ledger with as many rows as a sheet has, header included: one too many."""
    data = packed([("x",)] * BLOCK)
    path = tmp_path / "long.ledger"
    with Ledger.create(path) as ledger, ledger.unsynced():
        runs = (Run(2 + start, BLOCK, data) for start in range(0, MOST_ROWS, BLOCK))
        assert list(ledger.rows.add(runs))[-1] == MOST_ROWS
    return path


def test_too_many_rows_are_told_before_anything_is_written(long: Path, tmp_path: Path) -> None:
    place = tmp_path / "report.xlsx"
    place.write_bytes(b"what was there before")
    with Ledger.open(long) as ledger, pytest.raises(FileProblem) as told:
        write_report(ledger, ("A",), PROVIDER, PROVIDER.default_options(), place)
    assert ".csv" in told.value.advice
    assert place.read_bytes() == b"what was there before"
    assert {one.name for one in tmp_path.iterdir() if not one.name.startswith("long.")} == {"report.xlsx"}


def test_as_many_rows_as_fit_are_no_fault() -> None:
    require_room(Path("report.xlsx"), MOST_ROWS - 1)
    require_room(Path("report.csv"), 10 * MOST_ROWS)
    with pytest.raises(FileProblem):
        require_room(Path("report.XLSX"), MOST_ROWS)


def test_what_needs_mending_is_counted_as_it_is_written(long: Path, tmp_path: Path) -> None:
    """Nobody knows before how many of a long list that are; here none."""
    place = tmp_path / "rest.csv"
    with Ledger.open(long) as ledger:
        ledger.rows.leave_out(range(2, MOST_ROWS + 2))
        write_report(ledger, ("A",), PROVIDER, PROVIDER.default_options(), place, Which.TO_MEND)
    assert place.read_text("utf-8-sig").startswith("A,")
