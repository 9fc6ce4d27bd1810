"""Puts a widget where it can be scrolled up and down, without a frame of its own.

Knows nothing of what is in it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget


def scrolling(inside: QWidget, *, stretches: bool = False) -> QScrollArea:
    """`inside` in an area that scrolls; it takes all the height there is if it `stretches`."""
    area = QScrollArea(widgetResizable=True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0 if stretches else 8, 0)
    layout.addWidget(inside, stretch=1 if stretches else 0)
    if not stretches:
        layout.addStretch(1)
    area.setWidget(holder)
    return area
