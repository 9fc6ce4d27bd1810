"""Runs an upload: plans each step, sends its batches one after another, and writes down what became of them.

Every decision about a batch is upload/states' table; every decision about an answer is the step's. What is
left here is order and patience. Refuses to know which provider it drives.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from app.batches import Batch
from app.language import tr
from app.ledger.batches import BatchState, StoredBatch
from app.ledger.ledger import Ledger
from app.ledger.outcomes import OutcomeTotals
from app.problems import NetworkProblem, Problem
from app.progress import Stop, Stopped
from app.providers.contract import Pace, Step
from app.providers.verdicts import Answered, Halt, OutcomeKind, Split, Unclear, Verdict, Wait
from app.upload.pacing import TokenBucket, wait_after
from app.upload.planning import halves_of, plan
from app.upload.sending import NoAnswer, NotSent, Sender
from app.upload.states import Event, after
from app.upload.tally import Tally, waiting_for_next_step

log = logging.getLogger("app.upload")

FIRST_CONNECTION_TRIES = 3  # a wrong address or no network shows at once: don't keep the user waiting
LATER_CONNECTION_TRIES = 15  # about ten minutes: a network that was there comes back
WAITS_IN_A_ROW = 30
TRIES_OF_A_BATCH = 4  # of one whose requests got no answer, where repeating is harmless
UNANSWERED_IN_A_ROW = 8  # requests; then the provider itself is in trouble


class Phase(Enum):
    """What an upload is doing."""

    PLANNING = "planning"
    SENDING = "sending"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class UploadProgress:
    """How far an upload of `to_send` contacts is. `step` counts from 0; `wait_seconds` only while waiting."""

    phase: Phase
    step: int
    totals: OutcomeTotals
    to_send: int
    wait_seconds: float = 0.0


class Ending(Enum):
    """How an upload ended: nothing left to do, stopped by the user, or by a Problem."""

    FINISHED = "finished"
    STOPPED = "stopped"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class UploadEnd:
    """The end of one run; a later run of the same ledger goes on from there."""

    ending: Ending
    totals: OutcomeTotals
    problem: Problem | None = None


TellUpload = Callable[[UploadProgress], None]


class Upload:
    """One run over a ledger. Give it an own Ledger object, in the thread that calls `run`."""

    def __init__(
        self,
        ledger: Ledger,
        steps: Sequence[Step],
        pace: Pace,
        sender: Sender,
        tell: TellUpload,
        stop: Stop,
        now: Callable[[], float] = time.time,
        pause: Callable[[float], bool] | None = None,
    ) -> None:
        self._ledger = ledger
        self._steps = steps
        self._bucket = TokenBucket(pace.requests_per_minute)
        self._sender = sender
        self._tell = tell
        self._stop = stop
        self._now = now
        self._pause = pause or stop.wait
        self._tally = Tally(OutcomeTotals())
        self._phase = (Phase.PLANNING, 0)
        self._ever_connected = False
        self._unconnected = self._waits = self._unanswered = 0  # each in a row

    def run(self) -> UploadEnd:
        """Send what is not sent yet. Raises LedgerProblem only; every other Problem is in the end's."""
        self._doubt_what_was_in_flight()
        self._tally = Tally(self._ledger.outcomes.totals(len(self._steps)))
        try:
            for number, step in enumerate(self._steps):
                self._report(Phase.PLANNING, number)
                plan(self._ledger, number, step, stop=self._stop)
                self._report(Phase.SENDING, number)
                self._send_all(number, step)
        except Stopped:
            return self._end(Ending.STOPPED)
        except Problem as problem:
            log.info("upload ended by a problem: %s", type(problem).__name__)
            return self._end(Ending.PROBLEM, problem)
        return self._end(Ending.FINISHED)

    def _doubt_what_was_in_flight(self) -> None:
        for batch in self._ledger.batches.in_flight():
            self._ledger.batches.move(batch, after(batch.state, Event.RESTART))

    def _send_all(self, number: int, step: Step) -> None:
        states = [BatchState.PLANNED] + ([BatchState.UNSURE] if step.repeatable else [])
        while batch := self._ledger.batches.next(number, states, TRIES_OF_A_BATCH):
            self._stop.check()
            due = max(batch.not_before - self._now(), self._bucket.seconds_until_next(self._now()))
            if due > 0:
                self._wait(due, number)
            self._bucket.take(self._now())
            self._carry(batch, step)
            self._report(Phase.SENDING, number)

    def _carry(self, stored: StoredBatch, step: Step) -> None:
        """Send one batch and write down what came of it. Write, then act; hear, then write."""
        self._ledger.batches.move(stored, after(stored.state, Event.WE_SEND), attempts=1)
        try:
            response = self._sender.send(stored.request, self._stop)
        except NotSent as fault:
            self._not_connected(stored, str(fault))
        except NoAnswer as fault:
            self._ever_connected, self._unconnected = True, 0
            self._no_answer(stored, str(fault))
        except Problem:
            self._move(stored, Event.TOLD_TO_STOP)
            raise
        else:
            self._ever_connected, self._unconnected = True, 0
            passengers = self._ledger.contacts.passengers_of(
                stored.id, stored.step, stored.first_row, stored.last_row
            )
            batch = Batch(step.key, passengers, stored.doubt)
            self._act_on(step.verdict_on(response, batch), stored, batch, step)

    def _act_on(self, verdict: Verdict, stored: StoredBatch, batch: Batch, step: Step) -> None:
        if not isinstance(verdict, Wait):
            self._waits = 0
        if not isinstance(verdict, Unclear):
            self._unanswered = 0
        match verdict:
            case Answered():
                self._answered(stored, verdict)
            case Split() if len(batch) > 1:
                self._ledger.batches.split(stored, halves_of(stored.step, step, batch))
                if stored.doubt:  # the halves' contacts are no longer in doubt: nothing was saved
                    self._tally.move(OutcomeKind.UNSURE, [OutcomeKind.NOT_SENT] * len(batch))
            case Split(alone):
                self._answered(stored, Answered({batch.first_row: alone}))
            case Wait(seconds):
                self._told_to_wait(stored, seconds)
            case Halt(problem):
                self._move(stored, Event.TOLD_TO_STOP)
                raise problem
            case Unclear(detail):
                self._no_answer(stored, detail)

    def _answered(self, stored: StoredBatch, verdict: Answered) -> None:
        self._ledger.batches.answer(stored, verdict.outcomes)
        kinds = [outcome.kind for outcome in verdict.outcomes.values()]
        if stored.step < len(self._steps) - 1:
            kinds = waiting_for_next_step(kinds)
        elif stored.step > 0:
            kinds = self._ledger.outcomes.finals_of(stored, len(self._steps))
        self._tally.move(_counted_before(stored), kinds)

    def _told_to_wait(self, stored: StoredBatch, seconds: float | None) -> None:
        self._waits += 1
        wait = wait_after(self._waits, shortest=2.0) if seconds is None else seconds
        self._move(stored, Event.TOLD_TO_WAIT, self._now() + wait)
        if self._waits >= WAITS_IN_A_ROW:
            raise NetworkProblem(
                tr("The provider keeps asking us to wait."),
                tr("Nothing is lost. Upload again later: it continues where it stopped."),
            )

    def _not_connected(self, stored: StoredBatch, why: str) -> None:
        self._unconnected += 1
        self._move(stored, Event.TOLD_TO_WAIT, self._now() + wait_after(self._unconnected))
        self._stop.check()
        tries = LATER_CONNECTION_TRIES if self._ever_connected else FIRST_CONNECTION_TRIES
        if self._unconnected >= tries:
            raise NetworkProblem(
                tr("The provider can't be reached."),
                tr("Check your internet connection and the address of the account, then upload again."),
                why,
            )

    def _no_answer(self, stored: StoredBatch, why: str) -> None:
        self._unanswered += 1
        self._move(stored, Event.NO_ANSWER, self._now() + wait_after(self._unanswered, shortest=1.0), why)
        if not stored.doubt:
            self._tally.move(OutcomeKind.NOT_SENT, [OutcomeKind.UNSURE] * stored.size)
        self._stop.check()
        if self._unanswered >= UNANSWERED_IN_A_ROW:
            raise NetworkProblem(
                tr("The provider does not answer properly at the moment."),
                tr("Wait a while, then upload again. What is unsure stays marked until it is settled."),
                why,
            )

    def _move(self, stored: StoredBatch, event: Event, not_before: float = 0.0, why: str = "") -> None:
        to = after(BatchState.SENT, event, stored.doubt)
        self._ledger.batches.move(stored, to, not_before, why=why)

    def _wait(self, seconds: float, number: int) -> None:
        """Wait, saying so at once and then every second."""
        until = self._now() + seconds
        while (left := until - self._now()) > 0:
            if left > 1.0:
                self._report(Phase.WAITING, number, left)
            if self._pause(min(left, 1.0)):
                raise Stopped

    def _report(self, phase: Phase, number: int, wait_seconds: float = 0.0) -> None:
        totals = self._tally.totals
        self._tell(UploadProgress(phase, number, totals, totals.sum, wait_seconds))

    def _end(self, ending: Ending, problem: Problem | None = None) -> UploadEnd:
        return UploadEnd(ending, self._ledger.outcomes.totals(len(self._steps)), problem)


def _counted_before(stored: StoredBatch) -> OutcomeKind:
    return OutcomeKind.UNSURE if stored.doubt else OutcomeKind.NOT_SENT
