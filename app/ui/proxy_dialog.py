"""Asks for the name and password of the network's proxy where a Problem says that it wants them.

Hands them to the password store in the background and forgets them; reading them back is not its work.
"""

from __future__ import annotations

from PySide6.QtWidgets import (
    QDialogButtonBox,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from app.flow.parts import Parts
from app.flow.proxy import keep_proxy_pass
from app.language import tr
from app.problems import Problem
from app.ui.job import Job
from app.ui.widgets.fitting import FittingDialog
from app.ui.widgets.labels import Label, Weight, with_buddy
from app.ui.widgets.problem_box import ProblemBox
from app.upload.addresses import ProxyPass

_WIDTH = 480


class ProxyDialog(FittingDialog):
    """Accepted once the password is kept, for the proxy at `place` (host:port)."""

    def __init__(self, place: str, parts: Parts, parent: QWidget | None = None) -> None:
        super().__init__(parent, _WIDTH)
        self._place, self._parts = place, parts
        self.problem_box = ProblemBox()
        self.username = QLineEdit()
        self.password = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.note = Label("", Weight.SMALL)
        self._save = QPushButton(tr("Sign in"))
        self._save.setObjectName("primary")
        self._keeping = Job(self)
        self._lay()
        self._keeping.done.connect(self._finish)
        self._keeping.problem.connect(self._fail)

    def done(self, result: int) -> None:
        for line in (self.username, self.password):
            line.clear()
        self._keeping.forget()
        super().done(result)

    def save(self) -> None:
        """Keep what was typed, in the background."""
        given = ProxyPass(self.username.text().strip(), self.password.text())
        if not given.username:
            self.username.setFocus()
            return
        self._set_busy(True)
        place, parts = self._place, self._parts
        self._keeping.start(lambda _, __: keep_proxy_pass(place, given, parts.credentials()))

    def _finish(self, _: object) -> None:
        self._set_busy(False)
        self.accept()

    def _fail(self, problem: Problem) -> None:
        self._set_busy(False)
        self.problem_box.show_problem(problem)

    def _set_busy(self, busy: bool) -> None:
        for widget in (self.username, self.password, self._save):
            widget.setEnabled(not busy)

    def _lay(self) -> None:
        title = tr("Sign in to the proxy")
        self.setWindowTitle(title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        for row, (words, line) in enumerate(
            ((tr("User name"), self.username), (tr("Password"), self.password))
        ):
            grid.addWidget(with_buddy(Label(words, wrap=False), line), row, 0)
            grid.addWidget(line, row, 1)
        buttons = QDialogButtonBox()
        buttons.addButton(self._save, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        self.note.setText(tr("Keys and passwords go into this computer's password store and nowhere else."))
        layout = self.content
        layout.addWidget(Label(tr("{title}: {name}", title=title, name=self._place), Weight.HEADING))
        layout.addWidget(self.problem_box)
        layout.addLayout(grid)
        layout.addWidget(self.note)
        layout.addStretch(1)
        self.end_with(buttons)
