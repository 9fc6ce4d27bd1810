"""The search for planted marks finds them in every disguise: a search that finds nothing proves nothing."""

from __future__ import annotations

import base64
import json
import sqlite3
from pathlib import Path
from urllib.parse import quote

import pytest

from app.table.writing import write_table
from tests.planted import HEADERS, PEOPLE, PERSONAL, in_bytes, in_folder, in_text, secret

KEY = secret("api_key")


@pytest.mark.parametrize(
    "content",
    [
        KEY.encode(),
        KEY.encode("utf-16-le"),
        quote(KEY, safe="").encode(),
        json.dumps({"a": KEY}).encode(),
        *(base64.b64encode(f"{'u' * n}:{KEY}".encode()) for n in range(3)),
    ],
)
def test_a_secret_is_found_in_every_disguise(content: bytes) -> None:
    assert in_bytes(b"before " + content + b" after", [KEY]) == [KEY]


def test_people_are_found_in_workbooks_databases_and_names_of_files(tmp_path: Path) -> None:
    write_table(tmp_path / "a.xlsx", HEADERS, PEOPLE)
    with sqlite3.connect(tmp_path / "b.ledger") as database:
        database.execute("CREATE TABLE t (x)")
        database.execute("INSERT INTO t VALUES (?)", (json.dumps(PEOPLE[0]),))
    database.close()
    (tmp_path / f"{PEOPLE[0][0]}.txt").touch()
    finds = in_folder(tmp_path, PERSONAL)
    assert {find.split(":")[0] for find in finds} == {"a.xlsx", "b.ledger", f"{PEOPLE[0][0]}.txt"}
    assert in_folder(tmp_path, PERSONAL, (".xlsx", ".ledger", ".txt")) == []


def test_a_phone_is_found_however_it_is_grouped() -> None:
    assert in_text("call +44 7700-900701 now", PERSONAL) == ["7700900701"]
    assert in_text("nobody", PERSONAL) == []
