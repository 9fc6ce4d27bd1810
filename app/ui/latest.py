"""Passes values on no more often than an eye can follow, and never keeps the last one back.

Knows when, and nothing of what is passed on.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

SELDOM = 100  # milliseconds


class Latest(QObject):
    """`passed` brings the newest value: at once after a quiet time, otherwise when its turn comes."""

    passed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: list[object] = []
        self._quiet = QTimer(self, singleShot=True, interval=SELDOM)
        self._quiet.timeout.connect(self.flush)

    def take(self, value: object) -> None:
        """Pass `value` on, now or soon; one that waits is forgotten for it."""
        self._waiting = [value]
        if not self._quiet.isActive():
            self.flush()

    def flush(self) -> None:
        """Pass on what waits, if anything does."""
        if self._waiting:
            value = self._waiting.pop()
            self._quiet.start()
            self.passed.emit(value)

    def forget(self) -> None:
        """Pass on nothing that waits."""
        self._waiting.clear()
        self._quiet.stop()
