"""Reads a do-not-contact list beside the window, and sees to it that a chosen one is not forgotten.

Reading is flow's; leaving its people out is the page's.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.contacts.exclusions import Exclusions
from app.language import tr
from app.problems import Problem
from app.ui.checking.checked_list import leaving_out
from app.ui.job import Job
from app.ui.session import Session
from app.ui.widgets.checked_view import CheckedView


class PeopleToLeaveOut(QObject):
    """Hangs on the rules of `view`. `found` brings Exclusions, or None where a list is dropped; `changed`
    says that reading began or ended."""

    found = Signal(object)  # Exclusions | None
    changed = Signal()
    problem = Signal(object)  # Problem | None
    crashed = Signal(str)

    def __init__(self, session: Session, view: CheckedView, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._view = view
        self._wanted: tuple[Path, Path] | None = None  # the import's ledger, and the list
        self._job = Job(self)
        self._job.moved.connect(view.reading.show_progress)
        self._job.done.connect(self._take)
        self._job.stopped.connect(self._end)
        self._job.problem.connect(self._fail)
        self._job.crashed.connect(self._crash)
        view.reading.stop_wanted.connect(self._job.ask_to_stop)
        view.rules.list_chosen.connect(self.read)
        view.rules.list_dropped.connect(lambda: self.found.emit(None))

    @property
    def running(self) -> bool:
        """Whether a list is being read: until then nobody knows who must not be sent."""
        return self._job.running

    def read(self, path: Path) -> None:
        """Read the list at `path`."""
        draft = self._session.draft
        if draft.file is None:
            raise LookupError("there is no file")
        self._wanted = draft.file.ledger, path
        self.problem.emit(None)
        self._job.start(leaving_out(draft, path))
        self._view.rules.setEnabled(False)
        self._view.reading.begin(tr("Reading the do-not-contact list"))
        self.changed.emit()

    def go_on(self) -> None:
        """Read the list that was chosen for this import, if nobody waited for it before."""
        file = self._session.draft.file
        if self._wanted is not None and file is not None and self._wanted[0] == file.ledger:
            self.read(self._wanted[1])

    def part(self) -> Callable[[], None]:
        """Hear nothing more until `go_on`; gives what waits until nothing runs, on any thread."""
        wait = self._job.part()
        self._show_end()
        return wait

    def _end(self) -> None:
        self._wanted = None
        self._show_end()

    def _show_end(self) -> None:
        self._view.rules.setEnabled(True)
        self._view.reading.hide()
        self.changed.emit()

    def _take(self, exclusions: Exclusions) -> None:
        self._end()
        self.found.emit(exclusions)

    def _fail(self, problem: Problem) -> None:
        self._end()
        self.problem.emit(problem)

    def _crash(self, trace: str) -> None:
        self._end()
        self.crashed.emit(trace)
