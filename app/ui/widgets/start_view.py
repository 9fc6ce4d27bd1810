"""What choose_file shows before there is a file: where to drop one, what was opened lately, what was stopped.

Arranges and announces; reading and continuing are the page's.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.language import tr
from app.ui.widgets.drop_area import DropArea

if TYPE_CHECKING:
    from app.flow.unfinished import UnfinishedImport
    from app.ui.widgets.recent_files import RecentFiles
    from app.ui.widgets.unfinished_list import UnfinishedList


class StartView(QWidget):
    """`chosen` brings the Path of a file opened lately, `forget_asked` wants those forgotten; `continued` and
    `given_up` bring an UnfinishedImport. The lists are made when there is something for them to list."""

    chosen = Signal(object)  # Path
    forget_asked = Signal()
    continued = Signal(object)  # UnfinishedImport
    given_up = Signal(object)  # UnfinishedImport

    def __init__(self) -> None:
        super().__init__()
        self._narrow = False
        self.drop_area = DropArea()
        self.sample = QPushButton(tr("Try it with a sample"), autoDefault=False)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.sample)
        row.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(16)
        left.addWidget(self.drop_area, stretch=1)
        left.addLayout(row)
        self._files = QHBoxLayout()
        self._files.setSpacing(32)
        self._files.addLayout(left, stretch=1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        self._column.addLayout(self._files, stretch=1)

    @cached_property
    def recent(self) -> RecentFiles:
        """The files opened lately, at the side."""
        from app.ui.widgets.recent_files import RecentFiles

        files = RecentFiles()
        files.chosen.connect(self.chosen)
        files.forget_asked.connect(self.forget_asked)
        self._files.addWidget(files)
        return files

    @cached_property
    def unfinished(self) -> UnfinishedList:
        """The uploads that were stopped, at the top."""
        from app.ui.widgets.unfinished_list import UnfinishedList

        stopped = UnfinishedList()
        stopped.show_narrow(self._narrow)
        stopped.continued.connect(self.continued)
        stopped.given_up.connect(self.given_up)
        self._column.insertWidget(0, stopped)
        return stopped

    def show_narrow(self, narrow: bool) -> None:
        """Put what stands beside something under it, or back."""
        ways = QBoxLayout.Direction
        self._files.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        self._narrow = narrow
        if "unfinished" in self.__dict__:
            self.unfinished.show_narrow(narrow)

    def show_recent(self, paths: Sequence[Path]) -> None:
        """Show the newest of `paths`, which come newest first."""
        if paths or "recent" in self.__dict__:
            self.recent.show_files(paths)
            self._order()

    def show_unfinished(self, imports: Sequence[UnfinishedImport]) -> None:
        """Show the latest of `imports`, which come latest first."""
        if imports or "unfinished" in self.__dict__:
            self.unfinished.show_imports(imports)
            self._order()

    def _order(self) -> None:
        """The keyboard goes where the eye does: what was stopped, the drop area, the sample, the files."""
        stopped = self.unfinished.cards if "unfinished" in self.__dict__ else []
        files = [*self.recent.buttons, self.recent.forget] if "recent" in self.__dict__ else []
        cards = [button for card in stopped for button in (card.give_up, card.go_on)]
        for one, following in pairwise([*cards, self.drop_area, self.sample, *files]):
            QWidget.setTabOrder(one, following)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.drop_area.setFocus()  # the Return key chooses a file, without looking for the way first
