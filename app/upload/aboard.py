"""Who travels in a batch that stands in the ledger, read from it only if somebody asks.

Most answers say the same of everyone, and then nobody does. Refuses to know what an answer says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from app.batches import Passenger
from app.ledger.batches import StoredBatch
from app.ledger.ledger import Ledger


class Aboard(Sequence[Passenger]):
    """The passengers of a stored batch. To be used in the ledger's thread, while the batch is in it."""

    def __init__(self, ledger: Ledger, batch: StoredBatch) -> None:
        self._ledger = ledger
        self._batch = batch
        self._read: tuple[Passenger, ...] | None = None

    def __len__(self) -> int:
        return self._batch.size

    @overload
    def __getitem__(self, place: int) -> Passenger: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Passenger, ...]: ...
    def __getitem__(self, place: int | slice) -> Passenger | tuple[Passenger, ...]:
        return self._all()[place]

    def __iter__(self) -> Iterator[Passenger]:
        return iter(self._all())

    def _all(self) -> tuple[Passenger, ...]:
        if self._read is None:
            batch = self._batch
            place = (batch.id, batch.step, batch.first_row, batch.last_row)
            self._read = self._ledger.contacts.passengers_of(*place)
        return self._read
