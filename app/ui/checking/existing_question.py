"""Asks the account who of the list is there already, beside the window, and shows the answer in the receipt.

Asking is flow's; the page says when.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.flow.account import ExistingCount
from app.language import tr, trn
from app.problems import Problem
from app.progress import Progress
from app.ui.checking.checked_list import counting_existing
from app.ui.job import Job
from app.ui.session import Session
from app.ui.widgets.receipt import ReceiptView


class ExistingQuestion(QObject):
    """Hangs on the button of `view`. `problem` carries why there is no answer."""

    problem = Signal(object)
    crashed = Signal(str)

    def __init__(self, session: Session, view: ReceiptView, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._view = view
        self._job = Job(self)
        self._job.moved.connect(self._show_progress)
        self._job.done.connect(self._show_answer)
        self._job.problem.connect(self._show_problem)
        self._job.crashed.connect(self.crashed)
        view.count_wanted.connect(self._ask)

    def part(self) -> Callable[[], None]:
        """Hear nothing more; gives what waits until nothing runs, on any thread."""
        self._show("")
        return self._job.part()

    def _ask(self) -> None:
        self._show(tr("Asking the account"))
        self._view.count.setEnabled(False)
        self._job.start(counting_existing(self._session.draft, self._session.parts))

    def _show_progress(self, progress: Progress) -> None:
        self._view.show_counted(
            trn("Asked about {count} contact", "Asked about {count} contacts", progress.done)
        )

    def _show_answer(self, found: ExistingCount) -> None:
        self._show(existing_words(found))

    def _show_problem(self, problem: Problem) -> None:
        self._show("")
        self.problem.emit(problem)

    def _show(self, words: str) -> None:
        self._view.count.setEnabled(True)
        self._view.show_counted(words)


def existing_words(found: ExistingCount) -> str:
    """How many exist, are new, or can't be told."""
    words = [
        trn("{count} contact exists already.", "{count} contacts exist already.", found.exist),
        trn("{count} is new.", "{count} are new.", found.new),
    ]
    if found.unknown:
        words.append(trn("For {count} it can't be told.", "For {count} it can't be told.", found.unknown))
    return " ".join(words)
