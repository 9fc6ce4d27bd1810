"""Asks whether fields that say who agreed to what are really to be sent.

Shows and announces; what is held back otherwise is checking's.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.flow.draft import ImportDraft
from app.language import tr
from app.ui.widgets.hues import Tone
from app.ui.widgets.labels import Label, Weight


class ConsentBox(QWidget):
    """`decided` brings whether they are sent. Hidden while no such field is matched."""

    decided = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.check = QCheckBox()
        self.words = Label(weight=Weight.SMALL)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.check)
        layout.addWidget(self.words)
        self.check.clicked.connect(self._decide)
        self.hide()

    def show_draft(self, draft: ImportDraft) -> None:
        """Ask about the draft's consent fields, if it has any."""
        keys = draft.consent_fields
        labels = [tr(field.label) if (field := draft.schema.field(key)) else key for key in keys]
        self.setVisible(bool(keys))
        self.check.setText(tr("Change who has agreed: send {fields}", fields=", ".join(labels)))
        self.check.setChecked(draft.consent_confirmed)
        self._say(draft.consent_confirmed)

    def _decide(self) -> None:
        self._say(self.check.isChecked())
        self.decided.emit(self.check.isChecked())

    def _say(self, sent: bool) -> None:
        words = (
            tr(
                "What your file says replaces what the account knows: people may be signed off, or written "
                "to although they said no."
            )
            if sent
            else tr("Who has agreed to get messages stays in the account as it is. This column is not sent.")
        )
        self.words.setText(words)
        self.words.set_tone(Tone.WARNING if sent else None)
        self.check.setAccessibleDescription(words)
