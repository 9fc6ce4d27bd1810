"""Keeps a small JSON object in a file that is whole at any moment and open to its owner only.

Knows files and JSON; refuses to know what the object says: its reader judges that, with a `Broken`.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from app.language import tr
from app.problems import FileProblem, Problem
from app.settings.folders import make_private

T = TypeVar("T")

VERSION = 1
"""Stands in every file as "version"; a file of another version is not understood."""

_MAX_BYTES = 10_000_000


class Broken(ValueError):
    """The file does not hold what it should."""


def load(path: Path, understand: Callable[[Mapping[str, object]], T], default: T) -> tuple[T, Problem | None]:
    """What `understand` makes of the object in `path`; `default` where there is none.

    `understand` raises Broken for what it can't take. A broken file is set aside as <name>.broken and a
    Problem says so, beside the default. A file that can't be read is left in place, with a Problem.
    """
    try:
        return understand(_read(path)), None
    except FileNotFoundError:
        return default, None
    except OSError as error:
        return default, _unreadable(path, error)
    except (Broken, ValueError, RecursionError) as error:
        return default, _set_aside(path, error)


def peek(path: Path, understand: Callable[[Mapping[str, object]], T], default: T) -> T:
    """The same for whoever shows no Problem: a broken file stays for the next who does."""
    try:
        return understand(_read(path))
    except (OSError, ValueError, RecursionError):
        return default


def save(path: Path, content: Mapping[str, object]) -> None:
    """Put `content` in the place of what `path` held: all of it or, should anything fail, nothing.

    Raises FileProblem if it can't be written.
    """
    make_private(path.parent)
    text = json.dumps({"version": VERSION, **content}, ensure_ascii=False, indent=2) + "\n"
    try:
        _replace(path, text.encode())
    except OSError as error:
        raise _not_saved(path, error) from error


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Inside, no other window or program changes `path`: for whoever reads it, thinks, and saves.

    Waits for whoever is inside, which takes milliseconds. Raises FileProblem if there can't be a lock.
    """
    make_private(path.parent)
    try:
        lock = os.open(path.with_name(f"{path.name}.lock"), os.O_CREAT | os.O_RDWR, 0o600)
    except OSError as error:
        raise _not_saved(path, error) from error
    try:
        _lock(lock)
        yield
    finally:
        os.close(lock)  # this gives the lock back; the file stays, or two could hold two files


def text_at(content: Mapping[str, object], key: str, default: str | None = None) -> str:
    """The text under `key`. Raises Broken if it is missing (without a default) or no text."""
    value = content.get(key, default)
    if not isinstance(value, str):
        raise Broken(f"{key}: text expected")
    return value


def _read(path: Path) -> Mapping[str, object]:
    if path.stat().st_size > _MAX_BYTES:
        raise Broken("too large")
    content = json.loads(path.read_bytes().decode("utf-8-sig"))
    if not isinstance(content, dict):
        raise Broken("an object expected")
    if content.get("version") != VERSION:
        raise Broken(f"version {VERSION} expected")
    return content


def _replace(path: Path, content: bytes) -> None:
    # mkstemp makes the file for its owner only.
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
    new = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            new.unlink()
        raise
    if os.name == "posix":
        # The new name is on the disk only once its folder is.
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _not_saved(path: Path, error: OSError) -> FileProblem:
    return FileProblem(
        tr("The settings can't be saved."),
        tr(
            "Check that the disk is not full and that {folder} can be written to.",
            folder=str(path.parent),
        ),
        str(error),
    )


def _set_aside(path: Path, error: Exception) -> FileProblem:
    aside = path.with_name(f"{path.name}.broken")
    try:
        path.replace(aside)
    except OSError as hindrance:
        return _unreadable(path, hindrance)
    return FileProblem(
        tr("The settings file {name} is damaged.", name=path.name),
        tr("The program goes on without it. The damaged file is kept as {aside}.", aside=str(aside)),
        str(error) or type(error).__name__,
    )


def _unreadable(path: Path, error: OSError) -> FileProblem:
    return FileProblem(
        tr("The settings file {name} can't be read.", name=path.name),
        tr("The program goes on without it. Check that {path} is yours to read.", path=str(path)),
        str(error),
    )


if sys.platform == "win32":
    import msvcrt
    import time

    _TRIES, _BETWEEN_TRIES = 1000, 0.01  # seconds: ten in all

    def _lock(handle: int) -> None:
        # LK_LOCK waits too, but tries just once a second, and ten of those are soon lost to quicker ones.
        for _ in range(_TRIES):
            with contextlib.suppress(OSError):
                return msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            time.sleep(_BETWEEN_TRIES)
        return msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)
