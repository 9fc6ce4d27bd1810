"""Saving the report of a finished import, against a bare openpyxl (write only) loop of the same cells.

Ten columns of the user's and four of ours, one contact in a hundred refused with the provider's words. Our
side reads the ledger, judges every row and writes the workbook; theirs makes its cells and writes them. Each
has a process of its own, so that no memory of the other's is counted. The report is then read whole by four
readers, cell by cell (report_reading.py). What is going on is said on standard error, because a million rows
take ten to thirty minutes, nearly all of them openpyxl's; a side or reader that hangs is given up.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from app.batches import Passenger, divide
from app.contacts.contact import CheckedContact, Status
from app.ledger.batches import BatchState, PlannedBatch
from app.ledger.ledger import Ledger
from app.providers.known import provider_named
from app.providers.verdicts import Outcome, OutcomeKind
from app.providers.wire import Request
from app.report import write_report
from app.table.shape import Row
from benchmarks.report_reading import READERS
from benchmarks.report_rows import EVERY, FIRST, HEADERS, PROVIDER, RECIPE, REFUSAL, cells, told
from benchmarks.result import MEBIBYTE, Result, peak_mb
from benchmarks.sides import Side, compare_sides, printed_by, side_of

ROWS = 100_000
GOAL = 3.0
BATCH = 1_000
PATIENCE = 120.0  # seconds, and as much again for each PATIENT_ROWS
PATIENT_ROWS = 50_000
READ_AT_ONCE = 2


def measure(rows: int) -> Result:
    """Rates in rows a second; `rows` counts contacts. Raises RuntimeError where the report is not whole."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _say("making an import")
        make_import(folder / "import.ledger", rows)
        _say("saving its report")
        ours = _side("ours", folder, rows)
        _say(f"saving the same with openpyxl (ours took {ours['seconds']:.1f} s)")
        theirs = _side("openpyxl", folder, rows)
        _say(f"reading the report again (openpyxl took {theirs['seconds']:.1f} s)")
        read = _read(folder / "ours.xlsx", rows)
        size = (folder / "ours.xlsx").stat().st_size / MEBIBYTE
        other = (folder / "openpyxl.xlsx").stat().st_size / MEBIBYTE
    notes = (
        f"ours {ours['seconds']:.1f} s, {size:.0f} MiB; openpyxl {theirs['seconds']:.1f} s, {other:.0f} MiB,"
        f" with {theirs['peak']:.0f} MiB of memory",
        f"every cell is the same when read, {READ_AT_ONCE} at once, by {read}",
    )
    return compare_sides("report", rows, ours, theirs, GOAL, notes)


def make_import(path: Path, rows: int) -> None:
    """A finished import: every hundredth contact was refused."""
    with Ledger.create(path) as ledger, ledger.unsynced():
        numbers = range(FIRST, rows + FIRST)
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


def save_ours(folder: Path) -> None:
    """Save the report of the import in `folder`."""
    provider = provider_named(PROVIDER)
    if provider is None:
        raise LookupError(PROVIDER)
    options = provider.default_options()
    with Ledger.open(folder / "import.ledger") as ledger:
        write_report(ledger, HEADERS, provider, options, folder / "ours.xlsx", recipe=RECIPE)


def save_with_openpyxl(folder: Path, rows: int) -> None:
    """The same cells, as anybody would write them."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Report")
    sheet.append([*HEADERS, "Result", "Reason", "What to do", "Row"])
    for number in range(FIRST, rows + FIRST):
        sheet.append([*cells(number), *told(number), number])
    book.save(folder / "openpyxl.xlsx")


def _side(name: str, folder: Path, rows: int) -> Side:
    return side_of("report", name, str(folder), str(rows), patience=_patience(rows))


def _read(path: Path, rows: int) -> str:
    """Who read the report whole, and how long it took, in words."""
    with ThreadPoolExecutor(READ_AT_ONCE) as readers:
        waiting = {
            name: readers.submit(
                printed_by, "report_reading", name, str(path), str(rows), patience=_patience(rows)
            )
            for name in READERS
        }
        return ", ".join(f"{name} ({float(each.result()):.0f} s)" for name, each in waiting.items())


def _patience(rows: int) -> float:
    return PATIENCE * (1 + rows / PATIENT_ROWS)


def _say(what: str) -> None:
    print(f"report: {what}", file=sys.stderr, flush=True)


def _passengers(ledger: Ledger) -> Iterator[Passenger]:
    after_row = 0
    while page := ledger.contacts.passengers(0, after_row, 10_000):
        yield from page
        after_row = page[-1].row


def _answer(ledger: Ledger) -> None:
    refused = Outcome(OutcomeKind.REFUSED, detail=REFUSAL)
    with ledger.together():
        for batch in ledger.batches.in_state(BatchState.PLANNED):
            wrong = {row: refused for row in range(batch.first_row, batch.last_row + 1) if row % EVERY == 0}
            ledger.batches.answer(batch, wrong, Outcome(OutcomeKind.ACCEPTED))


def main(arguments: Sequence[str]) -> None:
    """One side, in this process."""
    name, folder, rows = arguments
    started = time.perf_counter()
    if name == "ours":
        save_ours(Path(folder))
    else:
        save_with_openpyxl(Path(folder), int(rows))
    print(json.dumps({"seconds": time.perf_counter() - started, "peak": peak_mb()}))


if __name__ == "__main__":
    main(sys.argv[1:])
