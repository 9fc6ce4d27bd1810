"""A list of what the program keeps, a line each, newest first: past imports, recipes.

Lays out lines and says which one is selected; what they stand for is the caller's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.language import number
from app.ui.widgets.flow import Flow
from app.ui.widgets.labels import Label

ROW_HEIGHT = 32  # pixels
_NARROWEST, _WORDS = 56, 240

Cell = str | int


class KeptList(QTreeWidget):
    """Lines of words and numbers under `headers`; the column `wide` takes what room is left."""

    def __init__(self, name: str, headers: Sequence[str], wide: int) -> None:
        super().__init__()
        self._wide = wide
        self.setItemDelegate(_Roomy(self))
        self.setAccessibleName(name)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHeaderLabels(list(headers))
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(_NARROWEST)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """The wide column takes what the others leave, and never less than its words, up to a measure."""
        header = self.header()
        others = sum(header.sectionSize(one) for one in range(header.count()) if one != self._wide)
        words = min(max(self.sizeHintForColumn(self._wide), header.sectionSizeHint(self._wide)), _WORDS)
        header.resizeSection(self._wide, max(words, self.viewport().width() - others))

    def show_lines(self, lines: Iterable[Sequence[Cell]]) -> None:
        """Show these instead, with the first one selected; numbers stand to the right."""
        self.clear()
        self.addTopLevelItems([self._item(line) for line in lines])
        self._share_room()
        first = self.topLevelItem(0)
        if first is not None:
            self.setCurrentItem(first)

    @property
    def place(self) -> int | None:
        """Which line is selected, from 0."""
        item = self.currentItem()
        return self.indexOfTopLevelItem(item) if item is not None and item.isSelected() else None

    def _item(self, line: Sequence[Cell]) -> QTreeWidgetItem:
        item = QTreeWidgetItem([number(cell) if isinstance(cell, int) else cell for cell in line])
        item.setToolTip(self._wide, item.text(self._wide).replace("<", "\u2039"))  # tool tips guess at markup
        for column, cell in enumerate(line):
            if isinstance(cell, int):
                item.setTextAlignment(column, _RIGHT)
                self.headerItem().setTextAlignment(column, _RIGHT)
        return item


def lay_out(
    dialog: QDialog,
    above: Sequence[QWidget],
    kept: tuple[KeptList, Label],
    actions: Sequence[QPushButton],
    close: QPushButton,
) -> None:
    """Put a dialog about what is kept together: what stands above, the list and what is told where it is
    empty, and the buttons; `close` ends it."""
    close.clicked.connect(dialog.accept)
    flow = Flow()
    for button in actions:
        flow.addWidget(button)
    buttons = QHBoxLayout()
    buttons.setSpacing(8)
    buttons.addLayout(flow, stretch=1)
    buttons.addWidget(close, alignment=Qt.AlignmentFlag.AlignBottom)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 24, 24, 16)
    column.setSpacing(16)
    for widget in above:
        column.addWidget(widget)
    for widget in kept:
        column.addWidget(widget, stretch=1)
    column.addLayout(buttons)


class _Roomy(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return super().sizeHint(option, index).expandedTo(QSize(0, ROW_HEIGHT))


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
