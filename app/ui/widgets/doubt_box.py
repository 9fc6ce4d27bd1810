"""Asks the user about contacts of which nobody knows whether they arrived, one batch at a time.

Shows rows and takes an answer; what follows from it is the page's.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout

from app.flow.doubts import Doubt
from app.language import number, tr, trn
from app.ui.widgets.hues import Tone, text_hue, tint
from app.ui.widgets.labels import Label, Weight

_HIGHEST = 112  # pixels, of the list of people
_AROUND = 20  # of them beside its lines


class DoubtBox(QFrame):
    """Hidden until there is a doubt. `answered` carries it and whether its contacts are in the account."""

    answered = Signal(object, bool)

    def __init__(self) -> None:
        super().__init__()
        self._doubts: tuple[Doubt, ...] = ()
        self.title, self.advice = Label(weight=Weight.STRONG), Label()
        self.people = QPlainTextEdit(readOnly=True, tabChangesFocus=True)
        self.people.setAccessibleName(tr("Contacts that may or may not have arrived"))
        self.there = QPushButton(tr("They are there"), autoDefault=False)
        self.missing = QPushButton(tr("They are not there"), autoDefault=False)
        self.there.clicked.connect(lambda: self._answer(True))
        self.missing.clicked.connect(lambda: self._answer(False))
        # In ordinary ink: quiet words are too faint on this ground in the dark.
        self.later = Label(tr("If you can't tell, leave it: the report lists them as unsure."))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.there)
        buttons.addWidget(self.missing)
        buttons.addWidget(self.later, stretch=1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        for widget in (self.title, self.advice, self.people):
            column.addWidget(widget)
        column.addLayout(buttons)
        self.hide()

    def show_doubts(self, doubts: Sequence[Doubt]) -> None:
        """Ask about the first of these, or about nothing."""
        self._doubts = tuple(doubts)
        self.setVisible(bool(self._doubts))
        if not self._doubts:
            return
        first = self._doubts[0]
        self.title.setText(
            trn(
                "Nobody knows whether {count} contact arrived: it was sent, and no answer came.",
                "Nobody knows whether {count} contacts arrived: they were sent, and no answer came.",
                first.size,
            )
        )
        self.advice.setText(
            tr(
                "Sending them again might do harm. Look for one of them "
                "in your account: either all of them arrived, or none."
            )
        )
        lines = [tr("Row {row}: {person}", row=number(row), person=person) for row, person in first.people]
        hidden = first.size - len(first.people)
        if hidden:
            lines.append(trn("and {count} more", "and {count} more", hidden))
        self.people.setPlainText("\n".join(lines))
        high = len(lines) * self.people.fontMetrics().lineSpacing() + _AROUND
        self.people.setFixedHeight(min(high, _HIGHEST))  # the question above it has to be seen too
        self.set_busy(False)

    def set_busy(self, busy: bool) -> None:
        """While an answer is written down, or an upload runs, no other is taken."""
        self.there.setEnabled(not busy)
        self.missing.setEnabled(not busy)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(text_hue(QPalette(), Tone.WARNING))
        painter.setBrush(tint(QPalette(), Tone.WARNING))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 6, 6)
        painter.end()

    def _answer(self, arrived: bool) -> None:
        self.set_busy(True)
        self.answered.emit(self._doubts[0], arrived)
