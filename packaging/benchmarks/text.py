"""Reading a text file of 50 MB into the ledger, against csv.reader merely iterating it.

Our side finds encoding, delimiter and header in a child process and writes the ledger; `rows` is how many
people, of 110 bytes each, the file holds. The goal is to take at most twice as long.
"""

from __future__ import annotations

import csv
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from app.progress import Progress
from benchmarks.result import Result, peak_mb
from benchmarks.sides import compare_sides, side_of

ROWS = 475_000
GOAL = 0.5
CACHE = Path(tempfile.gettempdir()) / "contact-ferry-benchmarks"
HEADER = "Card;First name;Last name;E-mail;Mobile;Born;City;Note"


def measure(rows: int) -> Result:
    """Rates in rows a second."""
    path = text_file(rows)
    ours, theirs, parsed = (side_of("text", name, str(path)) for name in ("ours", "csv", "parsed"))
    notes = (
        f"{path.stat().st_size / 1e6:.0f} MB: ours {ours['seconds']:.2f} s,"
        f" csv.reader {theirs['seconds']:.2f} s",
        f"all of it as Rows, without child and ledger: {parsed['seconds']:.2f} s,"
        f" {theirs['seconds'] / parsed['seconds']:.2f} of csv.reader's speed",
        f"the first rows were there after {ours['first']:.2f} s",
    )
    return compare_sides("text", rows, ours, theirs, GOAL, notes)


def text_file(rows: int) -> Path:
    """The file to be read, made once for each count of rows."""
    CACHE.mkdir(exist_ok=True)
    path = CACHE / f"text-{rows}.csv"
    if path.exists():
        return path
    chance = random.Random(20_260_131)
    unfinished = path.with_suffix(".part")
    with unfinished.open("w", encoding="utf-8", newline="") as stream:
        stream.write(HEADER + "\r\n")
        for row in range(rows):
            given = chance.choice(("Anna", "Zoë", "Jürgen", "Niccolò"))
            stream.write(
                f"C{row:07};{given};Rossi-Bianchi;person{row}@mail.example.com;+39347{row:07};1980-01-02;"
                f'City {chance.randrange(500)};"prefers; mornings {chance.randrange(1_000)}"\r\n'
            )
    return unfinished.replace(path)


def _ours(path: Path) -> Mapping[str, float]:
    # Not above: our child process imports this module again, as it imports the program's own small one.
    from app.flow.reading import read_file
    from app.table.shape import ReadingChoice

    moments: list[float] = []
    started = time.perf_counter()

    def tell(_: Progress) -> None:
        moments.append(time.perf_counter() - started)

    with tempfile.TemporaryDirectory() as folder:
        read_file(path, ReadingChoice(), Path(folder), tell)
        seconds = time.perf_counter() - started
        return {"seconds": seconds, "first": moments[0], "peak": peak_mb()}


def _parsed(path: Path) -> Mapping[str, float]:
    from app.table.reading import open_table

    started = time.perf_counter()
    with open_table(path) as table:
        for _ in table.rows():
            pass
    return {"seconds": time.perf_counter() - started}


def _csv(path: Path) -> Mapping[str, float]:
    started = time.perf_counter()
    with path.open(encoding="utf-8", newline="") as stream:
        for _ in csv.reader(stream, delimiter=";"):
            pass
    return {"seconds": time.perf_counter() - started}


SIDES: Mapping[str, Callable[[Path], Mapping[str, float]]] = {"ours": _ours, "csv": _csv, "parsed": _parsed}

if __name__ == "__main__":
    print(json.dumps(SIDES[sys.argv[1]](Path(sys.argv[2]))))
