"""Shows a Problem where the user can act on it: what is wrong, what to do, and details on request.

Plain text only, because a provider's words may stand in it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QToolButton

from app.language import tr
from app.problems import OptionProblem, Problem, ProxyProblem
from app.ui.notice import announce
from app.ui.widgets.hues import Tone, text_hue, tint
from app.ui.widgets.icons import pixmap
from app.ui.widgets.labels import Label, Weight
from app.ui.widgets.recolouring import Picture

_ICON = 20


class ProblemBox(QFrame):
    """Hidden until there is a Problem to show. `remedy_asked` brings one that can be mended on the spot."""

    remedy_asked = Signal(object)  # Problem

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("problem_box")
        picture = Picture(lambda now, ratio: pixmap("warning", text_hue(now, Tone.BAD), _ICON, ratio))
        self._title = Label(weight=Weight.STRONG)
        self._advice, self._details = Label(), Label(weight=Weight.SMALL)
        for label in (self._title, self._advice, self._details):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._more = QToolButton()
        self._more.setText(tr("Details"))
        self._more.setCheckable(True)
        self._more.setAutoRaise(True)
        self._more.toggled.connect(self._details.setVisible)
        self.remedy = QPushButton(autoDefault=False)
        self.remedy.clicked.connect(lambda: self.remedy_asked.emit(self.problem))
        self.problem: Problem | None = None
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.addWidget(picture, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._title, 0, 1)
        grid.addWidget(self._more, 0, 2, 2, 1, Qt.AlignmentFlag.AlignTop)  # beside two lines, as high as they
        grid.addWidget(self._advice, 1, 1)
        grid.addWidget(self._details, 2, 1, 1, 2)
        grid.addWidget(self.remedy, 3, 1, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_problem(self, problem: Problem | None) -> None:
        """Show `problem`, or nothing."""
        self.setVisible(problem is not None)
        self.problem = problem
        if problem is None:
            return
        words = _remedy_words(problem)
        self.remedy.setText(words)
        self.remedy.setVisible(bool(words))
        self._title.setText(problem.title)
        self._advice.setText(problem.advice)
        self._details.setText(problem.details)
        self._details.hide()
        self._more.setChecked(False)
        self._more.setVisible(bool(problem.details))
        self.setAccessibleName(problem.title)
        self.setAccessibleDescription(problem.advice)
        announce(self, f"{problem.title} {problem.advice}")

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(text_hue(QPalette(), Tone.BAD))
        painter.setBrush(tint(QPalette(), Tone.BAD))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 6, 6)
        painter.end()


def _remedy_words(problem: Problem) -> str:
    """What the button says; empty where the box can only tell."""
    if isinstance(problem, ProxyProblem):
        return tr("Sign in to the proxy")
    return tr("Choose another one") if isinstance(problem, OptionProblem) else ""
