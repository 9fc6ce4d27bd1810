"""How one cell of a table is painted: a line of text, cut short where it has no room, with a mark before it.

Qt would ask the model for seven things of every cell, and work through the stylesheet to draw it: with a
screen full of cells that is most of what a turn of the mouse wheel takes.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QIcon, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.ui.models.cell_look import CellLook
from app.ui.widgets.marks import SIDE, level_icon

_MARGIN = 8  # pixels, on either side of what is in a cell
_GAP = 6  # between a mark and the text

# Every cell of every painting asks for these, and an enum of Qt's takes its time to be looked up.
_SELECTED = QStyle.StateFlag.State_Selected.value
_ENABLED = QStyle.StateFlag.State_Enabled.value
_HOLDS_KEYS = QStyle.StateFlag.State_HasFocus.value
_ACTIVE = QStyle.StateFlag.State_Active.value
_LINE = Qt.TextFlag.TextSingleLine.value | Qt.AlignmentFlag.AlignVCenter.value
_TO_THE_LEFT = _LINE | Qt.AlignmentFlag.AlignLeft.value
_TO_THE_RIGHT = _LINE | Qt.AlignmentFlag.AlignRight.value
_LEFT_TO_RIGHT = Qt.LayoutDirection.LeftToRight
_CUT = Qt.TextElideMode.ElideRight
_TEXT, _SELECTED_TEXT = QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText
_SELECTED_GROUND = QPalette.ColorRole.Highlight
_DISABLED, _INACTIVE = QPalette.ColorGroup.Disabled, QPalette.ColorGroup.Inactive
_USUAL = QPalette.ColorGroup.Active
_MARK, _SELECTED_MARK, _DISABLED_MARK = QIcon.Mode.Normal, QIcon.Mode.Selected, QIcon.Mode.Disabled


class LineCell(QStyledItemDelegate):
    """`look` says what the cell in a line and a column shows, both 0-based; the model's own roles are for
    others: screen readers, tool tips, Qt's widths."""

    def __init__(self, look: Callable[[int, int], CellLook], parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look = self._look(index.row(), index.column())
        state, place, palette = option.state.value, option.rect, option.palette
        selected, group = state & _SELECTED, _group(state)
        x, y, width, height = place.x(), place.y(), place.width(), place.height()
        if selected:
            painter.fillRect(place, palette.brush(group, _SELECTED_GROUND))
        if state & _HOLDS_KEYS:  # of all that are selected, this one has the keyboard
            painter.setPen(palette.color(group, _SELECTED_TEXT if selected else _TEXT))
            painter.drawRect(x + 2, y + 2, width - 5, height - 5)
        x, width = x + _MARGIN, width - 2 * _MARGIN
        if look.level is not None:
            mode = _DISABLED_MARK if group is _DISABLED else _SELECTED_MARK if selected else _MARK
            mark = QRect(x, y + (height - SIDE) // 2, SIDE, SIDE)
            level_icon(look.level).paint(painter, mark, mode=mode)
            x, width = x + SIDE + _GAP, width - SIDE - _GAP
        if not look.text or width <= 0:
            return
        painter.setPen(palette.color(group, _SELECTED_TEXT if selected else _TEXT))
        painter.setLayoutDirection(_LEFT_TO_RIGHT)  # as the window: a Hebrew name stands where the others do
        if look.lost:
            _strike(painter, out=True)
        words = option.fontMetrics.elidedText(look.text, _CUT, width)
        painter.drawText(x, y, width, height, _TO_THE_RIGHT if look.right else _TO_THE_LEFT, words)
        if look.lost:
            _strike(painter, out=False)


def _strike(painter: QPainter, *, out: bool) -> None:
    font = painter.font()
    font.setStrikeOut(out)
    painter.setFont(font)


def _group(state: int) -> QPalette.ColorGroup:
    if not state & _ENABLED:
        return _DISABLED
    return _USUAL if state & _ACTIVE else _INACTIVE
