"""Opens a window in the size that suits it, or in what the screen has where that is less.

Sees to sizes only: what is in the window is its own.
"""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

FRAME = 40
"""Pixels that the system's frame takes of the screen's height."""


def room_for(window: QWidget) -> QSize:
    """What a window can have of its screen, in device-independent pixels."""
    return window.screen().availableGeometry().size() - QSize(0, FRAME)


def open_within(window: QWidget, width: int, height: int) -> None:
    """Give it that size, as far as the screen allows."""
    window.resize(QSize(width, height).boundedTo(room_for(window)))
