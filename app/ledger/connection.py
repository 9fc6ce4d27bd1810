"""Opens the file of one import, private and durable, and turns SQLite's faults into Problems.

Theory. An import is one file; whoever works on it opens it, one writer at a time (the reading child, the
checking child, the upload thread), while the window may read beside it: that is what WAL is for.
synchronous=FULL because NORMAL may lose the last commits when the power fails, and a lost "sent" is a
contact sent twice.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from app.contacts.duplicates import same_text
from app.language import tr
from app.ledger.schema import APPLICATION_ID, MIGRATIONS, SCHEMA, VERSION
from app.ledger.searching import SAME_TEXT
from app.problems import FileProblem

BUSY_MILLISECONDS = 10_000
_FAMILY = 0xFF  # of an error code of SQLite's; what is above says more
CACHE_KIBIBYTES = 16_000


class LedgerProblem(FileProblem):
    """The file of this import can't be read or written."""


class LedgerBusy(LedgerProblem):
    """Somebody else has been writing to it for longer than one waits."""


class LedgerDamaged(LedgerProblem):
    """What stands in the file of this import is no ledger any more, and will not be one again."""


def create(path: Path) -> sqlite3.Connection:
    """A new, empty ledger at `path`, readable by its owner only from the first byte. Raises LedgerProblem."""
    with faults_as_problems():
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except OSError as error:
            raise _cannot_write(error) from error
        with _connected(path) as connection:
            connection.executescript(SCHEMA)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {VERSION}")
            return connection


def open_existing(path: Path) -> sqlite3.Connection:
    """The ledger at `path`, brought up to this version's shape if an older one wrote it.

    Raises LedgerProblem if it is missing, of a newer version, or no ledger.
    """
    # A link may lead to a file that is not ours to write to.
    if path.is_symlink() or not path.is_file():
        raise _gone(path)
    try:
        return _opened(path)
    except LedgerProblem as problem:
        if not path.exists():  # any more
            raise _gone(path) from problem
        raise


def _opened(path: Path) -> sqlite3.Connection:
    with faults_as_problems(), _connected(path) as connection:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        version = _version(connection)
        if application == APPLICATION_ID and version in MIGRATIONS:
            version = _migrated(connection)
        if application != APPLICATION_ID or version != VERSION:
            raise LedgerProblem(
                tr("The notes of this import were written by another version of Contact Ferry."),
                tr("Choose your file again to start afresh, or finish the import with that version."),
                f"application {application}, version {version}, expected {VERSION}",
            )
        return connection


@contextmanager
def faults_as_problems() -> Iterator[None]:
    """Turn SQLite's operational faults (disk full, locked, damaged) into a LedgerProblem."""
    try:
        yield
    except sqlite3.OperationalError as error:
        code = getattr(error, "sqlite_errorcode", 0)  # Python itself raises some, without one
        if code & _FAMILY in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise LedgerBusy(
                tr("The notes of this import are in use just now."),
                tr("Wait until what is under way has ended, in another window too, then try again."),
                str(error),
            ) from error
        raise _cannot_write(error) from error
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError | sqlite3.InterfaceError):
            raise  # a bug of ours
        raise LedgerDamaged(
            tr("The notes of this import are damaged."),
            tr(
                "If something was sent already, check in your account what arrived. "
                "Then choose your file again to start afresh: it was not touched."
            ),
            str(error),
        ) from error


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Everything inside is written together or not at all; inside another, it is a part of that one."""
    if _is_writing(connection):
        with faults_as_problems():
            yield
        return
    with faults_as_problems():
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if _is_writing(connection):  # a full disk may already have rolled back
                connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def _is_writing(connection: sqlite3.Connection) -> bool:
    return connection.in_transaction  # a function, because mypy takes the attribute for unchanging


@contextmanager
def _connected(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that outlives the block, unless the block fails: Windows erases no file that is open."""
    connection = sqlite3.connect(_address(path), uri=True, isolation_level=None, check_same_thread=False)
    try:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.create_function(SAME_TEXT, 1, _same_text, deterministic=True)
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")
        yield connection
    except BaseException:
        connection.close()
        raise


def _address(path: Path) -> str:
    """Of a file that is there: by its mere path SQLite would make an empty one in the place of one that was
    erased a moment before."""
    name = path.absolute().as_posix()
    return f"file://{'' if name.startswith('/') else '/'}{quote(os.fsencode(name), safe='/:')}?mode=rw"


def _same_text(value: str | None) -> str | None:
    return None if value is None else same_text(value)


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _migrated(connection: sqlite3.Connection) -> int:
    """Bring an older ledger to VERSION, one version at a time, all or nothing; returns VERSION."""
    with transaction(connection):
        # Asked again, now that nobody else can be migrating it at the same time.
        for version in range(_version(connection), VERSION):
            for statement in _statements(MIGRATIONS[version]):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {VERSION}")
    return VERSION


def _statements(script: str) -> Iterator[str]:
    # executescript would commit what is open, and with it a half-made migration.
    waiting = ""
    for line in script.splitlines(keepends=True):
        waiting += line
        if sqlite3.complete_statement(waiting):
            yield waiting
            waiting = ""


def _gone(path: Path) -> LedgerProblem:
    return LedgerProblem(
        tr("The notes of this import are gone."),
        tr("Put the file back if you can; if not, check your account before you choose your list again."),
        path.name,
    )


def _cannot_write(error: Exception) -> LedgerProblem:
    return LedgerProblem(
        tr("The notes of this import can't be written."),
        tr("Make room on the disk, then try again. What was already sent stays noted."),
        str(error),
    )
