"""Taking back what was planned and not sent, in the ledger: all of it, or what carries certain contacts.

Knows the tables of the plan; refuses to know why it does not fit any more.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from app.language import tr
from app.ledger.connection import LedgerProblem, faults_as_problems, transaction

ROWS_A_QUERY = 500


def anything_sent(connection: sqlite3.Connection) -> bool:
    """Whether any batch was sent already, so that the plan has to stay."""
    query = "SELECT 1 FROM batches WHERE state <> 'planned' LIMIT 1"
    with faults_as_problems():
        return connection.execute(query).fetchone() is not None


def require_nothing_sent(connection: sqlite3.Connection) -> None:
    """Raise LedgerProblem once anything was sent: what arrived must not be sent again as if it were new."""
    if anything_sent(connection):
        raise LedgerProblem(
            tr("A part of this list was sent already, so it can't be changed any more."),
            tr("Finish or give up this upload. To send the list in another way, choose the file again."),
            "contacts can't be replaced after batches were sent",
        )


def forget_plan(connection: sqlite3.Connection) -> None:
    """Take the whole plan back. Nothing of it may have been sent."""
    with transaction(connection):
        for table in ("outcomes", "bodies", "batches"):
            connection.execute(f"DELETE FROM {table}")


def forget_batches_of(connection: sqlite3.Connection, rows: Sequence[int]) -> None:
    """Take back the batches that carry any of these rows, so that those in them are planned anew; the rest
    of the plan stays. Nothing of it may have been sent."""
    with transaction(connection):
        if connection.execute("SELECT 1 FROM batches LIMIT 1").fetchone() is None:
            return
        for start in range(0, len(rows), ROWS_A_QUERY):
            some = rows[start : start + ROWS_A_QUERY]
            marks = ", ".join("?" for _ in some)
            # Named one by one, because looking for what has one of many steps would read the whole table.
            found = connection.execute(
                f"""SELECT id, step, first_row, last_row FROM batches
                    WHERE id IN (SELECT batch FROM outcomes WHERE step = 0 AND row IN ({marks}))""",
                list(some),
            ).fetchall()
            for number, step, first, last in found:
                connection.execute(
                    "DELETE FROM outcomes WHERE step = ? AND row BETWEEN ? AND ? AND batch = ?",
                    (step, first, last, number),
                )
                connection.execute("DELETE FROM bodies WHERE batch = ?", (number,))
                connection.execute("DELETE FROM batches WHERE id = ?", (number,))
