"""Asks for each word of a field which of the provider's values is meant, with its number of rows.

Knows words and choices; what comes of an answer is shown by the dialog.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from app.flow.decisions import Decisions
from app.flow.repairs import MOST_WORDS, FieldMatter, Matter, Repair, Word
from app.language import number, tr, trn
from app.ui.widgets.combos import ValueCombo
from app.ui.widgets.labels import Label, ShortLabel, Weight, with_buddy
from app.ui.widgets.repair_forms import RepairForm

_HEIGHT = 240
LINES_AT_FIRST, LINES_AT_ONCE = 12, 4


class WordAnswers(RepairForm):
    """A line a word: the word, its rows, a picker. Typing a value's first letters chooses it.

    The first lines are there at once; the others come a few at a time, so that the window keeps answering.
    """

    def __init__(self, matter: Matter) -> None:
        super().__init__()
        self._repair = matter.repair
        self.combos: dict[tuple[str, str], ValueCombo[str | None]] = {}
        self._answers: dict[tuple[str, str], str | None] = {}
        self._waiting: list[tuple[QGridLayout, int, FieldMatter, Word]] = []
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        for one in matter.fields:
            column.addWidget(Label(self._heading(one), Weight.STRONG))
            column.addLayout(self._lines(one))
            if one.more:
                column.addWidget(Label(_more(), Weight.QUIET))
        column.addStretch(1)
        self._growing = QTimer(self, interval=0)
        self._growing.timeout.connect(self._grow)
        self._add_lines(LINES_AT_FIRST)
        self._growing.start()
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        area.setMinimumHeight(min(_HEIGHT, inside.sizeHint().height() + 8))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def answer(self, now: Decisions) -> Decisions:
        rules = now.rules
        for key in dict.fromkeys(key for key, _ in self._answers):
            words = {word: value for (field, word), value in self._answers.items() if field == key}
            rules = rules.with_rule(key, rules.of(key).with_words(words))
        return replace(now, rules=rules)

    def _heading(self, one: FieldMatter) -> str:
        label = tr(one.field.label)
        if self._repair is Repair.DOMAINS:
            return label
        return trn(
            "{field}: {count} word is not in the list of values",
            "{field}: {count} words are not in the list of values",
            len(one.words),
            field=label,
        )

    def _lines(self, one: FieldMatter) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 1)
        for line, word in enumerate(one.words):
            self._answers[one.field.key, word.text] = self._proposed(word)
            self._waiting.append((grid, line, one, word))
        return grid

    def _grow(self) -> None:
        self._add_lines(LINES_AT_ONCE)
        if not self._waiting:
            self._growing.stop()

    def _add_lines(self, count: int) -> None:
        lines, self._waiting = self._waiting[:count], self._waiting[count:]
        for grid, line, one, word in lines:
            place = one.field.key, word.text
            combo: ValueCombo[str | None] = ValueCombo()
            combo.fill(self._entries(one, word), self._answers[place])
            combo.activated.connect(lambda _, place=place: self._take(place))
            self.combos[place] = combo
            grid.addWidget(with_buddy(ShortLabel(word.text), combo), line, 0)
            rows = trn("{count} row", "{count} rows", word.rows) if word.rows else ""
            grid.addWidget(Label(rows, Weight.QUIET, wrap=False), line, 1)
            grid.addWidget(combo, line, 2)

    def _take(self, place: tuple[str, str]) -> None:
        self._answers[place] = self.combos[place].value
        self.changed.emit()

    def _entries(self, one: FieldMatter, word: Word) -> list[tuple[str, str | None]]:
        if self._repair is Repair.DOMAINS:
            meant = word.decided or word.meant
            return [(tr("Leave it as it is"), None), (tr("Correct to {domain}", domain=meant), meant)]
        choices: list[tuple[str, str | None]] = [(tr(each.label), each.value) for each in one.choices]
        return [(tr("Not decided"), None), (tr("Leave empty"), ""), *choices]

    def _proposed(self, word: Word) -> str | None:
        return word.meant if self._repair is Repair.DOMAINS and word.meant else word.decided


def _more() -> str:
    return tr("These are the {count} commonest; more are asked about afterwards.", count=number(MOST_WORDS))
