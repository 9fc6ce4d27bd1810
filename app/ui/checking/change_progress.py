"""Shows that a change of the checked list is under way, once it takes longer than a blink.

Knows a Working widget and a clock; refuses to know what is changed.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from app.language import tr
from app.progress import Progress
from app.ui.turns import BREATH
from app.ui.widgets.working import Working

SLOW = 400  # milliseconds after which a change is shown to be under way
_AFTER = 5 * BREATH  # what a change brings is shown first: all of it moves up when this goes


class ChangeProgress(QObject):
    """`shown` follows whenever there is something to see, `began` once for each change of which something is.
    Sooner it is not worth a blink of the window."""

    shown, began = Signal(), Signal()

    def __init__(self, working: Working, parent: QObject) -> None:
        super().__init__(parent)
        self._working = working
        self._slow = QTimer(self, singleShot=True, interval=SLOW)
        self._slow.timeout.connect(self._begin)
        self._going = QTimer(self, singleShot=True, interval=_AFTER)
        self._going.timeout.connect(working.hide)

    def show(self, progress: Progress) -> None:
        """So far it is; a change without a total has only begun."""
        self._going.stop()
        if progress.total:
            self._working.show_progress(progress)
            self.shown.emit()
        elif progress.total is None and not self._slow.isActive() and self._working.isHidden():
            self._slow.start()

    def end(self) -> None:
        """It is done, or was given up."""
        self._slow.stop()
        if not self._working.isHidden():
            self._going.start()

    def _begin(self) -> None:
        self._working.begin(tr("Changing the list"))
        self.shown.emit()
        self.began.emit()
