"""Text files: encodings and delimiters by evidence, line numbers, quotes that never close."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.problems import FileProblem
from app.table.reading import Table, open_table
from app.table.shape import ReadingChoice

HEADER = "Nome;Città;Telefono\r\n"
PEOPLE = [
    ("Niccolò", "Forlì", "+39 333 1234567"),
    ("Chloé", "Nîmes", "0612345678"),
    ("Jürgen", "Köln", "0151"),
]


def _file(folder: Path, content: bytes) -> Path:
    path = folder / "list.csv"
    path.write_bytes(content)
    return path


def _cells(table: Table) -> list[tuple[str, ...]]:
    with table:
        return [row.cells for row in table.rows()]


def _text(delimiter: str = ";", end: str = "\r\n") -> str:
    return end.join(delimiter.join(row) for row in [("Nome", "Città", "Telefono"), *PEOPLE]) + end


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "mac-roman"]
)
def test_the_encoding_is_found(tmp_path: Path, encoding: str) -> None:
    end = "\r" if encoding == "mac-roman" else "\r\n"
    assert _cells(open_table(_file(tmp_path, _text(end=end).encode(encoding)))) == PEOPLE


def test_polish_text_is_found_by_its_letters(tmp_path: Path) -> None:
    names = [
        "Zażółć",
        "Gęślą",
        "Jaźń",
        "Łódź",
        "Wrocław",
        "Świętochłowice",
        "Żółkiew",
        "Kraków",
        "Częstochowa",
    ]
    text = "Imię;Miasto\r\n" + "".join(f"{name};{name}\r\n" for name in names * 4)
    table = open_table(_file(tmp_path, text.encode("cp1250")))
    assert table.shape.encoding == "cp1250"
    assert _cells(table)[0] == ("Zażółć", "Zażółć")


def test_an_accent_far_down_is_still_evidence(tmp_path: Path) -> None:
    text = "Name;City\n" + "Anna;Roma\n" * 200_000 + "Zoë;Köln\n"
    assert _cells(open_table(_file(tmp_path, text.encode("cp1252"))))[-1] == ("Zoë", "Köln")


def test_the_user_may_choose_encoding_and_delimiter(tmp_path: Path) -> None:
    path = _file(tmp_path, "a,b;c\nŁ,x;y\n".encode("cp1250"))
    table = open_table(path, ReadingChoice(encoding="cp1250", delimiter=";"))
    assert _cells(table) == [("Ł,x", "y")]


def test_an_unknown_encoding_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(FileProblem):
        open_table(_file(tmp_path, b"a;b\n1;2\n"), ReadingChoice(encoding="klingon"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    table = open_table(_file(tmp_path, _text(delimiter).encode()))
    assert table.shape.delimiter == delimiter
    assert _cells(table) == PEOPLE


def test_a_declared_delimiter_is_believed_and_its_line_counted(tmp_path: Path) -> None:
    table = open_table(_file(tmp_path, b"sep=;\r\nName;Note\r\nAnna;a,b,c,d\r\nLuca;e,f,g,h\r\n"))
    assert (table.shape.delimiter, table.shape.header_row) == (";", 2)
    with table:
        assert [row.number for row in table.rows()] == [3, 4]


def test_one_column_needs_no_delimiter(tmp_path: Path) -> None:
    table = open_table(_file(tmp_path, b"email\na@example.com\nb@example.com\n"))
    assert table.shape.delimiter == ""
    assert _cells(table) == [("a@example.com",), ("b@example.com",)]


def test_a_record_is_numbered_by_its_first_line(tmp_path: Path) -> None:
    table = open_table(_file(tmp_path, b'Name,Note\nAnna,"two\nlines"\n\nLuca,one\n\n\n'))
    with table:
        rows = list(table.rows())
    assert [(row.number, row.cells) for row in rows] == [
        (2, ("Anna", "two\nlines")),
        (4, ("", "")),
        (5, ("Luca", "one")),
    ]


def test_ragged_rows_are_padded_and_their_surplus_counted(tmp_path: Path) -> None:
    wide = "Anna;Roma;1\n" * 300
    table = open_table(_file(tmp_path, f"Name;City;Points\n{wide}Luca\nZoe;Roma;2;extra\n".encode()))
    with table:
        rows = list(table.rows())
    assert rows[300].cells == ("Luca", "", "")
    assert (rows[301].cells, rows[301].marks.surplus) == (("Zoe", "Roma", "2"), 1)


def test_zero_bytes_and_excel_wrappings_are_taken_off(tmp_path: Path) -> None:
    path = _file(tmp_path, b'Name;Phone\nAn\0na;="0123"\nLuca;"=""0456"""\n')
    assert _cells(open_table(path)) == [("Anna", "0123"), ("Luca", "0456")]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b'Name;City;Note\nAnna;"Roma;x\nLuca;Pisa;y\n', 2),
        (b'Name;City;Note\nAnna;Roma;x\nLuca;"Pisa;y\n' + b"Zoe;Bari;z\n" * 20_000, 3),
        (b'Name;City;Note\nLuca;"Pisa;y\nZoe;Bari;z\nAnna;"Roma";x\nEva;Roma;x\n', 2),
        (b'Name;City;Note\nLuca;Pisa;"y', 2),
    ],
)
def test_a_lone_quote_is_named_by_its_line(tmp_path: Path, content: bytes, line: int) -> None:
    with pytest.raises(FileProblem, match=f"line {line} "), open_table(_file(tmp_path, content)) as table:
        list(table.rows())


