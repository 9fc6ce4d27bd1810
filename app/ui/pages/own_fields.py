"""A button that reads the account's own fields, in the background, and says whose fields are shown.

Reading is flow's; what the fields do to the mapping is the page's.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from app.flow.account import fetch_fields
from app.flow.watching import access_of
from app.language import tr, trn
from app.ui.job import Job
from app.ui.session import Session
from app.ui.widgets.flow import Flow
from app.ui.widgets.labels import Label, Weight

_GAP = 12


class OwnFields(QWidget):
    """`fetched` brings AccountFields. Hidden where the provider's accounts have no fields of their own."""

    fetched = Signal(object)  # AccountFields
    problem = Signal(object)  # Problem
    crashed = Signal(str)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.button = QPushButton(tr("Load the fields of this account"), autoDefault=False)
        self.words = Label(weight=Weight.SMALL)
        self._job = Job(self)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        row = Flow(_GAP)
        self.setLayout(row)
        row.addWidget(self.button)
        row.addWidget(self.words)
        self.button.clicked.connect(self.fetch)
        self._job.done.connect(self._take)
        self._job.stopped.connect(self.show_draft)
        self._job.problem.connect(self._fail)
        self._job.crashed.connect(self._crash)

    def show_draft(self) -> None:
        """Say whose fields the session's draft goes by."""
        draft = self._session.draft
        self.setVisible(draft.provider.lists_fields)
        self.button.setEnabled(True)
        fields, practice = draft.account_fields, draft.destination.practice
        if fields is not None:
            words = trn(
                "{count} field was read from the account.", "{count} fields were read from the account.",
                len(fields.fields),
            )  # fmt: skip
        elif practice:
            words = tr("Shown are the fields every account has. The account chosen now is for practice.")
        else:
            words = tr("Shown are the fields every account has. Yours may have more.")
        self.words.setText(words)

    def fetch(self) -> None:
        """Ask the account. `fetched` or `problem` follows."""
        draft, parts = self._session.draft, self._session.parts
        self.button.setEnabled(False)
        self.words.setText(tr("Asking the account"))
        self._job.start(lambda _, stop: fetch_fields(draft, access_of(draft, parts), stop))

    def forget(self) -> None:
        """Hear no more of what was asked."""
        self._job.forget()
        self.show_draft()

    def part(self) -> Callable[[], None]:
        """Forget; gives what waits until nothing runs, on any thread."""
        self.forget()
        return self._job.part()

    def _take(self, fields: object) -> None:
        self.fetched.emit(fields)
        self.show_draft()

    def _fail(self, problem: object) -> None:
        self.show_draft()
        self.problem.emit(problem)

    def _crash(self, trace: str) -> None:
        self.show_draft()
        self.crashed.emit(trace)
