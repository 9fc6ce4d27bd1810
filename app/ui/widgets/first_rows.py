"""Shows the first rows of a file as they were read, under its headers and beside its own row numbers.

Shows text cells; means nothing by them.
"""

from __future__ import annotations

from heapq import nlargest

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.flow.draft import ReadFile
from app.language import tr
from app.table.shape import Column, Row
from app.ui.models.cell_look import CellLook
from app.ui.widgets.line_cell import LineCell

_ANY = QModelIndex | QPersistentModelIndex
_NARROWEST, _WIDEST = 72, 260  # pixels
_AROUND = 24
_LEAST = 44  # for the numbers of rows
_MEASURED = 30  # rows
_LONGEST = 3  # of their cells, by letters: measuring takes a while, and there may be hundreds of columns


class FirstRows(QAbstractTableModel):
    """The first rows of a file."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[Column, ...] = ()
        self._rows: tuple[Row, ...] = ()

    def show_rows(self, columns: tuple[Column, ...], rows: tuple[Row, ...]) -> None:
        """Show other rows under other columns, or none."""
        self.beginResetModel()
        self._columns, self._rows = columns, rows
        self.endResetModel()

    def number(self, row: int) -> int:
        """The row's number in the file."""
        return self._rows[row].number

    def text(self, row: int, column: int) -> str:
        """A cell as it is shown: in one line."""
        cells = self._rows[row].cells
        return _in_one_line(cells[column]) if column < len(cells) else ""

    def look(self, row: int, column: int) -> CellLook:
        return CellLook(self.text(row, column))

    def rowCount(self, parent: _ANY = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _ANY = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: _ANY, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole or not index.isValid():
            return None
        return self.text(index.row(), index.column())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation is Qt.Orientation.Horizontal:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole and orientation is Qt.Orientation.Horizontal:
            return self._columns[section].name.replace("<", "\u2039")  # tool tips guess at markup
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return self._columns[section].name
        return str(self._rows[section].number)


class _RowNumbers(QHeaderView):
    """Wide enough for the last number, which is the longest; Qt would measure two hundred of them."""

    def __init__(self, rows: FirstRows) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.setObjectName("row_numbers")  # whose corners are others
        self._rows = rows
        self.setSectionsClickable(True)
        self.setHighlightSections(True)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def sizeHint(self) -> QSize:
        lines = self._rows.rowCount()
        last = str(self._rows.number(lines - 1)) if lines else ""
        return QSize(max(_LEAST, self.fontMetrics().horizontalAdvance(last) + _AROUND), 0)


class FirstRowsTable(QTableView):
    """The table: read only, moved through with the arrow keys, left with Tab.

    `row_chosen` brings the number of the selected row in the file, or 0 if none is. `row_pressed` brings that
    of a row whose number was pressed twice.
    """

    row_chosen = Signal(int)
    row_pressed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.rows = FirstRows(self)
        self.setVerticalHeader(_RowNumbers(self.rows))
        self.setModel(self.rows)
        self.setItemDelegate(LineCell(self.rows.look, self))
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMinimumHeight(160)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)  # a header's own would cut it
        self.horizontalHeader().setStretchLastSection(True)  # a list of few columns fills the table too
        self.horizontalHeader().setMinimumHeight(30)
        self.setAccessibleName(tr("The first rows of the file"))
        self.verticalHeader().sectionDoubleClicked.connect(self._press)
        self.selectionModel().currentRowChanged.connect(self._choose)

    def show_file(self, file: ReadFile | None) -> None:
        """Show another file's rows, or none."""
        self.show_rows(file.shape.columns if file else (), file.first if file else ())

    def show_rows(self, columns: tuple[Column, ...], rows: tuple[Row, ...]) -> None:
        """Show other rows, each column as wide as its first cells ask for."""
        self.rows.show_rows(columns, rows)
        self.row_chosen.emit(0)
        # Not resizeColumnsToContents, which asks for ten things about every cell.
        of_headers, of_cells = self.horizontalHeader().fontMetrics(), self.fontMetrics()
        first = [row.cells for row in rows[:_MEASURED]]
        for column, header in enumerate(columns):
            cells = nlargest(_LONGEST, (one[column].strip() for one in first if column < len(one)), key=len)
            wanted = max((of_cells.horizontalAdvance(_in_one_line(cell)) for cell in cells), default=0)
            wanted = max(wanted, of_headers.horizontalAdvance(header.name)) + _AROUND
            self.setColumnWidth(column, max(_NARROWEST, min(_WIDEST, wanted)))
        self.scrollToTop()

    def _press(self, section: int) -> None:
        if section >= 0:  # else it was below the last row
            self.row_pressed.emit(self.rows.number(section))

    def _choose(self, current: QModelIndex) -> None:
        self.row_chosen.emit(self.rows.number(current.row()) if current.isValid() else 0)


def _in_one_line(cell: str) -> str:
    # Qt takes that sign, which a file read in the wrong letters holds, for the end of the text.
    return " ".join(cell.split()).replace("\x9c", "\ufffd")
