"""Hidden rows, merged cells, formulas without a value, totals and gaps are noticed, counted and said."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from app.progress import tell_nobody
from app.table.notes import NoteTaker, SheetNotes
from app.table.notices import NoticeKind, notices_of
from app.table.packing import rows_of
from app.table.reading import open_table
from app.table.shape import MOST_BLANK_TOGETHER, ReadingChoice, Row
from app.table.tail import MergedRange, ranges_of
from tests.table.workbooks import sheet_xml, workbook

HEADER = '<row r="1"><c r="A1" t="str"><v>Name</v></c><c r="B1" t="str"><v>City</v></c></row>'


def _noted(path: Path, choice: ReadingChoice | None = None) -> tuple[list[Row], SheetNotes]:
    taker = NoteTaker()
    with open_table(path, choice or ReadingChoice()) as table:
        rows = list(rows_of(taker.watched(table.runs(tell_nobody), visible_only=False)))
        return rows, taker.notes(table.shape, table.filtered, len(table.merged()), table.blank_beyond)


def _filtered_by(path: Path, how: str) -> Path:
    """A list whose second row is hidden by a filter, as `how` writes it."""
    rows = HEADER + "".join(
        f'<row r="{n}"{" hidden=" + chr(34) + "1" + chr(34) if n == 3 else ""}>'
        f'<c r="A{n}" t="str"><v>p{n}</v></c></row>'
        for n in range(2, 6)
    )
    head = '<sheetPr filterMode="1"/>' if how == "head" else ""
    after = (
        '<autoFilter ref="A1:B5"><filterColumn colId="0"><filters/></filterColumn></autoFilter>'
        if how == "tail"
        else ""
    )
    comment = "<!-- read carefully -->" if how == "careful" else ""
    if how == "careful":
        after = '<x:filterColumn xmlns:x="y" colId="0"/>'
    text = sheet_xml(comment + rows, head).replace("</sheetData>", "</sheetData>" + after)
    return workbook(path, text)


@pytest.mark.parametrize("how", ["head", "tail", "careful"])
def test_a_filter_is_noticed_wherever_it_is_written(tmp_path: Path, how: str) -> None:
    rows, notes = _noted(_filtered_by(tmp_path / "a.xlsx", how))
    assert (notes.filtered, notes.hidden, len(rows)) == (True, 1, 4)


def test_hidden_rows_without_a_filter_are_no_filter(tmp_path: Path) -> None:
    _, notes = _noted(_filtered_by(tmp_path / "a.xlsx", "none"))
    assert (notes.filtered, notes.hidden) == (False, 1)


def test_a_filter_in_a_formatted_table_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for row, (name, city) in enumerate([("Name", "City"), ("Anna", "Rome"), ("Luca", "Pisa")]):
        sheet.write_row(row, 0, [name, city])
    sheet.autofilter(0, 0, 2, 1)
    sheet.filter_column(1, "x == Rome")
    sheet.set_row(2, options={"hidden": True})
    book.close()
    assert _noted(path)[1].filtered


def _merged_list(path: Path) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.merge_range(0, 0, 0, 2, "Members 2024")
    sheet.write_row(1, 0, ["Family", "Name", "City"])
    sheet.merge_range(2, 0, 4, 0, "Rossi")
    for row, name in enumerate(["Anna", "Luca", "Eva"], 2):
        sheet.write(row, 1, name)
        sheet.write(row, 2, "Rome")
    sheet.write_row(5, 0, ["Serra", "Zoe", "Pisa"])
    book.close()
    return path


def test_merged_cells_are_counted_and_repeated_only_on_request(tmp_path: Path) -> None:
    path = _merged_list(tmp_path / "a.xlsx")
    rows, notes = _noted(path)
    assert notes.merged == 1  # the title above the list is none of its business
    assert [row.cells[0] for row in rows] == ["Rossi", "", "", "Serra"]
    rows, _ = _noted(path, ReadingChoice(repeat_merged=True))
    assert [row.cells[0] for row in rows] == ["Rossi", "Rossi", "Rossi", "Serra"]


def test_ranges_are_read_in_any_order() -> None:
    assert ranges_of(["B2:C4", "$C$4:$B$2", "A1", "nonsense"]) == [MergedRange(2, 4, 1, 2)] * 2


def test_formulas_without_a_value_and_errors_are_named(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><f>B{n}</f></c><c r="B{n}"/></row>' for n in range(2, 9))
    rows += '<row r="9"><c r="A9" t="str"><v>x</v></c><c r="B9" t="e"><v>#N/A</v></c></row>'
    _, notes = _noted(workbook(tmp_path / "a.xlsx", sheet_xml(HEADER + rows)))
    assert (notes.unstored, notes.unstored_cells) == (7, ("A2", "A3", "A4", "A5", "A6"))
    assert (notes.errors, notes.error_cells) == (1, ("B9",))
    kinds = {each.kind: each.sentence for each in notices_of(notes, 8)}
    assert "A2, A3, A4, A5, A6 and others" in kinds[NoticeKind.UNSTORED_FORMULAS]
    assert "save it once" in kinds[NoticeKind.UNSTORED_FORMULAS]
    assert "(B9)" in kinds[NoticeKind.ERROR_CELLS]


def test_totals_below_a_list_are_recognised_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Name;City;Spent\nAnna;Rome;5\nTotal Jones;Rome;7\nLuca;Pisa;7\nTotale: ;;12\n")
    rows, notes = _noted(path)
    assert (len(rows), notes.totals) == (4, (5,))
    assert "row 5" in notices_of(notes, 4)[0].sentence


def test_hidden_rows_are_said_once_with_both_counts() -> None:
    left_out = notices_of(SheetNotes(filtered=True, hidden=1628, hidden_left_out=1628), 312)
    assert left_out[0].sentence.startswith("You see 312 rows in Excel, the file holds 1940.")
    kept = notices_of(SheetNotes(hidden=8), 10)
    assert (kept[0].kind, kept[0].sentence[:30]) == (
        NoticeKind.HIDDEN_INCLUDED,
        "You see 2 rows in Excel, the f",
    )
    assert notices_of(SheetNotes(), 10) == ()


def test_a_stray_cell_far_below_costs_no_million_rows(tmp_path: Path) -> None:
    stray = '<row r="2"><c r="A2"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>2</v></c></row>'
    rows, notes = _noted(workbook(tmp_path / "a.xlsx", sheet_xml(HEADER + stray)))
    assert [row.number for row in rows if not row.blank] == [2, 1_048_576]
    assert len(rows) == 2 + MOST_BLANK_TOGETHER
    assert notes.blank_beyond + len(rows) == 1_048_575


def test_empty_lines_without_end_cost_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Name;City\nAnna;Rome\n" + "\n" * 50_000 + "Luca;Pisa\n" + "\n" * 50_000)
    rows, notes = _noted(path)
    assert len(rows) == 2 + MOST_BLANK_TOGETHER
    assert notes.blank_beyond == 50_000 - MOST_BLANK_TOGETHER
    assert rows[-1].number == 50_003
