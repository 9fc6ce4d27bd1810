"""Everything there is to see of a checked list: the sum, the filters, the table, and what stands beside it.

Lays out and shows; what the parts ask for is the page's.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QSplitter, QVBoxLayout, QWidget

from app.flow.draft import ImportDraft
from app.language import tr
from app.ui.checking.checked_list import CheckedList
from app.ui.checking.review import Review
from app.ui.models.contact_table import ContactTable
from app.ui.notice import announce
from app.ui.widgets.check_side import CheckSide
from app.ui.widgets.contact_filters import ContactFilters, Rows, Wanted
from app.ui.widgets.contact_view import ContactView
from app.ui.widgets.flow import Flow
from app.ui.widgets.fold import Fold
from app.ui.widgets.labels import Label, Weight
from app.ui.widgets.list_rules import ListRules
from app.ui.widgets.sum_line import SumLine
from app.ui.widgets.views import Views
from app.ui.widgets.working import Working

_LEAST = 264  # pixels, the height of the table and of what stands beside it
_WIDTHS = [680, 352]
_GAP = 16


class CheckedView(QWidget):
    """The parts are public; `changing` is shown while a change takes its time, `reading` while a list of
    people to leave out is read. `side` is made when it is first asked for, which `side_made` follows."""

    side_made = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        # From the outside in: whatever moves into another widget is dressed anew, with all that is in it.
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        top = Flow(_GAP)
        column.addLayout(top)
        self.sum_line = SumLine()
        # Where the window is small, what is set up once makes room for the list itself.
        self.tools = Fold(tr("Search, filters and rules"))
        self.agree = QPushButton(tr("What you have to agree to..."), autoDefault=False)
        self.agree.setObjectName("small")
        self.rules = ListRules()
        for part in (self.sum_line, self.tools, self.agree, self.rules):
            top.addWidget(part)
        self.filters = ContactFilters()
        self.changing, self.reading = Working(tr("Stop")), Working(tr("Stop"))
        for under in (self.filters, self.changing, self.reading):
            column.addWidget(under)
        self._split = _Split(self)
        column.addWidget(self._split, stretch=1)
        self._stack = Views()
        self._split.addWidget(self._stack)
        self.table = ContactView()
        self._stack.addWidget(self.table)
        self.all_again = QPushButton(tr("Show all contacts"), autoDefault=False)
        self._empty = self._made_empty()
        self._stack.addWidget(self._empty)
        self._side: CheckSide | None = None
        self._split.setStretchFactor(0, 1)
        self._split.setHandleWidth(_GAP)
        self._split.setChildrenCollapsible(False)
        self._narrow = False
        self.tools.hide()
        self.agree.hide()
        self._lay_split()
        self._connect()

    def _connect(self) -> None:
        self.all_again.clicked.connect(self.filters.show_everything)
        self.tools.header.toggled.connect(self._fit_tools)
        self.filters.changed.connect(self._open_tools)
        self.agree.clicked.connect(lambda: self.side.go_to_ticks())
        self.table.clicked.connect(lambda _: self.side.show_contact_tab())

    @property
    def side(self) -> CheckSide:
        """What stands beside the table, or under it. With it in one turn, the window would stand still for
        too long while all this is made."""
        if self._side is None:
            self._side = side = CheckSide(self._split)
            self._split.addWidget(side)
            self._lay_split()
            side.ticks.changed.connect(self._fit_tools)
            side.findings.kind_wanted.connect(lambda _: self.table.setFocus())  # what was found is there
            self.side_made.emit()
        return self._side

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():  # else the window was only out of sight
            announce(self, self.sum_line.accessibleName())

    def show_counts(self, checked: CheckedList, wanted: Wanted | None = None) -> None:
        """All numbers; without `wanted`, the filters ask for what they did before."""
        totals, schema = checked.totals, checked.draft.schema
        self.filters.show_counts(checked.counts, totals, schema, wanted)
        self.filters.show_steps(checked.undoable, checked.redoable)
        self.side.findings.show_findings(totals.findings, checked.keeping_back, totals.left_out, schema)
        self.sum_line.show_list(totals)
        self._open_tools()

    def show_narrow(self, narrow: bool) -> None:
        """Put what stands beside the table under it, and what is above it away; or back."""
        self._narrow = narrow
        self._fit_tools()
        self.rules.show_narrow(narrow)
        self._lay_split()

    def _lay_split(self) -> None:
        narrow = self._narrow
        self._split.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)
        self._split.setMinimumHeight(2 * _LEAST + _GAP if narrow else _LEAST)
        self._split.setSizes([_LEAST, _LEAST] if narrow else _WIDTHS)

    def show_table(self, filled: bool) -> None:
        """Show the table, or that there is nothing in it."""
        self._stack.setCurrentWidget(self.table if filled else self._empty)
        self.all_again.setVisible(self.filters.wanted != Wanted())

    def review(self, draft: ImportDraft) -> Review:
        """What is set up now, for that draft."""
        return Review(draft, self.filters.wanted, self.side.ticks.agreed)

    def select_first(self, model: ContactTable) -> None:
        """The first line; where rows with a kind of finding are shown, the cell that has it."""
        kind = self.filters.wanted.kind
        column = 0 if kind is None else model.column_found(0, kind)
        self.table.setCurrentIndex(model.index(0, column))  # which shows that contact
        self.table.scrollToTop()

    def rows_meant(self, rows: Rows) -> array[int]:
        """The sheet rows of the chosen lines, or of all that are shown."""
        model = self.table.model()
        if not isinstance(model, ContactTable):
            return array("q")
        lines = [range(len(model.rows))] if rows is Rows.SHOWN else self.table.chosen_lines
        return model.rows_at(lines)

    def show_other_rows(self, model: ContactTable, rows: Sequence[int]) -> None:
        """The rows of the same filter after a change, at the same place."""
        bar = self.table.verticalScrollBar()
        line, place = self.table.currentIndex().row(), bar.value()
        model.show(rows)
        self.show_table(len(rows) > 0)
        if len(rows):
            self.table.selectRow(max(0, min(line, len(rows) - 1)))
            bar.setValue(place)

    def _open_tools(self) -> None:
        """Nobody looks at a part of the list without seeing which."""
        if self.filters.wanted != Wanted():
            self.tools.open()

    def _fit_tools(self) -> None:
        shown = self.tools.is_open or not self._narrow
        self.tools.setVisible(self._narrow)
        self.agree.setVisible(self._narrow and not self.side.ticks.complete)
        for part in (self.rules, self.filters):
            part.setVisible(shown)

    def _made_empty(self) -> QWidget:
        empty = QWidget()
        column = QVBoxLayout(empty)
        column.setSpacing(16)
        column.addStretch(1)
        centre = Qt.AlignmentFlag.AlignCenter
        column.addWidget(Label(tr("There are no such contacts."), Weight.QUIET, wrap=False), alignment=centre)
        column.addWidget(self.all_again, alignment=centre)
        column.addStretch(1)
        return empty


class _Split(QSplitter):
    """Asks for no more than its least height: a page scrolls where it can't have what it asks for."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), max(self.minimumHeight(), self.minimumSizeHint().height()))
