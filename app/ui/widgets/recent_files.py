"""Lists the files that were opened lately, each a button that opens it again.

Knows paths only: whether a file is still there is found out when it is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.language import tr, without_tricks
from app.ui.widgets.icons import icon
from app.ui.widgets.labels import Label, Weight

MOST = 6
_WIDTH = 260


class RecentFiles(QWidget):
    """`chosen` brings a Path; `forget_asked` wants the list emptied. Hidden while there is none."""

    chosen = Signal(object)  # Path
    forget_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.buttons: list[QToolButton] = []
        self.forget = QToolButton(autoRaise=True)
        self.forget.setText(tr("Forget these files"))
        self.forget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.forget.clicked.connect(self.forget_asked)
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(Label(tr("Opened lately"), Weight.STRONG))
        layout.addLayout(self._list)
        layout.addWidget(self.forget, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)
        self.setFixedWidth(_WIDTH)
        self.hide()

    def show_files(self, paths: Sequence[Path]) -> None:
        """Show the newest of `paths`, which come newest first."""
        for button in self.buttons:
            self._list.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [self._button(path) for path in paths[:MOST]]
        for one, following in pairwise((*self.buttons, self.forget)):
            QWidget.setTabOrder(one, following)
        self.setVisible(bool(self.buttons))

    def _button(self, path: Path) -> QToolButton:
        button = _FileButton(path)
        button.clicked.connect(lambda: self.chosen.emit(path))
        self._list.addWidget(button)
        return button


class _FileButton(QToolButton):
    """The file's name, cut short in its middle where there is no room; its folder is the tool tip."""

    def __init__(self, path: Path) -> None:
        super().__init__(autoRaise=True)
        self._name = without_tricks(path.name)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(16, 16))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        # Tool tips guess at markup, and a path may hold what looks like it.
        self.setToolTip(str(path).replace("<", "\u2039"))
        self.setAccessibleName(tr("Open {name}", name=self._name))
        self.setAccessibleDescription(str(path))
        self.setText(self._name)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationPaletteChange:
            self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - 16 - 20
        shown = self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideMiddle, room)
        self.setText(shown.replace("&", "&&"))

    def _draw(self) -> None:
        self.setIcon(icon("sheet", self.palette().color(QPalette.ColorRole.WindowText)))
