"""Asks what to find and what to put in its place, and shows a few rows before and after.

Asks for examples with `asked` once the typing pauses; looking them up and carrying out are the caller's.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QGridLayout,
    QLineEdit,
    QWidget,
)

from app.flow.changes import Replacement
from app.flow.examples import Replaced
from app.language import number, tr, trn
from app.ui.widgets.combos import ValueCombo
from app.ui.widgets.example_table import ExampleTable
from app.ui.widgets.fitting import FittingDialog
from app.ui.widgets.labels import Label, Weight, with_buddy
from app.ui.widgets.primary import primary_button

_PAUSE = 300  # milliseconds without a key before examples are looked up
_WIDTH = 600


class ReplaceDialog(FittingDialog):
    """`asked` brings a Replacement to show examples of, `decided` the one that was agreed to. `rows` are the
    sheet rows it is about; `columns` (0-based position, header) those to choose from."""

    asked = Signal(object)
    decided = Signal(object)

    def __init__(
        self, rows: Sequence[int], columns: Sequence[tuple[int, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, _WIDTH)
        self._rows = rows
        self.setWindowTitle(tr("Find and replace"))
        self.text, self.new = QLineEdit(), QLineEdit()
        self.column: ValueCombo[int | None] = ValueCombo()
        self.column.fill([(tr("All columns"), None), *((name, place) for place, name in columns)], None)
        self.exactly = QCheckBox(tr("Match capitals and small letters"))
        self.whole = QCheckBox(tr("Only where it fills the whole cell"))
        self.said = Label(weight=Weight.QUIET)
        self.examples = ExampleTable((tr("Row"), tr("Before"), tr("After")))
        self.buttons = QDialogButtonBox()
        self.apply = primary_button(tr("Replace"))
        self.buttons.addButton(self.apply, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._connect()
        self._lay()
        self._note()

    @property
    def answer(self) -> Replacement:
        """What stands in the dialog now."""
        return Replacement(
            self._rows,
            self.text.text(),
            self.new.text(),
            self.column.value,
            self.exactly.isChecked(),
            self.whole.isChecked(),
        )

    def show_examples(self, found: Replaced) -> None:
        """Show in how many rows something would be replaced, and the first of them."""
        self.examples.show_lines([[number(one.row), one.before, one.after] for one in found.examples])
        self.said.setText(trn("{count} row will change.", "{count} rows will change.", found.rows))
        self.apply.setEnabled(found.rows > 0)

    def _connect(self) -> None:
        self._pause.timeout.connect(lambda: self.asked.emit(self.answer))
        for line in (self.text, self.new):
            line.textChanged.connect(self._note)
        for box in (self.exactly, self.whole):
            box.toggled.connect(self._note)
        self.column.activated.connect(self._note)
        self.buttons.accepted.connect(self._agree)
        self.buttons.rejected.connect(self.reject)

    def _lay(self) -> None:
        form = QGridLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setColumnStretch(1, 1)
        widgets = (self.text, self.new, self.column)
        for line, words in enumerate((tr("Find"), tr("Replace with"), tr("In the column"))):
            form.addWidget(with_buddy(Label(words, wrap=False), widgets[line]), line, 0)
            form.addWidget(widgets[line], line, 1)
        for line, check in enumerate((self.exactly, self.whole), start=len(widgets)):
            form.addWidget(check, line, 1)
        column = self.content
        column.addWidget(Label(tr("Find and replace"), Weight.HEADING))
        count = len(self._rows)
        column.addWidget(Label(trn("In the {count} row shown.", "In the {count} rows shown.", count)))
        column.addLayout(form)
        column.addWidget(self.said)
        column.addWidget(self.examples)
        self.end_with(self.buttons)

    def _note(self) -> None:
        """Another wish: what is shown no longer belongs to it."""
        self.apply.setEnabled(False)
        if self.text.text() or self.whole.isChecked():
            self.said.setText(tr("Looking"))
            self._pause.start()
        else:
            self._pause.stop()
            self.examples.show_lines(())
            self.said.setText(tr("Type what to look for."))

    def _agree(self) -> None:
        if self.apply.isEnabled():
            self.accept()
            self.decided.emit(self.answer)
