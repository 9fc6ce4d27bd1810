"""Shows the first rows of a file as they were read, under its headers and beside its own row numbers.

Shows text cells; means nothing by them.
"""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.flow.draft import ReadFile
from app.language import tr
from app.table.shape import Column, Row

_ANY = QModelIndex | QPersistentModelIndex
_WIDEST = 260


class FirstRows(QAbstractTableModel):
    """The rows of `ReadFile.first`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[Column, ...] = ()
        self._rows: tuple[Row, ...] = ()

    def show_file(self, file: ReadFile | None) -> None:
        """Show another file's rows, or none."""
        self.beginResetModel()
        self._columns = file.shape.columns if file else ()
        self._rows = file.first if file else ()
        self.endResetModel()

    def rowCount(self, parent: _ANY = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _ANY = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: _ANY, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole or not index.isValid():
            return None
        cells = self._rows[index.row()].cells
        return " ".join(cells[index.column()].split()) if index.column() < len(cells) else ""

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation is Qt.Orientation.Horizontal:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return self._columns[section].name
        return str(self._rows[section].number)


class FirstRowsTable(QTableView):
    """The table: read only, moved through with the arrow keys, left with Tab."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = FirstRows(self)
        self.setModel(self.rows)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumHeight(30)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.verticalHeader().setMinimumWidth(44)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setAccessibleName(tr("The first rows of the file"))

    def show_file(self, file: ReadFile | None) -> None:
        """Show another file's rows, each column as wide as its first cells ask for."""
        self.rows.show_file(file)
        self.horizontalHeader().setResizeContentsPrecision(30)
        self.resizeColumnsToContents()
        for column in range(self.rows.columnCount()):
            wanted = self.columnWidth(column) + 12
            self.setColumnWidth(column, max(72, min(_WIDEST, wanted)))
        self.scrollToTop()
