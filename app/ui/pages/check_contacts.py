"""check_contacts: the preview of every contact, what was found in it, and exactly what will be sent.

The last page before anything leaves this machine. Checking is flow's, reading the ledger the model's.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QLabel, QSplitter, QStackedWidget, QWizard

from app.flow.account import ExistingCount
from app.flow.preview import requests_for
from app.language import tr, trn
from app.ledger.ledger import Ledger
from app.problems import Problem
from app.progress import Progress
from app.ui.checked_list import CheckedList, checking, counting_existing, looking_up
from app.ui.job import Job
from app.ui.models.contact_table import ContactTable
from app.ui.pages.page import DraftPage
from app.ui.session import Session
from app.ui.widgets.check_side import CheckSide
from app.ui.widgets.contact_filters import ContactFilters, Wanted
from app.ui.widgets.contact_view import ContactView
from app.ui.widgets.sum_line import SumLine
from app.ui.widgets.working import Working


class CheckContactsPage(DraftPage):
    """The commit page: its commit button says how many contacts will be uploaded.

    `filtered` follows when the table shows what a filter asked for.
    """

    filtered = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(
            session,
            tr("Check the contacts"),
            tr("Every row of your file, with what was corrected and what stays behind. Nothing is sent yet."),
        )
        self.setCommitPage(True)
        self._ledger: Ledger | None = None
        self._model: ContactTable | None = None
        self._checking = _job(self, self._show_checked)
        self._checking.moved.connect(self._show_progress)
        self._checking.stopped.connect(self._show_stopped)
        self._filtering = _job(self, self._show_rows)
        self._counting = _job(self, self._show_existing)
        self._counting.moved.connect(self._show_counting)
        self._counting.problem.connect(self._show_not_counted)
        self._build()

    def _build(self) -> None:
        self.working = Working(tr("Stop"), tr("Check again"))
        self.working.stop_wanted.connect(self._checking.ask_to_stop)
        self.working.again_wanted.connect(self._check)
        self.sum_line = SumLine()
        self.filters = ContactFilters()
        self.filters.changed.connect(self._filter)
        self.table = ContactView()
        self.empty = QLabel(tr("There are no such contacts."), alignment=Qt.AlignmentFlag.AlignCenter)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self.side = CheckSide()
        self.table.clicked.connect(self.side.show_contact_tab)
        self.side.ticks.changed.connect(self.completeChanged)
        self.side.receipt.count_wanted.connect(self._count_existing)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.addWidget(self.stack)
        self._split.addWidget(self.side)
        self._split.setStretchFactor(0, 1)
        self._split.setSizes([680, 352])
        self._split.setHandleWidth(16)
        self._split.setChildrenCollapsible(False)
        self.content.setSpacing(8)
        self.content.addWidget(self.working)
        self.content.addWidget(self.sum_line)
        self.content.addWidget(self.filters)
        self.content.addWidget(self._split, stretch=1)
        self.content.addStretch(0)

    @property
    def is_filtering(self) -> bool:
        """Whether the rows of a filter are still being looked up."""
        return self._filtering.running

    # What the wizard asks.

    def enter(self) -> None:
        self.show_problem(None)
        self._check()

    def leave(self) -> None:
        self._checking.finish()
        self._filtering.finish()
        self._counting.finish()
        self._close_ledger()

    def validatePage(self) -> bool:
        """Leaving forwards: the upload has the ledger for itself."""
        if not self.isComplete():
            return False
        self.session.agreement = self.side.ticks.agreement()
        self.session.first_few = self.side.wanted_first
        self._filtering.finish()
        self._counting.finish()
        self._close_ledger()
        return True

    def isComplete(self) -> bool:
        checked = self.draft.checked
        ready = self._ledger is not None and checked is not None and checked.to_send > 0
        return ready and self.side.ticks.complete

    # Checking.

    def _check(self) -> None:
        self.show_problem(None)
        self._close_ledger()
        self._set_results_visible(False)
        self.working.begin(tr("Checking your contacts"))
        self._name_commit_button(0)
        self._checking.start(checking(self.draft, self.session.parts, Wanted()))
        self.completeChanged.emit()

    def _show_progress(self, progress: Progress) -> None:
        done = trn("{count} row checked", "{count} rows checked", progress.done)
        self.working.show_progress(progress, done)

    def _show_stopped(self) -> None:
        self.working.end(tr("The check was stopped. Nothing was sent."))

    def show_problem(self, problem: Problem | None) -> None:
        super().show_problem(problem)
        if problem is not None:
            self.working.end(tr("The check did not finish. Nothing was sent."))

    def _show_checked(self, checked: CheckedList) -> None:
        file, totals = self.draft.file, checked.totals
        if file is None:
            return
        self.give(self.draft.with_checked(totals))
        try:
            self._ledger = Ledger.open(file.ledger)
        except Problem as problem:
            self.show_problem(problem)
            return
        self.working.hide()
        self._set_results_visible(True)
        self._fill_table(self._ledger, checked.rows)
        self.filters.show_counts(checked.counts, totals)
        self.sum_line.show_sum(
            (totals.read, tr("rows read")),
            (
                (totals.blank, tr("blank")),
                (totals.left_out, tr("left out")),
                (totals.duplicates, tr("duplicates")),
                (totals.to_send, tr("to send")),
            ),
        )
        self.side.show_receipt(
            checked.receipt, totals.to_send, self.draft.provider.tells_existing and totals.to_send > 0
        )
        self._name_commit_button(totals.to_send)
        self.completeChanged.emit()

    def _name_commit_button(self, count: int) -> None:
        text = trn("Upload {count} contact", "Upload {count} contacts", count) if count else tr("Upload")
        self.setButtonText(QWizard.WizardButton.CommitButton, text)

    def _set_results_visible(self, visible: bool) -> None:
        for widget in (self.sum_line, self.filters, self._split):
            widget.setVisible(visible)

    # The table and its filters.

    def _fill_table(self, ledger: Ledger, rows: array[int]) -> None:
        fields = [one.field for one in self.draft.mapping.assignments]
        old, self._model = self._model, ContactTable(ledger, self.draft.schema, fields, self)
        self._model.show(rows)
        self.table.setModel(self._model)
        self.table.set_widths()
        self.table.selectionModel().currentRowChanged.connect(self._show_contact)
        if old is not None:
            old.deleteLater()
        self._select_first()

    def _filter(self) -> None:
        """Look up the rows beside the window: at a million rows it takes a while."""
        if self._ledger is not None:
            self._filtering.start(looking_up(self.draft, self.filters.wanted))

    def _show_rows(self, rows: array[int]) -> None:
        if self._model is not None:
            self._model.show(rows)
            self._select_first()
        self.filtered.emit()

    def _select_first(self) -> None:
        empty = self._model is None or self._model.rowCount() == 0
        self.stack.setCurrentWidget(self.empty if empty else self.table)
        if not empty:
            self.table.selectRow(0)
            self.table.scrollToTop()
        self._show_contact(self.table.currentIndex())

    def _show_contact(self, index: QModelIndex, _: QModelIndex | None = None) -> None:
        contact = self._model.contact(index.row()) if self._model is not None else None
        if contact is None or self._model is None:
            self.side.request_view.show_words(tr("What will be sent"), [])
        elif requests := requests_for(self.draft, contact):
            heading = tr("What will be sent for row {row}", row=f"{contact.row:,}")
            self.side.request_view.show_requests(heading, requests)
        else:
            heading = tr("Row {row} stays behind", row=f"{contact.row:,}")
            self.side.request_view.show_words(heading, self._model.sentences(contact))

    # Who is there already.

    def _count_existing(self) -> None:
        self.side.receipt.count.setEnabled(False)
        self.side.receipt.show_counted(tr("Asking the account"))
        self._counting.start(counting_existing(self.draft, self.session.parts))

    def _show_counting(self, progress: Progress) -> None:
        self.side.receipt.show_counted(
            trn("Asked about {count} contact", "Asked about {count} contacts", progress.done)
        )

    def _show_existing(self, found: ExistingCount) -> None:
        self.side.receipt.count.setEnabled(True)
        self.side.receipt.show_counted(existing_words(found))

    def _show_not_counted(self, _: Problem) -> None:
        self.side.receipt.count.setEnabled(True)
        self.side.receipt.show_counted("")

    def _close_ledger(self) -> None:
        if self._model is not None:
            self._model.show(())
        if self._ledger is not None:
            self._ledger.close()
            self._ledger = None


def existing_words(found: ExistingCount) -> str:
    """How many exist, are new, or can't be told."""
    words = [
        trn("{count} contact exists already.", "{count} contacts exist already.", found.exist),
        trn("{count} is new.", "{count} are new.", found.new),
    ]
    if found.unknown:
        words.append(trn("Of {count} it can't be told.", "Of {count} it can't be told.", found.unknown))
    return " ".join(words)


def _job(page: CheckContactsPage, done: Callable[[Any], None]) -> Job:
    job = Job(page)
    job.done.connect(done)
    job.problem.connect(page.show_problem)
    job.crashed.connect(page.crashed)
    return job
