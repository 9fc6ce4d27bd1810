"""What choose_file shows before there is a file: where to drop one, what was opened lately, what was stopped.

Arranges and announces; reading and continuing are the page's.
"""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.language import tr
from app.ui.widgets.drop_area import DropArea
from app.ui.widgets.recent_files import RecentFiles
from app.ui.widgets.unfinished_list import UnfinishedList


class StartView(QWidget):
    """The parts are public: the page listens to them."""

    def __init__(self) -> None:
        super().__init__()
        self.unfinished = UnfinishedList()
        self.drop_area = DropArea()
        self.recent = RecentFiles()
        self.sample = QPushButton(tr("Try it with a sample"), autoDefault=False)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.sample)
        row.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(16)
        left.addWidget(self.drop_area, stretch=1)
        left.addLayout(row)
        files = QHBoxLayout()
        files.setSpacing(32)
        files.addLayout(left, stretch=1)
        files.addWidget(self.recent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.unfinished)
        column.addLayout(files, stretch=1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.drop_area.setFocus()  # the Return key chooses a file, without looking for the way first
