"""Files as rare programs write them, and files of other kinds: read as they are meant, or named."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from app.problems import FileProblem
from app.table.reading import open_table
from tests.table.workbooks import document, sheet_xml, workbook


def _rows(path: Path) -> list[tuple[str, ...]]:
    with open_table(path) as table:
        return [row.cells for row in table.rows()]


def _text(reference: str, text: str) -> str:
    where = f' r="{reference}"' if reference else ""
    return f'<c{where} t="inlineStr"><is><t>{text}</t></is></c>'


HEADER = f'<row r="1">{_text("A1", "Name")}{_text("B1", "Phone")}</row>'
ANNA = f'<row r="2">{_text("A2", "Anna")}<c r="B2"><v>3</v></c></row>'


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        (f"<row>{_text('', 'Anna')}<c><v>3</v></c></row>", ("Anna", "3")),
        (f'<row r="2">{_text("A2", "Anna")}<c><v>3</v></c></row>', ("Anna", "3")),
        (f'<row r="2"><c r="B2"><v>3</v></c>{_text("A2", "Anna")}</row>', ("Anna", "3")),
        ('<row r="2"><c r="$A$2"><v>1</v></c><c r="b2"><v> 3 </v></c></row>', ("1", "3")),
        (f'<row r="2">{_text("A2", "<![CDATA[A&B <x>]]>")}<c r="B2"><v>3</v></c></row>', ("A&B <x>", "3")),
        (f"<!-- a remark -->{ANNA}", ("Anna", "3")),
        (f'<row r="2">{_text("A2", "a_x000D_b_x005F_x0041_")}</row>', ("a\nb_x0041_", "")),
        (
            '<row r="2"><c r="A2" t="inlineStr"><is><r><t>東</t></r><r><t>京</t></r>'
            '<rPh sb="0" eb="2"><t>トウキョウ</t></rPh></is></c><c r="B2" t="b"><v>1</v></c></row>',
            ("東京", "TRUE"),
        ),
        (
            '<row r="2"><c r="A2" t="str"><f t="array" ref="A2">X</f><v>sum</v></c>'
            '<c r="B2" t="d"><v>2024-02-29T10:00:00</v></c></row>',
            ("sum", "2024-02-29 10:00"),
        ),
    ],
)
def test_rows_of_rare_programs_are_read(tmp_path: Path, row: str, cells: tuple[str, ...]) -> None:
    path = workbook(tmp_path / "a.xlsx", sheet_xml(HEADER + row, '<dimension ref="A1"/>'))
    assert _rows(path) == [cells]


@pytest.mark.parametrize("index", ["-1", "1", "99999999999"])
def test_a_text_that_is_not_there_is_damage(tmp_path: Path, index: str) -> None:
    rows = f'{HEADER}<row r="2"><c r="A2" t="s"><v>{index}</v></c><c r="B2"><v>1</v></c></row>'
    with pytest.raises(FileProblem, match="damaged"):
        _rows(workbook(tmp_path / "a.xlsx", sheet_xml(rows), strings="<si><t>x</t></si>"))


def test_parts_may_have_any_names_and_letters(tmp_path: Path) -> None:
    plain = workbook(tmp_path / "plain.xlsx", sheet_xml(HEADER + ANNA))
    for change in (str.upper, lambda name: name.replace("/", "\\"), lambda name: "/" + name):
        other = tmp_path / "other.xlsx"
        with zipfile.ZipFile(plain) as old, zipfile.ZipFile(other, "w") as new:
            for name in old.namelist():
                content = old.read(name)
                if name.endswith("page.xml"):
                    head = '<?xml version="1.0" encoding="UTF-16"?>'
                    content = (head + content.decode()).encode("utf-16")
                new.writestr(change(name), content)
        assert _rows(other) == [("Anna", "3")]


def _cell(inside: str, attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{attributes}>{inside}</table:table-cell>'


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        (
            _cell("<text:p>A<text:s text:c='3'/>B<text:tab/>C<text:line-break/>D</text:p>"),
            ("A   B\tC\nD", ""),
        ),
        (_cell("<text:p>a</text:p><text:p>b</text:p>"), ("a\nb", "")),
        (
            _cell("<office:annotation><text:p>no</text:p></office:annotation><text:p>A</text:p>"),
            ("A", ""),
        ),
        (_cell("<text:p><text:span>An</text:span>n<text:a>a</text:a></text:p>"), ("Anna", "")),
        (
            _cell("<text:p>A</text:p>", ' table:number-columns-spanned="2"')
            + "<table:covered-table-cell><text:p>under it</text:p></table:covered-table-cell>",
            ("A", ""),
        ),
        (_cell("<text:p>x</text:p>", ' table:number-columns-repeated="2"'), ("x", "x")),
    ],
)
def test_an_open_documents_cells_hold_what_is_seen(tmp_path: Path, cells: str, read: tuple[str, str]) -> None:
    header = "".join(_cell(f"<text:p>{name}</text:p>") for name in ("Name", "Phone"))
    rows = (
        f"<table:table-header-rows><table:table-row>{header}</table:table-row></table:table-header-rows>"
        f"<table:table-row-group><table:table-row>{cells}</table:table-row></table:table-row-group>"
        '<table:table-row table:number-rows-repeated="1048500"><table:table-cell/></table:table-row>'
    )
    path = document(tmp_path / "a.ods", f'<table:table table:name="L">{rows}</table:table>')
    assert _rows(path) == [read]


OWNER = b"\x05Anna " + b" " * 49 + b"\x05\0" + "Anna ".encode("utf-16-le") + b" \0" * 49


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            b"From: <Saved by it>\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>",
            "web page",
        ),
        (b'TABLE\r\n0,1\r\n"EXCEL"\r\nVECTORS\r\n0,3\r\n""\r\n', "some other kind"),
        (b"[InternetShortcut]\r\nURL=https://example.com/list\r\n", "some other kind"),
        (OWNER, "some other kind"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\xef\xbb\xbf\r\n \r\n", "is empty"),
        (b"\0\0\0\0", "zeros"),
    ],
)
def test_what_is_no_list_is_named(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(content)
    with pytest.raises(FileProblem, match=said) as caught:
        _rows(path)
    assert caught.value.advice


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (b'"sep=;"\r\nName;Phone\r\nAnna;1\r\n', [("Anna", "1")]),
        ("sep=;\r\nName;Phone\r\nZoë;1\r\n".encode("utf-16"), [("Zoë", "1")]),
        ("Name;Phone\nZoë;1\n".encode("utf-32"), [("Zoë", "1")]),
        (b"Name;Phone\r\nAnna;1\nLuca;2\rEva;3\r\n", [("Anna", "1"), ("Luca", "2"), ("Eva", "3")]),
        (b'Name,Phone\nAnna,="0331234567"\n', [("Anna", "0331234567")]),
        (b"Name;Note\nAnna;a\tb\nLuca;c\td\n", [("Anna", "a\tb"), ("Luca", "c\td")]),
        (b"Name;Phone\nAn\0na;1\r\n\x1a", [("Anna", "1")]),
        (b'Name;Note\nAnna "the boss;1\nLuca 5" tall;2\n', [('Anna "the boss', "1"), ('Luca 5" tall', "2")]),
        (b"Email\na@example.com", [("a@example.com",)]),
    ],
)
def test_text_files_of_rare_programs_are_read(
    tmp_path: Path, content: bytes, rows: list[tuple[str, ...]]
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    assert _rows(path) == rows
