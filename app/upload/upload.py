"""Runs an upload: plans each step, and keeps as many requests out as the provider allows.

Every decision about a batch is upload/states' table; every decision about an answer is the step's; what an
answer leads to is upload/journal's. What is left here is order: this thread alone owns the ledger, the lines
carry requests. What came back and what goes out next are written down in one transaction, before it goes out.
Refuses to know which provider it drives.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from app.ledger.batches import BatchState, StoredBatch
from app.ledger.ledger import Ledger
from app.progress import Stop
from app.providers.contract import Pace, Step
from app.upload.journal import Journal
from app.upload.last_look import require_in_place
from app.upload.leash import Leash
from app.upload.lines import Heard, Lines, Sends
from app.upload.pacing import SteadyClock, TokenBucket
from app.upload.planning import Planner
from app.upload.setbacks import TRIES_OF_A_BATCH
from app.upload.states import Event, after
from app.upload.telling import Ending, Phase, TellUpload, UploadEnd, UploadProgress

__all__ = ["Ending", "Phase", "TellUpload", "Upload", "UploadEnd", "UploadProgress"]

log = logging.getLogger("app.upload")

AHEAD = 2  # batches planned beyond those that are out
BLINK = 0.05  # seconds between looks at the clock while requests are out and another may go soon


class Upload:
    """One run over a ledger. Give it an own Ledger object, in the thread that calls `run`.

    `sender` is one sender, or one for each request that may be out at the same time.
    """

    def __init__(
        self,
        ledger: Ledger,
        steps: Sequence[Step],
        pace: Pace,
        sender: Sends | Sequence[Sends],
        tell: TellUpload,
        stop: Stop,
        now: Callable[[], float] | None = None,
        pause: Callable[[float], bool] | None = None,
        leash: Leash | None = None,
    ) -> None:
        self._ledger = ledger
        self._steps = steps
        self._bucket = TokenBucket(pace.requests_per_minute)
        senders = sender if isinstance(sender, Sequence) else (sender,)
        self._lines = Lines(senders[: max(1, pace.in_flight)], stop)
        self._tell = tell
        self._stop = stop
        self._leash = leash or Leash()
        self._now = now or SteadyClock()
        self._pause = pause or stop.wait
        self._journal = Journal(ledger, len(steps), self._now, stop)
        self._step_size = 0

    def run(self) -> UploadEnd:
        """Send what is not sent yet. Raises LedgerProblem only; every other Problem is in the end's."""
        self._take_over()
        with self._lines:
            for number, step in enumerate(self._steps):
                self._begin_step(number)
                planner = self._planner(number, step)
                planner.done = self._ledger.batches.contacts_planned(number) >= self._step_size
                self._carry_all(number, step, planner)
                if self._is_over:
                    break
        return self._end()

    def _end(self) -> UploadEnd:
        problem, counted = self._journal.problem, self._journal.totals
        if problem is not None:
            log.info("upload ended by a problem: %s", type(problem).__name__)
            return UploadEnd(Ending.PROBLEM, counted, problem)
        if self._stop.asked:
            return UploadEnd(Ending.STOPPED, counted)
        totals = self._ledger.outcomes.totals(len(self._steps), counted.sum)
        is_held = (self._leash.held or self._leash.first is not None) and totals.not_sent
        return UploadEnd(Ending.PAUSED if is_held else Ending.FINISHED, totals)

    @property
    def _is_over(self) -> bool:
        """Whether nothing more is to be sent; what is out is still waited for."""
        return self._journal.problem is not None or self._stop.asked or self._leash.held

    def _planner(self, number: int, step: Step) -> Planner:
        first = self._leash.first
        if number or first is None:  # whoever had a good first step may always go on to the next one
            return Planner(self._ledger, number, step)
        left = first - self._ledger.batches.contacts_planned(0)  # who was planned before is one of the few
        return Planner(self._ledger, number, step, max(0, left))

    def _take_over(self) -> None:
        """Pick up the ledger where the last run, or the last crash, left it."""
        if self._leash.first is not None:  # whoever is planned is sent
            self._ledger.batches.forget_plan()
        self._journal.take_over()

    def _begin_step(self, number: int) -> None:
        self._journal.begin_step(number)
        self._step_size = (
            self._journal.totals.sum if number == 0 else self._ledger.outcomes.good_at(number - 1)
        )
        self._report(Phase.PLANNING, number)

    def _carry_all(self, number: int, step: Step, planner: Planner) -> None:
        states = [BatchState.PLANNED] + ([BatchState.UNSURE] if step.repeatable else [])
        heard: Heard | None = None
        while True:
            due = self._note_and_send(number, step, states, heard)
            self._report(Phase.SENDING, number)
            heard = None
            if self._may_plan(planner):
                self._journal.note_planned(planner.plan_next())
            elif self._lines.in_flight:
                self._ledger.departures.look_ahead(number, states, TRIES_OF_A_BATCH)
                heard = self._lines.hear(None if due is None or self._is_over else max(BLINK, due))
            elif self._is_over or due is None:
                return
            else:
                self._wait(due, number)
            if heard is None and self._lines.in_flight:
                heard = self._lines.hear(0)

    def _may_plan(self, planner: Planner) -> bool:
        return not (planner.done or self._is_over) and self._journal.known < self._lines.in_flight + AHEAD

    def _note_and_send(
        self, number: int, step: Step, states: Sequence[BatchState], heard: Heard | None
    ) -> float | None:
        """Write down what came back and what goes out next, then let it go.

        Returns how many seconds the next batch has to wait (0.0: it only lacks a free line), or None if there
        is none.
        """
        leaving: list[StoredBatch] = []
        due: float | None = 0.0
        with self._ledger.together():
            if heard is not None:
                self._journal.note(heard, step)
            while not self._is_over and len(leaving) < self._lines.free:
                batch = self._ledger.departures.next(number, states, TRIES_OF_A_BATCH)
                due = None if batch is None else self._seconds_until(batch)
                if batch is None or due:
                    break
                self._bucket.take(self._now())
                self._ledger.batches.move(batch, after(batch.state, Event.WE_SEND), attempts=1)
                leaving.append(batch)
        if leaving:
            require_in_place(self._ledger, leaving)
        for batch in leaving:
            self._lines.send(batch)
            self._journal.note_leaving(batch, step)
        return due

    def _seconds_until(self, batch: StoredBatch) -> float:
        now = self._now()
        return max(
            0.0, batch.not_before - now, self._journal.quiet_until - now, self._bucket.seconds_until_next(now)
        )

    def _wait(self, seconds: float, number: int) -> None:
        """Wait, saying so at once and then every second; ends early when asked to stop."""
        until = self._now() + seconds
        while (left := until - self._now()) > 0:
            if left > 1.0:
                paced = self._bucket.seconds_until_next(self._now()) > left - 1.0
                self._report(Phase.WAITING if paced else Phase.HOLDING_OFF, number, left)
            if self._is_over or self._pause(min(left, 1.0)):
                return

    def _report(self, phase: Phase, number: int, wait_seconds: float = 0.0) -> None:
        totals = self._journal.totals
        share = (number + min(1.0, self._journal.step_done / max(1, self._step_size))) / len(self._steps)
        costs = (self._lines.in_flight, self._journal.extra_requests)
        self._tell(UploadProgress(phase, number, totals, totals.sum, wait_seconds, share, *costs))
