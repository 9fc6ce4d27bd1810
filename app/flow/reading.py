"""choose_file: reads a file into a new ledger, in a child process.

Knows the way from table/ to ledger/; refuses to know what the cells mean.
"""

from __future__ import annotations

import uuid
from contextlib import suppress
from pathlib import Path

from app.child.parent import run_in_child
from app.flow.draft import ReadFile
from app.flow.spooling import spool
from app.language import tr
from app.ledger.ledger import Ledger, erase
from app.ledger.presence import hold
from app.problems import FileProblem
from app.progress import Stop, Tell, tell_nobody
from app.table.faults import changed_since_read
from app.table.reading import stamp_of
from app.table.shape import ReadingChoice

FIRST_ROWS = 300
SPREAD_ROWS = 100


def read_file(
    path: Path,
    choice: ReadingChoice,
    folder: Path,
    tell: Tell = tell_nobody,
    stop: Stop | None = None,
) -> ReadFile:
    """Read `path` into a new ledger in `folder` (private, existing). The first `tell` brings a FirstLook.

    Raises FileProblem with what to do, LedgerProblem, Stopped; then no ledger is left behind.
    """
    ledger = folder / f"{uuid.uuid4().hex}.ledger"
    stamp = stamp_of(path)
    hold(ledger)
    try:
        shape, notes, read, blank = run_in_child(spool, ledger, path, choice, tell=tell, stop=stop)
        with Ledger.open(ledger) as opened:
            first, spread = opened.rows.first(FIRST_ROWS), opened.rows.spread(SPREAD_ROWS)
        if read == blank:
            raise FileProblem(
                tr("There are no contacts in this file."),
                tr("It has a header but no rows under it. Choose a file or a sheet with contacts in it."),
            )
    except BaseException:
        with suppress(OSError):
            erase(ledger)
        raise
    return ReadFile(shape, ledger, read, blank, first, notes, spread, choice, stamp)


def change_since(file: ReadFile) -> FileProblem | None:
    """What to say where the file is not as it was when it was read; None too where it can't be looked at."""
    try:
        now = stamp_of(file.shape.path)
    except FileProblem:
        return None
    return None if file.stamp in (None, now) else changed_since_read(file.shape.path)
