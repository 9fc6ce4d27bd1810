"""Asks for the password of a protected workbook, and forgets it as soon as it is handed on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.language import tr
from app.ui.widgets.enter_line import EnterLine
from app.ui.widgets.labels import Label, with_buddy
from app.ui.widgets.primary import show_primary


class PasswordRow(QWidget):
    """`given` brings what was typed."""

    given = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.line = EnterLine(echoMode=EnterLine.EchoMode.Password)
        self.open_button = QPushButton(tr("Open"), autoDefault=False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(with_buddy(Label(tr("Password of the workbook"), wrap=False), self.line))
        layout.addWidget(self.line, stretch=1)
        layout.addWidget(self.open_button)
        self.open_button.clicked.connect(self._give)
        self.line.entered.connect(self._give)
        self.line.textChanged.connect(lambda typed: show_primary(self.open_button, bool(typed)))

    def _give(self) -> None:
        typed = self.line.text()
        self.line.clear()
        if typed:
            self.given.emit(typed)
