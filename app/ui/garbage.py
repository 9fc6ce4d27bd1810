"""Has Python search for garbage in the window's own thread only.

What is found may be a widget, which must not end in another: by itself Python searches wherever it happens to
be, so sooner or later where a file is read.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_OFTEN = 200  # milliseconds


class Garbage(QObject):
    """From now on, until `end`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=_OFTEN)
        self._timer.timeout.connect(search)
        self._timer.start()

    def end(self) -> None:
        """Let Python search by itself again."""
        self._timer.stop()
        gc.enable()


def search() -> None:
    """Search as far as Python would have by now."""
    counts, limits = gc.get_count(), gc.get_threshold()
    due = [one for one in range(3) if counts[one] > limits[one]]
    if due:
        gc.collect(due[-1])
