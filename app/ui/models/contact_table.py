"""The checked contacts as a Qt table: one line a contact, read from the ledger page by page.

Formats for the eye, takes edits and remembers the last pages; which rows are shown is decided by whoever
calls `show`.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.contacts.contact import UNUSABLE, CheckedContact, Finding, FindingKind, Level, Value
from app.contacts.fields import ContactSchema
from app.contacts.mapping import ColumnMapping
from app.contacts.sources import ColumnSource
from app.language import apart, listed, number, shown, tr, without_tricks
from app.ledger.ledger import Ledger
from app.ui.models.cell_look import CellLook
from app.ui.widgets.marks import level_icon
from app.wording import finding_sentence, status_word

ROWS_A_PAGE = 32  # about as many as are seen: more would be read for each jump of the scroll bar
PAGES_KEPT = 128

ROW, STATUS, FOUND = range(3)
FIELDS_FROM = 3
_RANK = {Level.FIXED: 1, Level.WARNING: 2, Level.BLOCKING: 3}
_ANSWERED = frozenset(
    int(role)
    for role in (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.EditRole,
        Qt.ItemDataRole.DecorationRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleDescriptionRole,
    )
)
_LOST = UNUSABLE | {FindingKind.TOO_LONG}  # kinds whose text is not sent
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_FLAGS = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
_EDITABLE = _FLAGS | Qt.ItemFlag.ItemIsEditable  # asked of every cell at every painting
_Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()  # the place above all lines


_NOTHING = CellLook("")


@dataclass(frozen=True, slots=True)
class Edit:
    """A cell that the user typed anew: sheet row, 0-based column of the sheet, text."""

    row: int
    position: int
    text: str


class ContactTable(QAbstractTableModel):
    """Columns: row number, what happens, what was found, then one for each assignment of `mapping`.

    Where a field is simply one column, its cell can be edited as the sheet has it: `edited` brings an Edit,
    and whoever has checked the row again calls `read_again`.
    """

    edited = Signal(object)

    def __init__(
        self, ledger: Ledger, schema: ContactSchema, mapping: ColumnMapping, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._ledger = ledger
        self._schema = schema
        self._fields = tuple(one.field for one in mapping.assignments)
        self._positions = tuple(
            one.position if isinstance(one.reads, ColumnSource) else None for one in mapping.assignments
        )
        self._rows: Sequence[int] = ()
        self._pages: OrderedDict[int, tuple[CheckedContact, ...]] = OrderedDict()

    def show(self, rows: Sequence[int]) -> None:
        """Show the contacts of these sheet rows, in this order."""
        self.beginResetModel()
        self._rows = rows
        self._pages.clear()
        self.endResetModel()

    @property
    def rows(self) -> Sequence[int]:
        """The sheet rows that are shown, line by line."""
        return self._rows

    def rows_at(self, lines: Iterable[range]) -> array[int]:
        """The sheet rows that are shown in these lines."""
        rows = array("q")
        for piece in lines:
            rows.extend(self._rows[piece.start : piece.stop])
        return rows

    def read_again(self) -> None:
        """The contacts shown may have changed."""
        self._pages.clear()
        if self._rows:
            last = self.index(len(self._rows) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def contact(self, line: int) -> CheckedContact | None:
        """The contact shown in a line (0-based), or None."""
        if not 0 <= line < len(self._rows):
            return None
        page_at, place = divmod(line, ROWS_A_PAGE)
        page = self._page(page_at)
        return page[place] if place < len(page) else None

    def column_found(self, line: int, kind: FindingKind) -> int:
        """The column of the field in which this was found in a line; 0 where no shown field has it."""
        contact = self.contact(line)
        found = [one.field for one in contact.findings if one.kind is kind] if contact else []
        keys = {key for one in found for key in (one, *one.split(", "))}
        return next((FIELDS_FROM + at for at, key in enumerate(self._fields) if key in keys), 0)

    def label(self, key: str) -> str:
        """What the user calls a field."""
        field = self._schema.field(key)
        return apart(tr(field.label) if field else key)

    def meaning(self, key: str, value: str) -> str:
        """What a provider's number stands for; a value that is a word says it itself."""
        field = self._schema.field(key) if value.isdigit() else None
        choices = field.choices if field else ()
        return next((tr(one.label) for one in choices if one.value == value), "")

    def sentences(self, contact: CheckedContact) -> list[str]:
        """What was found in a contact, the worst first."""
        ordered = sorted(contact.findings, key=lambda one: -_RANK[one.level])
        return [self._sentence(finding) for finding in ordered]

    def look(self, line: int, column: int) -> CellLook:
        """What the cell shows; nothing where there is no contact."""
        contact = self.contact(line)
        if contact is None:
            return _NOTHING
        if column >= FIELDS_FROM:
            return self._field_look(contact, self._fields[column - FIELDS_FROM])
        if column == ROW:
            return CellLook(number(contact.row), right=True)
        if column == STATUS:
            return CellLook(status_word(contact.status))
        if not contact.findings:
            return _NOTHING
        return CellLook(" ".join(self.sentences(contact)), _worst(contact.findings))

    # What Qt asks.

    def rowCount(self, parent: _Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _TOP) -> int:
        return 0 if parent.isValid() else FIELDS_FROM + len(self._fields)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section == ROW:
            return _RIGHT
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if section >= FIELDS_FROM:
            return self.label(self._fields[section - FIELDS_FROM])
        return (tr("Row"), tr("What happens"), tr("What was found"))[section]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _ANSWERED:
            return None
        line, column = index.row(), index.column()
        contact = self.contact(line)
        if contact is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.look(line, column).text
        if role == Qt.ItemDataRole.EditRole:
            position = self._position(column)
            return None if position is None else self._cell(contact.row, position)
        if role == Qt.ItemDataRole.DecorationRole:
            level = self.look(line, column).level
            return None if level is None else level_icon(level)
        return self._tip(contact, column, role)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        column = index.column()
        if column < 0:
            return Qt.ItemFlag.NoItemFlags
        return _FLAGS if self._position(column) is None else _EDITABLE

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802
        position = self._position(index.column())
        contact = self.contact(index.row())
        if role != Qt.ItemDataRole.EditRole or position is None or contact is None:
            return False
        text = str(value)
        if text != self._cell(contact.row, position):
            self.edited.emit(Edit(contact.row, position, text))
        return False  # what is shown changes when the row has been checked again

    def _position(self, column: int) -> int | None:
        """The column of the sheet that a cell of this column can be edited in."""
        place = column - FIELDS_FROM
        return self._positions[place] if 0 <= place < len(self._positions) else None

    def _cell(self, row: int, position: int) -> str:
        cells = self._ledger.corrections.cells_of([row]).get(row, ())
        return cells[position] if position < len(cells) else ""

    def _field_look(self, contact: CheckedContact, key: str) -> CellLook:
        value = contact.values.get(key, "")
        if not contact.findings:
            return CellLook(shown_value(value))
        here = _found_in(contact, key)
        level = _worst(here) if here else None
        if value:
            return CellLook(shown_value(value), level)
        # What can't be sent is seen all the same, struck through.
        lost = next((one.before for one in here if one.kind in _LOST), "")
        return CellLook(shown_value(lost), level, bool(lost))

    def _tip(self, contact: CheckedContact, column: int, role: int) -> str | None:
        """What was found, in a tool tip of its column and of each cell; spoken, of the cells alone."""
        if column >= FIELDS_FROM:
            here = _found_in(contact, self._fields[column - FIELDS_FROM])
            return _tip([self._sentence(finding) for finding in here]) if here else None
        if column == FOUND and contact.findings and role == Qt.ItemDataRole.ToolTipRole:
            return _tip(self.sentences(contact))
        return None

    def _sentence(self, finding: Finding) -> str:
        values = finding._replace(before=apart(finding.before), after=apart(finding.after))
        return finding_sentence(values, self.label, self.meaning)

    def _page(self, page_at: int) -> tuple[CheckedContact, ...]:
        page = self._pages.get(page_at)
        if page is None:
            first = page_at * ROWS_A_PAGE
            page = self._ledger.contacts.of_rows(self._rows[first : first + ROWS_A_PAGE])
            self._pages[page_at] = page
            if len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(page_at)
        return page


def shown_value(value: Value) -> str:
    """A cleaned value as one line of text."""
    return without_tricks(value) if isinstance(value, str) else listed(value)


def _tip(sentences: Sequence[str]) -> str:
    """Lines for a tool tip. Tool tips guess at markup; a text from a file must not be taken for any."""
    return shown("\n".join(sentences)).replace("<", "\u2039")


def _found_in(contact: CheckedContact, key: str) -> list[Finding]:
    return [finding for finding in contact.findings if key in finding.field.split(", ")]


def _worst(findings: Sequence[Finding]) -> Level:
    return max((finding.level for finding in findings), key=_RANK.__getitem__)
