"""Keeps the totals while batches are answered, without counting a million rows again each time.

Pure arithmetic over outcome kinds; what it starts from and the rare exact count come from the ledger.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from app.batches import Batch
from app.ledger.outcomes import OutcomeTotals
from app.providers.verdicts import GOOD, Answered, Outcome, OutcomeKind
from app.upload.reasons import NOT_TOLD


class Tally:
    """The totals of an upload that is going on."""

    def __init__(self, start: OutcomeTotals) -> None:
        self._counts: Counter[OutcomeKind] = Counter(
            {kind: getattr(start, kind.value) for kind in OutcomeKind}
        )

    @property
    def totals(self) -> OutcomeTotals:
        return OutcomeTotals(**{kind.value: self._counts[kind] for kind in OutcomeKind})

    def move(self, before: OutcomeKind, after: Mapping[OutcomeKind, int]) -> None:
        """So many contacts that all counted as `before` count as `after` now."""
        for kind, count in after.items():
            self._counts[before] -= count
            self._counts[kind] += count


def counted(outcomes: Iterable[Outcome], others: Outcome, size: int) -> Counter[OutcomeKind]:
    """How many of a batch of `size` have which kind, if all that have no outcome of their own fare as
    `others` do."""
    kinds = Counter(outcome.kind for outcome in outcomes)
    kinds[others.kind] += size - kinds.total()
    return kinds


def counted_before(doubt: bool) -> OutcomeKind:
    """What the contacts of a batch that was just sent counted as until now."""
    return OutcomeKind.UNSURE if doubt else OutcomeKind.NOT_SENT


def left_unsure(verdict: Answered, batch: Batch) -> dict[int, Outcome]:
    """By row, those of the batch that an answer does not settle."""
    if not verdict.outcomes and verdict.others is not None and verdict.others.kind is not OutcomeKind.UNSURE:
        return {}  # nearly always, and quick to see
    told = verdict.by_row(batch)
    outcomes = {one.row: told.get(one.row, NOT_TOLD) for one in batch.passengers}
    return {row: outcome for row, outcome in outcomes.items() if outcome.kind is OutcomeKind.UNSURE}


def waiting_for_next_step(kinds: Mapping[OutcomeKind, int]) -> Counter[OutcomeKind]:
    """How the outcomes of a step that is not the last count: a good one is not done yet."""
    waiting: Counter[OutcomeKind] = Counter()
    for kind, count in kinds.items():
        waiting[OutcomeKind.NOT_SENT if kind in GOOD else kind] += count
    return waiting
