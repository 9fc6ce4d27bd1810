"""A report whose saving is killed leaves the former one whole, and nothing beside it for long."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.problems import FileProblem
from app.table.unfinished import PREFIX, SUFFIX
from app.table.writing import write_table

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")

# Writes more than any buffer holds, says so, and goes on when told to.
SAVING = """
import sys
from pathlib import Path
from app.table.writing import write_table

def rows():
    for number in range(20_000):
        yield ("new", "x" * 50, str(number))
    print("half", flush=True)
    sys.stdin.readline()
    yield ("new", "last", "")

write_table(Path(sys.argv[1]), ("Name", "Phone", "Note"), rows())
"""


@contextmanager
def saving(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another program that is half-way through saving to `path`; a line tells it to go on."""
    command = [sys.executable, "-c", SAVING, str(path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as other:
        try:
            assert other.stdout is not None
            assert other.stdout.readline() == "half\n"
            yield other
        finally:
            other.kill()


def unfinished_in(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name.startswith(PREFIX) and path.suffix == SUFFIX]


@pytest.mark.parametrize("name", ["report.xlsx", "report.csv"])
def test_a_killed_saving_leaves_the_former_report_and_the_next_one_tidies_up(
    name: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    write_table(path, ("Name",), [("former",)])
    former = path.read_bytes()
    with saving(path) as other:
        other.kill()
        other.wait(PATIENCE)
    assert path.read_bytes() == former
    assert len(unfinished_in(tmp_path)) == 1
    write_table(tmp_path / "another.csv", ("Name",), [("next",)])
    assert sorted(one.name for one in tmp_path.iterdir()) == ["another.csv", name]
    assert path.read_bytes() == former


def test_what_another_window_is_still_saving_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    with saving(path) as other:
        write_table(tmp_path / "mine.csv", ("Name",), [("mine",)])
        assert len(unfinished_in(tmp_path)) == 1
        other.communicate("go on\n", PATIENCE)
        assert other.returncode == 0
    assert path.read_text("utf-8-sig").splitlines()[-1] == "new,last,"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["mine.csv", "report.csv"]


# A disk with no more room, as far as a program can bring it about: the system lets no file become larger.
FULL = """
import resource, sys
from pathlib import Path
from app.problems import FileProblem
from app.table.writing import write_table

resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
rows = ((f"{number:x}" * 9, "x", str(hash(number * 7.7))) for number in range(40_000))
try:
    write_table(Path(sys.argv[1]), ("Name", "Phone", "Note"), rows)
except FileProblem as problem:
    print(problem.title, problem.advice)
"""


@pytest.mark.parametrize("room", [2_000, 300_000])
@pytest.mark.parametrize("name", ["report.xlsx", "report.csv"])
def test_a_full_disk_is_told_and_leaves_the_former_report(name: str, room: int, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(b"former")
    command = [sys.executable, "-c", FULL, str(path), str(room)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=True)
    assert told.stdout.startswith(f"There is not enough room on the disk to save {name}. Make room")
    assert told.stderr == ""
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [b"former"]


def test_what_only_looks_like_ours_is_not_followed_and_others_stay(tmp_path: Path) -> None:
    (tmp_path / "theirs").write_text("theirs")
    (tmp_path / f"{PREFIX}link{SUFFIX}").symlink_to(tmp_path / "theirs")
    (tmp_path / f"{PREFIX}folder{SUFFIX}").mkdir()
    (tmp_path / f"download{SUFFIX}").write_text("theirs")
    before = sorted(one.name for one in tmp_path.iterdir())
    write_table(tmp_path / "mine.csv", ("Name",), [("mine",)])
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted([*before, "mine.csv"])
    assert (tmp_path / "theirs").read_text() == "theirs"


@pytest.mark.parametrize("name", ["report.xlsx", "report.csv"])
def test_what_is_no_file_is_never_put_away_for_one(name: str, tmp_path: Path) -> None:
    """Who may do everything could put a report in the place of /dev/stdout."""
    os.mkfifo(tmp_path / name)
    with pytest.raises(FileProblem, match=name):
        write_table(tmp_path / name, ("Name",), [("new",)])
    assert (tmp_path / name).is_fifo()
    assert unfinished_in(tmp_path) == []
