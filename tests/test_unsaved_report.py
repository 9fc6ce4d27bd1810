"""A report that could not be saved is not lost: the import is kept until it is saved somewhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.main import main
from app.practice.rooms import PRACTICE_SECRETS
from app.practice.server import PracticeServer
from app.settings.folders import user_folders
from app.table.reading import open_table
from app.table.shape import ReadingChoice
from app.table.writing import write_table

RECIPE = 'provider = "octopush"\ndefault_country = "GB"\n[columns]\n"Mobile" = "phone_number"\n'
ROWS = [("07700 900001",), ("07700 900002",)]


def test_a_report_with_no_place_can_be_saved_elsewhere_and_nobody_goes_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for key, value in PRACTICE_SECRETS["octopush"].items():
        monkeypatch.setenv(f"CONTACT_FERRY_SECRET_{key.upper()}", value)
    write_table(tmp_path / "people.xlsx", ("Mobile",), ROWS)
    (tmp_path / "recipe.toml").write_text(RECIPE, "utf-8")
    taken = tmp_path / "taken.xlsx"
    taken.mkdir()
    good = tmp_path / "good.xlsx"
    with PracticeServer() as server:
        where = ["--server", server.address, "--json"]
        files = [str(tmp_path / "people.xlsx"), "--recipe", str(tmp_path / "recipe.toml")]
        assert main(["run", *files, "--report", str(taken), *where]) == 2
        first = capsys.readouterr()
        assert "resume" in first.err
        assert main(["resume", "--report", str(good), *where]) == 0
        assert len(server.rooms["octopush"].contacts()) == 2
    again = capsys.readouterr()
    assert json.loads(first.out.splitlines()[0]) == json.loads(again.out.splitlines()[0])
    with open_table(good, ReadingChoice(own_columns=True)) as table:
        assert len(list(table.rows())) == 2
    assert not list(user_folders().imports.glob("*.ledger")), "now it is forgotten as ever"
