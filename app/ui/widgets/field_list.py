"""All fields of a provider as rows: the needed ones first, the usual ones next, the rest folded away.

Shows the draft's mapping and announces changes to it; the order is fixed until the fields change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.contacts.fields import ContactSchema, Field, FieldKind, Meaning
from app.contacts.matching import MatchReason, Suggestion
from app.contacts.names import NamePart
from app.contacts.sources import ColumnSource, Source, SplitName, reading_of
from app.flow.draft import ImportDraft, ReadFile
from app.flow.matching import examples, share_filled, suggestions_for
from app.language import tr, trn
from app.ui.widgets.field_row import NOTHING, ColumnSight, FieldRow, SourceSight
from app.ui.widgets.fold import Fold
from app.ui.widgets.free_field_row import FreeFieldRow
from app.ui.widgets.source_words import recalled_reason, source_words
from app.wording import either, match_reason

USUAL = frozenset(
    {
        Meaning.EMAIL,
        Meaning.MOBILE,
        Meaning.FULL_NAME,
        Meaning.FIRST_NAME,
        Meaning.LAST_NAME,
        Meaning.BIRTH_DATE,
        Meaning.CITY,
        Meaning.COUNTRY,
        Meaning.LANGUAGE,
        Meaning.COMPANY,
    }
)
_PARTS = {Meaning.FIRST_NAME: NamePart.FIRST, Meaning.LAST_NAME: NamePart.LAST}
_FEW = 8
"""With no more fields than this, nothing is folded away."""
_AT_ONCE = 1
"""Rows made before the page is seen; more are made while it is."""


class _Place(NamedTuple):
    """Where a field's row goes."""

    field: Field
    layout: QVBoxLayout
    removable: bool = False


class FieldList(QWidget):
    """`chosen` brings a field's key and a column's position, NOTHING or OTHERWISE; `added` new assignments;
    `check_asked` the key of a field whose phone numbers are to be examined; `clearing` a field's key, and
    whether empty cells clear it."""

    chosen = Signal(str, int)
    added = Signal(object)  # tuple[Assignment, ...]
    check_asked = Signal(str)
    clearing = Signal(str, bool)

    following: Sequence[QWidget] = ()  # what Tab comes to after the list
    _draft: ImportDraft  # that is shown
    _clearable: frozenset[str]  # its fields that an empty cell may clear

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, FieldRow] = {}
        self._columns: Sequence[ColumnSight] = ()
        self._narrow = False
        self._far: set[str] = set()  # keys of the fields that are folded away
        self._to_make: list[_Place] = []
        self._making = QTimer(self, interval=0)  # when nothing else is to be done
        self._making.timeout.connect(self._make_one)
        self.more = Fold("", self)
        self.free = FreeFieldRow(self)
        self.free.added.connect(self.added)
        self._shown: object = None
        self._suggested: dict[str, Suggestion] = {}
        self._near, self._extra = QVBoxLayout(), QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for part in (self._near, self._extra):
            part.setSpacing(4)
        layout.addLayout(self._near)
        layout.addLayout(self._extra)
        layout.addWidget(self.free)
        layout.addWidget(self.more)

    @property
    def made(self) -> Mapping[str, FieldRow]:
        """The rows that somebody may have seen, by their fields' keys."""
        return self._rows

    @property
    def rows(self) -> Mapping[str, FieldRow]:
        """Every field's row, by the field's key. Rows that nobody has seen yet are made now."""
        while self._to_make:
            self._make_one()
        return self._rows

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._to_make:
            self._making.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._making.stop()  # what nobody sees can wait

    def show_narrow(self, narrow: bool) -> None:
        """The window is narrow, or is not."""
        self._narrow = narrow
        for row in self._rows.values():
            row.show_narrow(narrow)

    def part_of_whole_name(self, key: str) -> Source | None:
        """How a field for a first or a last name is filled from a column with whole ones, if there is one."""
        field = self._draft.schema.field(key)
        part = _PARTS.get(field.meaning) if field and field.meaning else None
        whole = (one for one in self._suggested.values() if one.reason is MatchReason.WHOLE_NAME)
        return next((SplitName(one.position, part) for one in whole), None) if part else None

    def show_draft(self, draft: ImportDraft, columns: Sequence[ColumnSight]) -> None:
        """Show the draft's mapping; the rows are made anew only where fields or columns are others.

        A row takes milliseconds, and there may be hundreds: the first are made at once, the others one by one
        while the window goes on answering.
        """
        self._draft, self._columns = draft, columns
        self._clearable = draft.clearable(draft.mapping)
        shown = (draft.provider_name, draft.schema, columns, _free_keys(draft))
        if shown != self._shown:
            self._shown = shown
            self._rebuild(draft, columns)
        for key in self._rows:
            self._show_mapped(key)
        mapped = draft.mapping.assignments
        self.free.show_used({at for one in mapped for at in one.positions}, (one.field for one in mapped))

    def _rebuild(self, draft: ImportDraft, columns: Sequence[ColumnSight]) -> None:
        self._clear()
        schema = draft.schema
        found = suggestions_for(draft.file, schema) if draft.file else ()
        self._suggested = {one.field: one for one in found}
        near, far = _sorted(schema, draft, self._suggested)
        named = (schema.field(key) for key in _free_keys(draft))
        self._to_make = [
            *(_Place(field, self._near) for field in near),
            *(_Place(field, self._extra, removable=True) for field in named if field is not None),
            *(_Place(field, self.more.content) for field in far),
        ]
        self._far = {field.key for field in far}
        for _ in self._to_make[:_AT_ONCE]:
            self._make_one()
        if self.isVisible():
            self._making.start()
        self.more.setVisible(bool(far))
        self.more.set_title(trn("{count} more field", "{count} more fields", len(far)))
        self.free.show_schema(schema, columns)

    def _order_keys(self) -> None:
        """Tab goes from top to bottom, though rows were made later than what stands below them."""
        free = self.free
        above = [stop for key, row in self._rows.items() if key not in self._far for stop in row.stops]
        below = [stop for key, row in self._rows.items() if key in self._far for stop in row.stops]
        stops: list[QWidget] = [
            *above, free.key, free.column, free.add, free.add_all, self.more.header, *below, *self.following
        ]  # fmt: skip
        for one, following in pairwise(stops):
            QWidget.setTabOrder(one, following)

    def _make_one(self) -> None:
        if self._to_make:
            place = self._to_make.pop(0)
            self._add(place)
            self._show_mapped(place.field.key)
        if not self._to_make:
            self._making.stop()
            self._order_keys()

    def _show_mapped(self, key: str) -> None:
        row, draft = self._rows[key], self._draft
        source = draft.mapping.source_of(key)
        recalled = draft.recalled if draft.recalled and draft.recalled.explains(key, source) else None
        if source is None or isinstance(source, ColumnSource):
            position = None if source is None else source.position
            why = _why(self._suggested.get(key), position, self._columns)
            row.show_choice(position, recalled_reason(recalled) if recalled else why)
        elif draft.file is not None:
            row.show_source(_sight(source, draft.file), recalled_reason(recalled) if recalled else "")
        row.show_clearing(key in self._clearable, key in draft.mapping.clearing)

    def _add(self, place: _Place) -> None:
        field = place.field
        row = FieldRow(
            field.key,
            tr(field.label),
            tr(field.hint),
            _need(field.key, self._draft.schema),
            removable=place.removable,
            phones=field.kind is FieldKind.PHONE,
            parent=place.layout.parentWidget(),
        )
        row.show_columns(self._columns)
        if self._narrow:
            row.show_narrow(True)
        row.chosen.connect(self.chosen)
        row.check_asked.connect(self.check_asked)
        row.clearing.connect(self.clearing)
        row.removed.connect(lambda key: self.chosen.emit(key, NOTHING))
        self._rows[field.key] = row
        place.layout.addWidget(row)

    def _clear(self) -> None:
        for row in self._rows.values():
            row.hide()
            row.deleteLater()
        self._rows = {}


