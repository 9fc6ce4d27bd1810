"""Asks how a field is filled from several columns, from none, or from part of one; shows what comes of it.

Makes a Source; the mapping is the page's.
"""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from app.contacts.names import NamePart
from app.contacts.sources import (
    ColumnSource,
    ConstantSource,
    FirstFilled,
    JoinedSource,
    Source,
    SplitName,
    positions_of,
    reading_of,
)
from app.flow.draft import ReadFile
from app.flow.matching import examples
from app.language import mark, tr
from app.ui.widgets.combos import ValueCombo
from app.ui.widgets.fitting import FittingDialog, GivingColumn
from app.ui.widgets.flow import FlowRow
from app.ui.widgets.labels import Label, Weight, with_buddy
from app.ui.widgets.views import Views
from app.wording import values_line


class Way(Enum):
    """How a field is filled otherwise than from one column."""

    JOIN = mark("Join several columns")
    FIRST = mark("Take the first of several columns that is filled")
    CONSTANT = mark("Put the same text into every row")
    SPLIT = mark("Take a part of a full name")


SEPARATORS = (
    (" ", mark("A space")),
    (", ", mark("A comma")),
    (" - ", mark("A dash")),
    ("", mark("Nothing")),
)


_SIZE = (520, 460)
_LEAST_HEIGHT = 60  # of the columns: two of them


