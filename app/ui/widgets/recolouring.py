"""What has colours of its own made from the palette, and takes others when the system turns dark or light.

Qt tells windows of another palette, and nothing that is in them; `look` asks each of these.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from PySide6.QtGui import QPalette, QPixmap
from PySide6.QtWidgets import QLabel


@runtime_checkable
class Recoloured(Protocol):
    """A widget that stylesheet and palette alone do not colour."""

    def recolour(self) -> None:
        """The application's palette is another one: take its colours."""
        ...


class Picture(QLabel):
    """`draw` gives the picture in a palette, for a screen with so many pixels to one of ours."""

    def __init__(self, draw: Callable[[QPalette, float], QPixmap]) -> None:
        super().__init__()
        self._draw = draw
        self.recolour()

    def recolour(self) -> None:
        self.setPixmap(self._draw(QPalette(), self.devicePixelRatioF()))
