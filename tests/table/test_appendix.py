"""What stands beside a table that this program wrote comes back as it was; nothing else is taken for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from app.language import LANGUAGES, tr, use
from app.problems import FileProblem
from app.progress import Stop, Stopped
from app.table.appendix import MOST_LINES, REPORT_COLUMNS, SHEET, Appendix, appendix_in
from app.table.packing import Run
from app.table.reading import open_table
from app.table.shape import ReadingChoice, Row
from app.table.sheetwriting import MOST_ROWS, Page, TooManyRows, write_workbook
from app.table.writing import write_table

TEXT = 'format = 1\n\n[columns]\n"=1+1" = "a_x0041_b"\n  # end\n'
APPENDIX = Appendix(("Result", "Row"), TEXT)


def written(folder: Path, appendix: Appendix | None = APPENDIX) -> Path:
    path = folder / "out.xlsx"
    rows = [("Ann", "Created", "2"), ("Bob", "Refused", "3")]
    write_table(path, ("Name", "Result", "Row"), rows, numbers=(2,), appendix=appendix)
    return path


def test_the_text_comes_back_and_the_programs_columns_do_not(tmp_path: Path) -> None:
    with open_table(written(tmp_path)) as table:
        assert table.shape.appendix == TEXT
        assert [column.name for column in table.shape.columns] == ["Name"]
        assert table.shape.sheets == ("Sheet1",)
        assert [row.cells for row in table.rows()] == [("Ann",), ("Bob",)]


def test_a_report_is_read_many_rows_at_a_time_and_what_was_emptied_is_blank(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    rows = [(f"n{number}", "x", "Created", str(number)) for number in range(2, 1_002)]
    write_table(path, ("Name", "Note", "Result", "Row"), rows, numbers=(3,), appendix=APPENDIX)
    with open_table(path) as table:
        assert any(isinstance(each, Run) and each.size > 50 for each in table.runs())
        assert [row.cells for row in table.rows()] == [row[:2] for row in rows]
    workbook = load_workbook(path)
    sheet = workbook.worksheets[0]
    for row in (500, 1_001):
        sheet.cell(row, 1).value = sheet.cell(row, 2).value = None
    sheet.cell(700, 3).value = "#N/A"
    sheet.cell(701, 2).value = "#N/A"
    sheet.cell(702, 6).value = "beside it"
    workbook.save(path)
    with open_table(path) as table:
        mended = list(table.rows())
    assert [row.number for row in mended] == list(range(2, 1_002))
    assert [row.number for row in mended if row.blank] == [500, 1_001]
    assert {len(row.cells) for row in mended} == {2}
    assert [row.number for row in mended if row.marks.errors] == [701]


def test_they_do_where_they_are_asked_for(tmp_path: Path) -> None:
    with open_table(written(tmp_path), ReadingChoice(own_columns=True)) as table:
        assert [row.cells for row in table.rows()] == [("Ann", "Created", "2"), ("Bob", "Refused", "3")]


def test_another_program_may_have_saved_it_since(tmp_path: Path) -> None:
    path = written(tmp_path)
    workbook = load_workbook(path)
    workbook.worksheets[0].cell(3, 1).value = "Robert"
    workbook.save(path)
    with open_table(path) as table:
        assert table.shape.appendix == TEXT
        assert [row.cells for row in table.rows()] == [("Ann",), ("Robert",)]


def test_a_table_without_one_is_like_any_other(tmp_path: Path) -> None:
    with open_table(written(tmp_path, None)) as table:
        assert (table.shape.appendix, len(table.shape.columns)) == ("", 3)


@pytest.fixture
def english_after() -> Iterator[None]:
    yield
    use("en")


@pytest.mark.usefixtures("english_after")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["report.csv", "report.xlsx"])
def test_the_columns_of_a_report_are_known_by_their_headers_too(
    name: str, language: str, tmp_path: Path
) -> None:
    use(language)
    own = (tr("Result"), tr("Reason"), tr("What to do"), tr("Row"))
    assert own in REPORT_COLUMNS
    use("en")  # whoever opens it may read another language
    row = ("Ann", "ann@example.com", own[3], "Refused", "No number", "Add one", "2")
    write_table(tmp_path / name, ("Name", "Mail", own[3], *own), [row])
    with open_table(tmp_path / name) as table:
        assert [column.name for column in table.shape.columns] == ["Name", "Mail", own[3]]
        assert [row.cells for row in table.rows()] == [("Ann", "ann@example.com", own[3])]
        assert (table.shape.own, table.shape.appendix) == (4, "")
    with open_table(tmp_path / name, ReadingChoice(own_columns=True)) as table:
        assert [row.cells for row in table.rows()] == [row]
        assert table.shape.own == 0


@pytest.mark.parametrize(
    "headers",
    [
        REPORT_COLUMNS[0],  # nothing would be left
        ("Name", "Reason", "Result", "What to do", "Row"),
        ("Name", "Result", "Reason", "What to do", "Row", "Phone"),
        ("Name", "Result", "Row"),
        ("Name", "Risultato", "Reason", "What to do", "Row"),
    ],
)
def test_headers_that_are_not_just_those_are_the_users(headers: tuple[str, ...], tmp_path: Path) -> None:
    write_table(tmp_path / "a.csv", headers, [["Ann"] * len(headers)] * 3)
    with open_table(tmp_path / "a.csv") as table:
        assert [column.name for column in table.shape.columns] == list(headers)


def test_a_sheet_of_the_same_name_that_is_seen_is_the_users(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.worksheets[0].title = SHEET
    for row in (("Name", "Mail"), ("Ann", "ann@example.com")):
        workbook.worksheets[0].append(row)
    workbook.save(tmp_path / "a.xlsx")
    with open_table(tmp_path / "a.xlsx") as table:
        assert table.shape.sheets == (SHEET,)


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["Contact Ferry 2", "", "[]"],
        ["Contact Ferry 1"],
        ["Contact Ferry 1", "", "{}"],
        ["Contact Ferry 1", "", "[1]"],
        ["Contact Ferry 1", "", "[" * 100_000],
        ["Contact Ferry 1", "", "[]", *["x"] * MOST_LINES],
    ],
)
def test_what_was_not_written_so_is_none(lines: list[str]) -> None:
    assert appendix_in(Row(number, (line,)) for number, line in enumerate(lines, start=1)) is None


def test_a_sheet_holds_so_many_rows_and_its_header(tmp_path: Path) -> None:
    page = Page("S", ("A",), (10.0,))
    with pytest.raises(TooManyRows):
        write_workbook(tmp_path / "a.xlsx", page, (("",) for _ in range(MOST_ROWS)))
    assert MOST_ROWS == 2**20  # with one row fewer it is full: header and all


def test_a_stop_or_a_full_disk_while_saving_leaves_the_old_file(tmp_path: Path) -> None:
    path = written(tmp_path)
    before = path.read_bytes()
    stop = Stop()

    def lines(fault: BaseException | None) -> Iterator[tuple[str, str, str]]:
        for number in range(5_000):
            if number == 4_000:
                stop.ask()
                if fault is not None:
                    raise fault
                stop.check()
            yield ("Ann", "Created", str(number))

    with pytest.raises(Stopped):
        write_table(path, ("Name", "Result", "Row"), lines(None))
    with pytest.raises(FileProblem):
        write_table(path, ("Name", "Result", "Row"), lines(OSError(28, "No space left")))
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["out.xlsx"]
