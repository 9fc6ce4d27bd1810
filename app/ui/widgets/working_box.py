"""Shows that something is being worked on: what, how far, and a button to stop it.

Knows Progress; the work itself is the page's.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.language import tr
from app.progress import Progress
from app.ui.widgets.labels import Label, Weight

_PARTS = 1000


class WorkingBox(QWidget):
    """`stop_asked` follows the Stop button, once per piece of work."""

    stop_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = Label("", Weight.HEADING)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setFixedHeight(8)
        self.stop = QPushButton(tr("Stop"))
        self.stop.clicked.connect(self._ask)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.bar, stretch=1)
        row.addWidget(self.stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addStretch(1)
        layout.addWidget(self.title)
        layout.addLayout(row)
        layout.addStretch(2)

    def begin(self, title: str) -> None:
        """Something new is worked on; how far is not known yet."""
        self.title.setText(title)
        self.bar.setAccessibleName(title)
        self.bar.setRange(0, 0)
        self.stop.setEnabled(True)

    def show_progress(self, progress: Progress) -> None:
        share = progress.share
        self.bar.setRange(0, 0 if share is None else _PARTS)
        if share is not None:
            self.bar.setValue(round(share * _PARTS))

    def _ask(self) -> None:
        self.stop.setEnabled(False)
        self.stop_asked.emit()
