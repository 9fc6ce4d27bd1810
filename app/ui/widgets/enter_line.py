"""A line to type into whose Return key is its own.

Refuses to know what is done with it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit


class EnterLine(QLineEdit):
    """`entered` follows the Return key. Passed on, it would press whatever button of the window is the
    default by then: the one that leads on, or, where the line hides while it is typed into, the one that
    closes the window."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            self.entered.emit()
            return
        super().keyPressEvent(event)
