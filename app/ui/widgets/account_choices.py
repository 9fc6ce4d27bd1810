"""Under an option: lets the answer be chosen among what the account lists, or made in the account.

Shows names and announces wishes; asking the account is the page's. Typing an answer stays possible.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.language import listed, tr, trn
from app.providers.options import Option, OptionChoice, OptionValue
from app.ui.widgets.combos import ValueCombo
from app.ui.widgets.enter_line import EnterLine
from app.ui.widgets.labels import Label, Weight

_LONGEST = 255


class AccountChoices(QWidget):
    """`fetch_asked` wants the choices, `picked` brings one, `create_asked` the name of a new one."""

    fetch_asked = Signal()
    picked = Signal(object)  # OptionChoice
    create_asked = Signal(str)

    def __init__(self, option: Option) -> None:
        super().__init__()
        self._option = option
        self._choices: tuple[OptionChoice, ...] | None = None
        label = tr(option.label)
        self.combo: ValueCombo[int] = ValueCombo(tr("{option}: choose from the account", option=label))
        self.fetch = QPushButton(tr("Choose from the account"), autoDefault=False)
        self.fetch.setAccessibleDescription(label)
        self.new = QPushButton(tr("Create a new one"), autoDefault=False)
        self.new.setAccessibleDescription(label)
        self.name = EnterLine(maxLength=option.max_length or _LONGEST)
        self.name.setPlaceholderText(tr("Name of the new one"))
        self.name.setAccessibleName(tr("{option}: name of the new one", option=label))
        self.make = QPushButton(tr("Create"), autoDefault=False)
        self.make.setAccessibleDescription(tr("This is made in the account at once."))
        self.count = Label("", Weight.SMALL)
        self.chosen = Label("", Weight.SMALL)
        self._lay()
        self.fetch.clicked.connect(self.fetch_asked)
        self.combo.activated.connect(self._pick)
        self.new.clicked.connect(self._ask_for_a_name)
        self.make.clicked.connect(self._create)
        self.name.entered.connect(self._create)
        self.show_choices(None)

    def show_choices(self, choices: Sequence[OptionChoice] | None) -> None:
        """Show what the account listed, or that it was not asked yet."""
        self._choices = None if choices is None else tuple(choices)
        fetched = self._choices is not None
        self.fetch.setVisible(self._option.fetched is not None)
        self.fetch.setText(tr("Ask again") if fetched else tr("Choose from the account"))
        self.combo.setVisible(bool(self._choices))
        self.combo.fill(
            [(tr("Choose"), -1), *((_words(one), n) for n, one in enumerate(self._choices or ()))], -1
        )
        found = len(self._choices or ())
        words = trn("{count} to choose from.", "{count} to choose from.", found)
        self.count.setText(words if found else tr("The account has none yet."))
        self.count.setVisible(fetched)
        self._end_naming()

    def show_value(self, value: OptionValue) -> None:
        """Show which of the choices is decided, if it is one of them; of several, their names."""
        names = [one.label for one in self._choices or () if isinstance(value, tuple) and one.value in value]
        self.chosen.setText(tr("Chosen: {names}", names=listed(names)))
        self.chosen.setVisible(bool(names))
        for place, one in enumerate(self._choices or ()):
            if not isinstance(value, tuple) and one.value == str(value):
                self.combo.choose(place)
                return
        self.combo.choose(-1)

    def set_asking(self, asking: bool) -> None:
        """While the account is asked, nothing else can be."""
        for part in (self.fetch, self.new, self.combo, self.make, self.name):
            part.setEnabled(not asking)
        if asking:
            self.count.setText(tr("Asking the account"))
            self.count.show()

    def end_asking(self) -> None:
        """The account was not asked to the end: everything as before."""
        self.set_asking(False)
        self.show_choices(self._choices)

    def _pick(self) -> None:
        place = self.combo.value
        if place is not None and place >= 0 and self._choices is not None:
            self.picked.emit(self._choices[place])

    def _ask_for_a_name(self) -> None:
        self._naming.show()
        self.new.hide()
        self.name.setFocus()

    def _end_naming(self) -> None:
        self.name.clear()
        self._naming.hide()
        self.new.setVisible(self._option.creatable)

    def _create(self) -> None:
        if self.name.text().strip():
            self.create_asked.emit(self.name.text().strip())

    def _lay(self) -> None:
        self._naming = QWidget()
        naming = QHBoxLayout(self._naming)
        naming.setContentsMargins(0, 0, 0, 0)
        naming.setSpacing(8)
        naming.addWidget(self.name, stretch=1)
        naming.addWidget(self.make)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.fetch)
        buttons.addWidget(self.new)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.combo)
        layout.addWidget(self.count)
        layout.addWidget(self.chosen)
        layout.addLayout(buttons)
        layout.addWidget(self._naming)


def _words(choice: OptionChoice) -> str:
    """The account's name for it, with its number or code where that is another word."""
    if not choice.label or choice.label == choice.value:
        return choice.value
    return f"{choice.label}  ({choice.value})"
