"""Every file of the corpus reads as a person sees it, and every damaged copy ends in rows or in a Problem."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import python_calamine

from app.table.reading import open_table
from app.table.shape import Row, column_letter

CORPUS = Path(__file__).resolve().parent / "corpus"
ROOT = CORPUS.parents[2]
NAMES = sorted(path.stem for path in CORPUS.glob("*.json"))
TEXTS = (".csv", ".tsv", ".txt")
MINUTES = 300.0


def _named(rows: list[Row], kind: str) -> list[str]:
    return [
        f"{column_letter(position)}{row.number}"
        for row in rows
        for position in sorted(row.marks.errors if kind == "errors" else row.marks.unstored)
    ]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_reads_as_a_person_sees_it(name: str) -> None:
    seen = json.loads((CORPUS / f"{name}.json").read_text(encoding="utf-8"))
    with open_table(CORPUS / name) as table:
        rows = list(table.rows())
        shape = table.shape
        filled = [row for row in rows if not row.blank or row.marks.unstored]
        assert shape.header_row == seen["header_row"]
        assert [column.name for column in shape.columns] == seen["columns"]
        assert [[row.number, list(row.cells)] for row in filled] == seen["rows"]
        assert [row.number for row in rows if row.marks.hidden] == seen["hidden_rows"]
        assert [column.letter for column in shape.columns if column.hidden] == seen["hidden_columns"]
        assert _named(rows, "errors") == seen["errors"]
        assert _named(rows, "unstored") == seen["unstored"]
        assert (table.filtered, len(table.merged())) == (seen["filtered"], seen["merged"])
        assert shape.sheet == (seen["sheet"] if not name.endswith(TEXTS) else "")
        assert sorted(shape.hidden_sheets) == seen["hidden_sheets"]


@pytest.mark.parametrize("name", [name for name in NAMES if not name.endswith(TEXTS)])
def test_calamine_finds_the_same_rows_and_texts(name: str) -> None:
    book = python_calamine.CalamineWorkbook.from_path(str(CORPUS / name))
    with open_table(CORPUS / name) as table:
        theirs = book.get_sheet_by_name(table.shape.sheet).to_python(skip_empty_area=False)
        for row in table.rows():
            if row.blank:
                continue
            for ours, value in zip(row.cells, theirs[row.number - 1], strict=False):
                if isinstance(value, str) and value and not value.startswith("#"):
                    assert ours == value


def test_damaged_copies_end_in_rows_or_a_problem_in_time_and_memory() -> None:
    command = [sys.executable, "-m", "tests.table.damaged_copies", "15"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=MINUTES, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
