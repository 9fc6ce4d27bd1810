"""A large area to drop a file on, which is also a button: for the mouse, the keyboard and a screen reader.

Says which file was dropped; reading it is the page's.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QEnterEvent,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from app.language import tr
from app.ui.widgets.hues import mix, muted
from app.ui.widgets.icons import paint_box, paint_icon
from app.ui.widgets.labels import Label, Weight
from app.ui.widgets.plain_numbers import centre, take_focus

_ICON = 48
_GAP = 12


class DropArea(QAbstractButton):
    """`clicked` asks for a file dialog; `dropped` brings a Path."""

    dropped = Signal(object)  # Path

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._over = False
        lines = (
            tr("Drop your spreadsheet here"),
            tr("or press to choose it: an Excel workbook (.xlsx) or a text file with columns (.csv)"),
        )
        self._words = self._lay_words(lines)
        self.setAcceptDrops(True)
        take_focus(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(200)
        self.setAccessibleName(tr("Choose a spreadsheet"))
        self.setAccessibleDescription(" ".join(lines))

    def sizeHint(self) -> QSize:
        return QSize(560, 280)

    def enterEvent(self, event: QEnterEvent) -> None:
        from PySide6.QtCore import Qt  # not for the first look

        super().enterEvent(event)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

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
        ground = mix(back, accent, 0.14 if self._over or self.isDown() else 0.04)
        line, width = (accent, 2.0) if lively else (muted(colours), 1.5)
        place = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        paint_box(painter, place, ground, radius=12, line=line, width=width)
        top = self._words[0].y() - _GAP - _ICON
        paint_icon(painter, "drop", accent, QRectF((self.width() - _ICON) / 2, top, _ICON, _ICON))

    def _lay_words(self, lines: tuple[str, str]) -> tuple[Label, Label]:
        words = (Label(lines[0], Weight.LARGE), Label(lines[1], Weight.QUIET))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        column.addStretch(1)
        column.addSpacing(_ICON + _GAP - 8)
        for one in words:
            centre(one)
            one.setForegroundRole(QPalette.ColorRole.WindowText)  # else the letters of buttons
            column.addWidget(one)
        column.addStretch(1)
        return words

    def _show_over(self, over: bool) -> None:
        self._over = over
        self.update()


def _file_in(event: QDropEvent) -> Path | None:
    """The first local file that is dragged."""
    for url in event.mimeData().urls():
        if url.isLocalFile():
            return Path(url.toLocalFile())
    return None
