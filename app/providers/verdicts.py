"""What an answer means: an outcome for each contact, or what the engine has to do next.

The words between a provider, which reads answers, and the engine, which acts; neither's rules are here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from app.batches import Batch
from app.problems import Problem


class OutcomeKind(Enum):
    """What became of one contact. to send = created + updated + accepted + refused + unsure + not sent."""

    __hash__ = object.__hash__  # members are unique; Enum's own takes many times as long

    CREATED = "created"
    UPDATED = "updated"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNSURE = "unsure"
    NOT_SENT = "not_sent"


GOOD = frozenset({OutcomeKind.CREATED, OutcomeKind.UPDATED, OutcomeKind.ACCEPTED})


@dataclass(frozen=True, slots=True)
class Outcome:
    """`code` names the reason (a key of the provider's sentences, empty if there is nothing to add);
    `detail` is what the provider itself said, as plain text."""

    kind: OutcomeKind
    code: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """The provider took the request: an outcome for every row of the batch.

    `others` is that of every row which `outcomes` does not name, so that an answer which says the same of
    all needs to know none of them.
    """

    outcomes: Mapping[int, Outcome]
    others: Outcome | None = None

    def by_row(self, batch: Batch) -> dict[int, Outcome]:
        """The outcome of each row of the batch that was told one."""
        others = (
            {} if self.others is None else dict.fromkeys((one.row for one in batch.passengers), self.others)
        )
        return {**others, **self.outcomes}


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing was saved; the same request may be sent again after `seconds` (None: the engine's choice)."""

    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """The request was refused as a whole and nothing was saved. `alone` is the outcome of a contact that
    is refused on its own; a larger batch is halved to find it."""

    alone: Outcome


@dataclass(frozen=True, slots=True)
class Halt:
    """Nothing more can be sent before the user has acted; nothing was saved, unless it is `unsure`."""

    problem: Problem
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Unclear:
    """An answer that does not tell whether the contacts were saved (a server fault, an unreadable body)."""

    detail: str = ""


Verdict = Answered | Wait | Split | Halt | Unclear


def same_for_all(outcome: Outcome) -> Answered:
    """The same outcome for every contact of the batch."""
    return Answered({}, outcome)
