"""A section that is folded away until it is asked for.

Opens and closes; what is in it is the page's.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.ui.widgets.icons import icon


class Fold(QWidget):
    """Put widgets into `content`. Closed at first."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = QToolButton(autoRaise=True)
        self.header.setObjectName("fold")
        self.header.setCheckable(True)
        self.header.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.header.setIconSize(QSize(16, 16))
        self.header.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.header.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        font = QFont(self.header.font())
        font.setWeight(QFont.Weight.DemiBold)
        self.header.setFont(font)
        self._inside = QWidget(self)
        self.content = QVBoxLayout(self._inside)
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.header, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._inside)
        self.header.toggled.connect(self._show)
        self.set_title(title)
        self._show(False)

    def set_title(self, title: str) -> None:
        self.header.setText(title)
        self.header.setAccessibleName(title)

    def open(self) -> None:
        self.header.setChecked(True)

    @property
    def is_open(self) -> bool:
        return self.header.isChecked()

    def _show(self, opened: bool) -> None:
        self._inside.setVisible(opened)
        self.recolour()

    def recolour(self) -> None:
        ink = self.palette().color(QPalette.ColorRole.WindowText)
        self.header.setIcon(icon("fold_open" if self.header.isChecked() else "fold_closed", ink))
