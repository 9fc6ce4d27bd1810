"""A file that is saved is named for what it is, whatever was typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.ui.widgets.saving_place import with_kind

KINDS = {".xlsx": "Excel workbook (*.xlsx)", ".csv": "Text file (*.csv)"}


@pytest.mark.parametrize(
    ("typed", "words", "saved"),
    [
        ("report", KINDS[".xlsx"], "report.xlsx"),
        ("report", KINDS[".csv"], "report.csv"),
        ("report", "", "report.xlsx"),
        ("list 2.5", KINDS[".xlsx"], "list 2.5.xlsx"),
        ("report.CSV", KINDS[".xlsx"], "report.CSV"),
        ("report.xls", KINDS[".xlsx"], "report.xls.xlsx"),
    ],
)
def test_the_name_says_the_kind(typed: str, words: str, saved: str) -> None:
    assert with_kind(Path(typed), words, KINDS) == Path(saved)
