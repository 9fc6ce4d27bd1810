"""Puts a widget where it can be scrolled up and down, without a frame of its own.

Knows nothing of what is in it.
"""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.ui.widgets.plain_numbers import never_sideways, take_no_focus


class ScrollArea(QScrollArea):
    """Scrolls what it is given with `hold` up and down, and `sideways` too if wanted; that takes all the
    height there is if it `stretches`. What has much in it is made with `holder` for a parent: whatever moves
    into another widget is dressed anew, with all that is in it."""

    def __init__(
        self, parent: QWidget | None = None, *, stretches: bool = False, sideways: bool = False
    ) -> None:
        super().__init__(widgetResizable=True)
        self._sideways, self._stretches = sideways, stretches
        self.setFrameShape(QFrame.Shape.NoFrame)
        if sideways:
            self.setObjectName("page")  # its bar keeps away from what fills it, if named before it is dressed
        else:
            never_sideways(self)
        take_no_focus(self)
        if parent is not None:
            self.setParent(parent)
        self.holder: QWidget = _Holder()
        self._layout = QVBoxLayout(self.holder)
        self._layout.setContentsMargins(0, 0, 0 if stretches else 8, 0)
        if not stretches:
            self._layout.addStretch(1)
        self.setWidget(self.holder)

    def hold(self, inside: QWidget) -> None:
        """Put it in; or back, after it was taken out."""
        if self._layout.indexOf(inside) < 0:
            self._layout.insertWidget(0, inside, stretch=1 if self._stretches else 0)

    def minimumSizeHint(self) -> QSize:
        """Where it scrolls up and down only, it is never narrower than what is in it."""
        least = super().minimumSizeHint()
        if self._sideways:
            return least
        width = self.holder.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(max(least.width(), width), least.height())


class _Holder(QWidget):
    """Asks for the height that its words need at the width they have: the least height of words that wrap is
    that of the narrowest they could be, and the area would scroll for nothing."""

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return QSize(least.width(), 1) if self.hasHeightForWidth() else least
