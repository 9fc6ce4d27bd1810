"""How long work talks to whoever waits for it: how far it is, and whether it should stop.

Plain Python on purpose: the pipe reports through these without knowing of windows or threads' owners.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` units (rows, bytes or contacts); `total` is None while it can't be known."""

    done: int
    total: int | None = None

    @property
    def share(self) -> float | None:
        """From 0.0 to 1.0, or None while the total is unknown."""
        if not self.total:
            return None
        return min(1.0, self.done / self.total)


Tell = Callable[[Progress], None]


def tell_nobody(_: Progress) -> None:
    """A Tell for callers that don't show progress."""


class Stopped(Exception):
    """The user asked to stop, and the work did. Nothing is wrong."""


class Stop:
    """A request to stop, seen by the working thread at its next look."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def ask(self) -> None:
        """Ask the work to stop. Safe from any thread, any number of times."""
        self._event.set()

    @property
    def asked(self) -> bool:
        return self._event.is_set()

    def check(self) -> None:
        """Raise Stopped if stopping was asked for."""
        if self.asked:
            raise Stopped

    def wait(self, seconds: float) -> bool:
        """Wait up to `seconds`; True as soon as stopping is asked for."""
        return self._event.wait(seconds)
