"""Files as they come from real programs and hands: odd, and yet read as a person sees them."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from app.problems import FileProblem
from app.table.dates import iso_text
from app.table.numbers import renderer
from app.table.opendocumentcells import StoredCell, shown_text
from app.table.reading import open_table
from tests.table.workbooks import sheet_xml, workbook

Read = tuple[list[str], list[tuple[str, ...]]]


def _read(path: Path) -> Read:
    with open_table(path) as table:
        return [column.name for column in table.shape.columns], [row.cells for row in table.rows()]


def _text(folder: Path, content: str) -> Path:
    path = folder / "list.csv"
    path.write_bytes(content.encode())
    return path


def _pages(path: Path, pages: dict[str, list[list[object]]]) -> Path:
    book = xlsxwriter.Workbook(str(path))
    for name, rows in pages.items():
        sheet = book.add_worksheet(name)
        for number, cells in enumerate(rows):
            sheet.write_row(number, 0, cells)
    book.close()
    return path


def test_lines_that_were_quoted_whole_are_taken_apart(tmp_path: Path) -> None:
    text = 'Name,City,Note\r\n"Anna,""Rome, EUR"",x"\r\n"Zoë,Pisa,""a ""b"""\r\n"Eva,Bari,"\r\n'
    header, rows = _read(_text(tmp_path, text))
    assert header == ["Name", "City", "Note"]
    assert [row[:2] for row in rows] == [("Anna", "Rome, EUR"), ("Zoë", "Pisa"), ("Eva", "Bari")]


def test_commas_inside_names_make_no_columns(tmp_path: Path) -> None:
    expected = (["Name"], [("Rossi, Anna",), ("Bianchi, Luca",)])
    assert _read(_text(tmp_path, "Name\nRossi, Anna\nBianchi, Luca\n")) == expected
    assert _read(_text(tmp_path, 'Name\n"Rossi, Anna"\n"Bianchi, Luca"\n')) == expected


def test_years_may_name_columns(tmp_path: Path) -> None:
    assert _read(_text(tmp_path, "Name;2023;2024\nAnna;1;2\n")) == (
        ["Name", "2023", "2024"],
        [("Anna", "1", "2")],
    )
    assert _read(_text(tmp_path, "1980;1;2\n1981;3;4\n")) == (
        ["Column A", "Column B", "Column C"],
        [("1980", "1", "2"), ("1981", "3", "4")],
    )


def test_a_stray_cell_far_to_the_right_makes_no_thousand_columns(tmp_path: Path) -> None:
    path = tmp_path / "stray.xlsx"
    rows = (
        '<row r="1"><c r="A1" t="str"><v>Name</v></c><c r="B1" t="str"><v>City</v></c></row>'
        '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>2</v></c><c r="XFD2"><v>3</v></c></row>'
    )
    with open_table(workbook(path, sheet_xml(rows))) as table:
        (row,) = table.rows()
    assert (row.cells, row.marks.surplus) == (("1", "2"), 1)


def test_a_cover_with_a_few_words_aside_gives_way_to_the_list(tmp_path: Path) -> None:
    cover: list[list[object]] = [["How to use", "v2"], ["Fill in"], ["Send back"]]
    people: list[list[object]] = [["Name", "Phone"], ["Anna", "1"], ["Zoë", "2"]]
    path = _pages(tmp_path / "cover.xlsx", {"Read me": cover, "People": people})
    with open_table(path) as table:
        assert table.shape.sheet == "People"


def test_a_sheet_without_names_gives_way_to_a_list_with_them_but_not_to_a_cover(tmp_path: Path) -> None:
    figures: list[list[object]] = [[1, 2], [3, 4]]
    pages: dict[str, list[list[object]]] = {"Read me": [["How to use"], ["Fill in"]], "Figures": figures}
    with open_table(_pages(tmp_path / "two.xlsx", pages)) as table:
        assert (table.shape.sheet, table.shape.header_row) == ("Figures", 0)
    pages["People"] = [["Name", "Phone"], ["Anna", "1"], ["Zoë", "2"]]
    with open_table(_pages(tmp_path / "three.xlsx", pages)) as table:
        assert (table.shape.sheet, table.shape.header_row) == ("People", 1)


def test_rows_out_of_order_are_named_as_damage(tmp_path: Path) -> None:
    cells = '<c r="A{0}" t="str"><v>a</v></c><c r="B{0}" t="str"><v>b</v></c>'
    rows = "".join(f'<row r="{number}">{cells.format(number)}</row>' for number in (1, 3, 2))
    with (
        open_table(workbook(tmp_path / "odd.xlsx", sheet_xml(rows))) as table,
        pytest.raises(FileProblem, match="damaged"),
    ):
        list(table.rows())


@pytest.mark.parametrize(
    ("code", "stored", "shown"),
    [
        ('"Yes";"Yes";"No"', "1", "Yes"),
        ('"Yes";"Yes";"No"', "0", "No"),
        ('"Mr."', "1", "Mr."),
        (";;;", "393471234567", ""),
        ("0;;;@", "-5", ""),
        ("0;-0;;@", "0", ""),
        ("0;-0;;@", "393471234567", "393471234567"),
        ("d/m/yyyy;;", "0", ""),
        ("d/m/yyyy;;", "45351", "2024-02-29"),
        ("#", "0", ""),
        ("#,###", "0.0", ""),
        ("#,###", "393471234567", "393471234567"),
        ('_-* #,##0_-;-* #,##0_-;_-* "-"_-', "0", "0"),
    ],
)
def test_words_in_the_place_of_numbers_are_shown(code: str, stored: str, shown: str) -> None:
    assert renderer(code)(stored) == shown


@pytest.mark.parametrize(
    ("stored", "shown"),
    [("14:30:00", "14:30"), ("14:30:05Z", "14:30:05"), ("2024-02-29T00:00:00", "2024-02-29")],
)
def test_a_time_alone_is_a_time(stored: str, shown: str) -> None:
    assert iso_text(stored) == shown


@pytest.mark.parametrize(
    ("kind", "stored", "seen", "shown"),
    [
        ("date", "2024-02-29T14:29:45", "February 2024", "2024-02-29"),
        ("date", "2024-02-29T14:29:00", "29/02/24 14:29", "2024-02-29 14:29"),
        ("time", "PT1088438H29M45S", "14:29", "14:29:45"),
        ("time", "PT30H00M00S", "30:00", "30:00"),
    ],
)
def test_an_open_document_shows_no_more_than_is_seen(kind: str, stored: str, seen: str, shown: str) -> None:
    cell = StoredCell({"value-type": kind, f"{kind}-value": stored}, covered=False)
    cell.shown = seen
    assert shown_text(cell) == shown
