"""Lets one program at a time work on a ledger: a lock that the system takes away when its holder dies.

A file beside the ledger, which says nothing; refuses to know what is done under the lock.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from types import TracebackType

from app.language import tr
from app.ledger.connection import LedgerProblem

# Who merely looks whether a ledger is free holds it for a moment.
_TRIES, _LOOKS, _BETWEEN = 20, 3, 0.025  # seconds


class LedgerLock:
    """Held from entering to leaving. Raises LedgerProblem if another program, or this one, holds it and does
    not let go within half a second."""

    def __init__(self, ledger: Path, tries: int = _TRIES) -> None:
        self._path = ledger.with_name(f"{ledger.name}.lock")
        self._tries = tries
        self._handle: int | None = None

    def __enter__(self) -> LedgerLock:
        try:
            handle = os.open(self._path, os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0), 0o600)
        except OSError as error:
            raise LedgerProblem(
                tr("The notes of this import can't be written."),
                tr("Check that the disk is not full or write-protected, then try again."),
                str(error),
            ) from error
        try:
            self._wait_for(handle)
        except OSError as error:
            os.close(handle)
            raise LedgerProblem(
                tr("This import is already being uploaded in another window."),
                tr("Go on there, or close that window and try again."),
                str(error),
            ) from error
        self._handle = handle
        return self

    def _wait_for(self, handle: int) -> None:
        for _ in range(1, self._tries):
            try:
                _lock(handle)
            except (BlockingIOError, PermissionError):  # it is held; anything else is no lock to wait for
                time.sleep(_BETWEEN)
            else:
                return
        _lock(handle)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._handle is not None:
            os.close(self._handle)  # this gives the lock back; the file stays, or two could hold two files
            self._handle = None


def is_free(ledger: Path) -> bool:
    """Whether nobody works on a ledger just now; a twentieth of a second may pass."""
    try:
        with LedgerLock(ledger, _LOOKS):
            return True
    except LedgerProblem:
        return False


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
