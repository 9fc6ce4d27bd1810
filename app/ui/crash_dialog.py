"""Says that the program made a mistake, what to do about it, and what to send to those who can mend it.

Shows the path of the mistake through the program and refuses to show any value: those may be people's data.
"""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QPlainTextEdit, QWidget

from app.language import tr
from app.log import without_values
from app.ui.widgets.fitting import FittingDialog
from app.ui.widgets.labels import Label, Weight

_SIZE = (640, 480)


class CrashDialog(FittingDialog):
    """One mistake, told calmly. The window stays usable behind it."""

    def __init__(self, trace: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, *_SIZE)
        self.setWindowTitle(tr("Something went wrong"))
        self.details = QPlainTextEdit(without_values(trace), readOnly=True)
        self.details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.details.setAccessibleName(tr("Details"))
        self.details.setTabChangesFocus(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(tr("Copy details"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        layout = self.content
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
        self.details.setMinimumHeight(110)
        layout.addWidget(self.details, stretch=1)
        self.end_with(buttons)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())
