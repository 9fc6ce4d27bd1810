"""choose_file: reads a file into a new ledger, in a child process.

Knows the way from table/ to ledger/; refuses to know what the cells mean.
"""

from __future__ import annotations

import uuid
from contextlib import suppress
from pathlib import Path

from app.child import run_in_child
from app.flow.draft import ReadFile
from app.language import tr
from app.ledger.ledger import Ledger, erase
from app.problems import FileProblem
from app.progress import Stop, Tell, tell_nobody
from app.table.reading import open_table
from app.table.shape import ReadingChoice, TableShape

FIRST_ROWS = 300


def read_file(
    path: Path,
    choice: ReadingChoice,
    folder: Path,
    tell: Tell = tell_nobody,
    stop: Stop | None = None,
) -> ReadFile:
    """Read `path` into a new ledger in `folder` (private, existing).

    Raises FileProblem with what to do, LedgerProblem, Stopped; then no ledger is left behind.
    """
    ledger = folder / f"{uuid.uuid4().hex}.ledger"
    try:
        shape = run_in_child(_read_into, ledger, path, choice, tell=tell, stop=stop)
        with Ledger.open(ledger) as opened:
            read, blank = opened.rows.count(), opened.rows.count_blank()
            first = opened.rows.first(FIRST_ROWS)
        if read == blank:
            raise FileProblem(
                tr("There are no contacts in this file."),
                tr("It has a header but no rows under it. Choose another file, or another sheet of it."),
            )
    except BaseException:
        with suppress(OSError):
            erase(ledger)
        raise
    return ReadFile(shape, ledger, read, blank, first)


def _read_into(ledger: Path, path: Path, choice: ReadingChoice, tell: Tell, stop: Stop) -> TableShape:
    with open_table(path, choice) as table, Ledger.create(ledger) as opened:
        for _ in opened.rows.add(table.rows(tell, stop)):
            stop.check()
        opened.note("file", path.name)
        opened.note("fingerprint", table.shape.fingerprint)
        return table.shape
