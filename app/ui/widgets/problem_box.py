"""Shows a Problem where the user can act on it: what is wrong, what to do, and details on request.

Plain text only, because a provider's words may stand in it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QToolButton, QVBoxLayout

from app.language import tr
from app.problems import Problem


class ProblemBox(QFrame):
    """Hidden until there is a Problem to show."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("problem_box")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._title, self._advice, self._details = _label("problem_title"), _label(), _label()
        self._more = QToolButton(text=tr("Details"), checkable=True, autoRaise=True)
        self._more.toggled.connect(self._details.setVisible)
        layout = QVBoxLayout(self)
        for widget in (self._title, self._advice, self._more, self._details):
            layout.addWidget(widget)
        self.hide()

    def show_problem(self, problem: Problem | None) -> None:
        """Show `problem`, or nothing."""
        self.setVisible(problem is not None)
        if problem is None:
            return
        self._title.setText(problem.title)
        self._advice.setText(problem.advice)
        self._details.setText(problem.details)
        self._details.hide()
        self._more.setChecked(False)
        self._more.setVisible(bool(problem.details))
        self.setAccessibleName(problem.title)
        self.setAccessibleDescription(problem.advice)


def _label(name: str = "") -> QLabel:
    label = QLabel(wordWrap=True)
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return label
