"""Who of the list is left out by rule: rows of one person, and people of a do-not-contact list.

Knows choices; checking by them is the page's.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from app.contacts.duplicates import DuplicatePolicy
from app.language import tr, trn
from app.ui.widgets.combos import ValueCombo
from app.ui.widgets.flow import Flow
from app.ui.widgets.repair_forms import POLICIES

_WHOLE = 300  # pixels of width that the words of a choice need


class ListRules(QWidget):
    """`policy_chosen` brings a DuplicatePolicy; `list_chosen` the Path of a do-not-contact list,
    `list_dropped` gives it up. What the button `save` keeps is the page's."""

    policy_chosen = Signal(object)
    list_chosen = Signal(object)  # Path
    list_dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._has_list = False
        self.policy: ValueCombo[DuplicatePolicy] = ValueCombo()
        self.policy.setAccessibleName(tr("Rows of the same person"))
        self.list = QPushButton(autoDefault=False)
        self.policy.activated.connect(lambda: self.policy_chosen.emit(self.policy.value))
        self.list.clicked.connect(self._tell)
        self.save = QPushButton(tr("Recipe..."), autoDefault=False)
        self.save.setAccessibleName(tr("Save as a recipe"))
        self.save.setToolTip(tr("Save as a recipe"))
        row = Flow()
        self.setLayout(row)
        for widget in (self.policy, self.list, self.save):
            row.addWidget(widget)
        self.show_rules(DuplicatePolicy.KEEP_FIRST, 0)

    def show_rules(self, policy: DuplicatePolicy, people_to_leave_out: int, unread: str = "") -> None:
        """Show what holds now; `unread` says what of the do-not-contact list was not understood."""
        self.policy.fill([(tr(words), value) for value, words in POLICIES], policy)
        self._has_list = people_to_leave_out > 0
        self.list.setText(
            trn(
                "Remove the do-not-contact list ({count})",
                "Remove the do-not-contact list ({count})",
                people_to_leave_out,
            )
            if self._has_list
            else tr("Do-not-contact list...")
        )
        self.list.setToolTip(unread)
        self.list.setAccessibleDescription(unread)

    def show_narrow(self, narrow: bool) -> None:
        """Where rows are narrow anyway, the choice takes one for its words; else it stands beside others."""
        self.policy.setMinimumWidth(_WHOLE if narrow else 0)

    def _tell(self) -> None:
        if self._has_list:
            self.list_dropped.emit()
            return
        kinds = tr("Spreadsheets") + " (*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv *.tsv *.txt)"
        name, _ = QFileDialog.getOpenFileName(self, tr("Choose a do-not-contact list"), "", kinds)
        if name:
            self.list_chosen.emit(Path(name))
