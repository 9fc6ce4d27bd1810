"""check_contacts: the preview of every contact, what was found in it, and exactly what will be sent.

The last page before anything leaves this machine. Checking is flow's, reading the ledger the model's.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QSplitter, QStackedWidget, QWizard

from app.contacts.duplicates import DuplicatePolicy
from app.contacts.exclusions import Exclusions
from app.flow.preview import requests_for
from app.language import number, tr, trn
from app.ledger.ledger import Ledger
from app.problems import Problem
from app.progress import Progress
from app.ui.checked_list import CheckedList, checking, correcting, leaving_out, looking_up
from app.ui.existing_question import ExistingQuestion
from app.ui.job import Job
from app.ui.models.contact_table import ContactTable, Edit
from app.ui.pages.page import DraftPage
from app.ui.session import Session
from app.ui.widgets.check_side import CheckSide
from app.ui.widgets.contact_filters import ContactFilters, Wanted
from app.ui.widgets.contact_view import ContactView
from app.ui.widgets.list_rules import ListRules
from app.ui.widgets.sum_line import SumLine
from app.ui.widgets.working import Working


class CheckContactsPage(DraftPage):
    """The commit page: its commit button says how many contacts will be uploaded.

    `filtered` follows when the table shows what a filter asked for, `corrected` when it shows a correction.
    """

    filtered = Signal()
    corrected = Signal()

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
        self._correcting = _job(self, self._show_corrected)
        self._excluding = _job(self, self._take_exclusions)
        self._excluding.problem.connect(lambda _: self.rules.setEnabled(True))
        self._waiting_edits: list[Edit] = []
        self._build()
        self._question = ExistingQuestion(session, self.side.receipt, self)
        self._question.problem.connect(self.show_problem)
        self._question.crashed.connect(self.crashed)

    def _build(self) -> None:
        self.working = Working(tr("Stop"), tr("Check again"))
        self.working.stop_wanted.connect(self._checking.ask_to_stop)
        self.working.again_wanted.connect(self._check)
        self.sum_line = SumLine()
        self.filters = ContactFilters()
        self.filters.changed.connect(self._filter)
        self.filters.undo.clicked.connect(self.undo)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self, self.undo)
        self.rules = ListRules()
        self.rules.policy_chosen.connect(self._choose_policy)
        self.rules.list_wanted.connect(self._ask_for_exclusions)
        self.rules.list_dropped.connect(self._take_exclusions)
        self.table = ContactView()
        self.empty = QLabel(tr("There are no such contacts."), alignment=Qt.AlignmentFlag.AlignCenter)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self.side = CheckSide()
        self.table.clicked.connect(self.side.show_contact_tab)
        self.side.ticks.changed.connect(self.completeChanged)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.addWidget(self.stack)
        self._split.addWidget(self.side)
        self._split.setStretchFactor(0, 1)
        self._split.setSizes([680, 352])
        self._split.setHandleWidth(16)
        self._split.setChildrenCollapsible(False)
        self.content.setSpacing(8)
        self.content.addWidget(self.working)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self.sum_line, stretch=1)
        top.addWidget(self.rules, stretch=1, alignment=Qt.AlignmentFlag.AlignVCenter)
        self.content.addLayout(top)
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
        self._end_small_work()

    def validatePage(self) -> bool:
        """Leaving forwards: the upload has the ledger for itself."""
        if not self.isComplete():
            return False
        self.session.agreement = self.side.ticks.agreement()
        self.session.first_few = self.side.wanted_first
        self._end_small_work()
        return True

    def isComplete(self) -> bool:
        checked = self.draft.checked
        ready = self._ledger is not None and checked is not None and checked.to_send > 0
        return ready and self.side.ticks.complete and not self._correcting.running

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
        if problem is not None and self._ledger is None:
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
        self.rules.show_rules(self.draft.duplicates, len(self.draft.exclusions or ()))
        self.side.show_receipt_tab()
        self._show_counts(checked)

    def _show_counts(self, checked: CheckedList, corrected: bool = False) -> None:
        """All numbers; after a correction, filters and ticks stay as they are."""
        totals = checked.totals
        self.filters.show_counts(checked.counts, totals, corrected)
        self.filters.undo.setEnabled(checked.undoable > 0)
        self.sum_line.show_sum(
            (totals.read, tr("rows read")),
            (
                (totals.blank, tr("blank")),
                (totals.left_out, tr("left out")),
                (totals.duplicates, tr("duplicates")),
                (totals.to_send, tr("to send")),
            ),
        )
        can_count = self.draft.provider.tells_existing and totals.to_send > 0
        self.side.show_receipt(checked.receipt, totals.to_send, can_count, corrected)
        self._name_commit_button(totals.to_send)
        self.completeChanged.emit()

    def _name_commit_button(self, count: int) -> None:
        text = trn("Upload {count} contact", "Upload {count} contacts", count) if count else tr("Upload")
        self.setButtonText(QWizard.WizardButton.CommitButton, text)

    def _set_results_visible(self, visible: bool) -> None:
        for widget in (self.sum_line, self.rules, self.filters, self._split):
            widget.setVisible(visible)

    # The table and its filters.

    def _fill_table(self, ledger: Ledger, rows: array[int]) -> None:
        draft = self.draft
        old, self._model = self._model, ContactTable(ledger, draft.schema, draft.sent_mapping, self)
        self._model.show(rows)
        self._model.edited.connect(self.correct)
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
            heading = tr("What will be sent for row {row}", row=number(contact.row))
            self.side.request_view.show_requests(heading, requests)
        else:
            heading = tr("Row {row} stays behind", row=number(contact.row))
            self.side.request_view.show_words(heading, self._model.sentences(contact))

    # Changes to the list.

    def correct(self, edit: Edit) -> None:
        """Put a cell's new text in place, and check its row again, in the background."""
        self._waiting_edits.append(edit)
        self._correct_next()

    def undo(self) -> None:
        """Take back the last change."""
        if self._ledger is not None and not self._correcting.running:
            self._correcting.start(correcting(self.draft, self.session.parts, (), self.filters.wanted))

    def _correct_next(self) -> None:
        # One at a time: each begins with the totals that the one before has made.
        if self._ledger is not None and self._waiting_edits and not self._correcting.running:
            edits, self._waiting_edits = self._waiting_edits, []
            self._correcting.start(correcting(self.draft, self.session.parts, edits, self.filters.wanted))
            self.completeChanged.emit()

    def _show_corrected(self, checked: CheckedList) -> None:
        self.give(self.draft.with_checked(checked.totals))
        if self._model is not None:
            self._model.read_again()
        self._show_counts(checked, corrected=True)
        self._show_contact(self.table.currentIndex())
        self.corrected.emit()
        self._correct_next()

    def _choose_policy(self, policy: DuplicatePolicy) -> None:
        self.give(self.draft.with_duplicates(policy))
        self._check()

    def _ask_for_exclusions(self) -> None:
        kinds = tr("Spreadsheets") + " (*.xlsx *.xlsm *.csv *.txt *.tsv *.xls *.ods)"
        name, _ = QFileDialog.getOpenFileName(self, tr("Choose a do-not-contact list"), "", kinds)
        if name:
            self.leave_out(Path(name))

    def leave_out(self, path: Path) -> None:
        """Leave out everybody in the list at `path`, and check again."""
        self.show_problem(None)
        self.rules.setEnabled(False)
        self._excluding.start(leaving_out(self.draft, path))

    def _take_exclusions(self, exclusions: Exclusions | None = None) -> None:
        self.rules.setEnabled(True)
        self.give(self.draft.with_exclusions(exclusions))
        self._check()

    def _end_small_work(self) -> None:
        for job in (self._filtering, self._correcting, self._excluding):
            job.finish()
        self._waiting_edits.clear()
        self._question.finish()
        self._close_ledger()

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
