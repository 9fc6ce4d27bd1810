"""The file of one import: private, durable, refused when it is not what it should be."""

from __future__ import annotations

import sqlite3
import stat
import sys
from pathlib import Path

import pytest

from app.ledger.connection import LedgerBusy, LedgerProblem
from app.ledger.ledger import Ledger, erase
from app.ledger.schema import VERSION
from app.table.shape import Row


def test_a_ledger_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "l") as ledger:
        ledger.note("file", "list.xlsx")
        if sys.platform != "win32":
            for file in tmp_path.iterdir():
                assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name


def test_what_was_noted_is_there_after_opening_again(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "l") as ledger:
        ledger.note("file", "list.xlsx")
        ledger.note("file", "other.xlsx")
    with Ledger.open(tmp_path / "l") as ledger:
        assert ledger.fact("file") == "other.xlsx"
        assert ledger.fact("nothing") is None


def test_a_missing_ledger_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(LedgerProblem):
        Ledger.open(tmp_path / "l")


def test_a_file_that_is_no_ledger_is_a_problem_and_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "l"
    path.write_bytes(b"not a database at all, but long enough to be looked at" * 40)
    before = path.read_bytes()
    with pytest.raises(LedgerProblem):
        Ledger.open(path)
    assert path.read_bytes() == before


def test_a_ledger_of_another_version_is_refused(tmp_path: Path) -> None:
    Ledger.create(tmp_path / "l").close()
    connection = sqlite3.connect(tmp_path / "l")
    connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    with pytest.raises(LedgerProblem, match="another version"):
        Ledger.open(tmp_path / "l")


def test_a_ledger_is_never_written_over_another(tmp_path: Path) -> None:
    Ledger.create(tmp_path / "l").close()
    with pytest.raises(LedgerProblem):
        Ledger.create(tmp_path / "l")


def test_a_full_disk_is_a_problem_and_what_was_written_stays(tmp_path: Path) -> None:
    path = tmp_path / "l"
    with Ledger.create(path) as ledger:
        for _ in ledger.rows.add(Row(number, ("x",)) for number in range(2, 12)):
            pass
        ledger.limit_size(pages=40)
        with pytest.raises(LedgerProblem):
            for _ in ledger.rows.add(Row(number, ("x" * 500,)) for number in range(12, 5_000)):
                pass
    with Ledger.open(path) as ledger:
        assert ledger.rows.count() == 10


def test_what_another_is_writing_to_is_in_use_not_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ledger.connection.BUSY_MILLISECONDS", 0)
    path = tmp_path / "l"
    with Ledger.create(path) as one, Ledger.open(path) as other:
        with one.together(), pytest.raises(LedgerBusy) as told:
            other.note("file", "list.xlsx")
        other.note("file", "list.xlsx")
    assert told.value.title == "The notes of this import are in use just now."


def test_erasing_leaves_nothing_and_may_be_done_twice(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "l") as ledger:
        ledger.note("file", "list.xlsx")
    erase(tmp_path / "l")
    erase(tmp_path / "l")
    assert list(tmp_path.iterdir()) == []
