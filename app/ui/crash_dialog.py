"""Says that the program made a mistake, what to do about it, and what to send to those who can mend it.

Shows the path of the mistake through the program and refuses to show any value: those may be people's data.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QMetaObject, QObject, Qt, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from app.language import tr
from app.log import without_values
from app.ui.widgets.labels import Label, Weight

log = logging.getLogger("app.crash")

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], object]


class CrashDialog(QDialog):
    """One mistake, told calmly. The window stays usable behind it."""

    def __init__(self, trace: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Something went wrong"))
        self.setMinimumSize(560, 360)
        self.details = QPlainTextEdit(without_values(trace), readOnly=True)
        self.details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.details.setAccessibleName(tr("Details"))
        self.details.setTabChangesFocus(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(tr("Copy details"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(16)
        layout.addWidget(Label(tr("The program made a mistake."), Weight.HEADING))
        layout.addWidget(
            Label(
                tr(
                    "Your file is unchanged, and what was already sent is written down. Close this message "
                    "and try the last step again. If it happens again, copy the details below and send them "
                    "to the person who gave you this program. They hold no contacts and no passwords."
                )
            )
        )
        layout.addWidget(self.details, stretch=1)
        layout.addWidget(buttons)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())


class CrashHook(QObject):
    """Stands in for sys.excepthook while a window is open: writes the log and shows the dialog.

    May be called from any thread; the dialog is always shown by the window's.
    """

    happened = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before: Hook | None = None
        self.showing: CrashDialog | None = None
        self.happened.connect(self.show_trace, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        self._before, sys.excepthook = sys.excepthook, self._take

    def remove(self) -> None:
        if self._before is not None:
            sys.excepthook, self._before = self._before, None

    def show_trace(self, trace: str) -> None:
        """Log the traceback and show it; while one is shown, others are only logged."""
        log.error("the program made a mistake\n%s", without_values(trace))
        if self.showing is not None:
            return
        self.showing = CrashDialog(trace, QApplication.activeWindow())
        self.showing.finished.connect(self._forget)
        self.showing.open()

    def _take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            application = QApplication.instance()
            if application is not None:
                QMetaObject.invokeMethod(application, "quit", Qt.ConnectionType.QueuedConnection)
            return
        self.happened.emit("".join(traceback.format_exception(kind, error, trace)))

    def _forget(self) -> None:
        if self.showing is not None:
            self.showing.deleteLater()
            self.showing = None
