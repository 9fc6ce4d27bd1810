"""Fills the table of a checked list from its ledger, with the rows that the filters ask for, and shows the
contact of the line it is at.

Opens and closes the ledger it reads; checking and changing the list is others'.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject, Signal

from app.flow.checking import order_of
from app.ledger.ledger import Ledger
from app.ui.checking.checked_list import CheckedList, looking_up
from app.ui.job import Job
from app.ui.models.contact_table import ContactTable
from app.ui.session import Session
from app.ui.widgets.checked_view import CheckedView


class CheckedTable(QObject):
    """`filtered` follows when the table shows what the filters ask for, `edited` brings an Edit. While
    `filtering` runs, their rows are being looked up; `changing` says whether the list is being changed."""

    filtered = Signal()
    edited = Signal(object)
    problem = Signal(object)
    crashed = Signal(str)

    def __init__(
        self, session: Session, view: CheckedView, changing: Callable[[], bool], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._view, self._changing = session, view, changing
        self._again = False
        self._due: CheckedList | None = None  # a change whose rows are not shown yet
        self._ledger: Ledger | None = None
        self._model: ContactTable | None = None
        self.filtering, self._closing = Job(self), Job(self)
        self.filtering.done.connect(self._show_rows)
        for job in (self.filtering, self._closing):
            job.problem.connect(self.problem)
            job.crashed.connect(self.crashed)
        view.filters.changed.connect(self._filter)

    @property
    def is_open(self) -> bool:
        """Whether there is a list to look at."""
        return self._ledger is not None

    def open(self, rows: array[int]) -> None:
        """Show these rows of the draft's list. Raises LedgerProblem."""
        draft = self._session.draft
        self._ledger = Ledger.open(order_of(draft).ledger)
        table = self._view.table
        old = self._model
        self._model = ContactTable(self._ledger, draft.schema, draft.sent_mapping, self)
        self._model.show(rows)
        self._due = None
        self._model.edited.connect(self.edited)
        table.setModel(self._model)
        table.set_widths()
        table.selectionModel().currentRowChanged.connect(self._show_contact)
        if old is not None:
            old.deleteLater()
        self._view.show_table(bool(rows))

    def close(self) -> None:
        """Show nothing, and let go of the ledger."""
        if self._model is not None:
            self._model.show(())
        if self._ledger is not None:
            ledger, self._ledger = self._ledger, None
            self._closing.start(lambda _, __: ledger.close())  # the disk may be slow

    def part(self) -> Callable[[], None]:
        """Look nothing up any more; gives what waits until nothing runs, on any thread."""
        return self.filtering.part()

    def take(self, checked: CheckedList) -> None:
        """A change was made: other rows are due, or the cells of those that are shown may be others now."""
        self._again = self._again or self.filtering.running  # it may look at the list as it was
        if checked.rows is not None:
            self._due = checked
        elif self._model is not None:
            self._model.read_again()

    def show_due_rows(self) -> None:
        """The rows after a change, where others are shown than before; unless a filter that was chosen
        meanwhile looks up, or has looked up, its own."""
        due, self._due = self._due, None
        if self._model is None or due is None or due.rows is None:
            return
        if due.wanted == self._view.filters.wanted:
            self._view.show_other_rows(self._model, due.rows)

    def select_first(self) -> None:
        """Go to the first line and show its contact, or that there is none."""
        model = self._model if self._model is not None and self._model.rowCount() > 0 else None
        self._view.show_table(model is not None)
        if model is not None:
            self._view.select_first(model)
        else:
            self._show_contact(QModelIndex())

    def show_contact(self) -> None:
        """Show the contact of the line where the table is, as it is now."""
        self._show_contact(self._view.table.currentIndex())

    def settle(self) -> None:
        """A change is made and shown: what was asked for meanwhile is looked up in the list as it is now."""
        if self._again:
            self._filter()

    def _filter(self) -> None:
        """Look up the rows beside the window: at a million rows it takes a while."""
        self._again = self._changing()
        if self.is_open:
            self.filtering.start(looking_up(self._session.draft, self._view.filters.wanted))

    def _show_rows(self, rows: array[int]) -> None:
        if self._model is not None:
            self._model.show(rows)
            self.select_first()
        self.filtered.emit()

    def _show_contact(self, index: QModelIndex, _: QModelIndex | None = None) -> None:
        contact = self._model.contact(index.row()) if self._model is not None else None
        sentences = self._model.sentences(contact) if self._model is not None and contact is not None else []
        self._view.side.show_contact(self._session.draft, contact, sentences)
