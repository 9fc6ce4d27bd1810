"""Asks again for one option that the account did not take, with what the account lists to choose from.

Brings back the answer; what follows from it is the page's.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialogButtonBox, QPushButton, QWidget

from app.flow.draft import ImportDraft
from app.flow.mending import with_other_answer
from app.language import tr
from app.problems import OptionProblem, Problem
from app.providers.options import OptionChoice, Options, OptionValue
from app.ui.job import Job
from app.ui.pages.asking_account import AskingAccount
from app.ui.proxy_door import ProxyDoor
from app.ui.session import Session
from app.ui.widgets.fitting import FittingDialog
from app.ui.widgets.labels import Label, Weight
from app.ui.widgets.option_form import OptionForm
from app.ui.widgets.problem_box import ProblemBox

_WIDTH = 560


class OptionDialog(FittingDialog):
    """`value` is the answer, once accepted."""

    def __init__(self, session: Session, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, _WIDTH)
        self._session, self._key = session, key
        self._options = session.draft.options
        self.problem_box = ProblemBox()
        self.proxy = ProxyDoor(self.problem_box, session.parts)
        self.form = OptionForm()
        self.asking = AskingAccount(session, self)
        self._accept = QPushButton(tr("Use this"))
        self._accept.setObjectName("primary")
        self._lay()
        self._connect()
        self.asking.show_known(self.form.rows[key])
        self.form.rows[key].setFocus()

    @property
    def value(self) -> OptionValue:
        return self._options[self._key]

    def done(self, result: int) -> None:
        self.asking.forget()
        super().done(result)

    def _take(self, key: str, value: OptionValue) -> None:
        self._options = Options({**self._options, key: value})
        self._show()

    def _show(self) -> None:
        provider = self._session.draft.provider
        asked = [one for one in provider.options if one.key == self._key]
        faults = [one for one in provider.faults(self._options) if one.option == self._key]
        self.form.show_options(asked, self._options, faults)
        self._accept.setEnabled(not faults and self.value != self._session.draft.options[self._key])

    def _fetch(self, key: str) -> None:
        self.problem_box.show_problem(None)
        self.asking.fetch(self.form.rows[key])

    def _create(self, key: str, name: str) -> None:
        self.problem_box.show_problem(None)
        self.asking.create(self.form.rows[key], name)

    def _pick(self, key: str, choice: OptionChoice) -> None:
        self.asking.pick(self.form.rows[key], choice)

    def _fail(self, problem: Problem) -> None:
        self.problem_box.show_problem(problem)

    def _connect(self) -> None:
        self.form.answered.connect(self._take)
        self.form.fetch_asked.connect(self._fetch)
        self.form.create_asked.connect(self._create)
        self.form.picked.connect(self._pick)
        self.asking.answered.connect(self._take)
        self.asking.problem.connect(self._fail)

    def _lay(self) -> None:
        title = tr("Choose another one")
        self.setWindowTitle(title)
        layout = self.content
        layout.addWidget(Label(title, Weight.HEADING))
        layout.addWidget(self.problem_box)
        layout.addWidget(self.form)
        layout.addStretch(1)
        self._show()  # before the buttons are made: the Tab key comes to the value before Cancel
        buttons = QDialogButtonBox()
        buttons.addButton(self._accept, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.end_with(buttons)


class Mending(QObject):
    """Mends an OptionProblem that `box` shows: asks in a dialog, and changes the draft in the background.

    `mended` follows when the session has the changed draft.
    """

    mended = Signal()
    problem = Signal(object)  # Problem
    crashed = Signal(str)

    def __init__(self, session: Session, box: ProblemBox) -> None:
        super().__init__(box)
        self._session = session
        self._job = Job(self)
        self.dialog: OptionDialog | None = None
        box.remedy_asked.connect(self._ask)
        self._job.done.connect(self._take)
        self._job.problem.connect(self.problem)
        self._job.crashed.connect(self.crashed)

    def part(self) -> Callable[[], None]:
        """Hear nothing more; gives what waits until nothing runs, on any thread."""
        return self._job.part()

    def _ask(self, problem: Problem) -> None:
        if isinstance(problem, OptionProblem):
            key, box = problem.option, self.parent()
            self.dialog = OptionDialog(self._session, key, box.window() if isinstance(box, QWidget) else None)
            self.dialog.accepted.connect(lambda: self._answer(key))
            self.dialog.open()

    def _take(self, draft: ImportDraft) -> None:
        self._session.give(draft)
        self.mended.emit()

    def _answer(self, key: str) -> None:
        if self.dialog is not None:
            draft, value = self._session.draft, self.dialog.value
            self._job.start(lambda _, __: with_other_answer(draft, key, value))
