"""Damages every file of the corpus in many ways and reads each copy: a Problem or rows, soon.

A program of its own, so that a limit on memory and an alarm can be set around the reading.
"""

from __future__ import annotations

import random
import signal
import sys
import tempfile
import time
from pathlib import Path

from app.problems import FileProblem
from app.table.reading import open_table
from app.table.shape import ReadingChoice

CORPUS = Path(__file__).resolve().parent / "corpus"
GIGABYTE = 1 << 30
SECONDS = 10


def main(turns: int) -> int:
    """Read `turns` damaged copies of each file; the exit status is 1 when one ended in anything else."""
    _limit_memory()
    chance = random.Random(20_260_131)
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted(each for each in CORPUS.iterdir() if each.suffix not in (".json", ".py")):
            content = path.read_bytes()
            for turn in range(turns):
                copy = Path(folder) / path.name
                copy.write_bytes(_damaged(content, turn, chance))
                started = time.monotonic()
                _read(copy, f"{path.name}, turn {turn}")
                slowest = max(slowest, time.monotonic() - started)
    print(f"slowest: {slowest:.2f} s")
    return 0


def _damaged(content: bytes, turn: int, chance: random.Random) -> bytes:
    damaged = bytearray(content)
    match turn % 5:
        case 0:
            del damaged[chance.randrange(len(content)) :]
        case 1:
            start = chance.randrange(len(content))
            del damaged[start : start + chance.randrange(1, 200)]
        case 2:
            start = chance.randrange(len(content))
            damaged[start:start] = chance.randbytes(chance.randrange(1, 100))
        case _:
            for _ in range(chance.choice((1, 5, 60))):
                damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def _read(path: Path, name: str) -> None:
    if hasattr(signal, "SIGALRM"):
        signal.alarm(SECONDS)
    try:
        with open_table(path, ReadingChoice()) as table:
            for _ in table.rows():
                pass
            table.merged()
    except FileProblem:
        pass
    except BaseException:
        print(name)
        raise
    finally:
        if hasattr(signal, "SIGALRM"):
            signal.alarm(0)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:
        return
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (GIGABYTE, GIGABYTE))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