@pytest.mark.parametrize(
    ("lines", "named"),
    [
        (['Anna;"grande cliente;anna@example.com', 'Bob;TV 50" nero;bob@example.com'], "2 to 3"),
        (['Anna;"grande cliente;anna@example.com', 'Bob;TV 50";bob@example.com'], "2 to 3"),
        (['Anna;"grande;anna@example.com', 'Bob" il grande;TV;bob@example.com'], "2 to 3"),
        (['Anna;anna@example.com;"grande', 'Bob" il grande;bob@example.com;TV'], "2 to 3"),
        (['Anna;"grande;anna@example.com', 'Bob;TV 50" nero'], "2 to 3"),
        (["Eva;x;y", 'Anna;"a;b', "Carla;x;carla@example.com", 'Bob;TV 50" nero;bob@example.com'], "line 3"),
    ],
)
def test_stray_quotes_never_make_one_person_of_two(tmp_path: Path, lines: list[str], named: str) -> None:
    text = "\n".join(["Nome;Nota;E-mail", *lines, "Carla;x;carla@example.com", ""])
    with pytest.raises(FileProblem, match=named), open_table(_file(tmp_path, text.encode())) as table:
        list(table.rows())


@pytest.mark.parametrize(
    "note",
    [
        "one\ntwo",
        "one; two\nthree; four",
        "one; two; three\nfour; five; six",
        'says ""yes""\nand goes; away',
        "Via Roma 1\r\n20100 Milano",
        "\n",
        "mail to anna@example.com; or call\n; or both",
    ],
)
def test_a_quoted_line_end_stays_in_its_cell(tmp_path: Path, note: str) -> None:
    text = f'Nome;Nota;E-mail\nAnna;"{note}";anna@example.com\nBob;x;bob@example.com\n'
    (anna, bob) = _cells(open_table(_file(tmp_path, text.encode())))
    assert (anna[0], anna[2], bob) == ("Anna", "anna@example.com", ("Bob", "x", "bob@example.com"))


def test_many_records_over_several_lines_are_read_in_one_go(tmp_path: Path) -> None:
    entries = "".join(f'Anna;"one; {n}\n\ntwo";x\nBob;y;z\n' for n in range(2_000))
    rows = _cells(open_table(_file(tmp_path, f"Nome;Nota;E-mail\n{entries}".encode())))
    assert rows[::2] == [("Anna", f"one; {n}\n\ntwo", "x") for n in range(2_000)]


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_a_last_record_over_several_lines_is_read(tmp_path: Path, end: str) -> None:
    text = f'Nome;Nota;E-mail\nAnna;x;anna@example.com\nBob;bob@example.com;"one; two\n\nthree"{end}'
    assert _cells(open_table(_file(tmp_path, text.encode())))[1][2] == "one; two\n\nthree"
    path = _file(tmp_path, text[:-4].encode())
    with pytest.raises(FileProblem, match="line 3 "), open_table(path) as table:
        list(table.rows())


def test_a_quote_inside_a_cell_is_only_a_letter(tmp_path: Path) -> None:
    assert _cells(open_table(_file(tmp_path, b'Name;Size\nTube;5"\nPipe;7" long\n'))) == [
        ("Tube", '5"'),
        ("Pipe", '7" long'),
    ]


def test_spaces_before_quotes_do_not_hide_them(tmp_path: Path) -> None:
    assert _cells(open_table(_file(tmp_path, b'Name, City\nAnna, "Roma, EUR"\nLuca, "Bari, Sud"\n'))) == [
        ("Anna", "Roma, EUR"),
        ("Luca", "Bari, Sud"),
    ]


@pytest.mark.parametrize("header", ["ID;Phone;E-mail", "Id;Prénom;E-mail", "ID;P;E"])
@pytest.mark.parametrize("first", ["1", "C01", "E"])
def test_a_list_whose_header_begins_as_sylk_files_do_is_a_list(
    tmp_path: Path, header: str, first: str
) -> None:
    text = f"{header}\n{first};+39 333 1234567;anna@example.com\n"
    assert _cells(open_table(_file(tmp_path, text.encode())))[0][0] == first


@pytest.mark.parametrize("row", [1, 2, 3])
def test_any_row_can_be_the_header(tmp_path: Path, row: int) -> None:
    """Also one in the middle of rows that look all alike."""
    path = _file(tmp_path, b"a;b\nc;d\ne;f\ng;h\n")
    with open_table(path, ReadingChoice(header_row=row)) as table:
        assert [each.number for each in table.rows()] == list(range(row + 1, 5))
