"""upload: sends what was checked, and shows how far it is and what became of it.

The sending is flow's, on a background thread; this page starts it, shows it, holds it, stops it and goes on.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from app.flow.doubts import Doubt
from app.flow.receipt import Agreement
from app.flow.watching import Seen
from app.language import tr
from app.ledger.connection import LedgerProblem
from app.ledger.outcomes import OutcomeTotals
from app.problems import AccountProblem, NetworkProblem, Problem
from app.ui.how_far import HowFar
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
    ended_words,
    phase_words,
    rest_words,
)
from app.ui.upload_work import uploading
from app.ui.widgets.doubt_box import DoubtBox
from app.ui.widgets.labels import Label, Weight
from app.ui.widgets.upload_buttons import UploadButtons
from app.upload.leash import Leash
from app.upload.upload import Ending, UploadEnd


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
            _meanwhile(),
        )
        self._leash = Leash()
        self._agreement: Agreement | None = None
        self._said_about: object = None
        self._job, self._arrived = Job(self), WhoArrived(session, self)
        self._seen, self._outside = Latest(self), Outside(self)
        self.mending = Mending(session, self.problem_box)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.phase = Label(weight=Weight.HEADING)
        self.doubt_box = DoubtBox()
        self.far = HowFar()
        self.buttons = UploadButtons()
        self.content.setSpacing(8)
        for widget in (self.phase, self.doubt_box, self.far, self.buttons):
            self.content.addWidget(widget)
        self.content.addStretch(1)

    def _connect(self) -> None:
        self.buttons.pause.clicked.connect(self._ask_to_pause)
        self.buttons.stop.clicked.connect(self._ask_to_stop)
        self.buttons.go_on.clicked.connect(self.start)
        self.buttons.change_account.clicked.connect(self.account_wanted)
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
        return self.buttons.go_on.isVisibleTo(self)

    def show_narrow(self, narrow: bool) -> None:
        self.buttons.show_narrow(narrow)
        self.put_after(self.buttons, self.phase if narrow else self.far)

    def enter(self) -> None:
        self.session.end = None
        checked = self.draft.checked
        self.far.show_totals(OutcomeTotals(not_sent=checked.to_send if checked else 0))
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
        self._leash = Leash(first)
        self.lead.say(_meanwhile())
        self._say(tr("Preparing"))
        self.far.begin()
        self._set_running(True)
        ending = self.session.take_ending()
        self._job.start(uploading(self.draft, self.session.parts, self._leash, self._agreement, ending))
        self.complete_changed.emit()

    def _ask_to_pause(self) -> None:
        self.buttons.pause.setEnabled(False)
        self._say(tr("Pausing: waiting for the answer to what is under way"))
        self._leash.hold()

    def _ask_to_stop(self) -> None:
        self.buttons.stop.setEnabled(False)
        self.buttons.pause.setEnabled(False)
        self._say(tr("Stopping"))
        self._job.ask_to_stop()

    def _show_moved(self, seen: Seen) -> None:
        progress = seen.progress
        self.far.show_moved(seen)
        self._outside.show_share(seen.share)
        if self.buttons.pause.isEnabled():
            self._say(phase_words(self.draft, seen), (progress.phase, progress.step))
        self.shown.emit()

    # Endings.

    def _show_end(self, end: UploadEnd) -> None:
        self.session.end = end
        self._set_running(False)
        self._show_ending(end, first_few=self._leash.first is not None)
        if end.ending is Ending.PROBLEM:
            self._show_trouble(end.problem)
        self._outside.end(self.phase.text())
        if end.totals.unsure:
            self._arrived.look_for_doubts()
        self.shown.emit()
        self.complete_changed.emit()
        if end.ending is Ending.FINISHED:
            self.offer_to_go_on()

    def _show_ending(self, end: UploadEnd, first_few: bool = False) -> None:
        self._say(ended_words(end, first_few, self.draft.destination.practice))
        self.far.show_end(end)
        self.lead.say("" if end.nothing_sent else tr("The upload can go on where it stopped."))
        if end.ending is Ending.FINISHED:
            self.lead.say(tr("Nothing is left to send; the report comes next."))
        elif end.ending is Ending.PAUSED:
            self.buttons.go_on.setText(rest_words(end))
        self._offer_to_go_on(end.ending is not Ending.FINISHED)  # then there is nothing to continue

    def _show_fault(self, problem: Problem) -> None:
        """A Problem before anything was sent, or the ledger's."""
        self._set_running(False)
        self._say(tr("The upload is not finished"))
        self._show_trouble(problem)
        self._outside.end(self.phase.text())
        self._arrived.count(Ending.PROBLEM)
        self.complete_changed.emit()

    def _show_counted(self, end: UploadEnd) -> None:
        """Another run may have sent some already."""
        self.far.show_totals(end.totals)
        self.far.show_end(end)
        if not isinstance(self.problem_box.problem, LedgerProblem):  # another window may be sending them
            self._say(ended_words(end))
        self.shown.emit()

    def _show_trouble(self, problem: Problem | None) -> None:
        self.show_problem(problem)
        self.buttons.go_on.setText(tr("Try again"))
        wrong, unreached = isinstance(problem, AccountProblem), isinstance(problem, NetworkProblem)
        self.buttons.offer_account(wrong or (unreached and not self.draft.destination.practice), wrong)

    def _show_stopped_early(self) -> None:
        """Stopped before there was an upload to stop."""
        self._set_running(False)
        self._say(tr("The upload is not finished"))
        self._arrived.count(Ending.STOPPED)
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
            self.bring_into_sight(self.doubt_box)
        elif end is not None and end.totals.unsure and not doubts and self.buttons.go_on.isVisibleTo(self):
            self.far.extra.say(again_words(end.totals.unsure))
        self.shown.emit()

    def _show_settled(self, now: UploadEnd) -> None:
        end = self.session.end
        if end is None:
            return
        self.session.end = end = end.settled(now.totals, now.halfway)
        self.far.show_totals(end.totals)
        self._show_ending(end)
        if end.ending is Ending.FINISHED:
            self.show_problem(None)
            self.offer_to_go_on()
        else:
            self.buttons.go_on.setFocus()  # the keyboard was at the answer
        self._arrived.look_for_doubts()

    def _say(self, words: str, about: object = None) -> None:
        """Aloud too, but not again while it is `about` the same: seconds that are waited pass by."""
        if words != self.phase.text():
            self.phase.setText(words)
            if about is None or about != self._said_about:
                announce(self.phase, words)
        self._said_about = about

    def _offer_to_go_on(self, offered: bool) -> None:
        self.buttons.go_on.setVisible(offered)
        self.primary_changed.emit()

    def _set_running(self, running: bool) -> None:
        self.buttons.show_running(running)
        if running:
            self._outside.begin()
        else:
            self.lead.say("")  # until it is known how it ended
            self._seen.flush()
            self._outside.end()
        self.primary_changed.emit()


def _meanwhile() -> str:
    return tr("You can pause or stop at any time, and continue where it stopped.")
