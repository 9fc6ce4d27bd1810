"""Views of which one is shown, as large as that one needs to be and not as the largest of all.

Knows sizes only; which view is shown when is the page's.
"""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedLayout, QWidget


class Views(QWidget):
    """In a low window a small view is seen whole, though others would have to be scrolled."""

    def __init__(self) -> None:
        super().__init__()
        self._stack = _OneSeen(self)

    def addWidget(self, view: QWidget) -> None:  # noqa: N802 - as a QStackedWidget's
        self._stack.addWidget(view)

    def setCurrentWidget(self, view: QWidget) -> None:  # noqa: N802
        self._stack.setCurrentWidget(view)
        self.updateGeometry()

    def currentWidget(self) -> QWidget | None:  # noqa: N802
        return self._stack.currentWidget()


class _OneSeen(QStackedLayout):
    """As large as the one that is seen: Qt's own is as high as the highest of all. A widget that has a layout
    is not asked for its height itself."""

    def sizeHint(self) -> QSize:
        shown = self._shown
        return shown.sizeHint() if shown is not None else QSize()

    def minimumSize(self) -> QSize:
        shown = self._shown
        least = shown.minimumSizeHint() if shown is not None else QSize()
        return least.expandedTo(QSize(0, 0))  # a plain widget answers with less than nothing

    def hasHeightForWidth(self) -> bool:
        shown = self._shown
        return shown is not None and shown.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        shown = self._shown
        return shown.heightForWidth(width) if shown is not None else -1

    @property
    def _shown(self) -> QWidget | None:
        return self.currentWidget()
