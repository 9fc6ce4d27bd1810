"""Writes down what became of the requests that came back, and keeps the account of an upload that goes on.

Every decision about a batch is upload/states' table; every decision about an answer is the step's; when to
give up is upload/setbacks'. Belongs to the thread that owns the ledger; refuses to send or to plan ahead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from app.batches import Batch
from app.ledger.batches import BatchState, PlannedBatch, StoredBatch
from app.ledger.ledger import Ledger
from app.ledger.outcomes import OutcomeTotals
from app.problems import Problem
from app.progress import Stop
from app.providers.contract import Step
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
from app.upload.lines import Heard
from app.upload.planning import halves_of, parts_of
from app.upload.reasons import INTERRUPTED, NOT_TOLD, no_answer, refused_together
from app.upload.sending import NoAnswer, NotSent
from app.upload.setbacks import LONGEST_ASKED_WAIT, Setbacks
from app.upload.splitting import SplitAllowance
from app.upload.states import Event, after
from app.upload.tally import Tally, counted, counted_before, left_unsure, waiting_for_next_step

PAUSE_BEFORE_REPEATING = 1.0  # seconds, for a provider to get over what it answered


class Journal:
    """What came back in one run over a ledger of `steps` steps: what it says of each batch, and the totals.

    `problem` ends the run; before `quiet_until`, by `now`'s clock, nothing may go out; of the step that was
    begun, `step_done` contacts are answered.
    """

    def __init__(self, ledger: Ledger, steps: int, now: Callable[[], float], stop: Stop) -> None:
        self._ledger = ledger
        self._steps = steps
        self._now = now
        self._stop = stop
        self._tally = Tally(OutcomeTotals())
        self._setbacks = Setbacks()
        self._splits = SplitAllowance({}, 0)
        self._aboard: dict[int, Batch] = {}  # whom the planned batches carry: saves reading them again
        self.problem: Problem | None = None
        self.quiet_until = 0.0
        self.step_done = 0

    @property
    def totals(self) -> OutcomeTotals:
        return self._tally.totals

    @property
    def extra_requests(self) -> int:
        """How many requests dividing refused batches has cost so far."""
        return self._splits.extra_requests

    @property
    def known(self) -> int:
        """Of how many batches that are planned or out it is known whom they carry."""
        return len(self._aboard)

    def take_over(self) -> None:
        """Pick up the ledger where the last run, or the last crash, left it."""
        with self._ledger.together():
            for batch in self._ledger.batches.in_flight():
                doubt = None if batch.doubt else INTERRUPTED
                self._ledger.batches.move(batch, after(batch.state, Event.RESTART), doubt=doubt)
            self._ledger.batches.begin_anew(self._now() + LONGEST_ASKED_WAIT)
        self._tally = Tally(self._ledger.outcomes.totals(self._steps))
        self._splits = SplitAllowance(self._ledger.batches.parts_by_root(), self._tally.totals.sum)

    def begin_step(self, number: int) -> None:
        self.step_done = self._ledger.batches.contacts_answered(number)

    def note_planned(self, batches: Mapping[int, Batch]) -> None:
        """Keep in mind whom the batches carry that were just planned, by id."""
        self._aboard.update(batches)

    def note_leaving(self, stored: StoredBatch, step: Step) -> None:
        self._aboard[stored.id] = self._batch_of(stored, step)

    def note(self, heard: Heard, step: Step) -> None:
        """Write down what came back of one request."""
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
                self.problem = problem
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
        if stored.step < self._steps - 1:
            kinds = waiting_for_next_step(kinds)
        elif stored.step > 0:
            kinds = self._ledger.outcomes.finals_of(stored, self._steps)
        self._tally.move(counted_before(stored.doubt), kinds)
        self.step_done += stored.size
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
        self.quiet_until = max(self.quiet_until, self._now() + min(wait, LONGEST_ASKED_WAIT))
        self._move(stored, Event.TOLD_TO_WAIT, self._now() + wait)
        self.problem = self.problem or self._setbacks.problem

    def _no_answer(self, stored: StoredBatch, why: str) -> None:
        not_before = self._now() + self._setbacks.no_answer(why)
        self.quiet_until = max(self.quiet_until, not_before)
        self._doubt(stored, no_answer(why), not_before)
        self.problem = self.problem or self._setbacks.problem

    def _doubt(self, stored: StoredBatch, why: Outcome, not_before: float) -> None:
        """Nobody knows whether the batch arrived: the first reason why stays."""
        to = after(BatchState.SENT, Event.NO_ANSWER, stored.doubt)
        self._ledger.batches.move(stored, to, not_before, doubt=None if stored.doubt else why)
        self._aboard.pop(stored.id, None)
        if not stored.doubt:
            self._tally.move(OutcomeKind.NOT_SENT, {OutcomeKind.UNSURE: stored.size})

    def _halt(self, stored: StoredBatch, problem: Problem) -> None:
        self._move(stored, Event.TOLD_TO_STOP)
        self.problem = self.problem or problem

    def _move(self, stored: StoredBatch, event: Event, not_before: float = 0.0) -> None:
        self._ledger.batches.move(stored, after(BatchState.SENT, event, stored.doubt), not_before)
