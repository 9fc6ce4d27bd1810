"""One field of the provider: which column fills it, what is in that column, and why it was suggested.

Shows a choice and announces another; the mapping is the page's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QWidget

from app.language import tr
from app.ui.widgets.combos import ValueCombo
from app.ui.widgets.hues import Tone
from app.ui.widgets.labels import Label, ShortLabel, Weight

NOTHING = -1
"""The value of the entry that leaves a field empty."""

_LABEL_SHARE, _COMBO_SHARE, _VALUES_SHARE = 26, 30, 44


@dataclass(frozen=True, slots=True)
class ColumnSight:
    """What a column looks like: its header, a few of its values, the share (0.0 to 1.0) that is filled.

    `sampled` says that only the first rows were looked at.
    """

    position: int
    header: str
    examples: tuple[str, ...]
    filled: float
    sampled: bool = False


class FieldRow(QWidget):
    """`chosen` brings the field's key and a column's position, or NOTHING."""

    chosen = Signal(str, int)
    removed = Signal(str)

    def __init__(self, key: str, label: str, hint: str, need: str = "", *, removable: bool = False) -> None:
        super().__init__()
        self.key, self.label = key, label
        self._columns: dict[int, ColumnSight] = {}
        self.combo: ValueCombo[int] = ValueCombo(tr("Column for {field}", field=label))
        self.combo.setAccessibleDescription(" ".join((need, hint)).strip())
        self.combo.activated.connect(self._choose)
        self.examples = ShortLabel()
        self.note = ShortLabel("", Weight.SMALL)
        self._lay(label, hint, need, removable)

    def show_columns(self, columns: Sequence[ColumnSight]) -> None:
        """Take the columns that may be chosen."""
        self._columns = {column.position: column for column in columns}
        self.combo.fill(
            [(tr("Leave empty"), NOTHING), *((one.header, one.position) for one in columns)], NOTHING
        )

    def show_choice(self, position: int | None, reason: str) -> None:
        """Show the column that fills the field, and why; or what speaks for one, if none does."""
        self.combo.choose(NOTHING if position is None else position)
        column = self._columns.get(NOTHING if position is None else position)
        if column is None:
            self.examples.setText("")
            self.note.setText(reason)
            return
        self.examples.setText("   \u00b7   ".join(" ".join(one.split()) for one in column.examples))
        filled = _filled_words(column)
        self.note.setText(tr("{filled}. {reason}", filled=filled, reason=reason) if reason else filled)
        self.note.set_tone(Tone.WARNING if column.filled == 0.0 else None)

    def _choose(self) -> None:
        self.chosen.emit(self.key, NOTHING if self.combo.value is None else self.combo.value)

    def _lay(self, label: str, hint: str, need: str, removable: bool) -> None:
        title = Label(label, Weight.STRONG if need else Weight.PLAIN)
        title.setBuddy(self.combo)
        below = ShortLabel(need or hint, Weight.SMALL)
        below.setToolTip(hint)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 8, 4)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.addWidget(title, 0, 0)
        grid.addLayout(self._combo_and_remove(removable), 0, 1)
        grid.addWidget(self.examples, 0, 2)
        grid.addWidget(below, 1, 0)
        grid.addWidget(self.note, 1, 1, 1, 2)
        for column, share in enumerate((_LABEL_SHARE, _COMBO_SHARE, _VALUES_SHARE)):
            grid.setColumnStretch(column, share)
            grid.setColumnMinimumWidth(column, share * 4)

    def _combo_and_remove(self, removable: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.combo, stretch=1)
        if removable:
            remove = QPushButton(tr("Remove"), autoDefault=False)
            remove.setAccessibleName(tr("Remove {field}", field=self.label))
            remove.clicked.connect(lambda: self.removed.emit(self.key))
            row.addWidget(remove, alignment=Qt.AlignmentFlag.AlignRight)
        return row


def _filled_words(column: ColumnSight) -> str:
    if column.filled >= 1.0:
        return tr("Filled in all of the first rows") if column.sampled else tr("Filled in every row")
    if column.filled <= 0.0:
        return tr("Empty in all of the first rows") if column.sampled else tr("Empty in every row")
    percent = min(99, max(1, round(column.filled * 100)))
    if column.sampled:
        return tr("Filled in {percent} % of the first rows", percent=percent)
    return tr("Filled in {percent} % of the rows", percent=percent)
