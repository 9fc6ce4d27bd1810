"""Lists why contacts did not arrive: how many, what became of them, why, and what to do about it.

Shows ready sentences, wrapped, as plain text; making them is the caller's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from app.language import tr
from app.ui.widgets.labels import Label, Weight


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """All in the user's language; `advice` may be empty."""

    count: int
    result: str
    reason: str
    advice: str


class ReasonList(QScrollArea):
    """One block for each reason, the most frequent first as given."""

    def __init__(self) -> None:
        super().__init__(widgetResizable=True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("Why contacts did not arrive"))
        self.lines: tuple[ReasonLine, ...] = ()

    def show_lines(self, lines: Sequence[ReasonLine]) -> None:
        """Show these in the place of others."""
        self.lines = tuple(lines)
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(2, 1)
        top = Qt.AlignmentFlag.AlignTop
        for number, line in enumerate(lines):
            count = Label(f"{line.count:,}", Weight.STRONG, wrap=False)
            grid.addWidget(count, number * 2, 0, top | Qt.AlignmentFlag.AlignRight)
            grid.addWidget(Label(line.result, wrap=False), number * 2, 1, top)
            grid.addWidget(Label(line.reason), number * 2, 2, top)
            if line.advice:
                grid.addWidget(Label(line.advice, Weight.QUIET), number * 2 + 1, 2, top)
        grid.setRowStretch(len(lines) * 2, 1)
        self.setWidget(inside)
