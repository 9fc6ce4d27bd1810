"""The child's side of choose_file: streams a file's rows into a new ledger, and shows the first ones early.

It imports little, because the window waits for this child to start; it knows nothing of drafts and fields.
"""

from __future__ import annotations

import gc
import sys
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from app.progress import Progress, Stop, Tell
from app.table.reading import Table, open_table
from app.table.shape import HiddenRows, ReadingChoice, Row, TableShape

if TYPE_CHECKING:
    from app.table.fingerprint import Fingerprint
    from app.table.notes import SheetNotes

FIRST_LOOK = 100
MOST_MEMORY = 4 << 30
"""Bytes of addresses this child may use: a file that wants more ends in a Problem, not in a slow computer."""


@dataclass(frozen=True, slots=True)
class FirstLook(Progress):
    """The first Progress of a reading: what the file looks like, while the rest of it is still being read."""

    shape: TableShape | None = None
    first: tuple[Row, ...] = ()


class Spooled(NamedTuple):
    """What was read: `read` counts the rows in the ledger, `blank` those of them that are blank."""

    shape: TableShape
    notes: SheetNotes
    read: int
    blank: int


def spool(ledger: Path, path: Path, choice: ReadingChoice, tell: Tell, stop: Stop) -> Spooled:
    """Read `path` into a new ledger. Tells a FirstLook before anything else.

    Raises FileProblem, LedgerProblem, Stopped.
    """
    _limit_memory()
    # Nothing on the way refers to itself in a circle; looking for that would take a sixth of the time.
    gc.disable()
    with open_table(path, choice) as table:
        stop.check()
        tell(_first_look(table))
        from app.table.fingerprint import Fingerprint

        with Fingerprint(path) as fingerprint:
            return _written(ledger, table, fingerprint, choice, tell, stop)


def _first_look(table: Table) -> FirstLook:
    rows = (row for row in table.rows() if not row.blank)
    return FirstLook(0, None, table.shape, tuple(islice(rows, FIRST_LOOK)))


def _written(
    ledger: Path, table: Table, fingerprint: Fingerprint, choice: ReadingChoice, tell: Tell, stop: Stop
) -> Spooled:
    # A tenth of a second that the first look need not wait for.
    from app.ledger.ledger import Ledger
    from app.table.notes import NoteTaker

    def visible_only() -> bool:
        by_filter = choice.hidden is HiddenRows.AS_SHOWN and table.filtered
        return by_filter or choice.hidden is HiddenRows.VISIBLE_ONLY

    taker = NoteTaker()
    with Ledger.create(ledger) as opened, opened.unsynced():
        without_hidden = visible_only()
        for _ in opened.rows.add(taker.watched(table.runs(tell, stop), without_hidden)):
            stop.check()
        if visible_only() and not without_hidden:
            opened.rows.leave_out(taker.hidden)
            taker.left_out = len(taker.hidden)
        table.require_unchanged()
        shape = replace(table.shape, fingerprint=fingerprint.text())
        opened.note("file", shape.path.name)
        opened.note("fingerprint", shape.fingerprint)
        notes = taker.notes(table.shape, table.filtered, len(table.merged()), table.blank_beyond)
        # What stands beyond the columns of a report of ours is our own.
        own = replace(notes, surplus_rows=0) if shape.own else notes
        return Spooled(shape, own, opened.rows.count(), opened.rows.count_blank())


def _limit_memory() -> None:
    # Elsewhere the limit counts otherwise (macOS) or is not there (Windows).
    if sys.platform == "linux":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = MOST_MEMORY if hard == resource.RLIM_INFINITY else min(MOST_MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
