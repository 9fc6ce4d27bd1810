"""Finds out beside the window how many have arrived and who is in doubt, and writes down what the user found.

Refuses to know what is shown: the page says it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.flow.doubts import Doubt, doubts_of
from app.ui.job import Job, in_turn
from app.ui.session import Session
from app.ui.upload_work import counting, settling
from app.upload.upload import Ending


class WhoArrived(QObject):
    """`counted` and `settled` bring an UploadEnd, `doubted` a tuple of Doubt."""

    counted = Signal(object)
    doubted = Signal(object)
    settled = Signal(object)
    problem = Signal(object)  # Problem
    crashed = Signal(str)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._counting, self._doubts, self._settling = Job(self), Job(self), Job(self)
        self._jobs = (self._counting, self._doubts, self._settling)
        for job, done in zip(self._jobs, (self.counted, self.doubted, self.settled), strict=True):
            job.done.connect(done)
            job.problem.connect(self.problem)
            job.crashed.connect(self.crashed)

    @property
    def running(self) -> bool:
        """Whether anything is being found out or written down."""
        return any(job.running for job in self._jobs)

    @property
    def settling(self) -> bool:
        """Whether an answer is being written down."""
        return self._settling.running

    def count(self, ending: Ending) -> None:
        """How many are done, whichever run did it; `counted` follows."""
        self._counting.start(counting(self._session.draft, ending))

    def look_for_doubts(self) -> None:
        """Who may or may not have arrived, and can't simply be sent again; `doubted` follows."""
        draft = self._session.draft
        self._doubts.start(lambda _, __: doubts_of(draft))

    def settle(self, doubt: Doubt, arrived: bool) -> None:
        """Write down what the user saw in the account; `settled` follows."""
        self._settling.start(settling(self._session.draft, self._session.parts, doubt, arrived))

    def forget(self) -> None:
        """Nobody asks any more."""
        self._counting.forget()
        self._doubts.forget()

    def part(self) -> Callable[[], None]:
        """Hear nothing more; gives what waits until nothing runs, on any thread."""
        return in_turn([job.part() for job in self._jobs])
