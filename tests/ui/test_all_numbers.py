"""An import with every end a row can have: --json, the report, the history and the window say the same."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.flow.audit import report_check, totals_check
from app.flow.history import past_imports
from app.flow.parts import Parts
from app.flow.receipt_page import counts_of
from app.flow.resuming import draft_of
from app.flow.unfinished import unfinished_imports
from app.language import number
from app.main import main
from app.practice.exchange import PracticeRequest, PracticeResponse
from app.practice.faults import Fault, HangUp, Refuse
from app.practice.rooms import PRACTICE_SECRETS
from app.practice.server import PracticeServer
from app.providers.verdicts import OutcomeKind
from app.report import ImportTotals
from app.settings.folders import user_folders
from app.table.reading import open_table
from app.table.shape import ReadingChoice
from app.table.writing import write_table
from app.ui.pages.report import ReportPage
from app.ui.session import Session
from app.wording import halfway_words, outcome_word

HEADERS = ("E-mail", "Mobile")
PEOPLE = [
    ("ann@example.com", "07700 900001"),  # arrives
    ("ben@example.com", "07700 900002"),  # is refused
    ("", ""),
    ("cy@example.com", "07700 900003"),  # nobody knows
    ("no address", "12"),  # is left out
    ("ANN@example.com", "+44 7700 900001"),  # is there twice
    ("dee@example.com", "07700 900005"),  # wants no messages
    ("eve@example.com", "07700 900006"),  # arrives too
    ("fay@example.com", "07700 900007"),  # at her the account is closed
    ("gil@example.com", "07700 900008"),  # so his turn never comes
]
SMSEND = """
provider = "smsend"
default_country = "GB"
[columns]
"E-mail" = "email"
"Mobile" = "phoneNumber"
[options]
batch_size = 1
updateExistingContact = false
"""
EMARSYS = """
provider = "emarsys"
default_country = "GB"
[columns]
"E-mail" = "3"
[options]
action = "create_and_list"
list_id = 1001
"""


def at_smsend(request: PracticeRequest) -> Fault | None:
    if b"447700900002" in request.body:
        return Refuse(PracticeResponse(400, body=b"phoneNumber is not valid"))
    if b"447700900003" in request.body:
        return HangUp(acted=True)
    return Refuse(PracticeResponse(403, body=b"closed")) if b"447700900007" in request.body else None


def at_emarsys(request: PracticeRequest) -> Fault | None:
    """Everybody is created; the list takes nobody."""
    lists = "contactlist" in request.path and request.path.endswith("/add")
    return Refuse(PracticeResponse(403, body=b'{"replyCode": 1, "replyText": "no"}')) if lists else None


CASES = [
    pytest.param(SMSEND, at_smsend, ImportTotals(10, 1, 2, 1, 6, 0, 0, 2, 1, 1, 2), id="one step"),
    pytest.param(EMARSYS, at_emarsys, ImportTotals(10, 1, 2, 1, 6, 0, 0, 0, 0, 0, 6, 6), id="two steps"),
]


@pytest.mark.parametrize(("recipe", "meddle", "expected"), CASES)
def test_all_four_say_the_same(
    recipe: str,
    meddle: Callable[[PracticeRequest], Fault | None],
    expected: ImportTotals,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    parts: Parts,
) -> None:
    said, report = imported(recipe, meddle, tmp_path, capsys, monkeypatch)
    assert {key: said[key] for key in expected.as_numbers()} == expected.as_numbers()
    assert totals_check(expected).holds
    check = report_check(report, expected)
    assert check.holds, check.seen
    (kept,), problem = past_imports(user_folders())
    assert problem is None
    assert kept.totals == expected
    assert Counter(counts_of(kept)) >= Counter(
        (outcome_word(kind), number(expected.as_numbers()[kind.value])) for kind in OutcomeKind
    )
    (unfinished,) = unfinished_imports(user_folders().imports)
    page = ReportPage(Session(draft_of(unfinished), parts))
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.ready):
        page.enter()
    assert page.totals == expected
    shown = {kind: page.outcomes.shown(kind) for kind in OutcomeKind}
    assert {kind: int(count or 0) for kind, count in shown.items()} == {
        kind: expected.as_numbers()[kind.value] for kind in OutcomeKind
    }
    page.leave()


def test_who_is_in_the_account_but_not_done_is_said_everywhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said, report = imported(EMARSYS, at_emarsys, tmp_path, capsys, monkeypatch)
    assert (said["not_sent"], said["halfway"]) == (6, 6)
    assert main(["resume", "--list"]) == 0
    assert "0 / 6" in capsys.readouterr().out
    (kept,), _ = past_imports(user_folders())
    assert halfway_words(kept.totals.halfway).startswith("6 contacts that are not done are in the account")
    assert report.exists()


def test_every_row_that_did_not_arrive_says_why_and_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, report = imported(SMSEND, at_smsend, tmp_path, capsys, monkeypatch)
    with open_table(report, ReadingChoice(own_columns=True)) as table:
        names = [column.name for column in table.shape.columns]
        rows = [dict(zip(names, row.cells, strict=True)) for row in table.rows()]
    assert [row["Row"] for row in rows] == ["2", "3", "5", "6", "7", "8", "9", "10", "11"]
    others = [row for row in rows if row["E-mail"] not in ("ann@example.com", "eve@example.com")]
    assert len(others) == 7
    assert all(row["Reason"] and row["What to do"] for row in others)


def imported(
    recipe: str,
    meddle: Callable[[PracticeRequest], Fault | None],
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> tuple[dict[str, int], Path]:
    """The import, done on the command line: what it said as JSON, and its report."""
    write_table(folder / "people.xlsx", HEADERS, PEOPLE)
    write_table(folder / "never.xlsx", ("E-mail",), [("dee@example.com",)])
    (folder / "recipe.toml").write_text(recipe, "utf-8")
    name = "smsend" if recipe is SMSEND else "emarsys"
    for key, value in PRACTICE_SECRETS[name].items():
        monkeypatch.setenv(f"CONTACT_FERRY_SECRET_{key.upper()}", value)
    report = folder / "report.xlsx"
    with PracticeServer(fault=meddle) as server:
        where = ["--server", server.address, "--token-server", server.address, "--json"]
        files = ["--recipe", str(folder / "recipe.toml"), "--exclude", str(folder / "never.xlsx")]
        assert main(["run", str(folder / "people.xlsx"), *files, "--report", str(report), *where]) == 2
    said: dict[str, int] = json.loads(capsys.readouterr().out.splitlines()[0])
    return said, report
