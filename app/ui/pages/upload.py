"""upload: sends what was checked, and shows how far it is and what became of it.

The sending is flow's, on a background thread; this page starts it, shows it, holds it, stops it and goes on.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QPushButton

from app.flow.doubts import Doubt
from app.flow.receipt import Agreement
from app.flow.watching import Seen
from app.language import tr
from app.ledger.outcomes import OutcomeTotals
from app.problems import AccountProblem, Problem
from app.ui.job import Job, in_turn
from app.ui.latest import Latest
from app.ui.notice import announce
from app.ui.outside import Outside
from app.ui.pages.option_dialog import Mending
from app.ui.pages.page import DraftPage
from app.ui.pages.who_arrived import WhoArrived
from app.ui.session import Session
from app.ui.upload_words import (
    again_words,
    end_words,
    extra_words,
    far_words,
    finished_words,
    pace_words,
    paused_words,
    phase_words,
    rest_words,
    stopped_words,
    unfinished_words,
)
from app.ui.upload_work import uploading
from app.ui.widgets.doubt_box import DoubtBox
from app.ui.widgets.flow import FlowRow
from app.ui.widgets.labels import Label, Weight
from app.ui.widgets.outcome_bar import OutcomeBar
from app.ui.widgets.primary import show_primary
from app.upload.estimate import Estimate
from app.upload.leash import Leash
from app.upload.upload import Ending, UploadEnd

FINE = 1000  # steps of the progress bar


class UploadPage(DraftPage):
    """`account_wanted` asks the window to go back to where the account is chosen; the draft is kept.
    `shown` follows whenever the page has shown how far the upload is, or who is in doubt.
    """

    account_wanted = Signal()
    shown = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(
            session,
            tr("Upload"),
            tr("You can pause or stop at any time, and continue where it stopped."),
        )
        self._began, self._answered_before = 0.0, -1
        self._agreement: Agreement | None = None
        self._leash, self._estimate = Leash(), Estimate()
        self._job, self._arrived = Job(self), WhoArrived(session, self)
        self._seen, self._outside = Latest(self), Outside(self)
        self.mending = Mending(session, self.problem_box)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.phase = Label(weight=Weight.HEADING)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setRange(0, FINE)
        self.bar.setAccessibleName(tr("Progress of the upload"))
        self.words, self.extra = Label(weight=Weight.QUIET), Label(weight=Weight.QUIET)
        self.outcomes = OutcomeBar(legend_only=True)
        self.doubt_box = DoubtBox()
        self.pause = QPushButton(tr("Pause"), autoDefault=False)
        self.stop = QPushButton(tr("Stop"), autoDefault=False)
        self.go_on = QPushButton(tr("Continue"), autoDefault=False)
        show_primary(self.go_on)
        self.change_account = QPushButton(tr("Change the account"), autoDefault=False)
        self._buttons = FlowRow(self.go_on, self.change_account, self.pause, self.stop)
        self.content.setSpacing(8)
        for widget in (self.phase, self.doubt_box, self.bar, self.words, self.extra):
            self.content.addWidget(widget)
        self.content.addSpacing(16)
        self.content.addWidget(self.outcomes)
        self.content.addWidget(self._buttons)
        self._buttons.setContentsMargins(0, 16, 0, 16)
        self.content.addStretch(1)

    def _connect(self) -> None:
        self.pause.clicked.connect(self._ask_to_pause)
        self.stop.clicked.connect(self._ask_to_stop)
        self.go_on.clicked.connect(self.start)
        self.change_account.clicked.connect(self.account_wanted)
        self.doubt_box.answered.connect(self._arrived.settle)
        self._job.moved.connect(self._seen.take)
        self._seen.passed.connect(self._show_moved)
        self._job.done.connect(self._show_end)
        self._job.problem.connect(self._show_fault)
        self._job.stopped.connect(self._show_stopped_early)
        self._job.crashed.connect(self._show_crash)
        self._arrived.doubted.connect(self._show_doubts)
        self._arrived.settled.connect(self._show_settled)
        self._arrived.counted.connect(self._show_counted)
        self.mending.mended.connect(self.start)
        for part in (self._arrived, self.mending):
            part.problem.connect(self.show_problem)
            part.crashed.connect(self.crashed)

    @property
    def is_busy(self) -> bool:
        """Whether an upload is under way."""
        return self._job.running

    @property
    def is_settling(self) -> bool:
        """Whether it is being found out, or written down, who is in doubt."""
        return self._arrived.running

    @property
    def has_primary(self) -> bool:
        return self.go_on.isVisibleTo(self)

    def show_narrow(self, narrow: bool) -> None:
        room = 0 if narrow else 16
        self._buttons.setContentsMargins(0, room, 0, room)
        self.put_after(self._buttons, self.phase if narrow else self.outcomes)

    def enter(self) -> None:
        self.session.end = None
        checked = self.draft.checked
        self._show_far(OutcomeTotals(not_sent=checked.to_send if checked else 0))
        # What was decided for this import must not be taken for another one's.
        self._agreement, self.session.agreement = self.session.agreement, None
        first, self.session.first_few = self.session.first_few, None
        self._start(first)

    def part(self) -> Callable[[], None]:
        waits = [one.part() for one in (self._job, self._arrived, self.mending)]
        self._seen.forget()
        self._outside.end()
        return in_turn(waits)

    def isComplete(self) -> bool:
        return self.session.end is not None and not self._job.running

    # Running.

    def start(self) -> None:
        """Go on where it stopped, with all the rest; unless the first few have not been seen yet."""
        end = self.session.end
        seen = end is not None and end.totals.answered > 0
        self._start(None if seen else self._leash.first)

    def _start(self, first: int | None) -> None:
        if self._job.running or self._arrived.settling:
            return
        self.show_problem(None)
        self._arrived.forget()
        self.doubt_box.show_doubts(())
        self._began, self._answered_before = time.monotonic(), -1
        self._leash, self._estimate = Leash(first), Estimate()
        self._say(tr("Preparing"))
        self.words.setText("")
        self.extra.say("")
        self._set_running(True)
        ending = self.session.take_ending()
        self._job.start(uploading(self.draft, self.session.parts, self._leash, self._agreement, ending))
        self.complete_changed.emit()

    def _ask_to_pause(self) -> None:
        self.pause.setEnabled(False)
        self._say(tr("Pausing: waiting for the answer to what is under way"))
        self._leash.hold()

    def _ask_to_stop(self) -> None:
        self.stop.setEnabled(False)
        self.pause.setEnabled(False)
        self._say(tr("Stopping"))
        self._job.ask_to_stop()

    def _show_moved(self, seen: Seen) -> None:
        progress, now = seen.progress, time.monotonic()
        self.bar.setValue(round(seen.share * FINE))
        self._outside.show_share(seen.share)
        self.outcomes.show_totals(progress.totals)
        self._estimate.note(now, seen.share)
        if self._answered_before < 0:
            self._answered_before = progress.totals.answered
        if self.pause.isEnabled():
            self._say(phase_words(self.draft, seen))
        answered = progress.totals.answered - self._answered_before
        pace = pace_words(now - self._began, answered, self._estimate.remaining())
        self.words.setText(" ".join(filter(None, (far_words(progress.totals), pace))))
        self.extra.say(extra_words(progress.extra_requests))
        self.shown.emit()

    # Endings.

    def _show_end(self, end: UploadEnd) -> None:
        self.session.end = end
        self._set_running(False)
        self.outcomes.show_totals(end.totals)
        self.words.setText(end_words(end))
        if end.ending is Ending.FINISHED:
            self.bar.setValue(FINE)
            self._offer_to_go_on(False)  # there is nothing to continue
            self._say(finished_words(end.totals))
        elif end.ending is Ending.PAUSED:
            self._say(paused_words(end.totals, self._leash.first is not None))
            self.go_on.setText(rest_words(end.totals))
        elif end.ending is Ending.STOPPED:
            self._say(stopped_words(end.totals))
        else:
            self._show_trouble(end.problem, unfinished_words(end.totals))
        self._outside.end(self.phase.text())
        if end.totals.unsure:
            self._arrived.look_for_doubts()
        self.shown.emit()
        self.complete_changed.emit()
        if end.ending is Ending.FINISHED:
            self.offer_to_go_on()

    def _show_fault(self, problem: Problem) -> None:
        """A Problem before anything was sent, or the ledger's."""
        self._set_running(False)
        self._show_trouble(problem, tr("The upload is not finished"))
        self._outside.end(self.phase.text())
        self._arrived.count()
        self.complete_changed.emit()

    def _show_counted(self, totals: OutcomeTotals) -> None:
        """Another run may have sent some already."""
        self._show_far(totals)
        self._say(unfinished_words(totals))
        self.shown.emit()

    def _show_far(self, totals: OutcomeTotals) -> None:
        self.outcomes.show_totals(totals)
        self.words.setText(far_words(totals))
        self.bar.setValue(round(FINE * totals.answered / max(1, totals.sum)))

    def _show_trouble(self, problem: Problem | None, words: str) -> None:
        self._say(words)
        self.show_problem(problem)
        self.go_on.setText(tr("Try again"))
        self.change_account.setVisible(isinstance(problem, AccountProblem))

    def _show_stopped_early(self) -> None:
        """Stopped before there was an upload to stop."""
        self._set_running(False)
        self._say(tr("Stopped. Nothing was sent."))
        self.complete_changed.emit()

    def _show_crash(self, trace: str) -> None:
        self._set_running(False)
        self._say(tr("The upload is not finished"))
        self.complete_changed.emit()
        self.crashed.emit(trace)

    # Doubts.

    def _show_doubts(self, doubts: tuple[Doubt, ...]) -> None:
        self.doubt_box.show_doubts(doubts)
        end = self.session.end
        if doubts and end is not None and end.ending is Ending.FINISHED:
            self._say(tr("Everything was sent. One thing is left for you to look up."))
        elif end is not None and end.totals.unsure and not doubts and self.go_on.isVisibleTo(self):
            self.extra.say(again_words(end.totals.unsure))
        self.shown.emit()

    def _show_settled(self, totals: OutcomeTotals) -> None:
        end = self.session.end
        if end is None:
            return
        ending = Ending.PAUSED if end.ending is Ending.FINISHED and totals.not_sent else end.ending
        self.session.end = UploadEnd(ending, totals, end.problem)
        self._show_far(totals)
        if ending is Ending.PAUSED:
            self._say(paused_words(totals, first_few=False))
            self.go_on.setText(rest_words(totals))
            self._offer_to_go_on(True)
            self.go_on.setFocus()  # the keyboard was at the answer
        elif ending is Ending.FINISHED:
            self._say(finished_words(totals))
        self._arrived.look_for_doubts()

    def _say(self, words: str) -> None:
        if words != self.phase.text():
            self.phase.setText(words)
            announce(self.phase, words)

    def _offer_to_go_on(self, offered: bool) -> None:
        self.go_on.setVisible(offered)
        self.primary_changed.emit()

    def _set_running(self, running: bool) -> None:
        for button in (self.pause, self.stop):
            button.setVisible(running)
            button.setEnabled(running)
        self.go_on.setText(tr("Continue"))
        self.go_on.setVisible(not running)
        self.change_account.setVisible(False)
        if running:
            self._outside.begin()
        else:
            self._seen.flush()
            self._outside.end()
            self.go_on.setFocus()  # the keyboard was at a button that has gone
        self.primary_changed.emit()
