"""All fields of a provider as rows: the needed ones first, the usual ones next, the rest folded away.

Shows the draft's mapping and announces changes to it; the order is fixed until the fields change.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.contacts.fields import ContactSchema, Field, FieldKind, Meaning
from app.contacts.matching import Suggestion
from app.contacts.sources import ColumnSource, Source
from app.flow.draft import ImportDraft, ReadFile
from app.flow.matching import suggestions_for
from app.language import tr, trn
from app.ui.widgets.field_row import NOTHING, ColumnSight, FieldRow, SourceSight
from app.ui.widgets.fold import Fold
from app.ui.widgets.free_field_row import FreeFieldRow
from app.ui.widgets.source_words import source_examples, source_share, source_words
from app.wording import match_reason

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
_FEW = 8
"""With no more fields than this, nothing is folded away."""


class FieldList(QWidget):
    """`chosen` brings a field's key and a column's position, NOTHING or OTHERWISE; `added` new assignments;
    `check_asked` the key of a field whose phone numbers are to be examined."""

    chosen = Signal(str, int)
    added = Signal(object)  # tuple[Assignment, ...]
    check_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, FieldRow] = {}
        self.more = Fold("")
        self.free = FreeFieldRow()
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

    def show_draft(self, draft: ImportDraft, columns: Sequence[ColumnSight]) -> None:
        """Show the draft's mapping; the rows are made anew only where fields or columns are others."""
        shown = (draft.provider_name, draft.schema, columns, _free_keys(draft))
        if shown != self._shown:
            self._shown = shown
            self._rebuild(draft, columns)
        for key, row in self.rows.items():
            source = draft.mapping.source_of(key)
            if source is None or isinstance(source, ColumnSource):
                position = None if source is None else source.position
                row.show_choice(position, _why(self._suggested.get(key), position, columns))
            elif draft.file is not None:
                row.show_source(_sight(source, draft.file))
        self.free.show_used({at for one in draft.mapping.assignments for at in one.positions})

    def _rebuild(self, draft: ImportDraft, columns: Sequence[ColumnSight]) -> None:
        self._clear()
        schema = draft.schema
        found = suggestions_for(draft.file, schema) if draft.file else ()
        self._suggested = {one.field: one for one in found}
        near, far = _sorted(schema, draft, self._suggested)
        for field in near:
            self._add(field, schema, columns, self._near)
        for key in _free_keys(draft):
            free = schema.field(key)
            if free is not None:
                self._add(free, schema, columns, self._extra, removable=True)
        for field in far:
            self._add(field, schema, columns, self.more.content)
        self.more.setVisible(bool(far))
        self.more.set_title(trn("{count} more field", "{count} more fields", len(far)))
        self.free.show_schema(schema, columns)
        self._order_keys({field.key for field in far})

    def _order_keys(self, far: Container[str]) -> None:
        """Tab goes from top to bottom, though rows were made later than what stands below them."""
        free = self.free
        above = [row.combo for key, row in self.rows.items() if key not in far]
        below = [row.combo for key, row in self.rows.items() if key in far]
        stops: list[QWidget] = [
            *above, free.key, free.column, free.add, free.add_all, self.more.header, *below
        ]  # fmt: skip
        for one, following in pairwise(stops):
            QWidget.setTabOrder(one, following)

    def _add(
        self,
        field: Field,
        schema: ContactSchema,
        columns: Sequence[ColumnSight],
        to: QVBoxLayout,
        *,
        removable: bool = False,
    ) -> None:
        row = FieldRow(
            field.key,
            tr(field.label),
            tr(field.hint),
            _need(field.key, schema),
            removable=removable,
            phones=field.kind is FieldKind.PHONE,
        )
        row.show_columns(columns)
        row.chosen.connect(self.chosen)
        row.check_asked.connect(self.check_asked)
        row.removed.connect(lambda key: self.chosen.emit(key, NOTHING))
        self.rows[field.key] = row
        to.addWidget(row)

    def _clear(self) -> None:
        for row in self.rows.values():
            row.hide()
            row.deleteLater()
        self.rows = {}


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
        source_examples(source, file),
        source_share(source, file),
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
            labels = [tr(field.label) if (field := schema.field(one)) else one for one in group]
            return tr("Needed: {fields}", fields=tr(" or ").join(labels))
    return ""
