"""Reading a file through its child: the first rows early, hidden rows as shown, every bad end a Problem."""

from __future__ import annotations

import hashlib
import os
import signal
import sys
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from app.flow.reading import read_file
from app.flow.spooling import FirstLook
from app.ledger.ledger import Ledger
from app.problems import FileProblem
from app.progress import Progress, Stop, Stopped
from app.table.shape import HiddenRows, ReadingChoice
from tests.child_processes import children_at_work
from tests.timing import quickest

HALF_A_SECOND = 0.5
MOST_SECONDS = 10.0


def _list(path: Path, rows: int, hidden: int = 0, filtered: bool = False) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Name", "E-mail"])
    for row in range(1, rows + 1):
        sheet.write_row(row, 0, [f"Anna {row}", f"a{row}@example.com"])
        if row <= hidden:
            sheet.set_row(row, options={"hidden": True})
    if filtered:
        sheet.autofilter(0, 0, rows, 1)
        sheet.filter_column(0, "x == NonBlanks")
    book.close()
    return path


def test_the_first_rows_are_told_before_the_others_are_read(tmp_path: Path) -> None:
    heard: list[Progress] = []
    file = read_file(_list(tmp_path / "a.xlsx", 3_000), ReadingChoice(), tmp_path, heard.append)
    look = heard[0]
    assert isinstance(look, FirstLook)
    assert look.shape is not None
    assert replace(look.shape, fingerprint=file.shape.fingerprint) == file.shape
    assert file.shape.fingerprint == hashlib.sha256((tmp_path / "a.xlsx").read_bytes()).hexdigest()
    assert look.first == file.first[: len(look.first)]
    assert len(look.first) == 100
    assert file.read == 3_000


@pytest.mark.parametrize(
    ("hidden", "filtered", "read", "left_out"),
    [
        (HiddenRows.AS_SHOWN, True, 6, 4),
        (HiddenRows.AS_SHOWN, False, 10, 0),
        (HiddenRows.ALL, True, 10, 0),
        (HiddenRows.VISIBLE_ONLY, False, 6, 4),
    ],
)
def test_hidden_rows_are_taken_as_asked(
    tmp_path: Path, hidden: HiddenRows, filtered: bool, read: int, left_out: int
) -> None:
    path = _list(tmp_path / "a.xlsx", 10, hidden=4, filtered=filtered)
    file = read_file(path, ReadingChoice(hidden=hidden), tmp_path)
    assert (file.read, file.notes.hidden, file.notes.hidden_left_out) == (read, 4, left_out)
    assert file.first[0].number == (6 if left_out else 2)
    assert str(read) in file.notices[0].sentence


def test_a_filter_told_only_after_the_rows_leaves_them_out_too(tmp_path: Path) -> None:
    path = _list(tmp_path / "a.xlsx", 10, hidden=4, filtered=True)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    assert b"filterMode" in parts[name]
    parts[name] = parts[name].replace(b' filterMode="1"', b"")
    with zipfile.ZipFile(path, "w") as archive:
        for each, content in parts.items():
            archive.writestr(each, content)
    file = read_file(path, ReadingChoice(), tmp_path)
    assert (file.read, file.notes.hidden_left_out) == (6, 4)
    with Ledger.open(file.ledger) as ledger:
        assert [row.number for row in ledger.rows.all()] == list(range(6, 12))


def test_a_stray_cell_in_the_last_row_costs_nothing_and_adds_up(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Name", "E-mail"])
    sheet.write_row(1, 0, ["Anna", "a@example.com"])
    sheet.write_string(1_048_575, 0, "x")
    book.close()
    file = read_file(path, ReadingChoice(), tmp_path)
    assert file.read - file.blank == 2
    assert file.read + file.notes.blank_beyond == 1_048_575


def test_a_reading_stops_within_half_a_second(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("w") as stream:
        stream.write("Name;E-mail\n")
        for _ in range(400):
            stream.write("Anna Rossi;anna@example.com\n" * 2_500)

    def stopped() -> float:
        stop = Stop()
        moments: list[float] = []

        def tell(_: Progress) -> None:
            if not moments:
                moments.append(time.monotonic())
                stop.ask()

        with pytest.raises(Stopped):
            read_file(path, ReadingChoice(), tmp_path, tell, stop)
        return time.monotonic() - moments[0]

    assert quickest(stopped, HALF_A_SECOND) < HALF_A_SECOND
    assert not list(tmp_path.glob("*.ledger*"))


def _refusal(path: Path, folder: Path) -> FileProblem:
    with pytest.raises(FileProblem) as caught:
        read_file(path, ReadingChoice(), folder)
    assert not list(folder.glob("*.ledger*"))
    return caught.value


def test_a_bomb_and_multiplying_entities_end_in_a_problem(tmp_path: Path) -> None:
    path = _list(tmp_path / "a.xlsx", 5)
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    laughs = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY e0 "lol">{entities}]><worksheet><sheetData>&e11;'
    for content in (b"<row/>" + b" " * (80 << 20), laughs.encode()):
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        parts["xl/worksheets/sheet1.xml"] = content
        with zipfile.ZipFile(tmp_path / "b.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
            for each, inside in parts.items():
                archive.writestr(each, inside)
        assert _refusal(tmp_path / "b.xlsx", tmp_path).advice


@pytest.mark.parametrize("rows", [1, 10_000])
def test_gigabytes_of_nothing_end_in_a_problem(tmp_path: Path, rows: int) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as stream:
        stream.write(b"Name;E-mail\n" + b"Anna;a@example.com\n" * rows)
        stream.truncate(5 << 30)
    assert _refusal(path, tmp_path).title


@pytest.mark.parametrize("letter", [b"a", b"a;", b'"a'])
def test_a_line_without_an_end_ends_in_a_problem(tmp_path: Path, letter: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"Name;E-mail\nAnna;a@example.com\n" + letter * (40 << 20))
    began = time.monotonic()
    assert _refusal(path, tmp_path).advice
    assert time.monotonic() - began < MOST_SECONDS


@pytest.mark.skipif(sys.platform != "linux", reason="finds the process where Linux lists it")
def test_a_reader_that_is_killed_is_a_problem_and_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    path.write_bytes(b"Name;E-mail\n" + b"Anna Rossi;anna@example.com\n" * 1_000_000)

    def tell(_: Progress) -> None:
        for child in children_at_work():
            os.kill(child, signal.SIGKILL)

    with pytest.raises(FileProblem, match="stopped unexpectedly"):
        read_file(path, ReadingChoice(), tmp_path, tell)
    assert not list(tmp_path.glob("*.ledger*"))


def test_a_file_that_grows_while_it_is_read_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    path.write_bytes(b"Name;E-mail\n" + b"Anna Rossi;anna@example.com\n" * 300_000)

    def tell(_: Progress) -> None:
        with path.open("ab") as stream:
            stream.write(b"Late;late@example.com\n")

    with pytest.raises(FileProblem, match="was changed"):
        read_file(path, ReadingChoice(), tmp_path, tell)


def test_a_cell_without_an_end_ends_in_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    _list(path, 5)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = (
        b'<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>' + os.urandom(4 << 20).hex().encode() * 16
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for each, inside in parts.items():
            archive.writestr(each, inside)
    began = time.monotonic()
    assert _refusal(path, tmp_path).advice
    assert time.monotonic() - began < MOST_SECONDS


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_file_without_an_end_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.csv")
    assert "device" in _refusal(tmp_path / "a.csv", tmp_path).title
