"""What travels between a child and us: its last words beside a Problem, and how a message stands in a pipe.

Knows how they are packed; refuses to know who says or hears them.
"""

from __future__ import annotations

import pickle
from enum import Enum
from typing import IO, NamedTuple

CHILD = "--child"
"""The argument by which a packaged program is told that it is a child."""

_LENGTH = 8  # bytes in front of every message


class Answer(NamedTuple):
    """What the function returned."""

    value: object


class Crash(NamedTuple):
    """The traceback of a bug."""

    trace: str


class Ending(Enum):
    """Ends that need no more words."""

    STOPPED = "stopped"
    OUT_OF_MEMORY = "out of memory"
    CANNOT_BEGIN = "cannot begin"


class LastWord(NamedTuple):
    """The end of a child's report: an Answer, a Problem, an Ending or a Crash, pickled."""

    pickled: bytes


def send(pipe: IO[bytes], message: object) -> None:
    """Write `message` whole. Raises OSError where nobody listens any more."""
    pickled = pickle.dumps(message)
    rest = memoryview(len(pickled).to_bytes(_LENGTH, "big") + pickled)
    while rest:
        rest = rest[pipe.write(rest) :]


def receive(pipe: IO[bytes]) -> bytes | None:
    """The next message, still pickled; None where the pipe ended."""
    length = _exactly(pipe, _LENGTH)
    return None if length is None else _exactly(pipe, int.from_bytes(length, "big"))


def _exactly(pipe: IO[bytes], count: int) -> bytes | None:
    parts: list[bytes] = []
    while count:
        part = pipe.read(min(count, 1 << 20))
        if not part:
            return None
        parts.append(part)
        count -= len(part)
    return b"".join(parts)
