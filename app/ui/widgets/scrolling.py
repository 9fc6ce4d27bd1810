"""Puts a widget where it can be scrolled up and down, without a frame of its own.

Knows nothing of what is in it.
"""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.ui.widgets.plain_numbers import never_sideways, take_no_focus


class _Area(QScrollArea):
    """Where it scrolls up and down only, it is never narrower than what is in it."""

    sideways = True

    def minimumSizeHint(self) -> QSize:
        least, inside = super().minimumSizeHint(), self.widget()
        if inside is None or self.sideways:
            return least
        width = inside.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(max(least.width(), width), least.height())


class _Holder(QWidget):
    """Asks for the height that its words need at the width they have: the least height of words that wrap is
    that of the narrowest they could be, and the area would scroll for nothing."""

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return QSize(least.width(), 1) if self.hasHeightForWidth() else least


def scrolling(inside: QWidget, *, stretches: bool = False, sideways: bool = False) -> QScrollArea:
    """`inside` in an area that scrolls up and down, and `sideways` too if wanted; it takes all the height
    there is if it `stretches`."""
    area = _Area(widgetResizable=True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    if sideways:
        area.setObjectName("page")  # its bar keeps away from what fills it
    else:
        area.sideways = False
        never_sideways(area)
    take_no_focus(area)
    holder = _Holder()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0 if stretches else 8, 0)
    layout.addWidget(inside, stretch=1 if stretches else 0)
    if not stretches:
        layout.addStretch(1)
    area.setWidget(holder)
    return area


def put_into(area: QScrollArea, inside: QWidget) -> None:
    """Put what was taken out of an area that `scrolling` made back into it."""
    holder = area.widget()
    layout = holder.layout() if holder is not None else None
    if isinstance(layout, QVBoxLayout) and layout.indexOf(inside) < 0:
        layout.insertWidget(0, inside)
