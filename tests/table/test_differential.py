"""Our reader agrees with openpyxl and calamine wherever they keep what the file says."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import python_calamine
import xlsxwriter  # type: ignore[import-untyped]
from openpyxl import load_workbook

from app.table.reading import open_table

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "samples" / "contacts.xlsx"


def _ours(path: Path) -> list[tuple[str, ...]]:
    with open_table(path) as table:
        return [tuple(c.name for c in table.shape.columns), *(row.cells for row in table.rows())]


def _same(ours: str, theirs: object) -> bool:
    """Whether two readings mean the same; padded zeros are what the others lose."""
    if theirs is None or theirs == "":
        return ours == ""
    if isinstance(theirs, bool):
        return ours == str(theirs).upper()
    if isinstance(theirs, datetime):
        return ours in (f"{theirs:%Y-%m-%d}", f"{theirs:%Y-%m-%d %H:%M}", f"{theirs:%Y-%m-%d %H:%M:%S}")
    if isinstance(theirs, date):
        return ours == theirs.isoformat()
    if isinstance(theirs, time):
        return ours in (f"{theirs:%H:%M}", f"{theirs:%H:%M:%S}")
    if isinstance(theirs, int | float):
        return abs(float(ours) - theirs) < 1e-9 * max(1.0, abs(theirs))
    return ours == str(theirs).replace("\r\n", "\n")


def _mixed(path: Path) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Mixed")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})
    sheet.write_row(0, 0, ["Text", "Number", "Day", "Moment", "True", "Formula", "Rich"])
    for row in range(1, 400):
        sheet.write_string(row, 0, f"Ünï {row % 37} <&> \u4f60\n_x")
        sheet.write_number(row, 1, row * 1234567.125)
        sheet.write_datetime(row, 2, datetime(1950 + row % 70, 1 + row % 12, 1 + row % 28), day)
        sheet.write_datetime(row, 3, datetime(2024, 2, 29, row % 24, row % 60, row % 60), moment)
        sheet.write_boolean(row, 4, row % 2 == 0)
        sheet.write_formula(row, 5, "=A1&B1", None, f"result {row}")
        if row % 5 == 0:
            sheet.write_rich_string(row, 6, "plain ", book.add_format({"bold": True}), "bold")
    book.close()
    return path


def test_we_agree_with_openpyxl(tmp_path: Path) -> None:
    for path in (SAMPLE, _mixed(tmp_path / "mixed.xlsx")):
        sheet = load_workbook(path, data_only=True).worksheets[0]
        for ours, theirs in zip(_ours(path), sheet.iter_rows(values_only=True), strict=True):
            assert all(map(_same, ours, theirs)), (ours, theirs)


def test_we_agree_with_calamine(tmp_path: Path) -> None:
    for path in (SAMPLE, _mixed(tmp_path / "mixed.xlsx")):
        rows = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        for ours, theirs in zip(_ours(path), rows, strict=True):
            assert all(map(_same, ours, theirs)), (ours, theirs)


def test_a_cover_sheet_and_hidden_sheets_give_way_to_the_list(tmp_path: Path) -> None:
    path = tmp_path / "many.xlsx"
    book = xlsxwriter.Workbook(str(path))
    cover = book.add_worksheet("Read me")
    cover.write_column(0, 0, ["Instructions", "This workbook holds our customers"])
    hidden = book.add_worksheet("Secret")
    hidden.hide()
    for sheet in (hidden, book.add_worksheet("Customers")):
        sheet.write_row(0, 0, ["Name", "Phone"])
        sheet.write_row(1, 0, ["Anna", "333"])
    book.close()
    with open_table(path) as table:
        assert table.shape.sheet == "Customers"
        assert table.shape.sheets == ("Read me", "Secret", "Customers")
        assert table.shape.hidden_sheets == frozenset({"Secret"})
