"""One import with everything in it: the window, the report, --json and the history say the same numbers."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from app.flow.audit import report_check, totals_check
from app.flow.history import past_imports
from app.main import main
from app.practice.exchange import PracticeRequest, PracticeResponse
from app.practice.faults import Fault, HangUp, Refuse
from app.practice.rooms import PRACTICE_SECRETS
from app.practice.server import PracticeServer
from app.report import ImportTotals
from app.settings.folders import user_folders
from app.table.reading import open_table
from app.table.shape import ReadingChoice
from app.table.writing import write_table

ROWS = [
    ("07700 900001", "arrives"),
    ("07700 900002", "is refused"),
    ("", ""),
    ("07700 900003", "nobody knows"),
    ("12", "is left out"),
    ("+44 7700 900001", "is there twice"),
    ("07700 900004", "arrives too"),
]
EXPECTED = ImportTotals(7, 1, 1, 1, 4, 0, 0, 2, 1, 1, 0)
RECIPE = """
provider = "smsend"
default_country = "GB"
[columns]
"Mobile" = "phoneNumber"
[options]
batch_size = 1
updateExistingContact = false
"""


def meddle(request: PracticeRequest) -> Fault | None:
    if b"447700900002" in request.body:
        return Refuse(PracticeResponse(400, body=b"phoneNumber is not valid"))
    return HangUp(acted=True) if b"447700900003" in request.body else None


def imported(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The import, done on the command line; where its report is."""
    write_table(folder / "people.xlsx", ("Mobile", "Note"), ROWS)
    (folder / "recipe.toml").write_text(RECIPE, "utf-8")
    for key, value in PRACTICE_SECRETS["smsend"].items():
        monkeypatch.setenv(f"CONTACT_FERRY_SECRET_{key.upper()}", value)
    report = folder / "report.xlsx"
    with PracticeServer(fault=meddle) as server:
        where = ["--server", server.address, "--report", str(report), "--json"]
        assert (
            main(["run", str(folder / "people.xlsx"), "--recipe", str(folder / "recipe.toml"), *where]) == 1
        )
    return report


def test_all_of_them_say_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    report = imported(tmp_path, monkeypatch)
    said = json.loads(capsys.readouterr().out)
    assert {key: said[key] for key in EXPECTED.as_numbers()} == EXPECTED.as_numbers()
    assert totals_check(EXPECTED).holds
    check = report_check(report, EXPECTED)
    assert check.holds, check.seen
    (kept,), problem = past_imports(user_folders())
    assert problem is None
    assert kept.totals == EXPECTED


def test_every_row_that_did_not_arrive_says_why_and_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_table(imported(tmp_path, monkeypatch), ReadingChoice(own_columns=True)) as table:
        names = [column.name for column in table.shape.columns]
        rows = [dict(zip(names, row.cells, strict=True)) for row in table.rows()]
    assert Counter(bool(row["Reason"]) for row in rows if "arrives" not in row["Note"]) == {True: 4}
    assert Counter(bool(row["What to do"]) for row in rows if "arrives" not in row["Note"]) == {True: 4}
    assert [row["Row"] for row in rows] == ["2", "3", "5", "6", "7", "8"]
