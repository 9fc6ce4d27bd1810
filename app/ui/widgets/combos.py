"""Combo boxes for values: each entry carries a value beside its words.

They keep still under the mouse wheel, so that scrolling a page never changes a choice by accident, and cut
words that have no room short with an ellipsis; what the words are is the caller's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from heapq import nlargest
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QRectF, QSignalBlocker, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from app.ui.widgets.icons import paint_icon
from app.ui.widgets.labels import plain_tip
from app.ui.widgets.plain_numbers import take_focus

_ARROW = 16
_AROUND_WORDS = 40  # pixels: the stylesheet's border, padding and room for the arrow
_AROUND_ENTRY = 48  # the same of an entry of the list, and room for its scroll bar
_WIDEST_LIST = 640  # pixels, of the list that drops down
_BLANKS = re.compile(r"[ \t\r\n\f\v\x85\u2028\u2029]+")
_MEASURED = 20  # of the entries with the most letters: one of them is the widest

V = TypeVar("V")


class StillCombo(QComboBox):
    """Ignores the wheel while its list is closed, and never grows with its longest entry."""

    def __init__(self, name: str = "") -> None:
        super().__init__()
        take_focus(self)
        self.setMinimumContentsLength(12)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        # That of the least contents. The policy to that effect would make Qt build the list that drops down,
        # for every combo box there is, and a page has twenty.
        return self.minimumSizeHint()

    @property
    def shown_words(self) -> str:
        """The words of the choice as they are painted: cut short where there is no room for them."""
        words, room = self.currentText(), self.width() - _AROUND_WORDS
        if self.isEditable() or self.fontMetrics().horizontalAdvance(words) <= room:
            return words
        from PySide6.QtCore import Qt  # late: see plain_numbers

        return self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)

    def showPopup(self) -> None:
        """Drop the list down, wide enough for its entries, as far as that is sensible."""
        entries = (self.itemText(number) for number in range(self.count()))
        longest = nlargest(_MEASURED, entries, key=len)
        widest = max(map(self.fontMetrics().horizontalAdvance, longest), default=0) + _AROUND_ENTRY
        self.view().setMinimumWidth(max(self.width(), min(widest, _WIDEST_LIST)))
        super().showPopup()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.StyleChange and not self.isVisible():
            return True  # from its new parent: Qt would make the list that drops down, only to dress it anew
        if event.type() == QEvent.Type.ToolTip and self.shown_words != self.currentText():
            from PySide6.QtGui import QHelpEvent
            from PySide6.QtWidgets import QToolTip

            if isinstance(event, QHelpEvent):
                QToolTip.showText(event.globalPos(), plain_tip(self.currentText()), self)
                return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = self.shown_words
        if shown == self.currentText():
            super().paintEvent(event)
        else:
            self._paint_with(shown)
        paint_arrow(self)

    def _paint_with(self, words: str) -> None:
        """As Qt paints it, which would cut the words off in the middle of a letter."""
        from PySide6.QtWidgets import QStyle, QStyleOptionComboBox, QStylePainter

        option, painter = QStyleOptionComboBox(), QStylePainter(self)
        self.initStyleOption(option)
        option.currentText = words
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def paint_arrow(widget: QWidget) -> None:
    """Paint what says that a list drops down, at the right end of a combo box or a button."""
    ink = widget.palette().color(QPalette.ColorRole.PlaceholderText)
    place = QRectF(widget.width() - _ARROW - 8, (widget.height() - _ARROW) / 2, _ARROW, _ARROW)
    paint_icon(QPainter(widget), "chevron", ink, place)


class ValueCombo(StillCombo, Generic[V]):
    """A combo box over (words, value) entries. `activated` follows a choice by the user only."""

    def __init__(self, name: str = "") -> None:
        super().__init__(name)
        self._values: list[V] = []

    def fill(self, entries: Iterable[tuple[str, V]], chosen: V) -> None:
        """Take other entries and show `chosen`, without a signal."""
        with QSignalBlocker(self):
            self.clear()
            shown = list(entries)
            self._values = [value for _, value in shown]
            # Words from a file may start with a space or hold a line break; French has narrow spaces.
            self.addItems([" ".join(_BLANKS.split(words.strip())) for words, _ in shown])
        self.choose(chosen)

    def choose(self, value: V) -> None:
        """Show `value`, without a signal; nothing if it is not among the entries."""
        with QSignalBlocker(self):
            self.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    @property
    def value(self) -> V | None:
        """What is chosen, or None if nothing is."""
        index = self.currentIndex()
        return self._values[index] if 0 <= index < len(self._values) else None

    @property
    def values(self) -> tuple[V, ...]:
        return tuple(self._values)

    def pick(self, value: V) -> None:
        """Choose as the user would: with the `activated` signal."""
        self.setCurrentIndex(self._values.index(value))
        self.activated.emit(self.currentIndex())
