"""How long a row takes to be checked again after a cell was typed anew, against 50 ms.

The list is that of `bench checking`, checked and with its keys indexed, as the window has it. Every edit is
written down, checked, told apart from others like it, and counted; many make or end a duplicate.
The notes say what changing the default country costs, beside a whole check.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from app.flow.changes import Decide
from app.flow.checking import check_contacts
from app.flow.correcting import Corrector
from app.flow.draft import ImportDraft
from app.flow.rechecking import change_list
from app.ledger.ledger import Ledger
from benchmarks.checking import COUNTRY, EMAIL, draft_over
from benchmarks.result import Result, compare, peak_mb

ROWS = 200_000
LONGEST = 0.05  # seconds
GOAL = 1.0
EDITS = 60


def measure(rows: int) -> Result:
    """Rates are one over the seconds that nineteen of twenty edits stay below; theirs is the limit."""
    with tempfile.TemporaryDirectory() as folder:
        draft = draft_over(Path(folder) / "import.ledger", rows)
        started = time.perf_counter()
        draft = draft.with_checked(check_contacts(draft))
        whole = time.perf_counter() - started
        prepared, edits = _edit(draft, rows)
        slowest = statistics.quantiles(edits, n=20)[-1]
        started = time.perf_counter()
        other = replace(draft.decisions, default_country="DE" if COUNTRY != "DE" else "IT")
        change_list(draft, Decide(other))
        country = time.perf_counter() - started
    notes = (
        f"half of the edits take {statistics.median(edits) * 1000:.1f} ms, 19 of 20 {slowest * 1000:.1f} ms",
        f"getting ready for the first takes {prepared:.1f} s, beside the window",
        f"another default country takes {country:.1f} s, a whole check {whole:.1f} s",
    )
    return compare(
        "editing",
        rows,
        ours=1 / slowest,
        theirs=1 / LONGEST,
        goal=GOAL,
        peak_mb=peak_mb(),
        notes=notes,
    )


def _edit(draft: ImportDraft, rows: int) -> tuple[float, list[float]]:
    """Seconds to get ready, and of each edit."""
    if draft.file is None:
        raise LookupError("no file")
    with Ledger.open(draft.file.ledger) as ledger:
        started = time.perf_counter()
        corrector = Corrector(ledger, draft)
        prepared = time.perf_counter() - started
        seconds = []
        for number in range(EDITS):
            row = 2 + number * (rows // EDITS)
            text = f"same{number // 4}@example.com" if number % 2 else f"new{number}@example.com"
            started = time.perf_counter()
            if corrector.correct(row, {EMAIL: text}).totals.read != rows:
                raise RuntimeError("an edit changed how many rows there are")
            seconds.append(time.perf_counter() - started)
    return prepared, seconds
