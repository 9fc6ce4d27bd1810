"""Two rows of headers, one above the other: the lower names the columns, the upper says whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from app.table.reading import open_table
from app.table.shape import ReadingChoice
from tests.table.workbooks import open_document

PEOPLE = (
    ("Anna Rossi", "+39 333 111 2222", "Via Roma 1", "Pisa"),
    ("Luca Verdi", "+39 333 111 3333", "Via Po 2", "Bari"),
    ("Zoë Neri", "+39 333 111 4444", "Corso Asti 3", "Rome"),
)
Lines = Sequence[tuple[str, ...]]


def _csv(folder: Path, lines: Lines) -> Path:
    path = folder / "list.csv"
    path.write_text("".join(";".join(line) + "\n" for line in lines), encoding="utf-8")
    return path


def _xlsx(folder: Path, lines: Lines) -> Path:
    """As a person makes it: group names merged over their columns, single headers merged downwards."""
    path = folder / "list.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for number, cells in enumerate(lines):
        for position, text in enumerate(cells):
            sheet.write_string(number, position, text) if text else None
    upper, lower = lines[0], lines[1]
    for position, text in enumerate(upper):
        end = position
        while text and end + 1 < len(upper) and not upper[end + 1]:
            end += 1
        if end > position:
            sheet.merge_range(0, position, 0, end, text)
        elif text and not lower[position]:
            sheet.merge_range(0, position, 1, position, text)
    book.close()
    return path


def _ods(folder: Path, lines: Lines) -> Path:
    return open_document(folder / "list.ods", lines)


def _headers(path: Path, choice: ReadingChoice | None = None) -> tuple[list[str], int, int]:
    """The columns' names, the header's row, and the row of the groups."""
    with open_table(path, choice or ReadingChoice()) as table:
        shape = table.shape
        rows = [row.cells for row in table.rows()]
    assert rows[0][0] == "Anna Rossi"
    return [column.name for column in shape.columns], shape.header_row, shape.group_row


formats = pytest.mark.parametrize("write", [_csv, _xlsx, _ods])
WORK_AND_HOME = (("Name", "Phone", "Phone", "E-mail"), ("Anna Rossi", "0501234567", "0507654321", "a@b.com"))


@formats
def test_names_that_are_clear_by_themselves_stay_as_they_are(tmp_path: Path, write: object) -> None:
    lines = [("Contact", "", "Address", ""), ("Name", "Phone", "Street", "City"), *PEOPLE]
    assert _headers(_written(write, tmp_path, lines)) == (["Name", "Phone", "Street", "City"], 2, 0)


@formats
def test_names_that_repeat_get_the_groups_before_them(tmp_path: Path, write: object) -> None:
    lines = [
        ("Person", "Home", "", "Work", "", "Newsletter"),
        ("", "Phone", "E-mail", "Phone", "E-mail", ""),
        ("Anna Rossi", "0501234567", "anna@example.com", "0501230000", "a@example.org", "yes"),
        ("Luca Verdi", "0501234568", "luca@example.com", "0501230001", "l@example.org", "no"),
    ]
    joined = ["Person", "Home: Phone", "Home: E-mail", "Work: Phone", "Work: E-mail", "Newsletter"]
    assert _headers(_written(write, tmp_path, lines)) == (joined, 2, 1)
    apart = ["Column A", "Phone", "E-mail", "Phone (2)", "E-mail (2)", "Column F"]
    choice = ReadingChoice(join_headers=False)
    assert _headers(tmp_path / _written(write, tmp_path, lines).name, choice) == (apart, 2, 1)


@formats
def test_a_header_over_two_rows_is_found_below_many_single_ones(tmp_path: Path, write: object) -> None:
    lines = [
        ("Name", "E-mail", "Phone", "Address", ""),
        ("", "", "", "Street", "City"),
        ("Anna Rossi", "anna@example.com", "0501234567", "Via Roma 1", "Pisa"),
        ("Luca Verdi", "luca@example.com", "0501234568", "Via Po 2", "Bari"),
    ]
    joined = ["Name", "E-mail", "Phone", "Street", "City"]
    assert _headers(_written(write, tmp_path, lines)) == (joined, 2, 1)


@formats
def test_more_groups_than_half_the_columns_are_still_groups(tmp_path: Path, write: object) -> None:
    lines = [
        ("Person", "", "Contact", "", "Consent"),
        ("Name", "Town", "Phone", "E-mail", "Date"),
        ("Anna Rossi", "Pisa", "0501234567", "anna@example.com", "2024-01-02"),
        ("Luca Verdi", "Bari", "0501234568", "luca@example.com", "2024-01-03"),
    ]
    assert _headers(_written(write, tmp_path, lines)) == (["Name", "Town", "Phone", "E-mail", "Date"], 2, 0)


def test_groups_written_over_each_of_their_columns_are_the_same(tmp_path: Path) -> None:
    lines = [
        ("Who", "Home", "Home", "Work", "Work"),
        ("Name", "Phone", "Town", "Phone", "Town"),
        ("Anna Rossi", "0501234567", "Pisa", "0501234568", "Bari"),
        ("Luca Verdi", "0501234569", "Rome", "0501234560", "Asti"),
    ]
    names = ["Name", "Home: Phone", "Home: Town", "Work: Phone", "Work: Town"]
    assert _headers(_csv(tmp_path, lines)) == (names, 2, 1)


@pytest.mark.parametrize(
    "above",
    [
        ("Customers 2026", "", "", ""),
        ("", "Customers 2026", "", ""),
        ("Export", "12/03/2026", "", ""),
        ("Export of", "", "anna@example.com", ""),
        ("Please fill in every yellow cell of this list, and nothing else", "", "Thank you", ""),
    ],
)
@formats
def test_a_title_is_put_before_no_name(tmp_path: Path, write: object, above: tuple[str, ...]) -> None:
    lines = [above, *((WORK_AND_HOME[0], *[WORK_AND_HOME[1]] * 3))]
    names = ["Name", "Phone", "Phone (2)", "E-mail"]
    assert _headers(_written(write, tmp_path, lines)) == (names, 2, 0)


@pytest.mark.parametrize(
    "lines",
    [
        # A column without a name, and a first row that fills it.
        [("Name", "Phone", "City", ""), *PEOPLE],
        [("Name", "Phone", "City", ""), ("Anna Rossi", "n/a", "Pisa", "vip"), *PEOPLE],
        [("Name", "", "City", ""), ("Anna Rossi", "", "Pisa", "vip"), ("Luca Verdi", "", "Bari", "vip")],
        # The same name twice, side by side.
        [("Name", "Phone", "City", "City"), *PEOPLE],
        [("Name", "Phone", "City", "City"), ("Anna Rossi", "n/a", "Pisa", "Bari"), *PEOPLE],
    ],
)
def test_a_row_of_the_list_never_names_columns(tmp_path: Path, lines: Lines) -> None:
    names, header, groups = _headers(_csv(tmp_path, lines))
    assert (names[0], header, groups) == ("Name", 1, 0)


def test_the_row_that_the_user_chose_names_the_columns(tmp_path: Path) -> None:
    lines = [
        ("Person", "Home", "", "Work", ""),
        ("", "Phone", "Town", "Phone", "Town"),
        ("Anna Rossi", "0501234567", "Pisa", "0501234568", "Bari"),
    ]
    path = _csv(tmp_path, lines)
    assert _headers(path, ReadingChoice(header_row=2))[1:] == (2, 1)
    with open_table(path, ReadingChoice(header_row=1)) as table:
        assert [column.name for column in table.shape.columns][:2] == ["Person", "Home"]
        assert (table.shape.group_row, next(table.rows()).cells[1]) == (0, "Phone")


def test_names_of_one_group_that_repeat_are_counted(tmp_path: Path) -> None:
    lines = [
        ("Person", "Home", "", "Work", ""),
        ("Name", "Phone", "Phone", "Phone", "Town"),
        ("Anna Rossi", "0501234567", "0501234560", "0501234568", "Bari"),
    ]
    assert _headers(_csv(tmp_path, lines))[0] == [
        *("Name", "Home: Phone", "Home: Phone (2)", "Work: Phone", "Town"),
    ]


def _written(write: object, folder: Path, lines: Lines) -> Path:
    assert callable(write)
    path = write(folder, lines)
    assert isinstance(path, Path)
    return path
