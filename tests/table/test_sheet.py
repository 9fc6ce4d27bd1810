"""The rows of an .xlsx sheet, whatever XML the program that wrote it prefers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.problems import FileProblem
from app.progress import Progress, Stop, Stopped
from app.table.reading import open_table
from app.table.shape import ReadingChoice, Row
from tests.table.workbooks import sheet_xml, workbook

HEADER = '<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c><c r="B1" t="str"><v>Phone</v></c></row>'
STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="0000000000"/>'
    '<numFmt numFmtId="165" formatCode="&quot;+39 &quot;@"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>'
)


def _plain(rows: str) -> str:
    return sheet_xml(HEADER + rows)


def _with_comment(rows: str) -> str:
    """A comment sends the whole sheet through the careful reader."""
    return sheet_xml("<!-- note -->" + HEADER + rows)


def _with_prefix(rows: str) -> str:
    text = sheet_xml(HEADER + rows).replace("xmlns=", "xmlns:x=")
    for name in ("worksheet", "sheetData", "row", "is", "rPh", "c", "v", "t", "f", "r"):
        text = text.replace(f"<{name}>", f"<x:{name}>").replace(f"<{name} ", f"<x:{name} ")
        text = text.replace(f"</{name}>", f"</x:{name}>").replace(f"<{name}/>", f"<x:{name}/>")
    return text


def _spread_out(rows: str) -> str:
    return (
        _plain(rows).replace("<row", "\n  <row").replace("</row>", "\n  </row>").replace("<c ", "\n    <c ")
    )


WAYS: list[Callable[[str], str]] = [_plain, _with_comment, _with_prefix, _spread_out]


def _rows(path: Path) -> list[Row]:
    with open_table(path) as table:
        return list(table.rows())


@pytest.mark.parametrize("way", WAYS)
def test_every_kind_of_cell_is_read(tmp_path: Path, way: Callable[[str], str]) -> None:
    cells = {
        '<c r="A2" t="s"><v>0</v></c>': "Anna & Co",
        '<c r="A2" t="s"><v>1</v></c>': "rich text",
        '<c r="A2" t="s"><v>2</v></c>': "line\nend",
        '<c r="A2" t="inlineStr"><is><r><t>two </t></r><r><t>runs</t></r></is></c>': "two runs",
        '<c r="A2" t="inlineStr"><is><t xml:space="preserve"> kept </t></is></c>': " kept ",
        '<c r="A2" t="str"><f>A1&amp;"x"</f><v>a&lt;b</v></c>': "a<b",
        '<c r="A2" t="b"><v>1</v></c>': "TRUE",
        '<c r="A2" t="d"><v>2024-02-29T00:00:00</v></c>': "2024-02-29",
        '<c r="A2"><v>3.93471234567E+11</v></c>': "393471234567",
        '<c r="A2" t="n"><v>7</v></c>': "7",
        '<c r="A2" s="1"><v>45351</v></c>': "2024-02-29",
        '<c r="A2" s="2"><v>123456789</v></c>': "0123456789",
        '<c r="A2" s="3" t="s"><v>0</v></c>': "+39 Anna & Co",
        '<c s="2" r="A2" foo="bar"><v>5</v></c>': "0000000005",
        '<c r="A2" cm="1"><f t="array" ref="A2">SUM(B1)</f><v>8</v></c>': "8",
    }
    strings = (
        "<si><t>Anna &amp; Co</t></si><si><r><rPr><b/></rPr><t>rich </t></r><r><t>text</t></r>"
        "<rPh sb='0' eb='1'><t>aside</t></rPh></si><si><t>line_x000D_\nend</t></si>"
    )
    for number, (cell, shown) in enumerate(cells.items()):
        path = workbook(
            tmp_path / f"{number}.xlsx",
            way(f'<row r="2">{cell}<c r="B2"><v>1</v></c></row>'),
            strings=strings,
            styles=STYLES,
        )
        assert _rows(path)[0].cells == (shown, "1"), cell


@pytest.mark.parametrize("way", WAYS)
def test_errors_and_formulas_without_a_value_are_marked(tmp_path: Path, way: Callable[[str], str]) -> None:
    sheet = way('<row r="2"><c r="A2" t="e"><v>#N/A</v></c><c r="B2"><f>SUM(A1)</f></c></row>')
    row = _rows(workbook(tmp_path / "a.xlsx", sheet))[0]
    assert row.cells == ("#N/A", "")
    assert (row.marks.errors, row.marks.unstored) == (frozenset({0}), frozenset({1}))


@pytest.mark.parametrize("way", WAYS)
def test_blank_rows_count_only_before_the_last_content(tmp_path: Path, way: Callable[[str], str]) -> None:
    sheet = way(
        '<row r="2"><c r="A2"><v>1</v></c></row><row r="4" hidden="1"><c r="A4"><v>2</v></c></row>'
        '<row r="5" s="1"/><row r="6"><c r="A6" s="1"/></row><row r="9"><c r="B9"><v>3</v></c></row>'
        '<row r="10"/><row r="1048576"><c r="A1048576" s="1"/></row>'
    )
    rows = _rows(workbook(tmp_path / "a.xlsx", sheet))
    assert [row.number for row in rows] == list(range(2, 10))
    assert [row.number for row in rows if row.blank] == [3, 5, 6, 7, 8]
    assert [row.number for row in rows if row.marks.hidden] == [4]


def test_rows_and_cells_without_references_follow_one_another(tmp_path: Path) -> None:
    text = "".join(f"<row><c t='str'><v>a{n}</v></c><c/><c><v>{n}</v></c></row>" for n in range(3))
    rows = _rows(workbook(tmp_path / "a.xlsx", sheet_xml(text)))
    assert [(row.number, row.cells) for row in rows] == [(n + 1, (f"a{n}", "", str(n))) for n in range(3)]


def test_absolute_targets_and_the_1904_system_are_understood(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        _plain('<row r="2"><c r="A2" s="1"><v>43889</v></c></row>'),
        styles=STYLES,
        properties='<workbookPr date1904="1"/>',
        absolute=True,
    )
    assert _rows(path)[0].cells[0] == "2024-02-29"


def test_hidden_columns_are_marked_and_far_formats_add_none(tmp_path: Path) -> None:
    head = '<dimension ref="A1:XFD1048576"/><cols><col min="2" max="2" hidden="1"/></cols>'
    sheet = sheet_xml(HEADER + '<row r="2"><c r="A2"><v>1</v></c><c r="XFD2" s="1"/></row>', head)
    with open_table(workbook(tmp_path / "a.xlsx", sheet, styles=STYLES)) as table:
        assert [(c.name, c.hidden) for c in table.shape.columns] == [("Name", False), ("Phone", True)]


def test_a_hidden_sheet_is_used_where_there_is_no_other(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", _plain('<row r="2"><c r="A2"><v>1</v></c></row>'), state="hidden")
    with open_table(path) as table:
        assert table.shape.hidden_sheets == frozenset({"List"})


def test_the_user_may_choose_the_header_row(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        _plain('<row r="3"><c r="A3" t="str"><v>Nome</v></c></row><row r="4"><c r="A4"><v>1</v></c></row>'),
    )
    with open_table(path, ReadingChoice(header_row=3)) as table:
        assert table.shape.columns[0].name == "Nome"
        assert [row.number for row in table.rows()] == [4]
    with pytest.raises(FileProblem, match="Row 2"):
        open_table(path, ReadingChoice(header_row=2))
    with pytest.raises(FileProblem, match="Nowhere"):
        open_table(path, ReadingChoice(sheet="Nowhere"))


def test_a_list_may_be_read_without_a_header_even_where_it_is_blank(tmp_path: Path) -> None:
    headless = ReadingChoice(header_row=0)
    with open_table(workbook(tmp_path / "a.xlsx", _plain("")), headless) as table:
        assert [column.name for column in table.shape.columns] == ["Column A", "Column B"]
        assert [row.cells for row in table.rows()] == [("Name", "Phone")]
    with open_table(workbook(tmp_path / "b.xlsx", sheet_xml("")), headless) as table:
        assert table.shape.columns == ()


def test_reading_reports_progress_and_stops_when_asked(tmp_path: Path) -> None:
    text = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(2, 5000))
    heard: list[Progress] = []
    stop = Stop()
    with open_table(workbook(tmp_path / "a.xlsx", _plain(text))) as table:
        assert len(list(table.rows(heard.append))) == 4998
        assert heard[-1].share == 1.0
        stop.ask()
        with pytest.raises(Stopped):
            list(table.rows(stop=stop))


def test_a_file_changed_after_opening_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Name;Phone\nAnna;1\n")
    with open_table(path) as table:
        path.write_text("Name;Phone\nAnna;12\n")
        with pytest.raises(FileProblem, match="changed"):
            list(table.rows())
