"""The one thread class: does one piece of work beside the window, and tells what became of it by signals.

Holds one function and knows nothing of what it does. It is asked to stop and waited for, never terminated.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QThread, Signal

from app.problems import Problem
from app.progress import Stop, Stopped

Work = Callable[[Callable[[Any], None], Stop], Any]
"""Gets a `tell` and a `stop`; what it returns goes out with `done`."""


class Background(QThread):
    """Runs `work(tell, stop)`; exactly one of done, stopped, problem and crashed follows `start()`."""

    moved = Signal(object)  # whatever the work tells, e.g. Progress
    done = Signal(object)  # what the work returned
    stopped = Signal()
    problem = Signal(object)  # Problem
    crashed = Signal(str)  # a traceback: a bug of ours

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self._stop = Stop()

    def ask_to_stop(self) -> None:
        """Ask; `stopped` (or `done`, if it was just finished) follows."""
        self._stop.ask()

    def finish(self) -> None:
        """Ask to stop and wait until the thread has ended. No signal is delivered any more."""
        self.blockSignals(True)
        self._stop.ask()
        self.wait()

    def run(self) -> None:
        """The thread's life; called by Qt."""
        try:
            result = self._work(self.moved.emit, self._stop)
        except Stopped:
            self.stopped.emit()
        except Problem as problem:
            self.problem.emit(problem)
        except Exception:  # noqa: BLE001 - a door: any bug is shown in the crash dialog
            self.crashed.emit(traceback.format_exc())
        else:
            self.done.emit(result)
