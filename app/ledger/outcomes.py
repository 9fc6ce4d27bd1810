"""What became of each contact over all steps, and the totals, from the ledger.

One rule, in one place: a contact is as well as its worst step, and it is done only after the last one.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from app.ledger.batches import StoredBatch
from app.ledger.connection import faults_as_problems
from app.providers.verdicts import Outcome, OutcomeKind

# The first step that did not end well decides; if all did, the last step that says more than "accepted" does,
# and the first step gives the kind (created, updated or accepted). A contact that waits for a later step is
# not done, so it counts as not sent.
_FINAL = """
    SELECT row,
           CASE WHEN sum(kind = 'refused') THEN 'refused'
                WHEN sum(kind = 'unsure') THEN 'unsure'
                WHEN sum(kind = 'not_sent') OR count(*) < :steps THEN 'not_sent'
                ELSE max(CASE WHEN step = 0 THEN kind END) END AS final
    FROM told {where} GROUP BY row
"""
ROWS_A_PIECE = 2_000


@dataclass(frozen=True, slots=True)
class OutcomeTotals:
    """How many contacts are how far; to send = the sum of all."""

    created: int = 0
    updated: int = 0
    accepted: int = 0
    refused: int = 0
    unsure: int = 0
    not_sent: int = 0

    @property
    def sum(self) -> int:
        return self.created + self.updated + self.accepted + self.refused + self.unsure + self.not_sent

    @property
    def answered(self) -> int:
        """Those for which nothing more is going to happen."""
        return self.created + self.updated + self.accepted + self.refused


@dataclass(frozen=True, slots=True)
class Journey:
    """One contact's way through the steps: `final` is what to count, `steps` its outcome at each."""

    row: int
    final: OutcomeKind
    steps: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why so many contacts did not arrive: `outcome` is one of theirs (same kind and code)."""

    outcome: Outcome
    count: int


class OutcomeShelf:
    """The `outcomes` table, read."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def totals(self, steps: int, to_send: int | None = None) -> OutcomeTotals:
        """The totals over an upload of so many steps; what was never planned counts as not sent. Who knows
        how many are to be sent spares their counting."""
        counted = self._of_one_step() if steps == 1 else self._of_several(steps)
        if to_send is None:
            to_send = self._count_to_send()
        never_planned = to_send - sum(counted.values())
        return OutcomeTotals(
            **{kind.value: counted.get(kind.value, 0) for kind in OutcomeKind if kind.value != "not_sent"},
            not_sent=counted.get("not_sent", 0) + never_planned,
        )

    def _count_to_send(self) -> int:
        with faults_as_problems():
            (number,) = self._connection.execute(
                "SELECT count(*) FROM contacts WHERE status = 'to_send'"
            ).fetchone()
        return int(number)

    def _of_one_step(self) -> Counter[str]:
        """By batches, and then by those who fared differently: quick also with a million contacts."""
        counted: Counter[str] = Counter()
        with faults_as_problems():
            for kind, count in self._connection.execute("SELECT kind, sum(size) FROM batches GROUP BY kind"):
                counted[kind] += count
            different = self._connection.execute(
                """SELECT batches.kind, outcomes.kind, count(*)
                   FROM outcomes JOIN batches ON batches.id = outcomes.batch
                   WHERE outcomes.kind IS NOT NULL GROUP BY batches.kind, outcomes.kind"""
            )
            for others, own, count in different:
                counted[others] -= count
                counted[own] += count
        return counted

    def _of_several(self, steps: int) -> Counter[str]:
        query = f"SELECT final, count(*) FROM ({_FINAL.format(where='')}) GROUP BY final"
        with faults_as_problems():
            return Counter(dict(self._connection.execute(query, {"steps": steps}).fetchall()))

    def good_at(self, step: int) -> int:
        """How many contacts have a good outcome of a step, and so take part in the next one."""
        query = "SELECT count(*) FROM told WHERE step = ? AND kind IN ('created', 'updated', 'accepted')"
        with faults_as_problems():
            (number,) = self._connection.execute(query, (step,)).fetchone()
        return int(number)

    def halfway(self, steps: int) -> int:
        """How many contacts have a good first step and are not done, nor refused or unsure since."""
        if steps == 1:
            return 0
        return (
            self.good_at(0)
            - sum(
                self._count_at(step, OutcomeKind.REFUSED) + self._count_at(step, OutcomeKind.UNSURE)
                for step in range(1, steps)
            )
            - self.good_at(steps - 1)
        )

    def _count_at(self, step: int, kind: OutcomeKind) -> int:
        query = "SELECT count(*) FROM told WHERE step = ? AND kind = ?"
        with faults_as_problems():
            (number,) = self._connection.execute(query, (step, kind.value)).fetchone()
        return int(number)

    def reasons(self, limit: int = 50) -> tuple[Reason, ...]:
        """Why contacts were refused or are unsure, the most frequent first; at most so many reasons.

        Without a code, the provider's own words are the reason. A contact goes no further than its first
        bad step, so each is counted once.
        """
        query = """SELECT kind, code, min(detail), count(*) AS many FROM told
                   WHERE kind IN ('refused', 'unsure')
                   GROUP BY kind, code, CASE code WHEN '' THEN detail ELSE '' END
                   ORDER BY many DESC, kind, code LIMIT ?"""
        with faults_as_problems():
            found = self._connection.execute(query, (limit,)).fetchall()
        return tuple(
            Reason(Outcome(OutcomeKind(kind), code, detail), many) for kind, code, detail, many in found
        )

    def finals_of(self, batch: StoredBatch, steps: int) -> Counter[OutcomeKind]:
        """What the contacts of an answered batch now count as."""
        query = f"""SELECT final, count(*) FROM ({_FINAL.format(where=_within(steps))}) AS finals
                    JOIN outcomes ON outcomes.row = finals.row AND outcomes.step = :step
                    AND outcomes.batch = :batch GROUP BY final"""
        places = {"first": batch.first_row, "last": batch.last_row, "step": batch.step, "batch": batch.id}
        with faults_as_problems():
            found = self._connection.execute(query, {**places, "steps": steps}).fetchall()
        return Counter({OutcomeKind(final): count for final, count in found})

    def journeys(self, steps: int) -> Iterator[Journey]:
        """Every contact's way, in the sheet's order, streaming."""
        query = "SELECT (SELECT min(row) {from_first}), (SELECT max(row) {from_first})"
        with faults_as_problems():
            found = self._connection.execute(query.format(from_first="FROM outcomes WHERE step = 0"))
            first, last = found.fetchone()
        for start in range(first, last + 1, ROWS_A_PIECE) if last is not None else ():
            yield from self.journeys_between(start, min(start + ROWS_A_PIECE - 1, last), steps)

    def journeys_between(self, first: int, last: int, steps: int) -> Iterator[Journey]:
        """The ways of the contacts of the sheet rows from `first` to `last`, both included, in their order.

        Nothing is left open meanwhile, and nothing sorted but these: a list of a million starts at once.
        """
        if steps == 1:  # no grouping
            finals, final = "", "kind"
        else:
            finals = f"JOIN ({_FINAL.format(where=_within(steps))}) AS finals ON finals.row = told.row"
            final = "final"
        query = f"""SELECT told.row, {final}, kind, code, detail FROM told {finals}
                    {_within(steps, "told.")} ORDER BY told.row, step"""
        with faults_as_problems():
            found = self._connection.execute(query, {"first": first, "last": last, "steps": steps}).fetchall()
        known: dict[tuple[str, str, str], Outcome] = {}  # most fare alike
        row, ends, outcomes = 0, "", list[Outcome]()
        for number, end, *said in found:
            if number != row and outcomes:
                yield Journey(row, OutcomeKind(ends), tuple(outcomes))
                outcomes = []
            row, ends = number, end
            outcomes.append(_known(known, *said))
        if outcomes:
            yield Journey(row, OutcomeKind(ends), tuple(outcomes))


def _known(known: dict[tuple[str, str, str], Outcome], kind: str, code: str, detail: str) -> Outcome:
    said = (kind, code, detail)
    outcome = known.get(said)
    if outcome is None:
        outcome = known[said] = Outcome(OutcomeKind(kind), code, detail)
    return outcome


def _within(steps: int, of: str = "") -> str:
    """Some rows at all steps. Each step is named, or the index of (step, row) would be of no use, and
    everybody would be looked at for a few."""
    named = ", ".join(map(str, range(steps)))
    return f"WHERE {of}step IN ({named}) AND {of}row BETWEEN :first AND :last"
