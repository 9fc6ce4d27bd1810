"""The lines to a provider: each sends one request at a time on a thread of its own, and says what came of it.

Carries requests only; refuses to know the ledger, which belongs to the engine's thread.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol

from app.ledger.batches import StoredBatch
from app.progress import Stop
from app.providers.wire import Request, Response

FAREWELL = 0.5  # seconds; a line that is still busy then is left to end by itself


class Sends(Protocol):
    """What a line needs: upload/sending's Sender."""

    def send(self, request: Request, stop: Stop | None = None) -> Response: ...


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of a batch: a response, or what `Sender.send` raised."""

    batch: StoredBatch
    response: Response | None
    fault: BaseException | None


class Lines:
    """As many lines as there are `senders`. Asking `stop` to stop ends what is under way on all of them."""

    def __init__(self, senders: Sequence[Sends], stop: Stop) -> None:
        self._stop = stop
        self._leaving = Stop()
        self._heard: queue.SimpleQueue[Heard] = queue.SimpleQueue()
        self._errands: queue.SimpleQueue[StoredBatch | None] = queue.SimpleQueue()
        self._senders = senders
        self._threads: list[threading.Thread] = []
        self.in_flight = 0

    @property
    def free(self) -> int:
        """How many more requests may go out now."""
        return len(self._senders) - self.in_flight

    def send(self, batch: StoredBatch) -> None:
        """Let a free line send the batch's request; `hear` says what came of it."""
        if len(self._threads) < min(len(self._senders), self.in_flight + 1):
            self._open_line()
        self.in_flight += 1
        self._errands.put(batch)

    def hear(self, seconds: float | None = None) -> Heard | None:
        """The next to come back; None if none does within `seconds`."""
        try:
            heard = self._heard.get(timeout=seconds) if seconds != 0 else self._heard.get_nowait()
        except queue.Empty:
            return None
        self.in_flight -= 1
        return heard

    def __enter__(self) -> Lines:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leaving.ask()
        for _ in self._threads:
            self._errands.put(None)
        for thread in self._threads:
            thread.join(FAREWELL)

    def _open_line(self) -> None:
        sender = self._senders[len(self._threads)]
        thread = threading.Thread(target=self._work, args=(sender,), name="upload-line", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _work(self, sender: Sends) -> None:
        with self._stop.alarm(self._leaving.ask):
            while (batch := self._errands.get()) is not None:
                try:
                    heard = Heard(batch, sender.send(batch.request, self._leaving), None)
                except BaseException as fault:  # noqa: BLE001 - a door: the engine's thread raises it again
                    heard = Heard(batch, None, fault)
                self._heard.put(heard)
