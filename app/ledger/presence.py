"""Says which ledgers belong to a program that is still running, also while it writes nothing to them.

A second lock beside each ledger, held from before the ledger is made until it is erased or the program ends,
however it ends: the system takes it back. So what a crash left behind can be told from what another window is
working on. It says nothing about who may write: that is lock.py's.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from app.ledger.connection import LedgerProblem
from app.ledger.lock import LedgerLock, is_free

_held: dict[Path, LedgerLock] = {}  # by this program, until it ends


def mark_of(ledger: Path) -> Path:
    """The file that is locked."""
    return ledger.with_name(f"{ledger.name}.open.lock")


def hold(ledger: Path) -> bool:
    """This program works on the ledger, which need not be there yet. Once more does nothing. False where
    another program does, or it can't be said."""
    if ledger in _held:
        return True
    lock = LedgerLock(ledger.with_name(f"{ledger.name}.open"))
    with suppress(LedgerProblem):  # then it is merely not known to be ours
        lock.__enter__()
        _held[ledger] = lock
    return ledger in _held


def let_go(ledger: Path) -> None:
    """This program is done with it."""
    lock = _held.pop(ledger, None)
    if lock is not None:
        lock.__exit__(None, None, None)


def is_abandoned(ledger: Path) -> bool:
    """Whether a program once held the ledger, and none does now."""
    return (
        ledger not in _held and mark_of(ledger).exists() and is_free(ledger.with_name(f"{ledger.name}.open"))
    )
