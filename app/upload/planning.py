"""From checked contacts to planned batches: exactly the bytes to be sent, written down before anything is.

A few batches ahead of the sending, so that the time an answer takes is used and memory stays flat. Knows
sizes; refuses to know what is in a body.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Sequence
from itertools import chain, islice

from app.batches import Batch, Passenger, divide
from app.ledger.batches import PlannedBatch
from app.ledger.ledger import Ledger
from app.progress import Progress, Stop, Tell, tell_nobody
from app.providers.contract import Step

PAGE = 10_000  # contacts


class Planner:
    """Plans one step of an upload, batch by batch. A later one goes on where this one ended, also after a
    crash: whoever is in no batch yet is planned, but no more than `most` contacts.

    Somebody else may write to the ledger meanwhile: a correction, or another planner. What was read before
    is not trusted then, and read again.
    """

    def __init__(self, ledger: Ledger, number: int, step: Step, most: int | None = None) -> None:
        self._ledger = ledger
        self._number = number
        self._step = step
        self._left = most
        self.done = False
        self._begin()

    def _begin(self) -> None:
        self._version = self._ledger.version()  # first, so that nothing read is older
        self._batches = _divided(self._step, islice(self._passengers(), self._left))

    def plan_next(self) -> dict[int, Batch]:
        """Write down the next batch (several, if one would be too large); id -> batch. Sets `done` when there
        is none. Raises LedgerProblem."""
        planned: list[PlannedBatch] = []
        if (batch := next(self._batches, None)) is not None:
            planned.extend(_with_requests(self._number, self._step, batch))
        with self._ledger.together():
            if self._ledger.version() != self._version:
                self._begin()
                return {}
            ids = self._ledger.batches.plan(planned)
        self.done = batch is None
        if batch is not None and self._left is not None:
            self._left -= len(batch)
        return dict(zip(ids, (one.batch for one in planned), strict=True))

    def _passengers(self) -> Iterator[Passenger]:
        """Contacts in no batch yet; in pages, because planning writes to the tables it reads."""
        after = 0
        while page := self._ledger.contacts.passengers(self._number, after, PAGE):
            yield from page
            after = page[-1].row


def plan_all(
    ledger: Ledger, number: int, step: Step, tell: Tell = tell_nobody, stop: Stop | None = None
) -> None:
    """Plan a whole step at once, before an upload, and no further once that has begun; safe to call again.

    Raises Stopped, LedgerProblem.
    """
    planner, planned = Planner(ledger, number, step), 0
    while not planner.done and not ledger.batches.anything_sent():
        if stop:
            stop.check()
        planned += sum(map(len, planner.plan_next().values()))
        tell(Progress(planned))


def halves_of(number: int, step: Step, batch: Batch) -> tuple[PlannedBatch, ...]:
    """The two halves of a refused batch, planned."""
    return tuple(PlannedBatch(number, half, step.request_for(half)) for half in batch.halves())


def parts_of(
    number: int, step: Step, batch: Batch, rows: Collection[int]
) -> tuple[PlannedBatch, PlannedBatch]:
    """The contacts of a batch who are not among `rows`, and those who are, planned."""
    others = tuple(one for one in batch.passengers if one.row not in rows)
    those = tuple(one for one in batch.passengers if one.row in rows)
    first, second = (Batch(step.key, part) for part in (others, those))
    return (
        PlannedBatch(number, first, step.request_for(first)),
        PlannedBatch(number, second, step.request_for(second)),
    )


def _divided(step: Step, passengers: Iterator[Passenger]) -> Iterator[Batch]:
    """Batches of the step's size, in the sheet's order as far as those who must travel apart allow."""
    if type(step).apart is Step.apart:
        yield from divide(step.key, passengers, step.batch_size)
        return
    waiting: deque[Passenger] = deque()
    while True:
        if not waiting:
            together = tuple(islice(passengers, step.batch_size))
            if not together:
                return
            if _may_share(step, together):  # nearly always, and quick to see
                yield Batch(step.key, together)
                continue
            waiting.extend(together)
        batch = _next_apart(step, passengers, waiting)
        yield Batch(step.key, tuple(sorted(batch, key=lambda passenger: passenger.row)))


def _may_share(step: Step, passengers: Sequence[Passenger]) -> bool:
    keys = list(chain.from_iterable(map(step.apart, passengers)))
    return len(set(keys)) == len(keys)


def _next_apart(step: Step, passengers: Iterator[Passenger], waiting: deque[Passenger]) -> list[Passenger]:
    """A batch in which no two share a key; who has to wait is put into `waiting` and goes first next time."""
    batch: list[Passenger] = []
    taken: set[str] = set()
    left: list[Passenger] = []
    # A file with the same key throughout must not fill the memory: then batches are smaller.
    while len(batch) < step.batch_size and len(left) < step.batch_size:
        passenger = waiting.popleft() if waiting else next(passengers, None)
        if passenger is None:
            break
        keys = step.apart(passenger)
        if taken.isdisjoint(keys):
            batch.append(passenger)
            taken.update(keys)
        else:
            left.append(passenger)
    waiting.extendleft(reversed(left))
    return batch


def _with_requests(number: int, step: Step, batch: Batch) -> Iterator[PlannedBatch]:
    """The batch with its request, halved until the body is within the provider's limit."""
    request = step.request_for(batch)
    if request.body is not None and len(request.body) > step.max_body_bytes and len(batch) > 1:
        for half in batch.halves():
            yield from _with_requests(number, step, half)
    else:
        yield PlannedBatch(number, batch, request)
