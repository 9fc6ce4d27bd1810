"""Combo boxes for values: each entry carries a value beside its words.

They keep still under the mouse wheel, so that scrolling a page never changes a choice by accident.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from PySide6.QtCore import QRectF, QSignalBlocker, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy

from app.ui.widgets.icons import paint_icon
from app.ui.widgets.plain_numbers import take_focus

_ARROW = 16

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

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        ink = self.palette().color(QPalette.ColorRole.PlaceholderText)
        place = QRectF(self.width() - _ARROW - 8, (self.height() - _ARROW) / 2, _ARROW, _ARROW)
        paint_icon(QPainter(self), "chevron", ink, place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


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
            # Words from a file may start with a space or hold a line break.
            self.addItems([" ".join(words.split()) for words, _ in shown])
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
