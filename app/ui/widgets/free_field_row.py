"""Asks for a field that the provider has not declared: a column kept as an extra field, or a field's number.

Makes a key and says when there can be no such field; the mapping is the page's.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.contacts.fields import ContactSchema
from app.contacts.mapping import Assignment
from app.language import listed, tr
from app.ui.widgets.combos import ValueCombo
from app.ui.widgets.enter_line import EnterLine
from app.ui.widgets.field_row import ColumnSight
from app.ui.widgets.flow import Flow
from app.ui.widgets.hues import Tone
from app.ui.widgets.labels import Label, Weight


class FreeFieldRow(QWidget):
    """`added` brings assignments, each of a field's key and a column's position."""

    added = Signal(object)  # tuple[Assignment, ...]

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._schema = ContactSchema(())
        self._headers: dict[int, str] = {}
        self._unused: list[int] = []
        self._filled: frozenset[str] = frozenset()
        self.title = Label("", Weight.STRONG)
        self.key = EnterLine()
        self.key.setAccessibleName(tr("Number of the field"))
        self.key.setPlaceholderText(tr("Number of the field"))
        self.column: ValueCombo[int] = ValueCombo(tr("Column"))
        self.add = QPushButton(tr("Add"), autoDefault=False)
        self.add.setAccessibleName(tr("Add the field"))
        self.add_all = QPushButton(tr("Add all unused columns"), autoDefault=False)
        self.fault = Label("", Weight.SMALL, tone=Tone.BAD)
        self.fault.hide()
        row = Flow()
        for widget in (self.key, self.column, self.add, self.add_all):
            row.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 8)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        layout.addLayout(row)
        layout.addWidget(self.fault)
        self.add.clicked.connect(self._add)
        self.add_all.clicked.connect(self._add_all)
        self.key.entered.connect(self._add)

    def show_schema(self, schema: ContactSchema, columns: Sequence[ColumnSight]) -> None:
        """Offer what `schema` accepts beyond its fields, from `columns`; hidden if that is nothing."""
        self._schema = schema
        self._headers = {one.position: one.header for one in columns}
        self.setVisible(schema.free is not None)
        if schema.free is None:
            return
        by_header = bool(schema.free.template)
        self.title.setText(tr("Add a field: {kind}", kind=tr(schema.free.label)))
        self.key.setVisible(not by_header)
        self.add_all.setVisible(by_header)
        entries = [(tr("Choose a column"), -1), *((one.header, one.position) for one in columns)]
        self.column.fill(entries, -1)

    def show_used(self, positions: Container[int], filled: Iterable[str]) -> None:
        """Remember which columns fill a field already, and the keys of the fields that are filled."""
        self._filled = frozenset(filled)
        self._unused = [position for position in self._headers if position not in positions]
        self.add_all.setEnabled(bool(self._unused))

    def _add(self) -> None:
        position, free = self.column.value, self._schema.free
        if free is None:
            return
        if position is None or position < 0:
            self._complain(tr("Choose a column first."))
            return
        typed = self.key.text().strip()
        key = self._key_for(position) if free.template else typed
        if self._schema.field(key) is None:
            self._complain(
                tr("There can be no field “{key}”. Look up its number with your provider.", key=key)
                if key
                else tr("Type the number of the field first.")
            )
            return
        if key in self._filled:
            self._complain(
                tr("“{field}” is filled already. Leave it empty first, or choose another.", field=key)
            )
            return
        self._complain("")
        self.key.clear()
        self.column.choose(-1)
        self.added.emit((Assignment(key, position),))

    def _add_all(self) -> None:
        made: dict[str, Assignment] = {}
        twice: list[str] = []
        for position in self._unused:
            key = self._key_for(position)
            if key in self._filled or key in made:
                twice.append(self._headers[position])
            elif self._schema.field(key) is not None:
                made[key] = Assignment(key, position)
        named = listed(twice)
        self._complain(
            tr("Left out, as their field is filled already: {columns}", columns=named) if twice else ""
        )
        self.added.emit(tuple(made.values()))

    def _key_for(self, position: int) -> str:
        """The key made from the column's header, spelled as the suggestions spell it."""
        header = " ".join(self._headers[position].split())
        return self._schema.free.template.format(header=header) if self._schema.free else ""

    def _complain(self, fault: str) -> None:
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault))
