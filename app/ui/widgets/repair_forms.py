"""What is asked for a repair: a choice for each field, or for the whole list. Its answer is a Decisions.

Knows choices and their words; what comes of an answer is shown by the dialog.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.contacts.dates import DateOrder
from app.contacts.duplicates import DuplicatePolicy
from app.contacts.fields import FieldKind
from app.contacts.rules import LetterCase, WhichNumber
from app.flow.decisions import Decisions
from app.flow.repairs import FieldMatter, Matter, Repair
from app.language import mark, tr, trn
from app.ui.widgets.combos import ValueCombo
from app.ui.widgets.country_combo import CountryCombo
from app.ui.widgets.labels import Label, with_buddy

_LETTERS: tuple[tuple[str, object], ...] = (
    (mark("As written in the file"), LetterCase.AS_WRITTEN),
    (mark("Names: ROSSI becomes Rossi"), LetterCase.NAMES),
    (mark("All small letters"), LetterCase.LOWER),
    (mark("All capitals"), LetterCase.UPPER),
)
# For each repair of single fields: the part of a rule, and its answers, of which the second is proposed.
_ANSWERS: Mapping[Repair, tuple[str, tuple[tuple[str, object], ...]]] = {
    Repair.NUMBER: (
        "number",
        (
            (mark("Not decided: the first number, with a note"), None),
            (mark("Take the mobile number"), WhichNumber.MOBILE),
            (mark("Take the first number"), WhichNumber.FIRST),
        ),
    ),
    Repair.DATES: (
        "dates",
        (
            (mark("Not decided: the usual way of your country, with a note"), None),
            (mark("The day comes first: 03/04 is the 3rd of April"), DateOrder.DAY_FIRST),
            (mark("The month comes first: 03/04 is the 4th of March"), DateOrder.MONTH_FIRST),
        ),
    ),
    Repair.CUT: (
        "cut",
        ((mark("Leave these rows out"), False), (mark("Cut the texts to the length that fits"), True)),
    ),
    Repair.ZERO: (
        "zero",
        ((mark("Don't send these numbers"), False), (mark("Put the 0 back in front"), True)),
    ),
    Repair.LETTERS: ("case", _LETTERS),
}
POLICIES = (
    (DuplicatePolicy.KEEP_FIRST, mark("Twice in the list: send the first row")),
    (DuplicatePolicy.KEEP_LAST, mark("Twice in the list: send the last row")),
    (DuplicatePolicy.FILL_BLANKS, mark("Twice in the list: first row, blanks filled")),
)


class RepairForm(QWidget):
    """`changed` follows every other answer."""

    changed = Signal()

    def answer(self, now: Decisions) -> Decisions:
        """What is decided with what stands in the form."""
        raise NotImplementedError


class FieldAnswers(RepairForm):
    """One question, asked for each field it is about."""

    def __init__(self, matter: Matter, now: Decisions) -> None:
        super().__init__()
        self._aspect, entries = _ANSWERS[matter.repair]
        self.combos: dict[str, ValueCombo[object]] = {}
        grid = _grid(self)
        for line, one in enumerate(matter.fields):
            combo: ValueCombo[object] = ValueCombo()
            decided = getattr(now.rules.of(one.field.key), self._aspect)
            answers = [each for each in entries if _fits(one, each[1])]
            proposed = decided if matter.repair is Repair.LETTERS else (decided or answers[1][1])
            combo.fill([(tr(words), value) for words, value in answers], proposed)
            combo.activated.connect(self.changed)
            self.combos[one.field.key] = combo
            grid.addWidget(with_buddy(Label(_named(one), wrap=False), combo), line, 0)
            grid.addWidget(combo, line, 1)
            grid.setColumnStretch(1, 1)

    def answer(self, now: Decisions) -> Decisions:
        rules = now.rules
        for key, combo in self.combos.items():
            aspect: dict[str, Any] = {self._aspect: combo.value}
            rules = rules.with_rule(key, replace(rules.of(key), **aspect))
        return replace(now, rules=rules)


class CountryAnswer(RepairForm):
    """Which country the numbers without one belong to."""

    def __init__(self, now: Decisions) -> None:
        super().__init__()
        self.combo = CountryCombo(tr("Country of numbers without a country code"))
        self.combo.choose(now.default_country)
        self.combo.activated.connect(self.changed)
        grid = _grid(self)
        grid.addWidget(with_buddy(Label(tr("Numbers of"), wrap=False), self.combo), 0, 0)
        grid.addWidget(self.combo, 0, 1)
        grid.setColumnStretch(1, 1)

    def answer(self, now: Decisions) -> Decisions:
        return replace(now, default_country=self.combo.value or "")


class DuplicatesAnswer(RepairForm):
    """Which row of the same person is sent."""

    def __init__(self, now: Decisions) -> None:
        super().__init__()
        self.combo: ValueCombo[DuplicatePolicy] = ValueCombo(tr("Rows of the same person"))
        self.combo.fill([(tr(words), value) for value, words in POLICIES], now.duplicates)
        self.combo.activated.connect(self.changed)
        grid = _grid(self)
        grid.addWidget(self.combo, 0, 0)

    def answer(self, now: Decisions) -> Decisions:
        return replace(now, duplicates=self.combo.value or now.duplicates)


def _grid(widget: QWidget) -> QGridLayout:
    grid = QGridLayout(widget)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    return grid


def _fits(matter: FieldMatter, answer: object) -> bool:
    return answer is not LetterCase.NAMES or matter.field.kind is not FieldKind.EMAIL


def _named(matter: FieldMatter) -> str:
    label = tr(matter.field.label)
    if not matter.rows:
        return label
    rows = trn("{count} row", "{count} rows", matter.rows)
    return f"{label} ({rows})"


def headings(repair: Repair) -> tuple[str, str]:
    """The title of a repair and what it is about, in the user's language."""
    title, words = _HEADINGS[repair]
    return tr(title), tr(words)


_HEADINGS: Mapping[Repair, tuple[str, str]] = {
    Repair.COUNTRY: (
        mark("Phone numbers without a country code"),
        mark("Choose the country they belong to. Numbers that have a code stay as they are."),
    ),
    Repair.DOMAINS: (
        mark("E-mail addresses that may be mistyped"),
        mark("Only what you correct here is changed; everything else is sent as it is."),
    ),
    Repair.NUMBER: (
        mark("Two phone numbers in one cell"),
        mark("A contact has one number: choose which."),
    ),
    Repair.DATES: (
        mark("Dates that could be read in two ways"),
        mark("Decide once for each column; look at the examples."),
    ),
    Repair.CUT: (
        mark("Texts that are too long"),
        mark("The provider does not take them as they are."),
    ),
    Repair.ZERO: (
        mark("Phone numbers that seem to have lost their 0"),
        mark("Spreadsheets take away a 0 in front, and without it these numbers can't exist."),
    ),
    Repair.WORDS: (
        mark("Words that are none of the possible values"),
        mark("Say for each word which value is meant. What is not decided is not sent."),
    ),
    Repair.LETTERS: (
        mark("Capitals and small letters"),
        mark("Names that already have both capitals and small letters stay as they are."),
    ),
    Repair.DUPLICATES: (
        mark("The same person twice"),
        mark("Each person is sent once. Choose from which row."),
    ),
}
