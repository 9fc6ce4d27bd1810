"""choose_file: reads a file into a new ledger, in a child process.

Knows the way from table/ to ledger/; refuses to know what the cells mean.
"""

from __future__ import annotations

import uuid
from contextlib import suppress
from pathlib import Path

from app.child import run_in_child
from app.flow.draft import ReadFile
from app.flow.spooling import spool
from app.language import tr
from app.ledger.ledger import Ledger, erase
from app.problems import FileProblem
from app.progress import Stop, Tell, tell_nobody
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
    try:
        shape, notes = run_in_child(spool, ledger, path, choice, tell=tell, stop=stop)
        with Ledger.open(ledger) as opened:
            read, blank = opened.rows.count(), opened.rows.count_blank()
            first, spread = opened.rows.first(FIRST_ROWS), opened.rows.spread(SPREAD_ROWS)
        if read == blank:
            raise FileProblem(
                tr("There are no contacts in this file."),
                tr("It has a header but no rows under it. Choose another file, or another sheet of it."),
            )
    except BaseException:
        with suppress(OSError):
            erase(ledger)
        raise
    return ReadFile(shape, ledger, read, blank, first, notes, spread)
