"""What an upload says about itself while it runs and when it ends.

Plain values; refuses to know who listens.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from app.ledger.outcomes import OutcomeTotals
from app.problems import Problem


class Phase(Enum):
    """What an upload is doing. It waits for its turn at the provider's pace, and holds off after a trouble on
    the way or when the provider asks for patience."""

    PLANNING = "planning"
    SENDING = "sending"
    WAITING = "waiting"
    HOLDING_OFF = "holding off"


@dataclass(frozen=True, slots=True)
class UploadProgress:
    """How far an upload of `to_send` contacts is. `step` counts from 0; `wait_seconds` is 0 unless it waits.

    `share` of all steps, from 0.0 to 1.0; `in_flight` requests that are out just now; `extra_requests` those
    that dividing refused batches has cost so far.
    """

    phase: Phase
    step: int
    totals: OutcomeTotals
    to_send: int
    wait_seconds: float = 0.0
    share: float = 0.0
    in_flight: int = 0
    extra_requests: int = 0


class Ending(Enum):
    """How an upload ended: nothing left to do, held back with more to send, stopped by the user, or by a
    Problem."""

    FINISHED = "finished"
    PAUSED = "paused"
    STOPPED = "stopped"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class UploadEnd:
    """The end of one run; a later run of the same ledger goes on from there.

    `halfway` of those not sent got through the first step: they are in the account, and wait for the next.
    """

    ending: Ending
    totals: OutcomeTotals
    problem: Problem | None = None
    halfway: int = 0

    @property
    def nothing_sent(self) -> bool:
        """Whether nobody is in the account, nor may be, by this run or one before."""
        return self.totals.not_sent == self.totals.sum and not self.halfway

    def settled(self, totals: OutcomeTotals, halfway: int = 0) -> UploadEnd:
        """How it stands once the user has said whether those who were unsure arrived."""
        if not totals.not_sent and not totals.unsure:
            return UploadEnd(Ending.FINISHED, totals)  # whatever stood in the way, nothing is left to do
        ending = Ending.PAUSED if self.ending is Ending.FINISHED and totals.not_sent else self.ending
        return UploadEnd(ending, totals, self.problem, halfway)


TellUpload = Callable[[UploadProgress], None]
