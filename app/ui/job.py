"""What a page has running: one piece of background work at a time, of which only the latest is heard.

Keeps threads alive until they have ended and lets no late word of a forgotten one through. Knows nothing of
what the work is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.problems import Problem
from app.ui.background import Background, Work

# Qt ends the whole program when a thread's object goes while the thread still runs; so these outlive the
# pages, and even a Job that nobody finished.
_ALIVE: set[Background] = set()


class Job(QObject):
    """Starts work and passes its signals on, until other work is started or it is forgotten."""

    moved = Signal(object)
    done = Signal(object)
    stopped = Signal()
    problem = Signal(object)
    crashed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._current: Background | None = None
        self._forgotten: list[Background] = []

    @property
    def running(self) -> bool:
        return self._current is not None

    def start(self, work: Work) -> None:
        """Do `work` in the place of what runs, which is asked to stop and not heard any more."""
        self.forget()
        _bury_the_ended()
        background = Background(work)
        _ALIVE.add(background)
        background.moved.connect(self._moved)
        background.done.connect(self._done)
        background.stopped.connect(self._stopped)
        background.problem.connect(self._problem)
        background.crashed.connect(self._crashed)
        background.finished.connect(self._bury)
        self._current = background
        background.start()

    def ask_to_stop(self) -> None:
        """Ask; `stopped` follows, or `done`."""
        if self._current is not None:
            self._current.ask_to_stop()

    def forget(self) -> None:
        """Ask what runs to stop and hear nothing more of it. Does not wait."""
        if self._current is not None:
            self._current.ask_to_stop()
            self._forgotten.append(self._current)
            self._current = None

    def part(self) -> Callable[[], None]:
        """Forget what runs; gives what waits until that has ended, on any thread."""
        self.forget()
        return in_turn([partial(_wait_for, background) for background in self._forgotten])

    def finish(self) -> None:
        """Ask what runs to stop and wait until it has."""
        self.forget()
        for background in self._forgotten:
            background.finish()

    @Slot(object)
    def _moved(self, how_far: object) -> None:
        if self.sender() is self._current:
            self.moved.emit(how_far)

    @Slot(object)
    def _done(self, result: object) -> None:
        if self._let_go():
            self.done.emit(result)

    @Slot()
    def _stopped(self) -> None:
        if self._let_go():
            self.stopped.emit()

    @Slot(object)
    def _problem(self, problem: Problem) -> None:
        if self._let_go():
            self.problem.emit(problem)

    @Slot(str)
    def _crashed(self, trace: str) -> None:
        # A bug is never kept quiet, not even that of work nobody waits for.
        self._let_go()
        self.crashed.emit(trace)

    @Slot()
    def _bury(self) -> None:
        ended = self.sender()
        self._forgotten = [one for one in self._forgotten if one is not ended]
        if isinstance(ended, Background):
            ended.wait()  # "finished" comes a moment before the thread has really ended
            _ALIVE.discard(ended)

    def _let_go(self) -> bool:
        """Whether the sender is what runs; then it no longer is."""
        sender = self.sender()
        if self._current is None or sender is not self._current:
            return False
        self._forgotten.append(self._current)  # its thread is about to end
        self._current = None
        return True


def in_turn(waits: Iterable[Callable[[], None]]) -> Callable[[], None]:
    """What waits for one after the other."""

    def wait() -> None:
        for one in waits:
            one()

    return wait


def _bury_the_ended() -> None:
    """Those of a Job that went before they ended."""
    for one in [one for one in _ALIVE if one.isFinished()]:
        one.wait()
        _ALIVE.discard(one)


def _wait_for(background: Background) -> None:
    background.wait()
