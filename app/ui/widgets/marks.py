"""Draws the small marks for fixed, warning and blocking: told apart by shape first, then by colour.

Knows levels and nothing of what was found.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPen, QPixmap, QPolygonF

from app.contacts.contact import Level
from app.ui.widgets.hues import Tone, text_hue

SIDE = 16  # the marks are drawn on a square of this many units

_TONES = {Level.FIXED: Tone.GOOD, Level.WARNING: Tone.WARNING, Level.BLOCKING: Tone.BAD}
_icons: dict[Level, QIcon] = {}


def level_icon(level: Level) -> QIcon:
    """A tick for fixed, a triangle for a warning, a barred disc for blocking."""
    if level not in _icons:
        _icons[level] = QIcon(_MarkEngine(level))
    return _icons[level]


class _MarkEngine(QIconEngine):
    """Paints at whatever size is asked, in the colours the palette has at that moment."""

    def __init__(self, level: Level) -> None:
        super().__init__()
        self._level = level

    def clone(self) -> QIconEngine:
        return _MarkEngine(self._level)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:  # noqa: ARG002
        palette = QGuiApplication.palette()
        selected = mode is QIcon.Mode.Selected
        ink = palette.color(QPalette.ColorRole.HighlightedText)
        if not selected:
            ink = text_hue(palette, _TONES[self._level], QPalette.ColorRole.Base)
        paper = palette.color(QPalette.ColorRole.Highlight if selected else QPalette.ColorRole.Base)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(rect.width(), rect.height())
        painter.translate(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2)
        painter.scale(side / SIDE, side / SIDE)
        pen = QPen(ink, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        if self._level is Level.FIXED:
            painter.drawPolyline(QPolygonF([QPointF(3, 8.5), QPointF(6.5, 12), QPointF(13, 4.5)]))
        elif self._level is Level.WARNING:
            painter.drawPolygon(QPolygonF([QPointF(8, 2), QPointF(14.5, 13.5), QPointF(1.5, 13.5)]))
            painter.drawLine(QPointF(8, 6.5), QPointF(8, 9.5))
            painter.drawPoint(QPointF(8, 11.6))
        else:
            painter.setBrush(ink)
            painter.drawEllipse(QRectF(2, 2, 12, 12))
            painter.setPen(QPen(paper, 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(QPointF(5, 8), QPointF(11, 8))
        painter.restore()
