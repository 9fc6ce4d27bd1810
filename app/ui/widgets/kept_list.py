"""A list of what the program keeps, a line each, newest first: past imports, recipes.

Lays out lines and says which one is selected; what they stand for is the caller's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
)

from app.language import number

ROW_HEIGHT = 32  # pixels
_NARROWEST = 56

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
        header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)

    def show_lines(self, lines: Iterable[Sequence[Cell]]) -> None:
        """Show these instead, with the first one selected; numbers stand to the right."""
        self.clear()
        self.addTopLevelItems([self._item(line) for line in lines])
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


class _Roomy(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return super().sizeHint(option, index).expandedTo(QSize(0, ROW_HEIGHT))


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
