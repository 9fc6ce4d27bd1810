"""Reading a workbook into the ledger, against openpyxl (read only) merely iterating the same file.

Our side is `flow.reading.read_file`, its child process and the ledger's writing included. Every side runs in
a process of its own, so that no memory of another's is counted; the file is made beforehand, and kept.
"""

from __future__ import annotations

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

ROWS = 100_000
GOAL = 2.5
EARLY = 0.1
MOST_MB = 300
CACHE = Path(tempfile.gettempdir()) / "contact-ferry-benchmarks"
HEADER = (
    "Card", "First name", "Last name", "E-mail", "Mobile", "Born", "City", "Customer since", "Points",
    "Spent", "Note", "Sex",
)  # fmt: skip
GIVEN = ("Anna", "Luca", "José", "Zoë", "Jürgen", "Marie", "Giulia", "Peter", "Chloé", "Iñigo", "Eva", "Paul")
FAMILY = ("Rossi", "Müller", "García", "Dubois", "Smith & Sons", "D'Angelo", "van Dijk", "Weiß")


def measure(rows: int) -> Result:
    """Rates in rows a second; `rows` counts the header, as Excel does (1,048,576 at most)."""
    path = workbook(rows)
    ours, theirs, calamine = (
        side_of("reading", name, str(path)) for name in ("ours", "openpyxl", "calamine")
    )
    for side in (ours, theirs, calamine):
        if side["rows"] not in (rows, rows - 1):
            raise RuntimeError(f"{side['rows']} rows were read, not {rows}")
    share = ours["first"] / ours["seconds"]
    notes = (
        f"the first 100 rows were there after {ours['first']:.2f} s, {share:.0%} of our time"
        f" (goal: under {EARLY:.0%})",
        f"ours {ours['seconds']:.2f} s, openpyxl {theirs['seconds']:.2f} s with {theirs['peak']:.0f} MiB,"
        f" calamine {calamine['seconds']:.2f} s with {calamine['peak']:.0f} MiB",
        f"our speed is {calamine['seconds'] / ours['seconds']:.2f} of calamine's",
    )
    return compare_sides("reading", rows, ours, theirs, GOAL, notes)


def workbook(rows: int) -> Path:
    """The file to be read, made once for each count of rows."""
    import xlsxwriter  # type: ignore[import-untyped]

    CACHE.mkdir(exist_ok=True)
    path = CACHE / f"reading-{rows}.xlsx"
    if path.exists():
        return path
    chance = random.Random(20_260_131)
    unfinished = path.with_suffix(".part")
    with xlsxwriter.Workbook(str(unfinished)) as book:
        sheet = book.add_worksheet("Customers")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        phone = book.add_format({"num_format": "0000000000"})
        sheet.write_row(0, 0, HEADER)
        for row in range(1, rows):
            sheet.write_string(row, 0, f"C{row:07}")
            sheet.write_string(row, 1, chance.choice(GIVEN))
            sheet.write_string(row, 2, chance.choice(FAMILY))
            sheet.write_string(row, 3, f"person{row}@mail{row % 20}.example.com")
            sheet.write_number(row, 4, 3_300_000_000 + row, phone)
            sheet.write_number(row, 5, 15_000 + chance.randrange(22_000), day)
            sheet.write_string(row, 6, f"City {chance.randrange(500)}")
            sheet.write_number(row, 7, 40_000 + chance.randrange(5_000), day)
            sheet.write_number(row, 8, chance.randrange(10_000))
            sheet.write_number(row, 9, chance.randrange(100_000) / 100)
            sheet.write_string(row, 10, f"Note {chance.randrange(1_000)}")
            sheet.write_string(row, 11, chance.choice("FM"))
    return unfinished.replace(path)


def _ours(path: Path) -> Mapping[str, float]:
    # Not above: our child process imports this module again, as it imports the program's own small one.
    from app.flow.reading import read_file
    from app.flow.spooling import FirstLook
    from app.table.shape import ReadingChoice

    first = 0.0
    started = time.perf_counter()

    def tell(progress: Progress) -> None:
        nonlocal first
        if isinstance(progress, FirstLook) and len(progress.first) >= 100:
            first = time.perf_counter() - started

    with tempfile.TemporaryDirectory() as folder:
        file = read_file(path, ReadingChoice(), Path(folder), tell)
        seconds = time.perf_counter() - started
        return {"rows": file.read, "seconds": seconds, "first": first, "peak": peak_mb()}


def _openpyxl(path: Path) -> Mapping[str, float]:
    import openpyxl

    started = time.perf_counter()
    book = openpyxl.load_workbook(path, read_only=True)
    count = sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))
    book.close()
    return {"rows": count, "seconds": time.perf_counter() - started, "peak": peak_mb()}


def _calamine(path: Path) -> Mapping[str, float]:
    import python_calamine

    started = time.perf_counter()
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    count = sum(1 for _ in book.get_sheet_by_index(0).iter_rows())
    return {"rows": count, "seconds": time.perf_counter() - started, "peak": peak_mb()}


SIDES: Mapping[str, Callable[[Path], Mapping[str, float]]] = {
    "ours": _ours,
    "openpyxl": _openpyxl,
    "calamine": _calamine,
}

if __name__ == "__main__":
    print(json.dumps(SIDES[sys.argv[1]](Path(sys.argv[2]))))
