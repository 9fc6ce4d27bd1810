"""Chooses the account: the practice account first, then those that are stored, and ways to add and mend them.

Shows and announces; what an account does to the draft is the page's.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.language import tr
from app.settings.accounts import Account
from app.ui.widgets.combos import ValueCombo
from app.ui.widgets.hues import Tone
from app.ui.widgets.labels import Label, Weight, with_buddy

PRACTICE = ""
"""The value of the practice account; other values are account ids."""


class AccountBox(QWidget):
    """`chosen` brings an account's id, or PRACTICE."""

    chosen = Signal(str)
    add_asked = Signal()
    change_asked = Signal()
    remove_asked = Signal()
    try_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.account: ValueCombo[str] = ValueCombo()
        self.try_it = QPushButton(tr("Try this account"), autoDefault=False)
        self.add = QPushButton(tr("Add an account"), autoDefault=False)
        self.change = QPushButton(tr("Change"), autoDefault=False)
        self.change.setAccessibleName(tr("Change the account"))
        self.remove = QPushButton(tr("Remove"), autoDefault=False)
        self.remove.setAccessibleName(tr("Remove the account"))
        self.result = Label()
        self.result.hide()
        first, second = QHBoxLayout(), QHBoxLayout()
        for row, buttons in ((first, (self.try_it, self.add)), (second, (self.change, self.remove))):
            row.setSpacing(8)
            for button in buttons:
                row.addWidget(button)
            row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(with_buddy(Label(tr("Account"), Weight.STRONG), self.account))
        layout.addWidget(self.account)
        layout.addWidget(self.result)
        layout.addLayout(first)
        layout.addLayout(second)
        self.account.activated.connect(lambda: self.chosen.emit(self.account.value or PRACTICE))
        self.add.clicked.connect(self.add_asked)
        self.change.clicked.connect(self.change_asked)
        self.remove.clicked.connect(self.remove_asked)
        self.try_it.clicked.connect(self.try_asked)

    def show_accounts(self, accounts: Sequence[Account], chosen: str) -> None:
        """Show the practice account and `accounts`, with the one of id `chosen` selected."""
        entries = [(tr("Practice account (on this computer)"), PRACTICE)]
        self.account.fill([*entries, *((one.name, one.id) for one in accounts)], chosen)
        for button in (self.change, self.remove):
            button.setVisible(chosen != PRACTICE)

    def show_result(self, words: str, tone: Tone | None = None) -> None:
        """Say how the try went, or nothing."""
        self.result.setText(words)
        self.result.set_tone(tone)
        self.result.setVisible(bool(words))

    def set_trying(self, trying: bool) -> None:
        self.try_it.setEnabled(not trying)
