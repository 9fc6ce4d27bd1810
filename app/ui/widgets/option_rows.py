"""One row of an option form for each kind of option: switch, choice, text, several texts, number.

A row shows a value with its consequence and announces another; what it does to a request is the provider's.
"""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.language import tr
from app.providers.options import Option, OptionValue
from app.ui.widgets.account_choices import AccountChoices
from app.ui.widgets.hues import Tone
from app.ui.widgets.labels import Label, Weight, with_buddy

_INDENT = 26  # a box to tick, and the space after it
_BETWEEN = 4  # choices, besides what is between any two lines
_LINES = 3


class OptionRow(QWidget):
    """What all rows share: the option, a consequence line, a fault line. `answered` brings key and value.

    `account` is there where the account can list or make answers: `fetch_asked` brings the key,
    `create_asked` the key and a name, `picked` the key and an OptionChoice.
    """

    answered = Signal(str, object)  # OptionValue
    fetch_asked = Signal(str)
    create_asked = Signal(str, str)
    picked = Signal(str, object)  # OptionChoice

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.option = option
        self.consequence = Label(tr(option.consequence), Weight.SMALL)
        self.fault = Label("", Weight.SMALL, tone=Tone.BAD)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(4)
        self.account: AccountChoices | None = None
        self.build()
        if option.fetched is not None or option.creatable:
            self.account = self._listening(AccountChoices(option))
            self.box.addWidget(self.account)
        self.box.addWidget(self.fault)

    def build(self) -> None:
        """Put the row's own widgets into `box`."""
        raise NotImplementedError

    def show_answer(self, value: OptionValue) -> None:
        """Show the value in the row's own widgets, without announcing it."""
        raise NotImplementedError

    def show_value(self, value: OptionValue, fault: str) -> None:
        """Show `value`, and what is wrong with it."""
        self.show_answer(value)
        if self.account is not None:
            self.account.show_value(value)
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault))

    def _listening(self, account: AccountChoices) -> AccountChoices:
        key = self.option.key
        account.fetch_asked.connect(lambda: self.fetch_asked.emit(key))
        account.create_asked.connect(lambda name: self.create_asked.emit(key, name))
        account.picked.connect(lambda choice: self.picked.emit(key, choice))
        return account

    def answer(self, value: OptionValue) -> None:
        self.answered.emit(self.option.key, value)

    def title_line(self, widget: QWidget) -> QHBoxLayout:
        """The label, and small beside it what the provider's documents call the option. The row's focus is
        `widget`'s."""
        if widget is not self:
            self.setFocusProxy(widget)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(with_buddy(Label(tr(self.option.label), Weight.STRONG, wrap=False), widget))
        line.addWidget(Label(self.option.wire_name, Weight.SMALL, wrap=False))
        line.addStretch(1)
        return line

    def add_consequence(self) -> None:
        self.box.addWidget(self.consequence)  # before it is shown, or it is a window for a moment
        self.consequence.setVisible(bool(self.option.consequence))


class SwitchRow(OptionRow):
    """A check box over the sentence that says what it does as it stands."""

    def build(self) -> None:
        self.check = QCheckBox(tr(self.option.label))
        self.setFocusProxy(self.check)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.check)
        line.addWidget(Label(self.option.wire_name, Weight.SMALL, wrap=False))
        line.addStretch(1)
        self.box.addLayout(line)
        self.box.addLayout(indented(self.consequence))
        self.check.clicked.connect(self._click)

    def show_answer(self, value: OptionValue) -> None:
        on = bool(value)
        self.check.setChecked(on)
        sentence = tr(self.option.when_on if on else self.option.when_off)
        self.consequence.setText(sentence)
        self.consequence.set_tone(Tone.WARNING if value == self.option.destroys_when else None)
        self.check.setAccessibleDescription(sentence)

    def _click(self) -> None:
        self.answer(self.check.isChecked())


