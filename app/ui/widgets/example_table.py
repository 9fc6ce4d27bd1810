"""Shows a few rows before and after a change, as plain text in three columns.

Knows how to show texts; which rows they are is the caller's.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from app.language import shown, tr
from app.ui.widgets.copying import copies

_LINE = 28
_LINES, _LEAST_LINES = 5, 1


class ExampleTable(QTableWidget):
    """As high as five lines, whether there are so many or not; on a low screen as high as one."""

    def __init__(self, columns: Sequence[str]) -> None:
        super().__init__(0, len(columns))
        self.setAccessibleName(tr("Before and after"))
        self.setHorizontalHeaderLabels(list(columns))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_LINE)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        around = header.sizeHint().height() + 4
        self.setMinimumHeight(around + _LEAST_LINES * _LINE)
        self.setMaximumHeight(around + _LINES * _LINE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not copies(self, event):
            super().keyPressEvent(event)

    def show_lines(self, lines: Sequence[Sequence[str]]) -> None:
        """Show these lines, each with a text for every column."""
        self.setRowCount(len(lines))
        for place, line in enumerate(lines):
            for column, text in enumerate(line):
                item = QTableWidgetItem(shown(" ".join(text.split())))
                self.setItem(place, column, item)

    def texts(self) -> list[list[str]]:
        """What is shown."""
        items = [
            [self.item(row, column) for column in range(self.columnCount())] for row in range(self.rowCount())
        ]
        return [[item.text() if item else "" for item in line] for line in items]
