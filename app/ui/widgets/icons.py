"""Draws our own icons in the palette's colours.

Knows the files in resources/icons and nothing of where an icon is shown.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
_FOLDER = RESOURCES / "icons"
_SIZES = (16, 32, 64, 128, 256)


def paint_icon(painter: QPainter, name: str, colour: QColor, box: QRectF) -> None:
    """Draw the icon called `name` into `box`, its lines in `colour`."""
    _renderer(name, colour.name()).render(painter, box)


def pixmap(name: str, colour: QColor, size: int, ratio: float = 1.0) -> QPixmap:
    """The icon as a square of `size` device-independent pixels."""
    result = QPixmap(round(size * ratio), round(size * ratio))
    result.setDevicePixelRatio(ratio)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    paint_icon(painter, name, colour, QRectF(0, 0, size, size))
    painter.end()
    return result


def icon(name: str, colour: QColor) -> QIcon:
    """The icon in every size a window asks for."""
    result = QIcon()
    for size in _SIZES:
        result.addPixmap(pixmap(name, colour, size))
    return result


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    drawn = (_FOLDER / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    return QSvgRenderer(QByteArray(drawn.encode()))
