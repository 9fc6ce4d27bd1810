"""Whatever is not a readable spreadsheet ends in a FileProblem that says what to do."""

from __future__ import annotations

import contextlib
import os
import random
import zipfile
from pathlib import Path

import pytest

from app.problems import FileProblem
from app.table.faults import PasswordProblem
from app.table.reading import open_table
from app.table.writing import write_table
from tests.table.workbooks import sheet_xml, workbook

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "samples" / "contacts.xlsx"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def _refusal(path: Path) -> FileProblem:
    with pytest.raises(FileProblem) as caught, open_table(path) as table:
        list(table.rows())
    assert caught.value.title
    assert caught.value.advice
    return caught.value


def _zip(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return path


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"", "empty"),
        (b"\r\n \r\n", "empty"),
        (b"%PDF-1.7\n1 0 obj", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "picture"),
        (b"<html><body><table><tr><td>Name</td></tr></table>", "web page"),
        (b"\xef\xbb\xbf<!DOCTYPE html><p>x", "web page"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "2003"),
        (b'{"url": "x", "doc_id": "1", "email": "a@example.com"}', "Google"),
        (b'ID;PWXL;N;E\r\nP;PGeneral\r\nC;Y1;X1;K"Name"\r\nE\r\n', "SYLK"),
        (b"ID;PSCALC3\nE\n", "SYLK"),
        (b"BEGIN:VCARD\r\nVERSION:3.0\r\nEND:VCARD\r\n", "vCard"),
        (bytes(range(256)) * 40, "other kind"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
        (OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "Word"),
        (b"PK\x03\x04 not really a zip", "damaged"),
        (b"Name;Phone\n", "no rows"),
        (b"Name;Note\nAnna;" + b"x" * 200_000 + b"\n", "longer than"),
    ],
)
def test_what_is_no_spreadsheet_is_named_for_what_it_is(tmp_path: Path, content: bytes, named: str) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(content)
    assert named.lower() in _refusal(path).title.lower()


def test_a_protected_workbook_asks_for_its_password(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    assert isinstance(_refusal(path), PasswordProblem)


def test_other_zip_files_are_named(tmp_path: Path) -> None:
    assert "Word" in _refusal(_zip(tmp_path / "a.xlsx", "word/document.xml")).title
    assert "Numbers" in _refusal(_zip(tmp_path / "b.xlsx", "Index/Document.iwa")).title
    assert "inside" in _refusal(_zip(tmp_path / "c.xlsx", "list.xlsx")).title
    assert "archive" in _refusal(_zip(tmp_path / "d.xlsx", "holiday.jpg")).title


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    assert "not there" in _refusal(tmp_path / "nowhere.xlsx").title
    assert "folder" in _refusal(tmp_path).title


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is locked for root")
def test_a_locked_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("a;b\n1;2\n")
    path.chmod(0)
    assert "opened" in _refusal(path).title


def test_a_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", sheet_xml("<row/>" + " " * (70 << 20)))
    assert "unreasonable" in _refusal(path).title


def test_entities_that_multiply_are_refused(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    text = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY e0 "lol">{entities}]>'
    sheet = text + sheet_xml('<row r="1"><c r="A1" t="str"><v>&e11;</v></c></row>')
    assert "damaged" in _refusal(workbook(tmp_path / "a.xlsx", sheet)).title


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1" t="s"><v>5</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>x</v></c></row>',
        '<row r="99999999"><c r="A1"><v>5</v></c></row>',
        '<row r="1"><c r="ZZZZ1"><v>5</v></c></row>',
        '<row r="1"><c r="A1"><v>5</c></row>',
        '<row r="1"><c r="A1"><v>5',
    ],
)
def test_nonsense_inside_the_sheet_is_damage(tmp_path: Path, rows: str) -> None:
    assert "damaged" in _refusal(workbook(tmp_path / "a.xlsx", sheet_xml(rows))).title


def test_a_workbook_without_cells_or_sheets_says_so(tmp_path: Path) -> None:
    assert "empty" in _refusal(workbook(tmp_path / "a.xlsx", sheet_xml(""))).title
    assert "damaged" in _refusal(workbook(tmp_path / "b.xlsx", "<html>")).title


def test_only_a_header_is_not_enough(tmp_path: Path) -> None:
    write_table(tmp_path / "a.xlsx", ["Name", "Phone"], [])
    assert "no rows" in _refusal(tmp_path / "a.xlsx").title


def test_damaged_copies_of_the_sample_give_rows_or_a_problem(tmp_path: Path) -> None:
    content = SAMPLE.read_bytes()
    chance = random.Random(7)
    path = tmp_path / "a.xlsx"
    for turn in range(150):
        damaged = bytearray(content)
        if turn % 3 == 0:
            del damaged[chance.randrange(len(content)) :]
        else:
            for _ in range(chance.choice((1, 5, 60))):
                damaged[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        with contextlib.suppress(FileProblem), open_table(path) as table:
            assert sum(1 for _ in table.rows()) < 2_000
