"""Runs an upload: plans each step, keeps as many requests out as the provider allows, and writes down what
became of them.

Every decision about a batch is upload/states' table; every decision about an answer is the step's; when to
give up is upload/setbacks'. What is left here is order: this thread alone owns the ledger, the lines carry
requests. What came back and what goes out next are written down in one transaction, before it goes out.
Refuses to know which provider it drives.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from app.batches import Batch
from app.ledger.batches import BatchState, PlannedBatch, StoredBatch
from app.ledger.ledger import Ledger
from app.ledger.outcomes import OutcomeTotals
from app.problems import Problem
from app.progress import Stop
from app.providers.contract import Pace, Step
from app.providers.verdicts import (
    Answered,
    Halt,
    Outcome,
    OutcomeKind,
    Split,
    Unclear,
    Verdict,
    Wait,
    same_for_all,
)
from app.upload.aboard import Aboard
from app.upload.last_look import require_in_place
from app.upload.leash import Leash
from app.upload.lines import Heard, Lines, Sends
from app.upload.pacing import SteadyClock, TokenBucket
from app.upload.planning import Planner, halves_of, parts_of
from app.upload.reasons import INTERRUPTED, NOT_TOLD, no_answer, refused_together
from app.upload.sending import NoAnswer, NotSent
from app.upload.setbacks import LONGEST_ASKED_WAIT, TRIES_OF_A_BATCH, Setbacks
from app.upload.splitting import SplitAllowance
from app.upload.states import Event, after
from app.upload.tally import Tally, counted, counted_before, left_unsure, waiting_for_next_step
from app.upload.telling import Ending, Phase, TellUpload, UploadEnd, UploadProgress

__all__ = ["Ending", "Phase", "TellUpload", "Upload", "UploadEnd", "UploadProgress"]

log = logging.getLogger("app.upload")

AHEAD = 2  # batches planned beyond those that are out
PAUSE_BEFORE_REPEATING = 1.0  # seconds, for a provider to get over what it answered
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
        self._tally = Tally(OutcomeTotals())
        self._setbacks = Setbacks()
        self._splits = SplitAllowance({}, 0)
        self._trouble: Problem | None = None
        self._quiet_until = 0.0
        self._aboard: dict[int, Batch] = {}  # whom the planned batches carry: saves reading them again
        self._step_size = self._step_done = 0

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
        if self._trouble is not None:
            log.info("upload ended by a problem: %s", type(self._trouble).__name__)
            return UploadEnd(Ending.PROBLEM, self._tally.totals, self._trouble)
        if self._stop.asked:
            return UploadEnd(Ending.STOPPED, self._tally.totals)
        totals = self._ledger.outcomes.totals(len(self._steps), self._tally.totals.sum)
        is_held = (self._leash.held or self._leash.first is not None) and totals.not_sent
        return UploadEnd(Ending.PAUSED if is_held else Ending.FINISHED, totals)

    @property
    def _is_over(self) -> bool:
        """Whether nothing more is to be sent; what is out is still waited for."""
        return self._trouble is not None or self._stop.asked or self._leash.held

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
        with self._ledger.together():
            for batch in self._ledger.batches.in_flight():
                doubt = None if batch.doubt else INTERRUPTED
                self._ledger.batches.move(batch, after(batch.state, Event.RESTART), doubt=doubt)
            self._ledger.batches.begin_anew(self._now() + LONGEST_ASKED_WAIT)
        self._tally = Tally(self._ledger.outcomes.totals(len(self._steps)))
        self._splits = SplitAllowance(self._ledger.batches.parts_by_root(), self._tally.totals.sum)

    def _begin_step(self, number: int) -> None:
        self._step_done = self._ledger.batches.contacts_answered(number)
        self._step_size = self._tally.totals.sum if number == 0 else self._ledger.outcomes.good_at(number - 1)
        self._report(Phase.PLANNING, number)

    def _carry_all(self, number: int, step: Step, planner: Planner) -> None:
        states = [BatchState.PLANNED] + ([BatchState.UNSURE] if step.repeatable else [])
        heard: Heard | None = None
        while True:
            due = self._note_and_send(number, step, states, heard)
            self._report(Phase.SENDING, number)
            heard = None
            if self._may_plan(planner):
                self._aboard.update(planner.plan_next())
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
        return not (planner.done or self._is_over) and len(self._aboard) < self._lines.in_flight + AHEAD

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
                self._note(heard, step)
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
            self._aboard[batch.id] = self._batch_of(batch, step)
        return due

    def _seconds_until(self, batch: StoredBatch) -> float:
        now = self._now()
        return max(0.0, batch.not_before - now, self._quiet_until - now, self._bucket.seconds_until_next(now))

    def _note(self, heard: Heard, step: Step) -> None:
        stored, fault = heard.batch, heard.fault
        if heard.response is not None:
            self._setbacks.heard_something()
            batch = self._batch_of(stored, step)
            self._act_on(step.verdict_on(heard.response, batch), stored, batch, step)
        elif isinstance(fault, NotSent):
            self._put_back(stored, self._setbacks.not_connected(str(fault), self._stop.asked))
        elif isinstance(fault, NoAnswer):
            self._setbacks.heard_something()
            self._no_answer(stored, str(fault))
        elif isinstance(fault, Problem):
            self._halt(stored, fault)
        elif fault is not None:
            raise fault  # a bug of ours, carried over from the line's thread

    def _batch_of(self, stored: StoredBatch, step: Step) -> Batch:
        known = self._aboard.get(stored.id)
        if known is not None:
            return Batch(step.key, known.passengers, stored.doubt)
        return Batch(step.key, Aboard(self._ledger, stored), stored.doubt)

    def _act_on(self, verdict: Verdict, stored: StoredBatch, batch: Batch, step: Step) -> None:
        self._setbacks.answered(waits=isinstance(verdict, Wait), unclear=isinstance(verdict, Unclear))
        match verdict:
            case Answered() if (
                step.repeat_tells and not stored.doubt and (unsure := left_unsure(verdict, batch))
            ):
                self._answered_in_part(stored, batch, verdict, unsure, step)
            case Answered():
                self._answered(stored, batch, verdict)
            case Split(alone) if len(batch) == 1:
                self._answered(stored, batch, same_for_all(alone))
            case Split(alone) if not self._splits.allows(stored):
                self._answered(stored, batch, same_for_all(refused_together(alone)))
            case Split():
                self._split(stored, batch, step)
            case Wait(seconds):
                self._put_back(stored, self._setbacks.told_to_wait(seconds))
            case Halt(problem, unsure=True):
                self._no_answer(stored, problem.details)
                self._trouble = problem
            case Halt(problem):
                self._halt(stored, problem)
            case Unclear(detail):
                self._no_answer(stored, detail)

    def _answered(self, stored: StoredBatch, batch: Batch, verdict: Answered) -> None:
        outcomes, others = verdict.outcomes, verdict.others
        if outcomes:  # of nobody who is not aboard, and what most have stands once
            outcomes = {one.row: outcomes.get(one.row, others or NOT_TOLD) for one in batch.passengers}
            others = Counter(outcomes.values()).most_common(1)[0][0]
        others = others or NOT_TOLD
        self._ledger.batches.answer(stored, outcomes, others)
        kinds = counted(outcomes.values(), others, len(batch))
        if stored.step < len(self._steps) - 1:
            kinds = waiting_for_next_step(kinds)
        elif stored.step > 0:
            kinds = self._ledger.outcomes.finals_of(stored, len(self._steps))
        self._tally.move(counted_before(stored.doubt), kinds)
        self._step_done += stored.size
        self._aboard.pop(stored.id, None)

    def _answered_in_part(
        self, stored: StoredBatch, batch: Batch, verdict: Answered, unsure: Mapping[int, Outcome], step: Step
    ) -> None:
        """Whoever the answer leaves unsure is sent once more, alone."""
        if len(unsure) < len(batch):
            parts = parts_of(stored.step, step, batch, unsure.keys())
            told, stored = self._put_in_place_of(stored, parts)
            self._answered(told, parts[0].batch, verdict)
        self._doubt(stored, next(iter(unsure.values())), self._now() + PAUSE_BEFORE_REPEATING)

    def _put_in_place_of(self, stored: StoredBatch, parts: Sequence[PlannedBatch]) -> list[StoredBatch]:
        ids = self._ledger.batches.split(stored, parts)
        self._aboard.pop(stored.id, None)
        self._aboard.update(zip(ids, (part.batch for part in parts), strict=True))
        return [part.stored_as(number, stored) for number, part in zip(ids, parts, strict=True)]

    def _split(self, stored: StoredBatch, batch: Batch, step: Step) -> None:
        self._put_in_place_of(stored, halves_of(stored.step, step, batch))
        self._splits.note(stored)

    def _put_back(self, stored: StoredBatch, wait: float) -> None:
        """Nothing was saved: the batch may go out again after `wait` seconds, and nothing may before."""
        self._quiet_until = max(self._quiet_until, self._now() + min(wait, LONGEST_ASKED_WAIT))
        self._move(stored, Event.TOLD_TO_WAIT, self._now() + wait)
        self._trouble = self._trouble or self._setbacks.problem

    def _no_answer(self, stored: StoredBatch, why: str) -> None:
        not_before = self._now() + self._setbacks.no_answer(why)
        self._quiet_until = max(self._quiet_until, not_before)
        self._doubt(stored, no_answer(why), not_before)
        self._trouble = self._trouble or self._setbacks.problem

    def _doubt(self, stored: StoredBatch, why: Outcome, not_before: float) -> None:
        """Nobody knows whether the batch arrived: the first reason why stays."""
        to = after(BatchState.SENT, Event.NO_ANSWER, stored.doubt)
        self._ledger.batches.move(stored, to, not_before, doubt=None if stored.doubt else why)
        self._aboard.pop(stored.id, None)
        if not stored.doubt:
            self._tally.move(OutcomeKind.NOT_SENT, {OutcomeKind.UNSURE: stored.size})

    def _halt(self, stored: StoredBatch, problem: Problem) -> None:
        self._move(stored, Event.TOLD_TO_STOP)
        self._trouble = self._trouble or problem

    def _move(self, stored: StoredBatch, event: Event, not_before: float = 0.0) -> None:
        self._ledger.batches.move(stored, after(BatchState.SENT, event, stored.doubt), not_before)

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
        totals = self._tally.totals
        share = (number + min(1.0, self._step_done / max(1, self._step_size))) / len(self._steps)
        costs = (self._lines.in_flight, self._splits.extra_requests)
        self._tell(UploadProgress(phase, number, totals, totals.sum, wait_seconds, share, *costs))
