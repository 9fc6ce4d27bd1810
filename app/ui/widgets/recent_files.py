"""Lists the files that were opened lately, each a button that opens it again.

Knows paths only: whether a file is still there is found out when it is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.language import tr, without_tricks
from app.ui.widgets.icons import icon
from app.ui.widgets.labels import Label, Weight
from app.ui.widgets.plain_numbers import take_focus, words_beside_icon

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
        take_focus(self.forget)
        self.forget.clicked.connect(self.forget_asked)
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        below = QHBoxLayout()
        below.addWidget(self.forget)
        below.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        heading = Label(tr("Opened recently"), Weight.STRONG)
        heading.setIndent(8)  # over the words of the buttons
        layout.addWidget(heading)
        layout.addLayout(self._list)
        layout.addLayout(below)
        layout.addStretch(1)
        self.setFixedWidth(_WIDTH)
        self._shown: Sequence[Path] = ()
        self.hide()

    def show_files(self, paths: Sequence[Path]) -> None:
        """Show the newest of `paths`, which come newest first."""
        if self._shown == paths[:MOST]:
            return
        self._shown = paths[:MOST]
        for button in self.buttons:
            self._list.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [self._button(path) for path in paths[:MOST]]
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
        words_beside_icon(self)
        self.setIconSize(QSize(16, 16))
        take_focus(self)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        # Tool tips guess at markup, and a path may hold what looks like it.
        self.setToolTip(str(path).replace("<", "\u2039"))
        self.setAccessibleName(tr("Open {name}", name=self._name))
        self.setAccessibleDescription(str(path))
        self.setText(self._name)
        self.recolour()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - 16 - 20
        metrics, shown = self.fontMetrics(), self._name
        if metrics.horizontalAdvance(shown) > room:
            from PySide6.QtCore import Qt  # not for a first look at short names

            shown = metrics.elidedText(shown, Qt.TextElideMode.ElideMiddle, room)
        self.setText(shown.replace("&", "&&"))

    def recolour(self) -> None:
        self.setIcon(icon("sheet", self.palette().color(QPalette.ColorRole.WindowText)))
