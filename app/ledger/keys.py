"""The values of the contacts' key fields, in the ledger: what duplicates are told by.

Reads them, of all or of some; refuses to know who is whose duplicate.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from app.ledger.connection import faults_as_problems
from app.ledger.searching import key_columns

CONTACTS_A_READING = 5_000
CONTACTS_A_QUERY = 500
LAST_ROW = 2**62


class KeyShelf:
    """The key fields in the `contacts` table."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def of_all(self, keys: Sequence[str], backwards: bool = False) -> Iterator[tuple[int, list[str]]]:
        """(row, values of `keys`, empty where there is none) of every contact to send, in order."""
        columns = key_columns(keys)
        where, order = ("row < ?", "DESC") if backwards else ("row > ?", "ASC")
        query = f"""SELECT row{columns} FROM contacts WHERE status = 'to_send' AND {where}
                    ORDER BY row {order} LIMIT {CONTACTS_A_READING}"""
        place = LAST_ROW if backwards else 0
        while True:
            with faults_as_problems():
                found = self._connection.execute(query, (place,)).fetchall()
            if not found:
                return
            for row, *values in found:
                yield row, values
            place = found[-1][0]

    def of_rows(
        self, rows: Sequence[int], keys: Sequence[str], backwards: bool = False
    ) -> Iterator[tuple[int, list[str]]]:
        """The same of those among `rows`, which are in order."""
        columns, order = key_columns(keys), "DESC" if backwards else "ASC"
        starts = range(0, len(rows), CONTACTS_A_QUERY)
        for start in reversed(starts) if backwards else starts:
            some = rows[start : start + CONTACTS_A_QUERY]
            query = f"""SELECT row{columns} FROM contacts WHERE status = 'to_send'
                        AND row IN ({", ".join("?" for _ in some)}) ORDER BY row {order}"""
            with faults_as_problems():
                found = self._connection.execute(query, list(some)).fetchall()
            for row, *values in found:
                yield row, values
