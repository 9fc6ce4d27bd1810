"""Older ledgers are brought up to date, all or nothing, and one program at a time works on one."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from app.ledger.batches import BatchState
from app.ledger.connection import LedgerProblem
from app.ledger.ledger import Ledger
from app.ledger.lock import LedgerLock, is_free
from app.ledger.outcomes import OutcomeTotals
from app.ledger.schema import APPLICATION_ID, MIGRATIONS, VERSION

VERSION_1 = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE rows (number INTEGER PRIMARY KEY, blank INTEGER NOT NULL, cells TEXT NOT NULL) STRICT;
CREATE TABLE contacts (row INTEGER PRIMARY KEY, status TEXT NOT NULL, level INTEGER NOT NULL,
    fields TEXT NOT NULL, findings TEXT NOT NULL) STRICT;
CREATE TABLE batches (id INTEGER PRIMARY KEY, step INTEGER NOT NULL, name TEXT NOT NULL UNIQUE,
    first_row INTEGER NOT NULL, last_row INTEGER NOT NULL, size INTEGER NOT NULL, request TEXT NOT NULL,
    body BLOB, state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, not_before REAL NOT NULL DEFAULT 0,
    doubt INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX batches_by_state ON batches (step, state, first_row);
CREATE TABLE outcomes (step INTEGER NOT NULL, row INTEGER NOT NULL, batch INTEGER NOT NULL,
    kind TEXT NOT NULL, code TEXT NOT NULL, detail TEXT NOT NULL, PRIMARY KEY (step, row)
) STRICT, WITHOUT ROWID;
"""


def version_1(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.executescript(VERSION_1)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute("PRAGMA user_version = 1")
    connection.executemany(
        "INSERT INTO contacts VALUES (?, 'to_send', 0, '{}', '[]')", [(row,) for row in range(2, 8)]
    )
    connection.executemany(
        "INSERT INTO rows VALUES (?, ?, ?)",
        [(2, 0, '["Zoë","\\u001fa\\u001d"]'), (3, 1, '["",""]'), (7, 0, '["x","y"]')],
    )
    request = json.dumps(["POST", "contacts", [], []])
    connection.executemany(
        "INSERT INTO batches VALUES (?, 0, ?, ?, ?, 2, ?, ?, ?, 1, 0, ?)",
        [
            (1, "add 2-3", 2, 3, request, b"one", "answered", 0),
            (2, "add 4-5", 4, 5, request, b"two", "unsure", 1),
            (3, "add 6-7", 6, 7, request, None, "planned", 0),
        ],
    )
    outcomes = ["created", "refused", "unsure", "unsure", "not_sent", "not_sent"]
    connection.executemany(
        "INSERT INTO outcomes VALUES (0, ?, ?, ?, 'code', '')",
        [(row, row // 2, kind) for row, kind in enumerate(outcomes, start=2)],
    )
    connection.commit()
    connection.close()


def test_a_ledger_of_the_first_version_says_the_same_as_before(tmp_path: Path) -> None:
    version_1(tmp_path / "l")
    with Ledger.open(tmp_path / "l") as ledger:
        assert ledger.outcomes.totals(1) == OutcomeTotals(created=1, refused=1, unsure=2, not_sent=2)
        assert [one.final.value for one in ledger.outcomes.journeys(1)][:3] == [
            "created",
            "refused",
            "unsure",
        ]
        assert list(ledger.batches.bodies(BatchState.UNSURE)) == [b"two"]
        (unsure,) = ledger.batches.in_state(BatchState.UNSURE)
        assert (unsure.doubt, unsure.root) == (True, 2)
        assert [row[:2] for row in ledger.rows.all()] == [
            (2, ("Zoë", "\x1fa\x1d")),
            (3, ("", "")),
            (7, ("x", "y")),
        ]
        assert ledger.rows.blank_numbers(5) == (3,)
    with Ledger.open(tmp_path / "l") as again:
        assert again.outcomes.totals(1).sum == 6


def test_a_migration_that_fails_leaves_the_ledger_as_it_was(tmp_path: Path) -> None:
    version_1(tmp_path / "l")
    connection = sqlite3.connect(tmp_path / "l")
    connection.execute("CREATE TABLE bodies (in_the_way INTEGER)")
    connection.commit()
    with pytest.raises(LedgerProblem):
        Ledger.open(tmp_path / "l")
    assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    assert connection.execute("SELECT count(*) FROM outcomes").fetchone() == (6,)
    connection.close()


def test_a_new_ledger_has_the_same_tables_as_a_migrated_one(tmp_path: Path) -> None:
    version_1(tmp_path / "old")
    Ledger.open(tmp_path / "old").close()
    Ledger.create(tmp_path / "new").close()
    shapes = []
    for name in ("old", "new"):
        connection = sqlite3.connect(tmp_path / name)
        found = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE name IN "
            "('batches', 'blocks', 'bodies', 'outcomes', 'rows', 'told') ORDER BY name"
        ).fetchall()
        shapes.append(found)
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
        connection.close()
    assert shapes[0] == shapes[1]


def test_a_second_program_is_refused_until_the_first_lets_go(tmp_path: Path) -> None:
    path = tmp_path / "l"
    Ledger.create(path).close()
    with LedgerLock(path):
        assert not is_free(path)
        with pytest.raises(LedgerProblem, match="another window"), LedgerLock(path):
            pass
    assert is_free(path)


@pytest.mark.parametrize("version", [0, VERSION + 1, VERSION + 100])
def test_a_ledger_of_a_newer_version_is_refused_and_left_as_it_is(version: int, tmp_path: Path) -> None:
    Ledger.create(tmp_path / "l").close()
    connection = sqlite3.connect(tmp_path / "l")
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()
    before = (tmp_path / "l").read_bytes()
    with pytest.raises(LedgerProblem, match="another version") as caught:
        Ledger.open(tmp_path / "l")
    assert "finish the import with that version" in caught.value.advice
    assert (tmp_path / "l").read_bytes() == before


def test_every_older_version_has_a_way_to_this_one() -> None:
    assert sorted(MIGRATIONS) == list(range(1, VERSION))
