"""A form made from a provider's options: each with its words, its answer, and the consequence of that answer.

Shows what is declared and announces answers; it knows no provider and keeps nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.language import tr
from app.providers.contract import OptionFault
from app.providers.options import Option, OptionKind, Options
from app.ui.widgets.option_rows import ChoiceRow, IntegerRow, OptionRow, SwitchRow, TextRow, TextsRow

_ROWS: dict[OptionKind, type[OptionRow]] = {
    OptionKind.SWITCH: SwitchRow,
    OptionKind.CHOICE: ChoiceRow,
    OptionKind.TEXT: TextRow,
    OptionKind.TEXTS: TextsRow,
    OptionKind.INTEGER: IntegerRow,
}


class OptionForm(QWidget):
    """`answered` brings an option's key and its new value; the other signals are those of OptionRow.

    Hidden while there is nothing to ask.
    """

    answered = Signal(str, object)  # OptionValue
    fetch_asked = Signal(str)
    create_asked = Signal(str, str)
    picked = Signal(str, object)  # OptionChoice

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, OptionRow] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(16)

    def show_options(self, asked: Sequence[Option], values: Options, faults: Sequence[OptionFault]) -> None:
        """Show these options with their values; rows that stay are kept, with the cursor in them."""
        self.setVisible(bool(asked))
        keys = [option.key for option in asked]
        if keys != list(self.rows) or any(self.rows[option.key].option != option for option in asked):
            self._rebuild(asked)
        said = {fault.option: tr(fault.why).format(limit=fault.limit) for fault in faults}
        for option in asked:
            self.rows[option.key].show_value(values[option.key], said.get(option.key, ""))

    def _rebuild(self, asked: Sequence[Option]) -> None:
        kept = {
            option.key: self.rows[option.key]
            for option in asked
            if option.key in self.rows and self.rows[option.key].option == option
        }
        for key, row in self.rows.items():
            self._layout.removeWidget(row)
            if key not in kept:
                row.hide()
                row.deleteLater()
        self.rows = {}
        for option in asked:
            row = kept.get(option.key) or self._made(option)
            self.rows[option.key] = row
            self._layout.addWidget(row)

    def _made(self, option: Option) -> OptionRow:
        row = _ROWS[option.kind](option, self)
        row.answered.connect(self.answered)
        row.fetch_asked.connect(self.fetch_asked)
        row.create_asked.connect(self.create_asked)
        row.picked.connect(self.picked)
        return row
