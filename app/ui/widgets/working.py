"""Shows that work is going on: what, how far, and a button to stop it; afterwards a button to do it again.

Knows Progress and nothing of the work.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from app.progress import Progress
from app.ui.notice import announce
from app.ui.widgets.labels import Label, Weight
from app.ui.widgets.share_bar import ShareBar


class Working(QFrame):
    """Hidden until `begin`. `stop_wanted` comes once for each piece of work, `again_wanted` where `again`
    names a button for it."""

    stop_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, stop: str, again: str = "") -> None:
        super().__init__()
        self._repeatable = bool(again)
        self.heading = Label(weight=Weight.STRONG)
        self.bar = ShareBar()
        self.words = Label(weight=Weight.QUIET, wrap=False)
        self.stop = QPushButton(stop, autoDefault=False)
        self.again = QPushButton(again, autoDefault=False)
        self.stop.clicked.connect(self._ask_to_stop)
        self.again.clicked.connect(self.again_wanted)
        under = QHBoxLayout()
        under.setSpacing(8)
        under.addWidget(self.again)
        under.addWidget(self.words)
        under.addStretch(1)  # the words are not always there
        under.addWidget(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addWidget(self.bar)
        column.addLayout(under)
        self.hide()

    def begin(self, heading: str) -> None:
        """Show that work has begun; how far is not known yet."""
        self.heading.setText(heading)
        self.bar.setAccessibleName(heading)
        self.words.setText("")
        self.stop.setEnabled(True)
        self.bar.show_share(None)
        self._set_going(True)

    def show_progress(self, progress: Progress, words: str = "") -> None:
        """Show how far it is, on the bar and in words."""
        self.bar.show_share(progress.share)
        self.words.setText(words)

    def end(self, heading: str) -> None:
        """Show that the work ended before it was done."""
        self.heading.setText(heading)
        self._set_going(False)

    def _ask_to_stop(self) -> None:
        self.stop.setEnabled(False)  # once is enough
        self.stop_wanted.emit()

    def _set_going(self, going: bool) -> None:
        keys_at_again = self.again.hasFocus()
        self.bar.setVisible(going)
        self.words.setVisible(going)
        self.stop.setVisible(going)
        self.again.setVisible(not going and self._repeatable)
        self.show()
        if self._repeatable and not going:
            self.again.setFocus()  # the keyboard was at Stop, which has gone
        elif keys_at_again:
            self.stop.setFocus()
        announce(self, self.heading.text())
