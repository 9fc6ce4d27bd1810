"""The table on the screen: fixed row heights and sensible first widths, so that a million rows scroll.

Knows the columns of ContactTable; never asks Qt to measure contents, which would read every row.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.language import tr
from app.ui.models.contact_table import FIELDS_FROM, FOUND, ROW, STATUS

LINE = 28
_WIDTHS = {ROW: 56, STATUS: 104, FOUND: 288}
_FIELD_WIDTH = 160
_WIDEST = 320


class ContactView(QTableView):
    """One line a contact; Tab leaves the table, arrows move in it, Delete wants the chosen lines left out."""

    leave_out_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Contacts"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        lines = self.verticalHeader()
        lines.hide()
        lines.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        lines.setMinimumSectionSize(LINE)
        lines.setDefaultSectionSize(LINE)
        columns = self.horizontalHeader()
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        columns.setHighlightSections(False)
        columns.setStretchLastSection(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Passed on, the Return key would press the button that uploads everybody.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            index = self.currentIndex()
            if index.flags() & Qt.ItemFlag.ItemIsEditable:
                self.edit(index)
            event.accept()
            return
        if event.key() == Qt.Key.Key_Delete:
            self.leave_out_wanted.emit()
            return
        super().keyPressEvent(event)

    @property
    def chosen_lines(self) -> list[int]:
        """The selected lines, 0-based."""
        chosen = self.selectionModel().selection().toList()
        return sorted({line for one in chosen for line in range(one.top(), one.bottom() + 1)})

    def set_widths(self) -> None:
        """Give every column of the model its first width, in which at least its name has room."""
        header = self.horizontalHeader()
        for column in range(self.model().columnCount()):
            wanted = _WIDTHS[column] if column < FIELDS_FROM else _FIELD_WIDTH
            self.setColumnWidth(column, max(wanted, min(header.sectionSizeHint(column), _WIDEST)))
