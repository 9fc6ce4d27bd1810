"""One field of the provider: which column fills it, what is in that column, and why it was suggested.

Shows a choice and announces another; the mapping is the page's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.language import percent, tr
from app.ui.widgets.combos import ValueCombo
from app.ui.widgets.flow import Flow
from app.ui.widgets.hues import Tone
from app.ui.widgets.labels import Label, ShortLabel, Weight
from app.wording import values_line

NOTHING = -1
"""The value of the entry that leaves a field empty."""

OTHERWISE = -2
"""The value of the entry that asks for more than one column."""

_MADE = -3  # the entry that stands for what is filled otherwise

_LABEL_SHARE, _COMBO_SHARE, _VALUES_SHARE = 26, 30, 44


@dataclass(frozen=True, slots=True)
class ColumnSight:
    """What a column looks like: its header, a few of its values, the share (0.0 to 1.0) that is filled.

    `sampled` says that not every row was looked at.
    """

    position: int
    header: str
    examples: tuple[str, ...]
    filled: float
    sampled: bool = False


@dataclass(frozen=True, slots=True)
class SourceSight:
    """What fills a field where that is not one column: in words, with examples and the share filled."""

    words: str
    examples: tuple[str, ...]
    filled: float
    sampled: bool = False


class FieldRow(QWidget):
    """`chosen` brings the field's key and a column's position, NOTHING or OTHERWISE; `check_asked` the key of
    a field whose phone numbers are to be examined; `clearing` the key and whether empty cells clear it."""

    chosen = Signal(str, int)
    clearing = Signal(str, bool)
    removed = Signal(str)
    check_asked = Signal(str)

    def __init__(
        self,
        key: str,
        label: str,
        hint: str,
        need: str = "",
        *,
        removable: bool = False,
        phones: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.key, self.label, self._phones = key, label, phones
        self._columns: dict[int, ColumnSight] = {}
        self.combo: ValueCombo[int] = ValueCombo(tr("Column for {field}", field=label))
        self.combo.setAccessibleDescription(" ".join((need, hint)).strip())
        self._decided: int | None = NOTHING
        self._remove: QPushButton | None = None
        self.combo.activated.connect(self._choose)
        self.examples = ShortLabel()
        self.note = ShortLabel("", Weight.SMALL)
        self.check = QPushButton(tr("Check the numbers of this column"), autoDefault=False)
        self.check.setObjectName("small")  # or the row would be the only high one
        self.check.setAccessibleDescription(label)
        self.check.clicked.connect(lambda: self.check_asked.emit(self.key))
        self.check.hide()
        self.clears = QCheckBox(tr("Empty cells clear this field"))
        self.clears.setAccessibleDescription(label)
        self.clears.clicked.connect(lambda on: self.clearing.emit(self.key, on))
        self.clears.hide()
        self.damage = Label("", Weight.SMALL)
        self.damage.hide()
        self._lay(label, hint, need, removable)

    @property
    def stops(self) -> Sequence[QWidget]:
        """What Tab comes to in the row, in its order."""
        beside = () if self._remove is None else (self._remove,)
        return self.combo, *beside, self.clears, self.check

    def show_narrow(self, narrow: bool) -> None:
        """Say whole why a column was suggested where a line has no room for it, or again in a line."""
        self.note.show_whole(narrow)

    def show_columns(self, columns: Sequence[ColumnSight]) -> None:
        """Take the columns that may be chosen."""
        self._columns = {column.position: column for column in columns}
        self._fill_combo("")

    def show_choice(self, position: int | None, reason: str) -> None:
        """Show the column that fills the field, and why; or what speaks for one, if none does."""
        if _MADE in self.combo.values:
            self._fill_combo("")
        self.combo.choose(NOTHING if position is None else position)
        self._decided = self.combo.value
        column = self._columns.get(NOTHING if position is None else position)
        self._show_check(column is not None)
        if column is None:
            self.examples.setText("")
            self.note.setText(reason)
            self.note.set_tone(None)
            return
        self._show_values(column.examples)
        filled = _filled_words(column.filled, column.sampled)
        self.note.setText(tr("{filled}. {reason}", filled=filled, reason=reason) if reason else filled)
        self.note.set_tone(Tone.WARNING if column.filled == 0.0 else None)

    def show_source(self, sight: SourceSight, reason: str = "") -> None:
        """Show what fills the field where that is not one column, and why."""
        self._fill_combo(sight.words)
        self.combo.choose(_MADE)
        self._decided = self.combo.value
        self._show_check(False)
        self._show_values(sight.examples)
        filled = _filled_words(sight.filled, sight.sampled)
        self.note.setText(tr("{filled}. {reason}", filled=filled, reason=reason) if reason else filled)
        self.note.set_tone(Tone.WARNING if sight.filled == 0.0 else None)

    def show_clearing(self, offered: bool, clears: bool) -> None:
        """Show what an empty cell means, where there is a choice."""
        self.clears.setChecked(clears)
        self.clears.setVisible(offered)

    def show_damage(self, sentences: Sequence[str], tone: Tone | None) -> None:
        """Say what was found in the numbers, or nothing."""
        self.damage.setText("\n".join(sentences))
        self.damage.set_tone(tone)
        self.damage.setVisible(bool(sentences))

    def _show_values(self, texts: Sequence[str]) -> None:
        self.examples.setText(values_line(texts))

    def _show_check(self, shown: bool) -> None:
        self.check.setVisible(shown and self._phones)
        if not shown:
            self.show_damage((), None)

    def _fill_combo(self, made: str) -> None:
        entries = [(tr("Leave empty"), NOTHING)]
        if made:
            entries.append((made, _MADE))
        entries += [(one.header, one.position) for one in self._columns.values()]
        entries.append((tr("Combine columns, or fill it otherwise"), OTHERWISE))
        self.combo.fill(entries, NOTHING)

    def _choose(self) -> None:
        value = self.combo.value
        if value is None or value == _MADE:
            value = OTHERWISE
        if value == OTHERWISE and self._decided is not None:
            self.combo.choose(self._decided)  # until something else is decided
        self.show_damage((), None)
        self.chosen.emit(self.key, value)

    def _lay(self, label: str, hint: str, need: str, removable: bool) -> None:
        title = Label(label, Weight.STRONG if need else Weight.PLAIN)
        title.setBuddy(self.combo)
        # What is needed has to be readable whole; a hint may be cut short.
        below = Label(need, Weight.SMALL) if need else ShortLabel(hint, Weight.SMALL)
        below.setToolTip(hint)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 8, 4)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.addWidget(title, 0, 0)
        grid.addLayout(self._combo_and_remove(removable), 0, 1)
        grid.addWidget(self.examples, 0, 2)
        grid.addWidget(below, 1, 0)
        grid.addLayout(self._note_and_check(), 1, 1, 1, 2)
        grid.addWidget(self.damage, 2, 1, 1, 2)
        for column, share in enumerate((_LABEL_SHARE, _COMBO_SHARE, _VALUES_SHARE)):
            grid.setColumnStretch(column, share)
            grid.setColumnMinimumWidth(column, share * 4)

    def _note_and_check(self) -> Flow:
        row = Flow()
        self.note.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        for widget in (self.note, self.clears, self.check):
            row.addWidget(widget)
        return row

    def _combo_and_remove(self, removable: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.combo, stretch=1)
        if removable:
            self._remove = remove = QPushButton(tr("Remove"), autoDefault=False)
            remove.setAccessibleName(tr("Remove {field}", field=self.label))
            remove.clicked.connect(lambda: self.removed.emit(self.key))
            row.addWidget(remove, alignment=Qt.AlignmentFlag.AlignRight)
        return row


def _filled_words(share: float, sampled: bool) -> str:
    if share >= 1.0:
        return tr("Filled in all rows looked at") if sampled else tr("Filled in every row")
    if share <= 0.0:
        return tr("Empty in all rows looked at") if sampled else tr("Empty in every row")
    if sampled:
        return tr("Filled in about {share} of the rows", share=percent(share))
    return tr("Filled in {share} of the rows", share=percent(share))
