"""A button that opens a menu, with the arrow that combo boxes have.

Paints and opens; what the entries do is the caller's.
"""

from __future__ import annotations

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QStyle, QStyleOptionButton, QStylePainter

from app.ui.widgets.combos import paint_arrow


class MenuButton(QPushButton):
    """Opens `menu`, by mouse and by keyboard."""

    def __init__(self, words: str, menu: QMenu) -> None:
        super().__init__(words, autoDefault=False)
        self.setObjectName("menu")
        self.setMenu(menu)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        option, painter = QStyleOptionButton(), QStylePainter(self)
        self.initStyleOption(option)
        # Without a menu, as far as the style knows: beside its own arrow it forgets to leave ours room.
        option.features = QStyleOptionButton.ButtonFeature.None_
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.end()
        paint_arrow(self)
