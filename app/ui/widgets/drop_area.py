"""A large area to drop a file on, which is also a button: for the mouse, the keyboard and a screen reader.

Says which file was dropped; reading it is the page's.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.language import tr
from app.ui.widgets.hues import mix, muted
from app.ui.widgets.icons import paint_icon

_ICON = 48
_GAP = 12


class DropArea(QAbstractButton):
    """`clicked` asks for a file dialog; `dropped` brings a Path."""

    dropped = Signal(object)  # Path

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._over = False
        self._lines = (
            tr("Drop your spreadsheet here"),
            tr("or press to choose it: an Excel workbook (.xlsx) or a text file with columns (.csv)"),
        )
        self.setText(self._lines[0])
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(200)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("Choose a spreadsheet"))
        self.setAccessibleDescription(" ".join(self._lines))

    def sizeHint(self) -> QSize:
        return QSize(560, 280)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _file_in(event) is not None:
            event.acceptProposedAction()
            self._show_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        del event
        self._show_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_over(False)
        path = _file_in(event)
        if path is not None:
            event.acceptProposedAction()
            self.dropped.emit(path)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self.palette()
        accent = colours.color(QPalette.ColorRole.Accent)
        lively = self._over or self.underMouse() or self.hasFocus() or self.isDown()
        back = colours.color(QPalette.ColorRole.Base)
        painter.setBrush(mix(back, accent, 0.14 if self._over or self.isDown() else 0.04))
        pen = QPen(accent if lively else muted(colours), 2 if lively else 1.5)
        pen.setDashPattern((4, 3))
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 12, 12)
        self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        colours = self.palette()
        loud = QFont(self.font())
        loud.setPointSizeF(loud.pointSizeF() * 1.4)
        loud.setWeight(QFont.Weight.DemiBold)
        width = self.width() - 48
        fonts = (loud, self.font())
        wrap = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
        heights = [
            QFontMetrics(font).boundingRect(0, 0, width, 1000, wrap, line).height()
            for font, line in zip(fonts, self._lines, strict=True)
        ]
        top = (self.height() - (_ICON + _GAP + sum(heights) + 8)) / 2
        accent = colours.color(QPalette.ColorRole.Accent)
        paint_icon(painter, "drop", accent, QRectF((self.width() - _ICON) / 2, top, _ICON, _ICON))
        top += _ICON + _GAP
        inks = (colours.color(QPalette.ColorRole.Text), muted(colours))
        for font, line, height, ink in zip(fonts, self._lines, heights, inks, strict=True):
            painter.setFont(font)
            painter.setPen(ink)
            painter.drawText(QRectF(24, top, width, height), wrap, line)
            top += height + 8

    def _show_over(self, over: bool) -> None:
        self._over = over
        self.update()


def _file_in(event: QDropEvent) -> Path | None:
    """The first local file that is dragged."""
    for url in event.mimeData().urls():
        if url.isLocalFile():
            return Path(url.toLocalFile())
    return None
