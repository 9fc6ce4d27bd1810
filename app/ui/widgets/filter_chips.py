"""A row of filters with counts, of which one is chosen.

Knows labels and counts; what a filter does is the caller's.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from app.language import number
from app.ui.widgets.flow import Flow


class FilterChips(QWidget):
    """Emits `chosen` with the position of the chosen filter when the user chooses another one."""

    chosen = Signal(int)

    def __init__(self, name: str, labels: Sequence[str]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._labels = tuple(labels)
        self._group = QButtonGroup(self)
        row = Flow()
        self.setLayout(row)
        for position, label in enumerate(self._labels):
            chip = QPushButton(label, autoDefault=False)
            chip.setCheckable(True)
            chip.setObjectName("chip")
            self._group.addButton(chip, position)
            row.addWidget(chip)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(self.chosen)

    def chip(self, position: int) -> QPushButton:
        """One of the chips, by position."""
        found = self._group.button(position)
        if not isinstance(found, QPushButton):
            raise IndexError(position)
        return found

    @property
    def chosen_number(self) -> int:
        """The position of the chosen filter."""
        return self._group.checkedId()

    def show_counts(self, counts: Sequence[int]) -> None:
        """Write the counts on the chips; one that shows nothing can't be chosen, unless it is."""
        for position, count in enumerate(counts):
            chip = self.chip(position)
            chip.setText(f"{self._labels[position]}  {number(count)}")
            chip.setEnabled(count > 0 or chip.isChecked())

    def choose(self, position: int) -> None:
        """Check a chip without telling."""
        self.chip(position).setChecked(True)
