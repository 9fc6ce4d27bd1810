"""check_contacts: the preview of every contact, what was found in it, and exactly what will be sent.

The last page before anything leaves this machine. Checking is flow's, reading the ledger the model's.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QStackedWidget,
    QWizard,
)

from app.contacts.contact import FindingKind
from app.flow.checking import check_contacts
from app.flow.draft import ImportDraft
from app.flow.preview import requests_for
from app.language import mark, tr, trn
from app.ledger.contacts import CheckedTotals, Show
from app.ledger.ledger import Ledger
from app.problems import Problem
from app.progress import Progress, Stop
from app.ui.job import Job
from app.ui.models.contact_table import ContactTable
from app.ui.pages.page import DraftPage
from app.ui.session import Session
from app.ui.widgets.contact_view import ContactView
from app.ui.widgets.filter_chips import FilterChips
from app.ui.widgets.receipt import Receipt
from app.ui.widgets.request_view import RequestView
from app.ui.widgets.sum_line import SumLine
from app.ui.widgets.working import Working
from app.wording import finding_kind_word

FILTERS = (
    (Show.ALL, mark("All")),
    (Show.TO_SEND, mark("To send")),
    (Show.FIXED, mark("Corrected")),
    (Show.WARNINGS, mark("Look at these")),
    (Show.LEFT_OUT, mark("Left out")),
    (Show.DUPLICATES, mark("Duplicates")),
)


@dataclass(frozen=True, slots=True)
class _Checked:
    """What the background work brings home."""

    totals: CheckedTotals
    counts: dict[Show, int]
    rows: array[int]


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
        self._build()

    def _build(self) -> None:
        self.working = Working(tr("Stop"), tr("Check again"))
        self.working.stop_wanted.connect(self._checking.ask_to_stop)
        self.working.again_wanted.connect(self._check)
        self.sum_line = SumLine()
        self.chips = FilterChips(tr("Show"), [tr(label) for _, label in FILTERS])
        self.chips.chosen.connect(self._filter)
        self.kinds = QComboBox()
        self.kinds.setAccessibleName(tr("Show only contacts in which this was found"))
        self.kinds.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.kinds.setMinimumContentsLength(20)
        self.kinds.activated.connect(self._filter)
        self.table = ContactView()
        self.empty = QLabel(tr("There are no such contacts."), alignment=Qt.AlignmentFlag.AlignCenter)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self.request_view = RequestView()
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.stack)
        split.addWidget(self.request_view)
        split.setStretchFactor(0, 1)
        split.setSizes([712, 320])
        split.setHandleWidth(8)
        split.setChildrenCollapsible(False)
        self.receipt = Receipt()
        filters = QHBoxLayout()
        filters.setSpacing(8)
        filters.addWidget(self.chips)
        filters.addStretch(1)
        filters.addWidget(self.kinds)
        self._results = (self.sum_line, self.chips, self.kinds, split, self.receipt)
        self.content.setSpacing(8)
        self.content.addWidget(self.working)
        self.content.addWidget(self.sum_line)
        self.content.addLayout(filters)
        self.content.addWidget(split, stretch=1)
        self.content.addWidget(self.receipt)
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
        self._close_ledger()

    def validatePage(self) -> bool:
        """Leaving forwards: the upload has the ledger for itself."""
        self._filtering.finish()
        self._close_ledger()
        return True

    def isComplete(self) -> bool:
        checked = self.draft.checked
        return self._ledger is not None and checked is not None and checked.to_send > 0

    # Checking.

    def _check(self) -> None:
        self.show_problem(None)
        self._close_ledger()
        self._set_results_visible(False)
        self.working.begin(tr("Checking your contacts"))
        self._name_commit_button(0)
        self._checking.start(_checking_of(self.draft))
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

    def _show_checked(self, checked: _Checked) -> None:
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
        self._fill_filters(checked)
        self.sum_line.show_sum(
            (totals.read, tr("rows read")),
            (
                (totals.blank, tr("blank")),
                (totals.left_out, tr("left out")),
                (totals.duplicates, tr("duplicates")),
                (totals.to_send, tr("to send")),
            ),
        )
        self.receipt.show_draft(self.draft, totals.to_send)
        self._name_commit_button(totals.to_send)
        self.completeChanged.emit()

    def _name_commit_button(self, count: int) -> None:
        text = trn("Upload {count} contact", "Upload {count} contacts", count) if count else tr("Upload")
        self.setButtonText(QWizard.WizardButton.CommitButton, text)

    def _set_results_visible(self, visible: bool) -> None:
        for widget in self._results:
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

    def _fill_filters(self, checked: _Checked) -> None:
        self.chips.choose(0)
        self.chips.show_counts([checked.counts[show] for show, _ in FILTERS])
        self.kinds.clear()
        self.kinds.addItem(tr("Whatever was found"), None)
        found = sorted(checked.totals.findings.items(), key=lambda one: -one[1])
        for kind, count in found:
            self.kinds.addItem(f"{finding_kind_word(kind)}  {count:,}", kind)
        self.kinds.setEnabled(bool(found))

    def _filter(self) -> None:
        """Look up the rows beside the window: at a million rows it takes a while."""
        file = self.draft.file
        if file is None:
            return
        show = FILTERS[self.chips.chosen_number][0]
        kind = self.kinds.currentData()
        self._filtering.start(_rows_of(file.ledger, show, kind))

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
            self.request_view.show_words(tr("What will be sent"), [])
        elif requests := requests_for(self.draft, contact):
            heading = tr("What will be sent for row {row}", row=f"{contact.row:,}")
            self.request_view.show_requests(heading, requests)
        else:
            heading = tr("Row {row} stays behind", row=f"{contact.row:,}")
            self.request_view.show_words(heading, self._model.sentences(contact))

    def _close_ledger(self) -> None:
        if self._model is not None:
            self._model.show(())
        if self._ledger is not None:
            self._ledger.close()
            self._ledger = None


def _job(page: CheckContactsPage, done: Callable[[Any], None]) -> Job:
    job = Job(page)
    job.done.connect(done)
    job.problem.connect(page.show_problem)
    job.crashed.connect(page.crashed)
    return job


def _checking_of(draft: ImportDraft) -> Callable[[Callable[[Any], None], Stop], _Checked]:
    def work(tell: Callable[[Progress], None], stop: Stop) -> _Checked:
        if draft.file is None:
            raise LookupError("there is no file to check")
        totals = draft.checked or check_contacts(draft, tell, stop)
        with Ledger.open(draft.file.ledger) as ledger:
            return _Checked(totals, ledger.contacts.counts(), ledger.contacts.row_numbers(Show.ALL))

    return work


def _rows_of(
    path: Path, show: Show, kind: FindingKind | None
) -> Callable[[Callable[[Any], None], Stop], array[int]]:
    def work(tell: Callable[[Any], None], stop: Stop) -> array[int]:  # noqa: ARG001 - one quick query
        with Ledger.open(path) as ledger:
            return ledger.contacts.row_numbers(show, kind)

    return work