def _why(suggestion: Suggestion | None, position: int | None, columns: Sequence[ColumnSight]) -> str:
    """The reason for the column that was chosen, or for the one that could be; else ""."""
    if suggestion is None:
        return ""
    if position == suggestion.position:
        return match_reason(suggestion)
    header = next((one.header for one in columns if one.position == suggestion.position), "")
    if position is None and header:
        return tr(
            "Perhaps “{header}”? {reason}", header=" ".join(header.split()), reason=match_reason(suggestion)
        )
    return ""


def _sight(source: Source, file: ReadFile) -> SourceSight:
    return SourceSight(
        source_words(source, file.headers),
        examples(file, reading_of(source)),
        share_filled(file, reading_of(source)),
        sampled=len(file.first) < file.read - file.blank,
    )


def _free_keys(draft: ImportDraft) -> tuple[str, ...]:
    """The mapped fields that the provider has not declared."""
    declared = {field.key for field in draft.schema.fields}
    return tuple(one.field for one in draft.mapping.assignments if one.field not in declared)


def _sorted(
    schema: ContactSchema, draft: ImportDraft, suggested: dict[str, Suggestion]
) -> tuple[list[Field], list[Field]]:
    """The fields to show at once, the needed ones first, and those to fold away."""
    needed = {*schema.required, *(key for group in schema.one_of for key in group)}
    first = [field for field in schema.fields if field.key in needed]
    others = [field for field in schema.fields if field.key not in needed]
    if len(schema.fields) <= _FEW:
        return [*first, *others], []
    mapped = {one.field for one in draft.mapping.assignments}
    near = [one for one in others if one.key in mapped or one.key in suggested or one.meaning in USUAL]
    return [*first, *near], [one for one in others if one not in near]


def _need(key: str, schema: ContactSchema) -> str:
    if key in schema.required:
        return tr("Needed")
    for group in schema.one_of:
        if key in group:
            return tr("Needed: {fields}", fields=either(group, schema))
    return ""
