"""What could not be saved of an import is not lost: it is kept until its report and its numbers are."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.flow.history import past_imports
from app.main import main
from app.practice.exchange import PracticeResponse
from app.practice.faults import Refuse
from app.practice.rooms import PRACTICE_SECRETS
from app.practice.server import PracticeServer
from app.settings.folders import user_folders
from app.table.reading import open_table
from app.table.shape import ReadingChoice
from app.table.writing import write_table

ROOT = Path(__file__).resolve().parent.parent
RECIPE = 'provider = "octopush"\ndefault_country = "GB"\n[columns]\n"Mobile" = "phone_number"\n'
ROWS = [("07700 900001",), ("07700 900002",)]


@pytest.fixture(autouse=True)
def signed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    for key, value in PRACTICE_SECRETS["octopush"].items():
        monkeypatch.setenv(f"CONTACT_FERRY_SECRET_{key.upper()}", value)


def run_of_two(folder: Path, more: str = "") -> list[str]:
    """The words that bring two people into an account, by a recipe with `more` in it."""
    write_table(folder / "people.xlsx", ("Mobile",), ROWS)
    (folder / "recipe.toml").write_text(RECIPE + more, "utf-8")
    return ["run", str(folder / "people.xlsx"), "--recipe", str(folder / "recipe.toml")]


def test_a_report_with_no_place_can_be_saved_elsewhere_and_nobody_goes_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = run_of_two(tmp_path)
    taken = tmp_path / "taken.xlsx"
    taken.mkdir()
    good = tmp_path / "good.xlsx"
    with PracticeServer() as server:
        where = ["--server", server.address, "--json"]
        assert main([*run, "--report", str(taken), *where]) == 2
        first = capsys.readouterr()
        assert "resume" in first.err
        assert main(["resume", "--report", str(good), *where]) == 0
        assert len(server.rooms["octopush"].contacts()) == 2
    again = capsys.readouterr()
    assert json.loads(first.out.splitlines()[0]) == json.loads(again.out.splitlines()[0])
    with open_table(good, ReadingChoice(own_columns=True)) as table:
        assert len(list(table.rows())) == 2
    assert not list(user_folders().imports.glob("*.ledger")), "now it is forgotten as ever"


@pytest.mark.logs_expected
def test_notes_that_are_gone_are_not_said_to_be_continued(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = run_of_two(tmp_path, "[options]\nbatch_size = 1\n")
    revoked = Refuse(PracticeResponse(401))
    with PracticeServer() as server:
        server.fault = lambda request: revoked if b"447700900002" in request.body else None
        assert main([*run, "--server", server.address]) == 2
        assert "To continue: resume " in capsys.readouterr().err

        def delete(_: object) -> None:
            for path in user_folders().imports.glob("*.ledger"):
                path.unlink()

        server.fault = delete
        assert main([*run, "--server", server.address]) == 2
    said = capsys.readouterr().err
    assert "moved or deleted" in said
    assert "To continue" not in said


@pytest.mark.logs_expected
@pytest.mark.parametrize("first", ["stopped before", "sent at once"])
def test_numbers_that_could_not_be_noted_are_noted_by_going_on(
    first: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Else the history would say for ever what an earlier part of the upload had come to, or nothing."""
    run = run_of_two(tmp_path, "[options]\nbatch_size = 1\n")
    settings = user_folders().settings
    in_the_way = settings / "history.json.lock"
    with PracticeServer() as server:
        where = ["--server", server.address, "--json"]
        if first == "stopped before":
            revoked = Refuse(PracticeResponse(401))
            server.fault = lambda request: revoked if b"447700900002" in request.body else None
            assert main([*run, *where]) == 2
            assert [one.totals.accepted for one in past_imports(user_folders())[0]] == [1]
            server.fault, run = None, ["resume"]
            in_the_way.unlink()
        else:
            settings.mkdir(parents=True)
        in_the_way.mkdir()
        capsys.readouterr()
        assert main([*run, *where]) == 2
        said = capsys.readouterr()
        assert json.loads(said.out.splitlines()[0])["accepted"] == 2
        assert "can't be saved" in said.err
        in_the_way.rmdir()
        assert main(["resume", *where]) == 0
        assert len(server.rooms["octopush"].contacts()) == 2
    assert [one.totals.accepted for one in past_imports(user_folders())[0]] == [2]
    assert not list(user_folders().imports.glob("*.ledger")), "now it is forgotten as ever"


def test_an_interrupt_before_anything_began_is_no_mistake(tmp_path: Path) -> None:
    """Ctrl+C while the program is still being loaded."""
    interrupted = "m._do = lambda _: os.kill(os.getpid(), signal.SIGINT)"
    heard = "signal.signal(signal.SIGINT, signal.default_int_handler)"  # whoever began us may not
    run = "runpy.run_module('app', None, '__main__')"
    program = f"import os, runpy, signal, app.main as m; {interrupted}; {heard}; {run}"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "CONTACT_FERRY_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (130, "")
