"""Shows that a file is being read: how far it is, and its first rows as soon as they are there.

Shows what it is told; reading is the page's.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.flow.spooling import FirstLook
from app.language import tr
from app.progress import Progress
from app.ui.turns import BREATH
from app.ui.widgets.first_rows import FirstRowsTable
from app.ui.widgets.working import Working


class ReadingView(QWidget):
    """The bar stands a third of the way down, and the rows below it. `working` says when to stop."""

    def __init__(self) -> None:
        super().__init__()
        self.working = Working(tr("Stop"))
        self.first_look = FirstRowsTable()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addStretch(1)
        layout.addWidget(self.working)
        layout.addWidget(self.first_look, stretch=1000)
        layout.addStretch(2)
        self.first_look.hide()
        self._seen = QTimer(self, singleShot=True, interval=BREATH)
        self._seen.timeout.connect(self.first_look.show)

    def begin(self, name: str) -> None:
        """The file called `name` is about to be read."""
        self._seen.stop()
        self.first_look.hide()
        self.working.begin(tr("Reading {name}", name=name))

    def show_progress(self, progress: Progress) -> None:
        """How far it is; a FirstLook brings rows too."""
        if isinstance(progress, FirstLook) and progress.shape is not None:
            self.first_look.show_rows(progress.shape.columns, progress.first)
            self._seen.start()
        self.working.show_progress(progress)
