"""upload: sends what was checked, and shows how far it is and what became of it.

The sending is flow's, on a background thread; this page starts it, shows it, stops it and continues it.
"""

from __future__ import annotations

import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton

from app.flow.draft import ImportDraft
from app.flow.parts import Parts
from app.flow.watching import Seen, watched_upload
from app.language import tr, trn
from app.ledger.outcomes import OutcomeTotals
from app.problems import AccountProblem, Problem
from app.ui.background import Work
from app.ui.job import Job
from app.ui.pages.page import DraftPage
from app.ui.session import Session
from app.ui.widgets.labels import Label, Weight
from app.ui.widgets.outcome_bar import OutcomeBar
from app.upload.upload import Ending, Phase, UploadEnd

FINE = 1000  # steps of the progress bar
MEANINGFUL_SECONDS = 5.0  # before that, a rate says nothing


class UploadPage(DraftPage):
    """`account_wanted` asks the window to go back to where the account is chosen; the draft is kept.

    `shown` follows whenever the page has shown how far the upload is.
    """

    account_wanted = Signal()
    shown = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(
            session,
            tr("Upload"),
            tr("You can stop at any time, and continue where it stopped."),
        )
        self._began = 0.0
        self._arrived_before = 0
        self._job = Job(self)
        self._job.moved.connect(self._show_moved)
        self._job.done.connect(self._show_end)
        self._job.problem.connect(self._show_fault)
        self._job.stopped.connect(self._show_stopped_early)
        self._job.crashed.connect(self._show_crash)
        self._build()

    def _build(self) -> None:
        self.phase = Label(weight=Weight.HEADING)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setRange(0, FINE)
        self.bar.setAccessibleName(tr("Progress of the upload"))
        self.words = Label(weight=Weight.QUIET)
        self.outcomes = OutcomeBar(legend_only=True)
        self.stop = QPushButton(tr("Stop"), autoDefault=False)
        self.go_on = QPushButton(tr("Continue"), autoDefault=False)
        self.change_account = QPushButton(tr("Change the account"), autoDefault=False)
        self.stop.clicked.connect(self._ask_to_stop)
        self.go_on.clicked.connect(self.start)
        self.change_account.clicked.connect(self.account_wanted)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self.change_account, self.go_on, self.stop):
            buttons.addWidget(button)
        self.content.setSpacing(8)
        self.content.addWidget(self.phase)
        self.content.addWidget(self.bar)
        self.content.addWidget(self.words)
        self.content.addSpacing(16)
        self.content.addWidget(self.outcomes)
        self.content.addSpacing(16)
        self.content.addLayout(buttons)
        self.content.addStretch(1)

    @property
    def is_busy(self) -> bool:
        """Whether an upload is under way."""
        return self._job.running

    # What the wizard asks.

    def enter(self) -> None:
        self.session.end = None
        checked = self.draft.checked
        self.bar.setValue(0)
        self.outcomes.show_totals(OutcomeTotals(not_sent=checked.to_send if checked else 0))
        self.start()

    def leave(self) -> None:
        self._job.finish()

    def isComplete(self) -> bool:
        return self.session.end is not None and not self._job.running

    # Running.

    def start(self) -> None:
        """Begin, or go on where it stopped."""
        if self._job.running:
            return
        self.show_problem(None)
        self._began = time.monotonic()
        self._arrived_before = -1
        self.phase.setText(tr("Preparing"))
        self.words.setText("")
        self._set_running(True)
        self._job.start(_work(self.draft, self.session.parts))
        self.completeChanged.emit()

    def _ask_to_stop(self) -> None:
        self.stop.setEnabled(False)
        self.phase.setText(tr("Stopping"))
        self._job.ask_to_stop()

    def _show_moved(self, seen: Seen) -> None:
        progress = seen.progress
        self.bar.setValue(round(seen.share * FINE))
        self.outcomes.show_totals(progress.totals)
        if self._arrived_before < 0:
            self._arrived_before = progress.totals.answered
        if self.stop.isEnabled():
            self.phase.setText(self._phase_words(seen))
        self.words.setText(" ".join(filter(None, (_far(progress.totals), self._pace(progress.totals)))))
        self.shown.emit()

    def _phase_words(self, seen: Seen) -> str:
        progress = seen.progress
        if progress.phase is Phase.WAITING:
            seconds = max(1, round(progress.wait_seconds))
            return trn(
                "Waiting {count} second, so as not to send faster than the provider allows",
                "Waiting {count} seconds, so as not to send faster than the provider allows",
                seconds,
            )
        if progress.phase is Phase.PLANNING:
            return tr("Preparing")
        if seen.steps > 1:
            title = tr(self.draft.provider.steps(self.draft.options)[progress.step].title)
            return tr(
                "Sending, step {step} of {steps}: {title}",
                step=progress.step + 1,
                steps=seen.steps,
                title=title,
            )
        return tr("Sending")

    def _pace(self, totals: OutcomeTotals) -> str:
        """Time and rate, once they mean something."""
        seconds = time.monotonic() - self._began
        answered = totals.answered - max(0, self._arrived_before)
        if seconds < MEANINGFUL_SECONDS or answered <= 0:
            return ""
        rate = round(answered * 60 / seconds)
        said = trn("About {count} contact a minute.", "About {count} contacts a minute.", rate)
        return f"{tr('{time} so far.', time=duration(seconds))} {said}"

    # Endings.

    def _show_end(self, end: UploadEnd) -> None:
        self.session.end = end
        self._set_running(False)
        self.outcomes.show_totals(end.totals)
        self.words.setText(_far(end.totals))
        if end.ending is Ending.FINISHED:
            self.bar.setValue(FINE)
            self.go_on.hide()  # there is nothing to continue
            self.phase.setText(_finished_words(end.totals))
        elif end.ending is Ending.STOPPED:
            self.phase.setText(_stopped_words(end.totals))
        else:
            self._show_trouble(end.problem)
        self.shown.emit()
        self.completeChanged.emit()

    def _show_fault(self, problem: Problem) -> None:
        """A Problem before anything was sent, or the ledger's."""
        self._set_running(False)
        self._show_trouble(problem)
        self.completeChanged.emit()

    def _show_trouble(self, problem: Problem | None) -> None:
        self.phase.setText(tr("The upload is not finished"))
        self.show_problem(problem)
        self.go_on.setText(tr("Try again"))
        self.change_account.setVisible(isinstance(problem, AccountProblem))

    def _show_stopped_early(self) -> None:
        """Stopped before there was an upload to stop."""
        self._set_running(False)
        self.phase.setText(tr("Stopped. Nothing was sent."))
        self.completeChanged.emit()

    def _show_crash(self, trace: str) -> None:
        self._set_running(False)
        self.phase.setText(tr("The upload is not finished"))
        self.completeChanged.emit()
        self.crashed.emit(trace)

    def _set_running(self, running: bool) -> None:
        self.stop.setVisible(running)
        self.stop.setEnabled(running)
        self.go_on.setText(tr("Continue"))
        self.go_on.setVisible(not running)
        self.change_account.setVisible(False)


def duration(seconds: float) -> str:
    """A time as one says it: seconds, then minutes."""
    whole = round(seconds)
    if whole < 90:
        return trn("{count} second", "{count} seconds", whole)
    return trn("{count} minute", "{count} minutes", round(whole / 60))


def _far(totals: OutcomeTotals) -> str:
    done = f"{totals.answered:,}"
    return trn("{done} of {count} contact.", "{done} of {count} contacts.", totals.sum, done=done)


def _finished_words(totals: OutcomeTotals) -> str:
    if totals.answered == totals.sum and not totals.refused:
        return tr("Done. Everyone has arrived.")
    return tr("Done. Not everyone has arrived: the report says who and why.")


def _stopped_words(totals: OutcomeTotals) -> str:
    if not totals.unsure:
        return tr("Stopped. What was sent stays with the provider; Continue sends the rest.")
    return trn(
        "Stopped. {count} contact was under way just then; whether it arrived is unsure.",
        "Stopped. {count} contacts were under way just then; whether they arrived is unsure.",
        totals.unsure,
    )


def _work(draft: ImportDraft, parts: Parts) -> Work:
    return lambda tell, stop: watched_upload(draft, parts, tell, stop)
