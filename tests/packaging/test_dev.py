"""Tests the project's own commands as far as they go without installing anything.

That they work on a bare machine is shown on a bare machine, not here.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import checks
import dev
import opening
import system_packages
from environment import Environment
from steps import Finished, looks_distrusted, looks_offline

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ROOT / "packaging" / "lock"


def names_and_versions(lock: Path) -> dict[str, str]:
    """Package -> version, of every package in a lock (not its condition: test.txt's may be wider)."""
    lines = [line for line in lock.read_text(encoding="utf-8").splitlines() if "==" in line]
    return {line.partition("==")[0]: line.partition("==")[2].split()[0] for line in lines}


def environment_in(folder: Path) -> Environment:
    """An environment whose lock files are small and whose interpreter is an empty file."""
    (folder / "packaging" / "lock").mkdir(parents=True)
    for name in ("run", "test"):
        (folder / "packaging" / "lock" / f"{name}.txt").write_text(f"{name}==1\n", encoding="utf-8")
    environment = Environment(folder)
    environment.interpreter.parent.mkdir(parents=True)
    environment.interpreter.touch()
    return environment


@pytest.mark.parametrize(("name", "tool"), [("test", "pytest"), ("package", "pyinstaller")])
def test_each_lock_holds_all_that_the_program_needs_in_the_same_versions(name: str, tool: str) -> None:
    run, more = names_and_versions(LOCKS / "run.txt"), names_and_versions(LOCKS / f"{name}.txt")
    assert run
    assert {package: more.get(package) for package in run} == run
    assert tool in more
    assert tool not in run


@pytest.mark.parametrize("name", ["run", "test", "package"])
def test_a_lock_has_a_hash_for_every_package_and_names_no_place(name: str) -> None:
    text = (LOCKS / f"{name}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text
    entries = [line for line in text.splitlines() if "==" in line]
    assert all(line.endswith("\\") for line in entries)


def test_the_lock_covers_what_pyproject_asks_for() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    wanted = {line.split("~")[0].split(">")[0].split("=")[0].strip().lower() for line in asked}
    assert wanted - set(names_and_versions(LOCKS / "test.txt")) == set()


def test_an_environment_without_a_stamp_is_not_current(tmp_path: Path) -> None:
    assert not environment_in(tmp_path).is_current("run")


def test_an_environment_for_the_tests_also_serves_run(tmp_path: Path) -> None:
    environment = environment_in(tmp_path)
    environment._write_stamp("test")
    assert environment.is_current("test")
    assert environment.is_current("run")


def test_an_environment_for_run_does_not_serve_the_tests(tmp_path: Path) -> None:
    environment = environment_in(tmp_path)
    environment._write_stamp("run")
    assert environment.is_current("run")
    assert not environment.is_current("test")


def test_a_changed_lock_makes_the_environment_stale(tmp_path: Path) -> None:
    environment = environment_in(tmp_path)
    environment._write_stamp("run")
    (tmp_path / "packaging" / "lock" / "run.txt").write_text("run==2\n", encoding="utf-8")
    assert not environment.is_current("run")


def test_windows_line_endings_do_not_make_it_stale(tmp_path: Path) -> None:
    environment = environment_in(tmp_path)
    environment._write_stamp("run")
    (tmp_path / "packaging" / "lock" / "run.txt").write_bytes(b"run==1\r\n")
    assert environment.is_current("run")


def test_a_lost_interpreter_makes_it_stale(tmp_path: Path) -> None:
    environment = environment_in(tmp_path)
    environment._write_stamp("run")
    environment.interpreter.unlink()
    assert not environment.is_current("run")


@pytest.mark.parametrize("half", ["", "{", "[]", '"text"'])
def test_half_a_stamp_is_no_stamp(tmp_path: Path, half: str) -> None:
    environment = environment_in(tmp_path)
    (environment.folder / "contact-ferry-stamp.json").write_text(half, encoding="utf-8")
    assert not environment.is_current("run")


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("darwin", {}, True),
        ("win32", {}, True),
    ],
)
def test_only_linux_may_have_no_display(platform: str, variables: dict[str, str], expected: bool) -> None:
    assert opening.has_display(platform, variables) is expected


def test_a_package_renamed_for_64_bit_time_is_not_missing() -> None:
    assert system_packages.missing_from(["libgl1", "libglib2.0-0"], ["libglib2.0-0t64"]) == ["libgl1"]


def test_a_display_asks_for_more_packages() -> None:
    without, with_one = (
        system_packages.needed_to_run(display=False),
        system_packages.needed_to_run(display=True),
    )
    assert "libgl1" in without
    assert set(without) < set(with_one)


@pytest.mark.parametrize(
    "printed",
    [
        "Failed to establish a new connection: [Errno -3] Temporary failure in name resolution",
        "Err:1 http://example.org stable InRelease\n  Temporary failure resolving 'example.org'",
    ],
)
def test_an_unreachable_server_is_told_from_other_failures(printed: str) -> None:
    assert looks_offline(printed)
    assert not looks_offline("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES")


def test_a_distrusted_certificate_is_not_being_offline() -> None:
    printed = "SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] self-signed certificate"
    assert looks_distrusted(printed)
    assert not looks_offline(printed)


def test_the_reason_of_a_failure_is_shown_without_the_retries() -> None:
    printed = "Ignoring colorama: markers\nWARNING: Retrying (total=4)\n\nERROR: no space left\n"
    assert Finished(1, printed).last_lines == "    ERROR: no space left"


def test_the_closing_line_is_held_back() -> None:
    closing: list[str] = []
    lines = ["tests/a.py ..\n", "==== 2 passed in 0.10s ====\n", "after\n", "=== 3 passed in 0.20s ===\n"]
    shown = list(checks.hold_back_closing_line(lines, closing))
    assert shown == ["tests/a.py ..\n", "after\n", "==== 2 passed in 0.10s ====\n"]
    assert closing == ["=== 3 passed in 0.20s ===\n"]


@pytest.mark.parametrize(
    "line", ["no tests ran in 0.01s", "\x1b[31m1 failed\x1b[0m, 2 passed in 61.00s (0:01:01)"]
)
def test_closing_lines_come_in_several_forms(line: str) -> None:
    assert checks.CLOSING_LINE.search(line)


def test_an_unknown_command_prints_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["fly"]) == 2
    assert "dev.py run" in capsys.readouterr().out


def test_a_test_fails_that_logs_calls_out_or_upsets_qt(tmp_path: Path) -> None:
    """Three tests that look fine and must not pass under our conftest."""
    (tmp_path / "test_loud.py").write_text(
        """
import logging, socket, threading
from PySide6.QtCore import qWarning

def test_logs():
    logging.getLogger("app.anything").warning("nobody expected this")

def test_calls_out_on_a_thread():
    def call():
        try:
            socket.create_connection(("192.0.2.1", 9), timeout=1)
        except RuntimeError:
            pass
    thread = threading.Thread(target=call)
    thread.start()
    thread.join(5)

def test_upsets_qt():
    qWarning("nobody expected this either")

def test_quiet():
    pass
""",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-p", "no:cacheprovider", "-q", "-c",
         str(ROOT / "pyproject.toml"), "--rootdir", str(tmp_path), str(tmp_path)],
        cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stdout + done.stderr
    assert "1 failed, 3 passed, 2 errors" in done.stdout, done.stdout
