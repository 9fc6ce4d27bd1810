"""Saving the report of a finished import, against a bare openpyxl (write only) loop of the same cells.

Ten columns of the user's and four of ours, one contact in a hundred refused with the provider's words. Our
side reads the ledger, judges every row and writes the workbook; theirs is handed ready-made cells. Each has a
process of its own, so that no memory of the other's is counted. The report is then read whole by openpyxl
(read only) and by our own reader: as many rows, as many refused.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.batches import Passenger, divide
from app.contacts.contact import CheckedContact, Status
from app.ledger.batches import BatchState, PlannedBatch
from app.ledger.ledger import Ledger
from app.providers.known import provider_named
from app.providers.verdicts import Outcome, OutcomeKind
from app.providers.wire import Request
from app.report import write_report
from app.table.reading import open_table
from app.table.shape import ReadingChoice, Row
from app.wording import outcome_word
from benchmarks.result import MEBIBYTE, Result, compare, peak_mb

ROWS = 100_000
GOAL = 3.0
PROVIDER = "sociocs"
BATCH = 1_000
EVERY = 100  # one refused in so many
HEADERS = ("Card", "First name", "Last name", "E-mail", "Mobile", "Born", "City", "Since", "Points", "Note")


def measure(rows: int) -> Result:
    """Rates in rows a second; `rows` counts contacts."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _import(folder / "import.ledger", rows)
        ours, theirs = (_side(side, folder, rows) for side in ("ours", "openpyxl"))
        read = _read(folder / "ours.xlsx", rows)
        size = (folder / "ours.xlsx").stat().st_size / MEBIBYTE
        other = (folder / "openpyxl.xlsx").stat().st_size / MEBIBYTE
    notes = (
        f"ours {ours['seconds']:.1f} s, {size:.0f} MiB; openpyxl {theirs['seconds']:.1f} s, {other:.0f} MiB,"
        f" with {theirs['peak']:.0f} MiB of memory",
        read,
    )
    return compare(
        "report",
        rows,
        ours=rows / ours["seconds"],
        theirs=rows / theirs["seconds"],
        goal=GOAL,
        peak_mb=ours["peak"],
        notes=notes,
    )


def cells(number: int) -> tuple[str, ...]:
    """What the user's sheet says in a row."""
    chance = random.Random(number)
    points, day = chance.randrange(100_000), chance.randrange(1, 29)
    return (
        f"C-{number:08d}", f"Given{number % 977}", f"Family & Sons {number % 1013}",
        f"given{number}@example.com", f"+4477{number:08d}", f"19{day + 60}-03-{day:02d}",
        f"City {number % 89}", f"2019-{day % 12 + 1:02d}-{day:02d}", str(points), "" if number % 3 else "VIP",
    )  # fmt: skip


def run_ours(folder: Path, rows: int) -> None:
    """Save the report of the import in `folder`."""
    del rows
    provider = provider_named(PROVIDER)
    if provider is None:
        raise LookupError(PROVIDER)
    with Ledger.open(folder / "import.ledger") as ledger:
        write_report(ledger, HEADERS, provider, provider.default_options(), folder / "ours.xlsx")


def run_openpyxl(folder: Path, rows: int) -> None:
    """The same cells, as anybody would write them."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Report")
    sheet.append([*HEADERS, "Result", "Reason", "What to do", "Row"])
    for number in range(2, rows + 2):
        bad = number % EVERY == 0
        told = ("refused", "Sociocs says: no such number", "Correct it.") if bad else ("accepted", "", "")
        sheet.append([*cells(number), *told, number])
    book.save(folder / "openpyxl.xlsx")


def _side(name: str, folder: Path, rows: int) -> dict[str, float]:
    here = [sys.executable, "-m", "benchmarks.report", name, str(folder), str(rows)]
    paths = {"PYTHONPATH": ":".join(str(Path(__file__).resolve().parents[up]) for up in (1, 2))}
    done = subprocess.run(here, check=True, capture_output=True, text=True, env=paths)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _read(path: Path, rows: int) -> str:
    """Whether the report is whole for both readers, in words. Raises RuntimeError where it is not."""
    from openpyxl import load_workbook

    started = time.perf_counter()
    book = load_workbook(path, read_only=True)
    theirs = [line[-1] for line in book.worksheets[0].iter_rows(min_row=2, values_only=True)]
    book.close()
    between = time.perf_counter()
    with open_table(path, ReadingChoice(own_columns=True)) as table:
        refused = count = 0
        for row in table.rows():
            count += 1
            refused += row.cells[-4] != outcome_word(OutcomeKind.ACCEPTED)
    if (len(theirs), theirs[-1], count) != (rows, rows + 1, rows) or refused != rows // EVERY:
        raise RuntimeError(f"not whole: {len(theirs)}, {theirs[-1:]}, {count}, {refused}")
    return (
        f"read whole by openpyxl in {between - started:.1f} s, by ours in {time.perf_counter() - between:.1f}"
    )


def _import(path: Path, rows: int) -> None:
    """A finished import: every hundredth contact was refused."""
    with Ledger.create(path) as ledger, ledger.unsynced():
        numbers = range(2, rows + 2)
        for _ in ledger.rows.add(Row(number, cells(number)) for number in numbers):
            pass
        contacts = (
            CheckedContact(number, Status.TO_SEND, {"phone_number": f"+4477{number:08d}"})
            for number in numbers
        )
        for _ in ledger.contacts.replace_all(contacts):
            pass
        with ledger.together():
            for batch in divide("add", _passengers(ledger), BATCH):
                ledger.batches.plan([PlannedBatch(0, batch, Request("POST", "contacts"))])
        _answer(ledger)


def _passengers(ledger: Ledger) -> Iterator[Passenger]:
    after_row = 0
    while page := ledger.contacts.passengers(0, after_row, 10_000):
        yield from page
        after_row = page[-1].row


def _answer(ledger: Ledger) -> None:
    refused = Outcome(OutcomeKind.REFUSED, detail="no such number")
    with ledger.together():
        for batch in ledger.batches.in_state(BatchState.PLANNED):
            wrong = {row: refused for row in range(batch.first_row, batch.last_row + 1) if row % EVERY == 0}
            ledger.batches.answer(batch, wrong, Outcome(OutcomeKind.ACCEPTED))


def main(arguments: Sequence[str]) -> None:
    """One side, in this process."""
    name, folder, rows = arguments
    started = time.perf_counter()
    (run_ours if name == "ours" else run_openpyxl)(Path(folder), int(rows))
    print(json.dumps({"seconds": time.perf_counter() - started, "peak": peak_mb()}))


if __name__ == "__main__":
    main(sys.argv[1:])
