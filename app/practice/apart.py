"""The practice rooms in a process of their own, as far from the program as a real provider is.

A window shares its processor's time with nothing that a provider would do for itself. Knows how to open and
close them; what the rooms say is theirs.
"""

from __future__ import annotations

import os
import threading

from app.child.parent import run_in_child
from app.language import tr
from app.practice.server import HOST, PracticeServer
from app.problems import NetworkProblem, Problem
from app.progress import Progress, Stop, Stopped, Tell

PATIENCE = 60.0  # seconds for a process to start
_LOOK = 0.5  # seconds between two looks at the child's Stop


class RoomsApart:
    """The rooms from `start` to `close`; if their process ends before, `start` opens new, empty ones.

    Usable from any thread, but not from the window's own: starting takes about half a second.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._run: _Run | None = None

    def start(self) -> str:
        """Their address ("http://127.0.0.1:PORT"). Raises Problem if they can't be opened."""
        with self._lock:
            if self._run is None or not self._run.is_alive():
                self._run = _Run()
                self._run.start()
            return self._run.address()

    @property
    def process(self) -> int | None:
        """The number of their process."""
        return self._run.process if self._run is not None and self._run.is_alive() else None

    def close(self) -> None:
        """End their process and wait for it. Any number of times."""
        with self._lock:
            if self._run is not None:
                self._run.end()
                self._run = None


class _Run(threading.Thread):
    """One process with the rooms, and the thread that listens to it."""

    def __init__(self) -> None:
        super().__init__(name="practice-rooms", daemon=True)
        self._stop_rooms = Stop()
        self._settled = threading.Event()
        self._port = 0
        self.process: int | None = None
        self._problem: Problem | None = None

    def address(self) -> str:
        self._settled.wait(PATIENCE)
        if self._problem is not None:
            raise self._problem
        if not self._port:
            raise NetworkProblem(
                tr("The practice account can't be opened."), tr("Close other programs and try again.")
            )
        return f"http://{HOST}:{self._port}"

    def end(self) -> None:
        self._stop_rooms.ask()
        self.join()

    def run(self) -> None:
        """The thread's life."""
        try:
            run_in_child(keep_open, tell=self._note, stop=self._stop_rooms)
        except Stopped:
            pass
        except Problem as problem:
            self._problem = problem
        finally:
            self._settled.set()

    def _note(self, opened: Progress) -> None:
        self._port, self.process = opened.done, opened.total
        self._settled.set()


def keep_open(tell: Tell, stop: Stop) -> None:
    """Keep the rooms open until `stop` is asked for; in the child. Tells one Progress: the port, and
    the number of this process."""
    with PracticeServer() as server:
        tell(Progress(int(server.address.rpartition(":")[2]), os.getpid()))
        while not stop.wait(_LOOK):  # on Windows an endless wait would not hear an interrupt
            pass
