"""Asks what is to be decided about one kind of finding, and shows a few rows before and after.

Asks for examples with `asked` whenever the answer changes; looking them up and carrying out are the caller's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from app.contacts.contact import Status
from app.flow.decisions import Decisions
from app.flow.examples import Example
from app.flow.repairs import Matter, Repair
from app.language import apart, listed, number, tr
from app.ui.widgets.example_table import ExampleTable
from app.ui.widgets.fitting import FittingDialog
from app.ui.widgets.labels import Label, Weight
from app.ui.widgets.primary import primary_button
from app.ui.widgets.repair_forms import (
    CountryAnswer,
    DuplicatesAnswer,
    FieldAnswers,
    RepairForm,
    headings,
)
from app.ui.widgets.word_answers import WordAnswers
from app.wording import status_word

_WIDTH = 640


class RepairDialog(FittingDialog):
    """`asked` brings Decisions to show examples of; `decided` those that were agreed to."""

    asked = Signal(object)
    decided = Signal(object)

    def __init__(
        self, matter: Matter, now: Decisions, label_of: Callable[[str], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, _WIDTH)
        self._now, self._matter, self._label_of = now, matter, label_of
        title, words = headings(matter.repair)
        self.setWindowTitle(title)
        self.form = _form(matter, now)
        self.form.changed.connect(self._ask)
        self.examples = ExampleTable(_columns(matter.repair))
        self.said = Label(weight=Weight.QUIET)
        self.buttons = QDialogButtonBox()
        self.apply = primary_button(tr("Apply"))
        self.buttons.addButton(self.apply, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self._agree)
        self.buttons.rejected.connect(self.reject)
        column = self.content
        column.addWidget(Label(title, Weight.HEADING))
        column.addWidget(Label(words))
        column.addWidget(self.form)
        column.addWidget(self.said)
        column.addWidget(self.examples)
        self.end_with(self.buttons)

    @property
    def repair(self) -> Repair:
        return self._matter.repair

    @property
    def answer(self) -> Decisions:
        """What is decided with what stands in the dialog now."""
        return self.form.answer(self._now)

    def ask(self) -> None:
        """Ask for the first examples."""
        self._ask()

    def show_examples(self, examples: Sequence[Example]) -> None:
        """Show rows before and after."""
        self.examples.show_lines([self._line(one) for one in examples])
        if examples:
            self.said.setText(tr("For example:"))
        elif self.answer == self._now:
            self.said.setText(tr("Nothing is changed yet."))
        else:
            self.said.setText(tr("No row of your list will look different."))

    def _ask(self) -> None:
        answer = self.answer
        self.apply.setEnabled(answer != self._now)
        self.asked.emit(answer)

    def _agree(self) -> None:
        self.accept()
        self.decided.emit(self.answer)

    def _line(self, one: Example) -> list[str]:
        if self.repair is Repair.DUPLICATES:
            happens = status_word(Status(one.before))
            filled = tr("takes over: {values}", values=apart(one.after)) if one.after else ""
            return [number(one.row), one.cell, ", ".join(filter(None, (happens, filled)))]
        after = one.after or tr("(not sent)")
        return [number(one.row), listed((self._label_of(one.field), one.cell), ": "), after]


def _form(matter: Matter, now: Decisions) -> RepairForm:
    match matter.repair:
        case Repair.COUNTRY:
            return CountryAnswer(now)
        case Repair.DUPLICATES:
            return DuplicatesAnswer(now)
        case Repair.WORDS | Repair.DOMAINS:
            return WordAnswers(matter)
        case _:
            return FieldAnswers(matter, now)


def _columns(repair: Repair) -> tuple[str, str, str]:
    if repair is Repair.DUPLICATES:
        return tr("Row"), tr("Person"), tr("What happens")
    return tr("Row"), tr("In your file"), tr("Will be sent")
