"""Preferences: what was saved comes back, and a damaged file costs no more than itself."""

from __future__ import annotations

import json
import stat
import sys
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from app.problems import FileProblem
from app.settings import stored
from app.settings.folders import Folders
from app.settings.preferences import (
    FILE_NAME,
    MAX_RECENT_FILES,
    Preferences,
    change_preferences,
    load_preferences,
)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path / "settings", tmp_path / "imports", tmp_path / "logs")


@pytest.fixture
def file(folders: Folders) -> Path:
    folders.settings.mkdir()
    return folders.settings / FILE_NAME


def test_what_was_saved_comes_back(folders: Folders) -> None:
    preferences = Preferences("it", "IT", "octopush", "0123456789abcdef", ("/lists/città.xlsx",))
    change_preferences(folders, Preferences(), preferences)
    assert load_preferences(folders) == (preferences, None)


def test_the_first_run_has_defaults_and_no_problem(folders: Folders) -> None:
    assert load_preferences(folders) == (Preferences(), None)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps profiles private by itself")
def test_the_file_is_for_its_owner_only(folders: Folders) -> None:
    change_preferences(folders, Preferences(), Preferences())
    assert stat.S_IMODE((folders.settings / FILE_NAME).stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"\xff\xfe\x00",
        b"[]",
        b"null",
        b"[" * 100_000,
        b"{}",
        b'{"version": 2}',
        b'{"version": 1, "language": "tlh"}',
        b'{"version": 1, "language": ["it"]}',
        b'{"version": 1, "default_country": "Italy"}',
        b'{"version": 1, "last_provider": 7}',
        b'{"version": 1, "last_account": null}',
        b'{"version": 1, "recent_files": "a.xlsx"}',
        b'{"version": 1, "recent_files": [1]}',
    ],
)
def test_a_damaged_file_is_set_aside_and_said(folders: Folders, file: Path, damage: bytes) -> None:
    file.write_bytes(damage)
    preferences, problem = load_preferences(folders)
    assert preferences == Preferences()
    assert isinstance(problem, FileProblem)
    assert f"{FILE_NAME}.broken" in problem.advice
    assert file.with_name(f"{FILE_NAME}.broken").read_bytes() == damage
    assert load_preferences(folders) == (Preferences(), None)


def test_a_file_that_cannot_be_read_stays_where_it_is(folders: Folders, file: Path) -> None:
    file.mkdir()
    preferences, problem = load_preferences(folders)
    assert preferences == Preferences()
    assert isinstance(problem, FileProblem)
    assert file.is_dir()


def test_keys_of_a_newer_program_are_passed_over(folders: Folders, file: Path) -> None:
    file.write_text('{"version": 1, "language": "de", "colour": "green"}', encoding="utf-8")
    assert load_preferences(folders) == (Preferences("de"), None)


def test_a_failed_save_leaves_the_old_file_and_nothing_else(folders: Folders, file: Path) -> None:
    file.mkdir()  # a folder in its place: the last step of saving fails
    with pytest.raises(FileProblem, match="saved"):
        stored.save(file, {})
    assert [one.name for one in folders.settings.iterdir()] == [FILE_NAME]


def test_what_cannot_be_read_is_not_written_over(folders: Folders, file: Path) -> None:
    file.mkdir()
    with pytest.raises(FileProblem, match="read"):
        change_preferences(folders, Preferences(), Preferences("fr"))
    assert file.is_dir()


def test_a_disk_that_takes_nothing_is_a_problem(folders: Folders) -> None:
    folders.settings.write_text("in the way", encoding="utf-8")
    with pytest.raises(FileProblem):
        change_preferences(folders, Preferences(), Preferences())


def test_recent_files_are_newest_first_named_once_and_few(tmp_path: Path) -> None:
    preferences = Preferences()
    for number in [*range(12), 5]:
        preferences = preferences.with_recent_file(tmp_path / f"{number}.csv")
    assert len(preferences.recent_files) == MAX_RECENT_FILES
    assert preferences.recent_files[:2] == (str(tmp_path / "5.csv"), str(tmp_path / "11.csv"))
    assert len(set(preferences.recent_files)) == MAX_RECENT_FILES


def test_the_file_can_be_read_by_people(folders: Folders) -> None:
    change_preferences(folders, Preferences(), Preferences("es"))
    text = (folders.settings / FILE_NAME).read_text(encoding="utf-8")
    assert json.loads(text)["language"] == "es"
    assert "\n  " in text


def test_the_version_whose_news_were_seen_comes_back(folders: Folders) -> None:
    preferences = Preferences(last_seen_version="1.2.3")
    change_preferences(folders, Preferences(), preferences)
    assert load_preferences(folders) == (preferences, None)


# Two windows.


def test_what_another_window_saved_meanwhile_stays(folders: Folders) -> None:
    first = second = Preferences("it", "IT", recent_files=("/a", "/b"))
    change_preferences(folders, Preferences(), first)
    change_preferences(folders, first, replace(first, language="de", recent_files=("/c", "/a", "/b")))
    change_preferences(folders, second, replace(second, default_country="CH", recent_files=("/b",)))
    kept = Preferences("de", "CH", recent_files=("/c", "/b"))
    assert load_preferences(folders) == (kept, None)
    change_preferences(folders, second, replace(second, recent_files=("/b", "/a")))
    assert load_preferences(folders)[0].recent_files == ("/b", "/c")
    change_preferences(folders, second, replace(second, recent_files=()))
    assert load_preferences(folders)[0].recent_files == ()


def change_often(folder: str, number: int, together: Barrier) -> None:
    """What one window does while another does the same: each has a preference of its own."""
    together.wait(60)
    folders, mine = Folders(Path(folder), Path(folder), Path(folder)), Preferences()
    for turn in range(10):
        told = f"{number}-{turn}"
        changed = replace(mine, last_provider=told) if number else replace(mine, last_account=told)
        change_preferences(folders, mine, changed)
        mine = changed


def test_windows_that_change_preferences_at_once_lose_none(folders: Folders) -> None:
    context = get_context("spawn")
    together = context.Barrier(2)
    processes = [
        context.Process(target=change_often, args=(str(folders.settings), number, together))
        for number in range(2)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0]
    kept, _ = load_preferences(folders)
    assert (kept.last_account, kept.last_provider) == ("0-9", "1-9")
