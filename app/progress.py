"""How long work talks to whoever waits for it: how far it is, and whether it should stop.

Plain Python on purpose: the pipe reports through these without knowing of windows or threads' owners.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
        self._lock = threading.Lock()
        self._alarms: list[Callable[[], None]] = []

    def ask(self) -> None:
        """Ask the work to stop. Safe from any thread, any number of times."""
        with self._lock:
            self._event.set()
            alarms, self._alarms = self._alarms, []
        for ring in alarms:
            ring()

    @contextmanager
    def alarm(self, ring: Callable[[], None]) -> Iterator[None]:
        """While inside, asking to stop calls `ring` in the asking thread; at once if it was asked before."""
        with self._lock:
            late = self._event.is_set()
            if not late:
                self._alarms.append(ring)
        if late:
            ring()
        try:
            yield
        finally:
            with self._lock:
                if ring in self._alarms:
                    self._alarms.remove(ring)

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
