"""The ledger of one import: its shelves, and the facts about the import as a whole.

Opens and closes; what is on the shelves is theirs.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType

from app.language import tr
from app.ledger import connection as doors
from app.ledger import presence
from app.ledger.batches import BatchShelf
from app.ledger.connection import CACHE_KIBIBYTES, LedgerProblem, faults_as_problems, transaction
from app.ledger.contacts import ContactShelf
from app.ledger.corrections import CorrectionShelf
from app.ledger.departures import Departures
from app.ledger.keys import KeyShelf
from app.ledger.outcomes import OutcomeShelf
from app.ledger.rows import RowShelf

WRITING_KIBIBYTES = 4_000


class Ledger:
    """One import on disk. Use it in one thread; open the path again for another."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path
        self.rows = RowShelf(connection)
        self.corrections = CorrectionShelf(connection)
        self.contacts = ContactShelf(connection)
        self.keys = KeyShelf(connection)
        self.batches = BatchShelf(connection)
        self.departures = Departures(connection, self.batches)
        self.outcomes = OutcomeShelf(connection)
        self._identity = _identity(path)

    @classmethod
    def create(cls, path: Path) -> Ledger:
        """A new ledger at `path`. Raises LedgerProblem."""
        return cls(doors.create(path), path)

    @classmethod
    def open(cls, path: Path) -> Ledger:
        """The ledger at `path`. Raises LedgerProblem if it can't be used."""
        return cls(doors.open_existing(path), path)

    def fact(self, name: str) -> str | None:
        """What was noted under `name`."""
        with faults_as_problems():
            found = self._connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return found[0] if found else None

    def note(self, name: str, value: str) -> None:
        """Note a fact about the import as a whole, in the place of an earlier one."""
        with transaction(self._connection):
            self._connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    def version(self) -> int:
        """Another number as soon as anybody else has written to this ledger."""
        with faults_as_problems():
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def together(self) -> AbstractContextManager[None]:
        """Everything written to any shelf inside is written together, or not at all."""
        return transaction(self._connection)

    def require_in_place(self) -> None:
        """Raise LedgerProblem if the file is no longer where it was opened: what is written now would be lost
        with this program."""
        if _identity(self.path) != self._identity:
            raise LedgerProblem(
                tr("The notes of this import were moved or deleted while it was being sent."),
                tr("Nothing more was sent. Put the file back if you can; if not, check your account."),
                self.path.name,
            )

    def limit_size(self, pages: int) -> None:
        """Let the file grow to so many pages of 4 KiB at most; more ends as a full disk does."""
        with faults_as_problems():
            self._connection.execute(f"PRAGMA max_page_count = {int(pages)}")

    @contextmanager
    def unsynced(self) -> Iterator[None]:
        """While inside, a power cut may lose what is written: for a new ledger, whose file can be read again.

        Nobody else may have it open.
        """
        # The write-ahead log would have everything written twice.
        with faults_as_problems():
            self._connection.execute("PRAGMA journal_mode = MEMORY")
            self._connection.execute("PRAGMA synchronous = OFF")
            # What is written down once, in order, is not looked at again: no need to hold much of it.
            self._connection.execute(f"PRAGMA cache_size = -{WRITING_KIBIBYTES}")
        yield
        with faults_as_problems():
            self._connection.execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")
            self._connection.execute("PRAGMA synchronous = FULL")
            self._connection.execute("PRAGMA journal_mode = WAL")  # and with that the file is synced

    def interrupt(self) -> None:
        """End what another thread is doing with this ledger, with a LedgerProblem there."""
        self._connection.interrupt()

    def close(self) -> None:
        with faults_as_problems():
            self._connection.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def erase(path: Path) -> None:
    """Delete a ledger's files. It is no fault if they are gone already."""
    try:
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm", f"{path.name}.lock"):
            path.with_name(name).unlink(missing_ok=True)
    finally:
        presence.let_go(path)  # not before: who looks just then would take it for what a crash left
    presence.mark_of(path).unlink(missing_ok=True)
