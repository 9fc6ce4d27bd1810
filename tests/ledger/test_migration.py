"""Older ledgers are brought up to date, all or nothing, and one program at a time works on one."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path

import pytest

from app.contacts.contact import Finding, FindingKind, Level, Status
from app.ledger.batches import BatchState
from app.ledger.connection import LedgerProblem
from app.ledger.corrections import RowState
from app.ledger.ledger import Ledger
from app.ledger.lock import LedgerLock, is_free
from app.ledger.outcomes import OutcomeTotals
from app.ledger.schema import MIGRATIONS, VERSION
from tests.ledger.former_tables import CORRECTIONS_2, former_ledger


def version_1(path: Path) -> None:
    connection = former_ledger(path, 1)
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


OLD_FINDING = r'["phone_not_mobile","warning","phone","[\"phone_not_mobile\",","+4420",null]'


def later_rows(connection: sqlite3.Connection) -> None:
    """What versions 2 and 3 kept alike: rows, contacts, batches that were split, and what became of whom."""
    connection.executemany(
        "INSERT INTO rows VALUES (?, ?, ?)",
        [
            (2, 0, '["Zoe","07700"]'),
            (4, 0, r'["Dan","\u001e4"]'),
            (5, 1, '["",""]'),
            (6, 0, '["Eve",""]'),
            (2_000_001, 0, '["one","two","three"]'),
        ],
    )
    connection.executemany(
        "INSERT INTO contacts VALUES (?, ?, ?, ?, ?)",
        [
            (2, "to_send", 0, '{"phone":"+447700900002","lists":["a","b"]}', "[]"),
            (4, "to_send", 2, '{"phone":"+4420"}', f"[{OLD_FINDING}]"),
            (5, "blank", 0, "{}", "[]"),
            (6, "to_send", 0, '{"phone":"+447700900006"}', "[]"),
            (2_000_001, "to_send", 0, '{"phone":"+447700900007"}', "[]"),
        ],
    )
    connection.executemany(
        "INSERT INTO facts VALUES (?, ?)", [("findings", '{"phone_not_mobile": 1}'), ("file", "people.csv")]
    )
    request = json.dumps(["POST", "contacts", [["a", "b"]], [["x", "y"]]])
    connection.executemany(
        "INSERT INTO batches VALUES (?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (2, "add 2-4", 2, 4, 2, 1, request, "answered", 2, 0, 0, "created", "", ""),
            (3, "add 6-6", 6, 6, 1, 1, request, "unsure", 1, 0, 1, "unsure", "no_answer", ""),
            (4, "add 7-7", 2_000_001, 2_000_001, 1, 4, request, "planned", 1, 12.5, 0, "not_sent", "", ""),
        ],
    )
    connection.executemany("INSERT INTO bodies VALUES (?, ?)", [(3, b"\x00three"), (4, b"four")])
    connection.executemany(
        "INSERT INTO outcomes VALUES (0, ?, ?, ?, ?, ?)",
        [
            (2, 2, None, None, None),
            (4, 2, "refused", "2008", "No value"),
            (6, 3, None, None, None),
            (2_000_001, 4, None, None, None),
        ],
    )


def _says_what_it_said(ledger: Ledger) -> None:
    assert [row[:2] for row in ledger.rows.all()] == [
        (2, ("Zoe", "07700")),
        (4, ("Dan", "\x1e4")),
        (5, ("", "")),
        (6, ("Eve", "")),
        (2_000_001, ("one", "two", "three")),
    ]
    assert (ledger.rows.count(), ledger.rows.blank_numbers(9), ledger.fact("file")) == (5, (5,), "people.csv")
    assert [(one.row, one.status) for one in ledger.contacts.all()] == [
        (2, Status.TO_SEND),
        (4, Status.TO_SEND),
        (5, Status.BLANK),
        (6, Status.TO_SEND),
        (2_000_001, Status.TO_SEND),
    ]
    assert ledger.contacts.of_rows([2])[0].values == {"phone": "+447700900002", "lists": ("a", "b")}
    assert ledger.outcomes.totals(1) == OutcomeTotals(created=1, refused=1, unsure=1, not_sent=1)
    told = [(one.row, one.steps[0].kind.value, one.steps[0].code) for one in ledger.outcomes.journeys(1)]
    assert told == [
        (2, "created", ""),
        (4, "refused", "2008"),
        (6, "unsure", "no_answer"),
        (2_000_001, "not_sent", ""),
    ]
    (unsure,) = ledger.batches.in_state(BatchState.UNSURE)
    assert (unsure.id, unsure.root, unsure.doubt, unsure.request.path) == (3, 1, True, "contacts")
    assert list(ledger.batches.bodies(BatchState.UNSURE)) == [b"\x00three"]
    (planned,) = ledger.batches.in_state(BatchState.PLANNED)
    assert (planned.first_row, planned.attempts) == (2_000_001, 1)


def version_2(path: Path) -> None:
    """Two rows corrected, one of them twice; a third was corrected and taken back."""
    connection = former_ledger(path, 2)
    later_rows(connection)
    connection.executescript(CORRECTIONS_2)
    connection.executemany(
        "INSERT INTO corrections VALUES (?, ?)",
        [(2, '["Zoë","+447700900002"]'), (6, r'["Eve","\u001f+447700900006"]')],
    )
    connection.executemany(
        "INSERT INTO changes (change, row, before) VALUES (?, ?, ?)",
        [(1, 2, None), (2, 2, '["Zoë","07700"]'), (2, 6, None)],
    )
    connection.commit()
    connection.close()


def version_3(path: Path) -> None:
    """A row corrected, another left out, and a decision about the whole list that was taken back."""
    connection = former_ledger(path, 3)
    later_rows(connection)
    connection.execute("UPDATE contacts SET findings = replace(findings, 'not_mobile', 'landline')")
    connection.execute("UPDATE facts SET value = replace(value, 'not_mobile', 'landline')")
    cells = '["Zoë","+447700900002"]'
    connection.executemany("INSERT INTO corrections VALUES (?, ?, ?)", [(2, cells, 0), (5, None, 1)])
    connection.executemany(
        "INSERT INTO steps VALUES (?, ?, ?, ?)",
        [(1, 0, None, None), (2, 0, None, None), (3, 1, '{"country": "FR"}', '{"country": "GB"}')],
    )
    connection.executemany(
        "INSERT INTO step_rows VALUES (?, ?, ?, ?, ?, ?)",
        [(1, 2, None, 0, cells, 0), (2, 5, None, 0, None, 1)],
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


@pytest.mark.parametrize("version", MIGRATIONS)
def test_a_migrated_ledger_has_the_same_tables_as_a_new_one(version: int, tmp_path: Path) -> None:
    former_ledger(tmp_path / "old", version).close()
    Ledger.open(tmp_path / "old").close()
    Ledger.create(tmp_path / "new").close()
    shapes = []
    for name in ("old", "new"):
        connection = sqlite3.connect(tmp_path / name)
        found = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name")
        # The comments in it may have got better since.
        shapes.append([(*what, _plain(sql)) for *what, sql in found])
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
        connection.close()
    assert shapes[0] == shapes[1]


def _plain(sql: str | None) -> str:
    return " ".join(re.sub(r"--.*", "", sql or "").split())


def test_the_corrections_of_the_second_version_stand_and_its_undo_is_gone(tmp_path: Path) -> None:
    version_2(tmp_path / "l")
    with Ledger.open(tmp_path / "l") as ledger:
        _says_what_it_said(ledger)
        shelf = ledger.corrections
        assert shelf.between(0, 99) == {
            2: RowState(("Zoë", "+447700900002")),
            6: RowState(("Eve", "\x1f+447700900006")),
        }
        assert shelf.cells_of([2, 4, 6]) == {
            2: ("Zoë", "+447700900002"),
            4: ("Dan", "\x1e4"),
            6: ("Eve", "\x1f+447700900006"),
        }
        assert (shelf.count_undoable(), shelf.count_redoable(), shelf.undo()) == (0, 0, None)
        # What is corrected from now on can be taken back, to what it was before.
        step = shelf.begin_step()
        shelf.change(step, [(2, RowState(aside=True))])
        assert shelf.undo() is not None
        assert shelf.states_of([2]) == {2: RowState(("Zoë", "+447700900002"))}


def test_a_finding_that_went_by_another_name_is_found_under_its_new_one(tmp_path: Path) -> None:
    version_2(tmp_path / "l")
    with Ledger.open(tmp_path / "l") as ledger:
        (contact,) = ledger.contacts.of_rows([4])
        assert contact.findings == (
            Finding(
                FindingKind.PHONE_LANDLINE, Level.WARNING, "phone", '["phone_not_mobile",', "+4420", None
            ),
        )
        assert ledger.contacts.totals().findings == {FindingKind.PHONE_LANDLINE: 1}
        assert list(ledger.contacts.rows_with_findings([FindingKind.PHONE_LANDLINE])) == [4]


@pytest.mark.parametrize("made", [(), ("corrections", "changes")])
def test_a_second_version_without_a_correction_opens_too(made: tuple[str, ...], tmp_path: Path) -> None:
    connection = former_ledger(tmp_path / "l", 2)
    if made:
        connection.executescript(CORRECTIONS_2)
    connection.close()
    with Ledger.open(tmp_path / "l") as ledger:
        assert ledger.corrections.between(0, 99) == {}
        assert ledger.corrections.count_undoable() == 0


def test_what_the_third_version_undid_can_be_done_again_and_the_rest_undone(tmp_path: Path) -> None:
    version_3(tmp_path / "l")
    with Ledger.open(tmp_path / "l") as ledger:
        _says_what_it_said(ledger)
        shelf = ledger.corrections
        corrected = RowState(("Zoë", "+447700900002"))
        assert shelf.between(0, 99) == {2: corrected, 5: RowState(aside=True)}
        assert shelf.cells_of([2, 5]) == {2: ("Zoë", "+447700900002"), 5: ("", "")}
        assert list(shelf.rows_aside()) == [5]
        assert (shelf.count_undoable(), shelf.count_redoable()) == (2, 1)
        again = shelf.redo()
        assert again is not None
        assert (list(again.rows), again.decided) == ([], '{"country": "GB"}')
        assert [step.decided for step in iter(shelf.undo, None)] == ['{"country": "FR"}', None, None]
        assert shelf.between(0, 99) == {}
        assert shelf.count_redoable() == 3


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
