"""Draws our own icons in the palette's colours.

Knows the files in resources/icons and nothing of where an icon is shown.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

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
    result.fill(QColor(0, 0, 0, 0))
    painter = QPainter(result)
    paint_icon(painter, name, colour, QRectF(0, 0, size, size))
    painter.end()
    return result


def icon(name: str, colour: QColor) -> QIcon:
    """The icon in every size a window asks for."""
    return _drawn(name, colour.name())


@cache  # half a millisecond each, and some stand on every page
def _drawn(name: str, colour: str) -> QIcon:
    from PySide6.QtGui import QIcon  # it brings its names of themes along, and a first look needs none

    result = QIcon()
    for size in _SIZES:
        result.addPixmap(pixmap(name, QColor(colour), size))
    return result


def paint_box(
    painter: QPainter,
    place: QRectF,
    ground: QColor,
    *,
    radius: float,
    line: QColor | None = None,
    width: float = 0.0,
) -> None:
    """Draw a box with round corners that fills `place`, with a dashed line of `width` round it if wanted.
    As a drawing too: pens and brushes, as PySide6 has them, need all of `Qt` (see plain_numbers)."""
    wide, high = place.width() - width, place.height() - width
    dashes = f'stroke-width="{width}" stroke-dasharray="{4 * width} {3 * width}"'
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {place.width()} {place.height()}">'
        f'<rect x="{width / 2}" y="{width / 2}" width="{wide}" height="{high}" rx="{radius}"'
        f' fill="{ground.name()}" stroke="{line.name() if line else "none"}" {dashes}/></svg>'
    )
    QSvgRenderer(QByteArray(drawn.encode())).render(painter, place)


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    drawn = (_FOLDER / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    return QSvgRenderer(QByteArray(drawn.encode()))
