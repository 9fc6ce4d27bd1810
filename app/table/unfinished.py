"""Makes a file appear under its name only when it is complete: until then it is another, hidden, beside it.

What a program left there that was killed meanwhile goes with the next saving into the same folder; what is
written into the file is not known here.
"""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.table import faults

PREFIX, SUFFIX = ".contact-ferry-", ".part"
_ATTEMPTS = 3
_NOT_KEPT = frozenset({errno.EIO, errno.ENOSPC, errno.EDQUOT})


@contextmanager
def appearing_whole(path: Path) -> Iterator[Path]:
    """A temporary file beside `path` that takes its name at the end, or vanishes.

    Raises FileProblem; also where the name is not a file's: who may, would put one in the place of a device.
    """
    if path.exists() and not path.is_file():
        raise faults.not_written(path, FileExistsError(errno.EEXIST, "this is no file", str(path)))
    _sweep(path.parent)
    try:
        handle, unfinished = _begun(path.parent)
    except OSError as error:
        raise faults.not_written(path, error) from error
    try:
        yield unfinished
        _settle(handle)  # before the former one goes, and what this one was made from
        if sys.platform == "win32":  # which renames nothing that is open
            os.close(handle)
            handle = -1
        unfinished.replace(path)
        _settle_name(path.parent)
    except OSError as error:
        raise faults.not_written(path, error) from error
    finally:
        if handle != -1:
            os.close(handle)
        unfinished.unlink(missing_ok=True)


def _begun(folder: Path) -> tuple[int, Path]:
    """A new file that is marked as being worked on, for as long as the handle is open."""
    for attempt in range(_ATTEMPTS):
        handle, name = tempfile.mkstemp(prefix=PREFIX, suffix=SUFFIX, dir=folder)
        _mark(handle)
        # Another window may have swept it away before it was marked.
        if os.fstat(handle).st_nlink or attempt == _ATTEMPTS - 1:
            break
        os.close(handle)
    return handle, Path(name)


def _settle(handle: int) -> None:
    """Wait until the disk has what was written. A drive that knows no such waiting is taken as it is."""
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno in _NOT_KEPT:
            raise


def _sweep(folder: Path) -> None:
    """Remove what nobody works on any more. What can't be removed does no harm."""
    with suppress(OSError):
        for left in list(folder.glob(f"{PREFIX}*{SUFFIX}")):
            with suppress(OSError):
                _remove_abandoned(left)


if sys.platform == "win32":

    def _mark(_: int) -> None:
        """That it is open is enough: Windows erases no file that is."""

    def _settle_name(_: Path) -> None:
        """Nothing to be done: folders can't be opened, and their journal is the system's."""

    def _remove_abandoned(left: Path) -> None:
        left.unlink()

else:
    import fcntl

    def _mark(handle: int) -> None:
        with suppress(OSError):  # on a drive that knows no locks nothing is swept away
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _settle_name(folder: Path) -> None:
        with suppress(OSError):  # the file is complete under its name, whatever the folder says
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

    def _remove_abandoned(left: Path) -> None:
        handle = os.open(left, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)  # raises while its writer lives
            left.unlink()
        finally:
            os.close(handle)
