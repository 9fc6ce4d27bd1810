"""Says that the program made a mistake, what to do about it, and what to send to those who can mend it.

Shows the path of the mistake through the program and refuses to show any value: those may be people's data.
"""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from app.language import tr
from app.log import without_values
from app.ui.widgets.labels import Label, Weight


class CrashDialog(QDialog):
    """One mistake, told calmly. The window stays usable behind it."""

    def __init__(self, trace: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Something went wrong"))
        self.resize(640, 480)
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