class SourceDialog(FittingDialog):
    """`source` holds what was decided; None if that is nothing yet."""

    def __init__(
        self, field: str, file: ReadFile, source: Source | None, way: Way, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, *_SIZE)
        self._file = file
        self.way: ValueCombo[Way] = ValueCombo()
        self.way.fill([(tr(one.value), one) for one in Way], way)
        self.columns = QListWidget()
        self.columns.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.columns.setAccessibleName(tr("Columns, in their order"))
        self.up = QPushButton(tr("Move up"), autoDefault=False)
        self.down = QPushButton(tr("Move down"), autoDefault=False)
        self.separator: ValueCombo[str] = ValueCombo()
        self.separator.fill([(tr(words), sign) for sign, words in SEPARATORS], " ")
        self.text = QLineEdit()
        self.name_column: ValueCombo[int] = ValueCombo()
        self.name_column.fill([(one.name, one.position) for one in file.shape.columns], 0)
        self.part: ValueCombo[NamePart] = ValueCombo()
        self.part.fill([(tr("First name"), NamePart.FIRST), (tr("Last name"), NamePart.LAST)], NamePart.FIRST)
        self.preview = Label(weight=Weight.QUIET)
        self._fill(source)
        self._lay(field)
        self._connect()
        self._show()

    @property
    def source(self) -> Source | None:
        """What stands in the dialog now."""
        match self.way.value:
            case Way.CONSTANT:
                text = self.text.text().strip()
                return ConstantSource(text) if text else None
            case Way.SPLIT:
                column, part = self.name_column.value, self.part.value
                return None if column is None or part is None else SplitName(column, part)
        chosen = self._chosen()
        if not chosen:
            return None
        if len(chosen) == 1:
            return ColumnSource(chosen[0])
        if self.way.value is Way.FIRST:
            return FirstFilled(chosen)
        return JoinedSource(chosen, self.separator.value or "")

    def choose_columns(self, positions: tuple[int, ...]) -> None:
        """Tick just these columns, and put them first in this order."""
        order = [*positions, *(one.position for one in self._file.shape.columns)]
        names = {one.position: one.name for one in self._file.shape.columns}
        self.columns.clear()
        for position in dict.fromkeys(one for one in order if one in names):
            item = QListWidgetItem(" ".join(names[position].split()))
            item.setData(Qt.ItemDataRole.UserRole, position)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            ticked = Qt.CheckState.Checked if position in positions else Qt.CheckState.Unchecked
            item.setCheckState(ticked)
            self.columns.addItem(item)
        self.columns.setCurrentRow(0)

    def _chosen(self) -> tuple[int, ...]:
        items = [self.columns.item(row) for row in range(self.columns.count())]
        return tuple(
            int(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        )

    def _fill(self, source: Source | None) -> None:
        self.choose_columns(positions_of(source) if source is not None else ())
        match source:
            case JoinedSource(_, separator):
                self.separator.choose(separator)
            case ConstantSource(text):
                self.text.setText(text)
            case SplitName(position, part):
                self.name_column.choose(position)
                self.part.choose(part)
            case ColumnSource(position):
                self.name_column.choose(position)

    def _connect(self) -> None:
        for combo in (self.way, self.separator, self.name_column, self.part):
            combo.activated.connect(self._show)
        self.columns.itemChanged.connect(self._show)
        self.columns.currentRowChanged.connect(self._weigh_moves)
        self.columns.model().rowsMoved.connect(self._show)
        self.columns.model().rowsInserted.connect(self._show)
        self.text.textChanged.connect(self._show)
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    def _move(self, by: int) -> None:
        row = self.columns.currentRow()
        if 0 <= row + by < self.columns.count():
            item = self.columns.takeItem(row)
            self.columns.insertItem(row + by, item)
            self.columns.setCurrentRow(row + by)
            self._show()

    def _show(self) -> None:
        way = self.way.value
        others = {Way.CONSTANT: self._constant, Way.SPLIT: self._splitting}
        self._ways.setCurrentWidget(others.get(way, self._several) if way is not None else self._several)
        self._joining.setVisible(way is Way.JOIN)
        source = self.source
        texts = examples(self._file, reading_of(source)) if source is not None else ()
        shown = values_line(texts)
        self.preview.setText(
            tr("For example: {texts}", texts=shown) if shown else tr("This gives no value yet.")
        )
        self._take.setEnabled(source is not None)
        self._weigh_moves()

    def _weigh_moves(self) -> None:
        row = self.columns.currentRow()
        self.up.setEnabled(row > 0)
        self.down.setEnabled(0 <= row < self.columns.count() - 1)

    def _lay(self, field: str) -> None:
        self.setWindowTitle(tr("Fill “{field}”", field=field))
        self._ways = Views()
        self._joining = _row(Label(tr("Between them"), wrap=False), self.separator)
        self.columns.setMinimumHeight(_LEAST_HEIGHT)
        self._several = _column(self.columns, FlowRow(self.up, self.down, self._joining))
        self._constant = _column(with_buddy(Label(tr("Text")), self.text), self.text)
        self._splitting = _column(
            with_buddy(Label(tr("Column with full names")), self.name_column),
            self.name_column,
            with_buddy(Label(tr("Part of the name")), self.part),
            self.part,
        )
        for way in (self._several, self._constant, self._splitting):
            self._ways.addWidget(way)
        self.separator.setAccessibleName(tr("Between them"))
        self._buttons = QDialogButtonBox()
        self._take = QPushButton(tr("Fill it this way"))
        self._take.setObjectName("primary")
        self._buttons.addButton(self._take, QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        layout = self.content
        layout.addWidget(
            with_buddy(Label(tr("How is “{field}” filled?", field=field), Weight.HEADING), self.way)
        )
        layout.addWidget(self.way)
        layout.addWidget(self._ways, stretch=1)
        layout.addWidget(self.preview)
        self.end_with(self._buttons)


def way_of(source: Source | None) -> Way:
    """The way by which a field is filled now; joining where it is one column or nothing."""
    match source:
        case FirstFilled():
            return Way.FIRST
        case ConstantSource():
            return Way.CONSTANT
        case SplitName():
            return Way.SPLIT
        case _:
            return Way.JOIN


def _column(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    layout = GivingColumn(holder)
    layout.setSpacing(8)
    for widget in widgets:
        layout.addWidget(widget)
    if not any(isinstance(one, QListWidget) for one in widgets):  # which takes what room there is
        layout.addStretch(1)
    return holder


def _row(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    return holder
