"""The table on the screen: fixed row heights and sensible first widths, so that a million rows scroll.

Knows the columns of ContactTable; never asks Qt to measure contents, which would read every row.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelectionModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QTableView,
)

from app.language import tr
from app.ui.models.contact_table import FIELDS_FROM, FOUND, ROW, STATUS, ContactTable
from app.ui.widgets.contact_cell import ContactCell
from app.ui.widgets.copying import copies

LINE = 28
_WIDTHS = {ROW: 56, STATUS: 104, FOUND: 288}
_FIELD_WIDTH = 160
_WIDEST = 320


class ContactView(QTableView):
    """One line a contact; Tab leaves the table, arrows move in it, Delete wants the chosen lines left out."""

    leave_out_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._of_header: QItemSelectionModel | None = None
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
        columns.setTextElideMode(Qt.TextElideMode.ElideRight)  # a header's own would cut a long name
        columns.setStretchLastSection(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if copies(self, event):
            return
        # Passed on, the Return key would press the button that uploads everybody.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            index = self.currentIndex()
            # The Return that ends an edit comes here too, while its editor is still closing.
            if not self.is_typed_in and index.flags() & Qt.ItemFlag.ItemIsEditable:
                self.edit(index)
            event.accept()
            return
        if event.key() == Qt.Key.Key_Delete:
            self.leave_out_wanted.emit()
            return
        super().keyPressEvent(event)

    def setModel(self, model: QAbstractItemModel | None) -> None:  # noqa: N802
        super().setModel(model)
        cells = (
            ContactCell(model.look, self) if isinstance(model, ContactTable) else QStyledItemDelegate(self)
        )
        self.itemDelegate().deleteLater()
        self.setItemDelegate(cells)
        if model is not None:
            # A header asks of every column whether all of it is selected, cell by cell. Ours shows nothing of
            # that, and where a million lines are selected the window would stand still for a minute.
            former, self._of_header = self._of_header, QItemSelectionModel(model, self)
            self.horizontalHeader().setSelectionModel(self._of_header)
            if former is not None:
                former.deleteLater()

    @property
    def is_typed_in(self) -> bool:
        """Whether the editor of a cell is open."""
        return self.state() is QAbstractItemView.State.EditingState

    def end_typing(self) -> None:
        """Take what was typed into a cell, as leaving it does."""
        editor = self.indexWidget(self.currentIndex()) if self.is_typed_in else None
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    @property
    def chosen_lines(self) -> list[range]:
        """The selected lines, 0-based, in pieces that follow each other from top to bottom."""
        chosen = self.selectionModel().selection().toList()
        return _apart(range(one.top(), one.bottom() + 1) for one in chosen)

    def set_widths(self) -> None:
        """Give every column of the model its first width, in which at least its name has room."""
        header = self.horizontalHeader()
        for column in range(self.model().columnCount()):
            wanted = _WIDTHS[column] if column < FIELDS_FROM else _FIELD_WIDTH
            self.setColumnWidth(column, max(wanted, min(header.sectionSizeHint(column), _WIDEST)))


def _apart(pieces: Iterable[range]) -> list[range]:
    """The same lines, each once."""
    result: list[range] = []
    for piece in sorted(pieces, key=lambda one: one.start):
        begin = max(piece.start, result[-1].stop if result else 0)
        if begin < piece.stop:
            result.append(range(begin, piece.stop))
    return result