class ChoiceRow(OptionRow):
    """Radio buttons, each over its own consequence."""

    def build(self) -> None:
        self.buttons: dict[str, QRadioButton] = {}
        self._group = QButtonGroup(self)
        self.box.addLayout(self.title_line(self))
        if self.option.consequence:
            self.add_consequence()
        for choice in self.option.choices:
            if self.buttons:
                self.box.addSpacing(_BETWEEN)  # so that each sentence belongs to the words above it
            button = QRadioButton(tr(choice.label))
            button.setAccessibleDescription(tr(choice.consequence))
            self._group.addButton(button)
            self.buttons[choice.value] = button
            self.box.addWidget(button)
            if choice.consequence:
                tone = Tone.WARNING if choice.value == self.option.destroys_when else None
                self.box.addLayout(indented(Label(tr(choice.consequence), Weight.SMALL, tone=tone)))
        self._group.buttonClicked.connect(self._click)

    def show_answer(self, value: OptionValue) -> None:
        button = self.buttons.get(str(value))
        if button is not None:
            button.setChecked(True)
            self.setFocusProxy(button)

    def _click(self) -> None:
        for value, button in self.buttons.items():
            if button.isChecked():
                self.answer(value)


class TextRow(OptionRow):
    """A line, with a count of its letters where there is a limit."""

    def build(self) -> None:
        self.line = QLineEdit()
        self.count = Label("", Weight.SMALL, wrap=False)
        self.box.addLayout(self.title_line(self.line))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.line, stretch=1)
        row.addWidget(self.count)
        self.box.addLayout(row)
        self.count.setVisible(self.option.max_length is not None)
        self.add_consequence()
        self.line.setAccessibleDescription(tr(self.option.consequence))
        self.line.textEdited.connect(self.answer)

    def show_answer(self, value: OptionValue) -> None:
        text = str(value)
        if text != self.line.text():
            self.line.setText(text)
        limit = self.option.max_length
        if limit is not None:
            self.count.setText(tr("{count} of {limit}", count=len(text.strip()), limit=limit))
            self.count.set_tone(Tone.BAD if len(text.strip()) > limit else None)


class TextsRow(OptionRow):
    """Several texts, one on each line."""

    def build(self) -> None:
        self.lines = QPlainTextEdit()
        self.lines.setTabChangesFocus(True)
        self.lines.setPlaceholderText(tr("One on each line"))
        height = self.lines.fontMetrics().lineSpacing() * _LINES + 16
        self.lines.setFixedHeight(height)
        self.lines.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.box.addLayout(self.title_line(self.lines))
        self.box.addWidget(self.lines)
        self.add_consequence()
        self.lines.setAccessibleDescription(
            " ".join((tr(self.option.consequence), tr("One on each line"))).strip()
        )
        self.lines.textChanged.connect(self._change)

    def show_answer(self, value: OptionValue) -> None:
        texts = value if isinstance(value, tuple) else ()
        if texts != self._texts():
            self.lines.blockSignals(True)
            self.lines.setPlainText("\n".join(texts))
            self.lines.blockSignals(False)

    def _texts(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.lines.toPlainText().splitlines() if line.strip())

    def _change(self) -> None:
        self.answer(self._texts())


class IntegerRow(OptionRow):
    """A line that takes digits only; nothing stands for 0, and says what that means if there is a word."""

    def build(self) -> None:
        self.line = QLineEdit()
        self.line.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]{0,15}"), self.line))
        self.line.setMaximumWidth(200)
        self.line.setPlaceholderText(tr(self.option.nothing))
        self.box.addLayout(self.title_line(self.line))
        self.box.addWidget(self.line)
        self.add_consequence()
        self.line.setAccessibleDescription(tr(self.option.consequence))
        self.line.textEdited.connect(self._edit)

    def show_answer(self, value: OptionValue) -> None:
        typed = self.line.text()
        if self.option.is_nothing(value):
            self.line.setText(typed if typed == "0" and self.line.hasFocus() else "")
        elif int(typed or 0) != value or (not typed and not self.line.hasFocus()):
            self.line.setText(str(value))

    def _edit(self, text: str) -> None:
        self.answer(int(text or 0))


def indented(label: Label) -> QHBoxLayout:
    """The label under the words of a check box or radio button, not under its box."""
    line = QHBoxLayout()
    line.addSpacing(_INDENT)
    line.addWidget(label, stretch=1)
    return line
