"""Lists why contacts did not arrive: how many, what became of them, why, and what to do about it.

Shows ready sentences, wrapped, as plain text; making them is the caller's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from app.language import number, tr
from app.ui.widgets.labels import Label, Weight

COUNT_WIDTH = 24


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """So many for this reason, in the user's language; `advice` may be empty. With `of_each` both speak of
    one contact, whatever the count."""

    count: int
    reason: str
    advice: str = ""
    of_each: bool = False

    @property
    def times(self) -> str:
        """The count as it stands before the reason."""
        return (
            f"{number(self.count)}\N{NO-BREAK SPACE}×"
            if self.of_each and self.count > 1
            else number(self.count)
        )


@dataclass(frozen=True, slots=True)
class ReasonGroup:
    """What became of them, and why; `advice` holds for all of the lines."""

    heading: str
    lines: tuple[ReasonLine, ...]
    advice: str = ""


class ReasonList(QScrollArea):
    """One block for each group, with a line for each reason."""

    def __init__(self) -> None:
        super().__init__(widgetResizable=True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumHeight(96)
        self.setAccessibleName(tr("Why contacts did not arrive"))
        self.groups: tuple[ReasonGroup, ...] = ()

    def show_groups(self, groups: Sequence[ReasonGroup]) -> None:
        """Show these in the place of others."""
        self.groups = tuple(groups)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(16)
        for group in groups:
            column.addLayout(_block(group))
        column.addStretch(1)
        inside.setMinimumHeight(1)  # or the scroll area asks for the height the lines need when narrow
        self.setWidget(inside)


def _block(group: ReasonGroup) -> QVBoxLayout:
    block = QVBoxLayout()
    block.setSpacing(4)
    block.addWidget(Label(group.heading, Weight.STRONG))
    if group.advice:
        block.addWidget(Label(group.advice, Weight.QUIET))
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.setColumnMinimumWidth(0, COUNT_WIDTH)
    grid.setColumnStretch(1, 1)
    for line in group.lines:
        row = grid.rowCount()
        top = Qt.AlignmentFlag.AlignTop
        count = Label(line.times, Weight.STRONG, wrap=False)
        grid.addWidget(count, row, 0, top | Qt.AlignmentFlag.AlignRight)
        grid.addWidget(Label(line.reason), row, 1, top)
        if line.advice:
            grid.addWidget(Label(line.advice, Weight.QUIET), row + 1, 1, top)
    block.addLayout(grid)
    return block
