"""Catches what our own mistakes raise, wherever that is, and has it logged and shown.

Knows when to show it; what is said about a mistake is the dialog's.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from app.ui.crash_dialog import CrashDialog

log = logging.getLogger("app.crash")

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], object]


class CrashHook(QObject):
    """Stands in for sys.excepthook while a window is open: writes the log and shows the dialog.

    May be called from any thread; the dialog is always shown by the window's, and imported for the occasion.
    """

    happened = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before: Hook | None = None
        self.showing: CrashDialog | None = None
        self.happened.connect(self._show_soon)

    def install(self) -> None:
        self._before, sys.excepthook = sys.excepthook, self._take

    def remove(self) -> None:
        if self._before is not None:
            sys.excepthook, self._before = self._before, None

    def show_trace(self, trace: str) -> None:
        """Log the traceback and show it; while one is shown, others are only logged."""
        from app.log import without_values

        log.error("the program made a mistake\n%s", without_values(trace))
        if self.showing is not None:
            return
        from app.ui.crash_dialog import CrashDialog

        self.showing = CrashDialog(trace, QApplication.activeWindow())
        self.showing.finished.connect(self._forget)
        self.showing.open()

    def _take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            application = QApplication.instance()
            if application is not None:
                QTimer.singleShot(0, application, application.quit)
            return
        self.happened.emit("".join(traceback.format_exception(kind, error, trace)))

    def _show_soon(self, trace: str) -> None:
        # In the window's thread by now; but what failed may be in the midst of painting.
        QTimer.singleShot(0, self, lambda: self.show_trace(trace))

    def _forget(self) -> None:
        if self.showing is not None:
            self.showing.deleteLater()
            self.showing = None
