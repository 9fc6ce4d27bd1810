"""Contacts that travel together, and how they are divided.

Knows sizes only; refuses to know what a request looks like or whether it was sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.contacts.contact import Value


@dataclass(frozen=True, slots=True)
class Passenger:
    """One contact on its way: the sheet row it came from, and the cleaned values by field key."""

    row: int
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Batch:
    """Contacts for one request of one step. `name` never changes: step and rows, e.g. "add 2-501".

    `repeated` says that the same request was sent before and got no answer, so that it may have arrived.
    """

    step: str
    passengers: Sequence[Passenger]
    repeated: bool = False

    @property
    def name(self) -> str:
        return f"{self.step} {self.first_row}-{self.last_row}"

    @property
    def first_row(self) -> int:
        return self.passengers[0].row

    @property
    def last_row(self) -> int:
        return self.passengers[-1].row

    def __len__(self) -> int:
        return len(self.passengers)

    def halves(self) -> tuple[Batch, Batch]:
        """Two batches of about the same size; the batch must hold at least two contacts."""
        middle = (len(self.passengers) + 1) // 2
        return Batch(self.step, self.passengers[:middle]), Batch(self.step, self.passengers[middle:])


def divide(step: str, passengers: Iterable[Passenger], size: int) -> Iterator[Batch]:
    """Batches of `size` contacts each, in order; the last may be smaller."""
    waiting: list[Passenger] = []
    for passenger in passengers:
        waiting.append(passenger)
        if len(waiting) == size:
            yield Batch(step, tuple(waiting))
            waiting = []
    if waiting:
        yield Batch(step, tuple(waiting))
