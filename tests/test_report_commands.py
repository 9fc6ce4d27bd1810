"""Reports by command: only the rows to mend if wanted, mended and sent by the recipe that they bring."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.main import main
from app.practice.rooms import PRACTICE_SECRETS
from app.practice.server import PracticeServer
from app.table.reading import open_table
from app.table.shape import ReadingChoice
from app.table.writing import write_table

RECIPE = (
    'provider = "octopush"\ndefault_country = "GB"\n[columns]\n"Dial" = "phone_number"\n"Who" = "param3"\n'
)
ROWS = [("Ann", "07700 900001"), ("Bob", "nobody"), ("Cy", "07700 900003"), ("Di", "0")]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[PracticeServer]:
    for key, value in PRACTICE_SECRETS["octopush"].items():
        monkeypatch.setenv(f"CONTACT_FERRY_SECRET_{key.upper()}", value)
    with PracticeServer() as running:
        yield running


def order(folder: Path, server: PracticeServer, name: str = "people.xlsx") -> list[str]:
    (folder / "recipe.toml").write_text(RECIPE, "utf-8")
    write_table(folder / "people.xlsx", ("Who", "Dial"), ROWS)
    recipe = str(folder / "recipe.toml")
    return ["run", str(folder / name), "--recipe", recipe, "--server", server.address, "--json"]


def results(path: Path) -> list[tuple[str, str]]:
    with open_table(path, ReadingChoice(own_columns=True)) as table:
        return [(row.cells[0], row.cells[-4]) for row in table.rows()]


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_what_is_to_mend_is_saved_by_itself_mended_and_sent(
    suffix: str, server: PracticeServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole, rest = tmp_path / "whole.xlsx", tmp_path / f"rest{suffix}"
    assert main([*order(tmp_path, server), "--report", str(whole), "--to-mend", str(rest)]) == 1
    assert [name for name, _ in results(whole)] == ["Ann", "Bob", "Cy", "Di"]
    assert results(rest) == [("Bob", "Left out"), ("Di", "Left out")]

    capsys.readouterr()
    assert main(["recipe", str(rest), "--provider", "octopush"]) == 0
    suggested = capsys.readouterr().out
    if suffix == ".xlsx":  # which brings along what no header tells
        (tmp_path / "again.toml").write_text(suggested, "utf-8")
        workbook = load_workbook(rest)
        for row in (2, 3):
            workbook.worksheets[0].cell(row, 2).value = f"07700 90000{row * 2}"
        workbook.save(rest)
        again = ["run", str(rest), "--recipe", str(tmp_path / "again.toml"), "--server", server.address]
        assert main([*again, "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["accepted"] == 2
        held = {(one["param3"], one["phone_number"]) for one in server.rooms["octopush"].contacts()}
        assert ("Bob", "+447700900004") in held
        assert len(held) == 4


def test_a_report_asks_its_own_recipe_only_for_its_own_provider(
    server: PracticeServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = tmp_path / "whole.xlsx"
    main([*order(tmp_path, server), "--report", str(whole)])
    capsys.readouterr()
    assert main(["recipe", str(whole), "--provider", "smsend"]) == 0
    said = capsys.readouterr().out
    assert 'provider = "smsend"' in said
    assert "param3" not in said


def test_where_nothing_is_to_mend_the_sheet_is_empty_and_no_older_one(
    server: PracticeServer, tmp_path: Path
) -> None:
    rest = tmp_path / "rest.xlsx"
    write_table(rest, ("Who",), [("yesterday",)])
    order(tmp_path, server)
    write_table(tmp_path / "good.xlsx", ("Who", "Dial"), ROWS[:1])
    recipe = str(tmp_path / "recipe.toml")
    given = ["run", str(tmp_path / "good.xlsx"), "--recipe", recipe, "--server", server.address]
    assert main([*given, "--to-mend", str(rest)]) == 0
    lines = list(load_workbook(rest).worksheets[0].iter_rows(values_only=True))
    assert lines == [("Who", "Dial", "Result", "Reason", "What to do", "Row")]


@pytest.mark.parametrize("name", ["people.xlsx", "recipe.toml", "same.xlsx", "nowhere/rest.xlsx"])
def test_what_is_to_mend_is_written_over_nothing(
    name: str, server: PracticeServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [*order(tmp_path, server), "--report", str(tmp_path / "same.xlsx")]
    assert main([*given, "--to-mend", str(tmp_path / name)]) == 2
    assert "report would be written over" in capsys.readouterr().err or "nowhere" in name
    assert server.rooms["octopush"].requests == 0
    assert not (tmp_path / "same.xlsx").exists()
