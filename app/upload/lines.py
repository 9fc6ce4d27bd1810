"""The lines to a provider: each carries one request at a time; what came of any is heard in one place.

Watches how long each may take and ends all of them on a stop. Opens no threads (a line's sender has one),
and refuses to know the ledger.
"""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol

from app.ledger.batches import StoredBatch
from app.progress import Stop
from app.providers.wire import Request, Response
from app.upload.errand import LOOK, Errand


class Sends(Protocol):
    """What a line needs: upload/sending's Sender."""

    def begin(self, request: Request, heard: Callable[[Errand], None]) -> Errand: ...

    def give_up(self, errand: Errand) -> None: ...


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of a batch: a response, or the fault that came in its place."""

    batch: StoredBatch
    response: Response | None
    fault: BaseException | None


@dataclass(frozen=True, slots=True)
class _Out:
    """A batch that is out, and on which line."""

    batch: StoredBatch
    sender: Sends
    errand: Errand


class Lines:
    """As many lines as there are `senders`, for one thread. Asking `stop` to stop ends what is under way on
    all of them, as soon as that thread listens."""

    def __init__(
        self, senders: Sequence[Sends], stop: Stop, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._idle = list(senders)
        self._stop = stop
        self._clock = clock
        self._out: list[_Out] = []
        self._finished: queue.SimpleQueue[Errand | None] = queue.SimpleQueue()  # None: asked to stop
        self._alarm = ExitStack()

    @property
    def in_flight(self) -> int:
        """How many requests are out."""
        return len(self._out)

    @property
    def free(self) -> int:
        """How many more requests may go out now."""
        return len(self._idle)

    def send(self, batch: StoredBatch) -> None:
        """Let a free line send the batch's request; `hear` says what came of it."""
        sender = self._idle.pop()
        self._out.append(_Out(batch, sender, sender.begin(batch.request, self._finished.put)))

    def hear(self, seconds: float | None = None) -> Heard | None:
        """The next to come back; None if none does within `seconds`."""
        until = None if seconds is None else self._clock() + seconds
        while True:
            errand = self._next_within(LOOK if until is None else max(0.0, until - self._clock()))
            if errand is not None:
                return self._heard_of(errand)
            if until is not None and self._clock() >= until:
                return None

    def __enter__(self) -> Lines:
        self._alarm.enter_context(self._stop.alarm(lambda: self._finished.put(None)))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._alarm.close()
        self._give_up(self._out)

    def _next_within(self, seconds: float) -> Errand | None:
        """The next that is finished; gives up those that take too long."""
        pause = max(0.0, min(seconds, LOOK, *(one.errand.left for one in self._out)))
        before = self._clock()
        try:
            errand = self._finished.get(timeout=pause) if pause else self._finished.get_nowait()
        except queue.Empty:
            late = self._clock() - before - pause
            for one in self._out:
                one.errand.forgive(late)
            self._give_up([one for one in self._out if one.errand.left <= 0])
            return None
        if errand is None:
            self._give_up(self._out)
        return errand

    def _give_up(self, given_up: Sequence[_Out]) -> None:
        late = [one for one in given_up if not one.errand.finished]
        for one in late:
            one.errand.wire.cut()  # all of them, before any is waited for
        for one in late:
            one.sender.give_up(one.errand)

    def _heard_of(self, errand: Errand) -> Heard:
        (came,) = (one for one in self._out if one.errand is errand)
        self._out.remove(came)
        self._idle.append(came.sender)
        return Heard(came.batch, errand.response, errand.fault)
