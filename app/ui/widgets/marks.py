"""Draws the small marks for fixed, warning and blocking: told apart by shape first, then by colour.

Knows levels and nothing of what was found.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPalette, QPen, QPixmap, QPolygonF

from app.contacts.contact import Level
from app.ui.widgets.hues import Tone, text_hue

SIDE = 16  # the marks are drawn on a square of this many units
SIZES = (16, 32, 48)  # pixels: up to a screen at 300 %

_TONES = {Level.FIXED: Tone.GOOD, Level.WARNING: Tone.WARNING, Level.BLOCKING: Tone.BAD}


def level_icon(level: Level) -> QIcon:
    """A tick for fixed, a triangle for a warning, a barred disc for blocking, in the palette of now."""
    return _icon(level, QGuiApplication.palette().cacheKey())


@lru_cache(maxsize=12)
def _icon(level: Level, palette_key: int) -> QIcon:  # noqa: ARG001 - another palette, other colours
    palette = QGuiApplication.palette()
    ink, paper = text_hue(palette, _TONES[level]), palette.color(QPalette.ColorRole.Base)
    chosen_ink = palette.color(QPalette.ColorRole.HighlightedText)
    chosen_paper = palette.color(QPalette.ColorRole.Highlight)
    icon = QIcon()
    for size in SIZES:
        icon.addPixmap(_drawn(level, size, ink, paper), QIcon.Mode.Normal)
        icon.addPixmap(_drawn(level, size, chosen_ink, chosen_paper), QIcon.Mode.Selected)
    return icon


def _drawn(level: Level, size: int, ink: QColor, paper: QColor) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size / SIDE, size / SIDE)
    round_ends = (Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(QPen(ink, 1.6, *round_ends))
    if level is Level.FIXED:
        painter.drawPolyline(QPolygonF([QPointF(3, 8.5), QPointF(6.5, 12), QPointF(13, 4.5)]))
    elif level is Level.WARNING:
        painter.drawPolygon(QPolygonF([QPointF(8, 2), QPointF(14.5, 13.5), QPointF(1.5, 13.5)]))
        painter.drawLine(QPointF(8, 6.5), QPointF(8, 9.5))
        painter.drawPoint(QPointF(8, 11.6))
    else:
        painter.setBrush(ink)
        painter.drawEllipse(QRectF(2, 2, 12, 12))
        painter.setPen(QPen(paper, 2.0, *round_ends))
        painter.drawLine(QPointF(5, 8), QPointF(11, 8))
    painter.end()
    return pixmap
