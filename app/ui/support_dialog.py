"""Shows everything a supporter would be sent, and saves just that when the user has read it.

Asks flow/support for the text; refuses to send it anywhere.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from app.flow.support import save_support, support_text
from app.language import tr
from app.problems import Problem
from app.progress import Stop
from app.settings.folders import Folders
from app.ui.job import Job
from app.ui.widgets.fitting import FittingDialog
from app.ui.widgets.hues import Tone
from app.ui.widgets.labels import Label, Weight
from app.ui.widgets.problem_box import ProblemBox
from app.ui.widgets.saving_place import ask_for_place

SIZE = (760, 560)
USUAL_NAME = "contact-ferry-support.zip"


class SupportDialog(FittingDialog):
    """The text is gathered in the background, because unfinished imports are opened for it; `gathered`
    follows when it is there to be read."""

    gathered = Signal()

    def __init__(self, folders: Folders, parent: QWidget | None = None) -> None:
        super().__init__(parent, *SIZE)
        self.setWindowTitle(tr("For support"))
        self.problem_box = ProblemBox()
        self.text = QPlainTextEdit(tr("Gathering"), readOnly=True)
        self.text.setAccessibleName(tr("What is saved"))
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.told = Label("", tone=Tone.GOOD)
        self.told.hide()
        self.save = QPushButton(tr("Save this"), autoDefault=False)
        self.save.setObjectName("primary")
        self.save.setEnabled(False)
        self._gathering, self._saving = Job(self), Job(self)
        self._lay()
        self._connect()
        self._gathering.start(lambda _, __: support_text(folders))

    def done(self, result: int) -> None:
        for job in (self._gathering, self._saving):
            job.forget()
        super().done(result)

    def save_to(self, path: Path) -> None:
        """Save what is shown, and nothing else."""
        text = self.text.toPlainText()
        self.problem_box.show_problem(None)
        self.told.hide()
        self.save.setEnabled(False)
        self._saving.start(lambda _, stop: _saved(text, path, stop))

    def _show(self, text: str) -> None:
        self.text.setPlainText(text)
        self.save.setEnabled(True)
        self.gathered.emit()

    def _tell(self, path: Path) -> None:
        self.save.setEnabled(True)
        self.told.setText(tr("Saved: {path}", path=str(path)))
        self.told.show()

    def _fail(self, problem: Problem) -> None:
        self.save.setEnabled(self.text.toPlainText() != tr("Gathering"))
        self.problem_box.show_problem(problem)

    def _ask_where(self) -> None:
        kinds = {".zip": tr("Compressed folder (*.zip)")}
        path = ask_for_place(self, tr("For support"), Path(USUAL_NAME), kinds)
        if path is not None:
            self.save_to(path)

    def _connect(self) -> None:
        self.save.clicked.connect(self._ask_where)
        self._gathering.done.connect(self._show)
        self._saving.done.connect(self._tell)
        for job in (self._gathering, self._saving):
            job.problem.connect(self._fail)

    def _lay(self) -> None:
        close = QPushButton(tr("Close"), autoDefault=False)
        close.clicked.connect(self.reject)
        buttons = QDialogButtonBox()
        buttons.addButton(self.save, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        layout = self.content
        layout.addWidget(Label(tr("For support"), Weight.HEADING))
        layout.addWidget(
            Label(
                tr(
                    "Versions, settings, counts and the log, without contacts, keys, and the names of "
                    "people, files, accounts and servers. Read it, save it, and send it to whoever helps "
                    "you: the program sends nothing itself."
                )
            )
        )
        layout.addWidget(self.problem_box)
        self.text.setMinimumHeight(110)
        layout.addWidget(self.text, stretch=1)
        layout.addWidget(self.told)
        self.end_with(buttons)


def _saved(text: str, path: Path, stop: Stop) -> Path:
    stop.check()
    save_support(text, path)
    return path
