"""check_contacts: the preview of every contact, what was found in it, and exactly what will be sent.

The last page before anything leaves this machine. Checking is flow's, reading the ledger the table's.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWizard

from app.contacts.exclusions import Exclusions
from app.flow.exclusions import not_understood_words
from app.language import tr, trn
from app.problems import Problem
from app.progress import Progress
from app.ui.checking.change_buttons import connect_buttons, connect_findings
from app.ui.checking.change_progress import ChangeProgress
from app.ui.checking.checked_list import CheckedList, checking
from app.ui.checking.checked_table import CheckedTable
from app.ui.checking.existing_question import ExistingQuestion
from app.ui.checking.list_changes import ListChanges
from app.ui.checking.people_to_leave_out import PeopleToLeaveOut
from app.ui.checking.review import Review
from app.ui.held_press import HeldPress
from app.ui.job import in_turn
from app.ui.pages.page import DraftPage
from app.ui.recipe_saving import RecipeSaving
from app.ui.session import Session
from app.ui.turns import play_in_turns
from app.ui.widgets.check_side import FIRST_FEW, CheckSide
from app.ui.widgets.checked_view import CheckedView
from app.ui.widgets.primary import show_primary
from app.ui.widgets.working import Working

_COMMIT = QWizard.WizardButton.CommitButton


class CheckContactsPage(DraftPage):
    """The commit page: its commit button says how many contacts will be uploaded.
    `filtered` follows when the table shows what a filter asked for, `corrected` when it shows a change;
    `filtering` looks up the rows of a filter.
    """

    filtered = Signal()
    corrected = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(
            session,
            tr("Check the contacts"),
            tr(
                "Every row of your file, with what was corrected and "
                "what stays behind. Nothing has been sent yet."
            ),
        )
        self.setCommitPage(True)
        self._arriving: CheckedList | None = None
        self._review = Review()
        self._checking = self.job(self._show_checked)
        self._checking.moved.connect(self._show_progress)
        stopped = tr("The check was stopped. Nothing was sent.")
        self._checking.stopped.connect(lambda: self._end_early(stopped))
        self._build()
        self._listed = CheckedTable(session, self.view, lambda: self.changes.running, self)
        self.filtering = self._listed.filtering
        self.changes = ListChanges(session, lambda: self.filters.wanted, self)
        self._moving = ChangeProgress(self.view.changing, self)
        self._held = HeldPress(
            self, self.changes, lambda: self.side.commit_words, lambda: self.table.is_typed_in
        )
        self._connect_changes()
        self.saving = RecipeSaving(session, self.rules.save, self)
        self.saving.problem.connect(self.show_problem)
        self.excluding = PeopleToLeaveOut(session, self.view, self)
        self.excluding.found.connect(self._take_exclusions)
        self.excluding.changed.connect(self.complete_changed)
        self._question: ExistingQuestion | None = None
        for part in (self._listed, self.changes, self.excluding):
            part.problem.connect(self.show_problem)
            part.crashed.connect(self.crashed)

    def _connect_changes(self) -> None:
        self._listed.filtered.connect(self.filtered)
        self._listed.edited.connect(self.changes.edit)
        self.changes.changed.connect(self._show_changed)
        self._moving.shown.connect(self.complete_changed)
        self._moving.began.connect(lambda: self.bring_into_sight(self.view.changing))
        self.changes.moved.connect(self._moving.show)
        self.changes.ended.connect(self._end_change)
        self.changes.given_up.connect(self._check_again)
        connect_buttons(self.view, self.changes, self)
        self.corrected.connect(self._listed.settle)
        self.corrected.connect(self._held.release)

    def _build(self) -> None:
        self.working = Working(tr("Stop"), tr("Check again"))
        self.working.stop_wanted.connect(self._checking.ask_to_stop)
        self.working.again_wanted.connect(self._check)
        show_primary(self.working.again)
        self.view = CheckedView(self.inside)
        self.sum_line, self.filters, self.rules = self.view.sum_line, self.view.filters, self.view.rules
        self.table = self.view.table
        self.view.side_made.connect(self._connect_side)
        self.content.setSpacing(8)
        self.content.addWidget(self.working)
        self.content.addWidget(self.view, stretch=1)
        self.content.addStretch(0)

    @property
    def has_primary(self) -> bool:
        """Where a check ended too soon, checking again is what leads on."""
        return self.working.again.isVisibleTo(self)

    @property
    def side(self) -> CheckSide:
        """What stands beside the table."""
        return self.view.side

    def _connect_side(self) -> None:
        side = self.side
        side.findings.kind_wanted.connect(self.filters.choose_kind)
        side.ticks.changed.connect(self.complete_changed)
        side.first_few.toggled.connect(self._choose_first)
        connect_findings(side.findings, self.view, self.changes)
        self._question = question = ExistingQuestion(self.session, side.receipt, self)
        question.problem.connect(self.show_problem)
        question.crashed.connect(self.crashed)

    def make_ahead(self) -> Iterator[None]:
        _ = self.side
        yield

    def show_narrow(self, narrow: bool) -> None:
        self.view.show_narrow(narrow)

    def enter(self) -> None:
        self.side.first_few.setChecked(self.session.first_few is not None)
        self._review = (self.session.review or self._review).for_draft(self.draft)
        self._check()
        self.excluding.go_on()

    def part(self) -> Callable[[], None]:
        if self._listed.is_open:
            self.session.review = self.view.review(self.draft)
        return in_turn((self._checking.part(), self._end_small_work()))

    def validatePage(self) -> bool:
        """Leaving forwards: the upload waits until it has the ledger for itself, the window does not."""
        self.table.end_typing()  # a press by a screen reader, or on a Mac, takes no focus from a cell
        if not self.isComplete():
            self._held.hold()
            return False
        self.session.agreement = self.side.ticks.agreement()
        self.session.first_few = self.side.wanted_first
        self.session.leave_behind(self._end_small_work())
        return True

    def isComplete(self) -> bool:
        checked = self.draft.checked
        ready = self._listed.is_open and checked is not None and checked.to_send > 0
        unsettled = self.changes.running or self.excluding.running
        return ready and self.side.ticks.complete and not unsettled

    def _check(self) -> None:
        self.show_problem(None)
        self._held.forget()
        self.session.leave_behind(self.changes.part())
        self._close_list()
        self.view.hide()
        self.lead.show()
        self.working.begin(tr("Checking your contacts"))
        self.primary_changed.emit()
        self.name_button(_COMMIT, tr("Upload"))
        ending = self.session.take_ending()
        self._checking.start(checking(self.draft, self.session.parts, self._review.wanted, ending))
        self.complete_changed.emit()

    def _show_progress(self, progress: Progress) -> None:
        done = trn("{count} row checked", "{count} rows checked", progress.done)
        self.working.show_progress(progress, done)

    def show_problem(self, problem: Problem | None) -> None:
        super().show_problem(problem)
        if problem is not None and not self._listed.is_open:
            self._end_early(tr("The check did not finish. Nothing was sent."))

    def _end_early(self, words: str) -> None:
        self.working.end(words)
        self.lead.hide()  # there are no rows to tell of
        self.primary_changed.emit()

    def _show_checked(self, checked: CheckedList) -> None:
        self._arriving = checked
        self.give(checked.draft)
        play_in_turns(self._arrive(checked), self)

    def _arrive(self, checked: CheckedList) -> Iterator[None]:
        """The numbers, then what will be done, then the list, then its first contact."""
        self.side.show_first_tab(checked.totals.findings)
        self.view.show_counts(checked, self._review.wanted)
        yield
        if self._arriving is checked:
            self._show_receipt(checked)
            self.side.ticks.agree(self._review.for_draft(checked.draft).agreed)
            self._review = Review()
        yield
        if self._arriving is checked and checked.rows is not None and self._opened(checked.rows):
            self.table.setUpdatesEnabled(False)  # painting it takes a turn of its own
            self.view.show()
            self.working.hide()
            self.complete_changed.emit()
            self.show_problem(checked.file_changed)
        yield
        self.table.setUpdatesEnabled(True)
        if self._arriving is checked:
            self._listed.select_first()
            self.table.setFocus()
            self.changes.prepare()

    def _opened(self, rows: array[int]) -> bool:
        try:
            self._listed.open(rows)
        except Problem as problem:
            self._arriving = None
            self.show_problem(problem)
        return self._listed.is_open

    def _show_receipt(self, checked: CheckedList, changed: bool = False) -> None:
        """All numbers beside the list; after a change, ticks stay as they are."""
        totals = checked.totals
        listed = self.draft.exclusions
        self.rules.show_rules(self.draft.duplicates, len(listed or ()), not_understood_words(listed))
        can_count = self.draft.provider.tells_existing and totals.to_send > 0
        self.side.show_receipt(checked.receipt, totals.to_send, can_count, changed)
        self.name_button(_COMMIT, self.side.commit_words)
        self.complete_changed.emit()

    def _choose_first(self, only: bool) -> None:
        self.session.first_few = FIRST_FEW if only else None
        self.name_button(_COMMIT, self.side.commit_words)

    # Changes to the list.

    def _end_change(self) -> None:
        self.complete_changed.emit()
        self._moving.end()

    def _check_again(self) -> None:
        self._review = self.view.review(self.draft)  # if nothing was changed, it is the same list
        self.give(replace(self.draft, checked=None))
        self._check()

    def _show_changed(self, checked: CheckedList) -> None:
        """The button says at once what it would do now, and the cells what is sent."""
        self._arriving = checked
        self.give(checked.draft)
        self._show_receipt(checked, changed=True)
        self._listed.take(checked)
        play_in_turns(self._follow_change(checked), self)

    def _follow_change(self, checked: CheckedList) -> Iterator[None]:
        """The rows, whichever change has brought them; their numbers and the contact, unless another has
        come."""
        yield
        self._listed.show_due_rows()
        yield
        if self._arriving is checked:
            self.view.show_counts(checked)
        yield
        if self._arriving is checked:
            self._listed.show_contact()
            self.corrected.emit()

    def _take_exclusions(self, exclusions: Exclusions | None) -> None:
        self.give(self.draft.with_exclusions(exclusions))
        self._check()

    def _end_small_work(self) -> Callable[[], None]:
        """Ask all of it to end; gives what waits until it has."""
        asking = () if self._question is None else (self._question,)
        waits = [part.part() for part in (self._listed, self.excluding, *asking)]
        if self.changes.running:  # nobody will hear what became of it
            self.give(replace(self.draft, checked=None))
        waits.append(self.changes.part())
        self._moving.end()
        self._close_list()
        return in_turn(waits)

    def _close_list(self) -> None:
        self._arriving = None
        self._listed.close()
