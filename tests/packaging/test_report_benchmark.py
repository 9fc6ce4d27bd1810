"""What the report's benchmark looks for in a saved report, with few rows: it measures nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.table.reading import open_table
from app.table.shape import ReadingChoice
from app.table.writing import write_table
from benchmarks.report import make_import, save_ours, save_with_openpyxl
from benchmarks.report_reading import READERS, NotWhole, require_rows
from benchmarks.report_rows import FIRST, HEADERS, NOTES, STRANGE, cells, told

ROWS = STRANGE * len(NOTES) + 10  # each strange note once


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    make_import(folder / "import.ledger", ROWS)
    save_ours(folder)
    return folder / "ours.xlsx"


@pytest.mark.parametrize("name", READERS)
def test_every_reader_finds_every_cell_where_it_belongs(name: str, report: Path) -> None:
    READERS[name](report, ROWS)


def lines(rows: int) -> list[list[object]]:
    return [[*cells(number), *told(number), number] for number in range(FIRST, rows + FIRST)]


def test_both_sides_write_the_same_cells(tmp_path: Path) -> None:
    save_with_openpyxl(tmp_path, 150)
    sheet = load_workbook(tmp_path / "openpyxl.xlsx").worksheets[0]
    require_rows(sheet.iter_rows(min_row=FIRST, values_only=True), 150)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda lines: lines.pop(),
        lambda lines: lines.pop(3),
        lambda lines: lines.append(lines[-1]),
        lambda lines: lines[3].__setitem__(0, int(lines[3][0])),
        lambda lines: lines[3].__setitem__(4, lines[3][4].lstrip("+")),
        lambda lines: lines[98].__setitem__(-3, ""),
        lambda lines: lines[3].__setitem__(-1, "5"),
    ],
)
def test_a_report_that_lost_something_is_not_whole(spoil: object) -> None:
    assert callable(spoil)
    told_lines = lines(150)
    require_rows(told_lines, 150)
    spoil(told_lines)
    with pytest.raises(NotWhole):
        require_rows(told_lines, 150)


def test_a_report_without_what_was_decided_is_not_whole(report: Path, tmp_path: Path) -> None:
    with open_table(report, ReadingChoice(own_columns=True)) as table:
        few = [row.cells for row, _ in zip(table.rows(), range(20), strict=False)]
    path = tmp_path / "report.xlsx"
    write_table(path, [*HEADERS, "Result", "Reason", "What to do", "Row"], few, numbers=(13,))
    READERS["our reader"](path, 20)
    with pytest.raises(NotWhole, match="decided"):
        READERS["the program"](path, 20)
