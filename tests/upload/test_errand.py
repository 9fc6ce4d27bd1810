"""How long an answer is waited for; a computer that slept meanwhile has not waited in vain."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from app.ledger.batches import BatchState, StoredBatch
from app.progress import Stop
from app.providers.wire import Request, Response
from app.upload.errand import Errand, NoAnswer, NotSent
from app.upload.lines import Heard, Lines

ASKED = Request("POST", "contacts")
ANSWER = Response(200)
BATCH = StoredBatch(1, 0, "add", 2, 2, 1, 1, ASKED, BatchState.SENT, 1, 0.0, doubt=False)


class Line:
    """A sender that leaves its errands to whoever looks for them under `begun`."""

    def __init__(self, longest: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._longest, self._clock = longest, clock
        self.begun: list[Errand] = []
        self.given_up: list[Errand] = []

    def begin(self, request: Request, heard: Callable[[Errand], None]) -> Errand:
        self.begun.append(Errand(request, self._longest, heard, self._clock))
        return self.begun[-1]

    def give_up(self, errand: Errand) -> None:
        self.given_up.append(errand)
        errand.end(None, errand.wire.fault("nothing came in time"))


class JumpyClock:
    """Steady, but for a jump forward at one of its readings."""

    def __init__(self, jump: float, at: int) -> None:
        self._readings = 0
        self._jump, self._at = jump, at

    def __call__(self) -> float:
        self._readings += 1
        return self._jump if self._readings >= self._at else 0.0


def test_the_time_that_a_computer_slept_is_not_counted_as_silence() -> None:
    errand = Errand(ASKED, 0.1, clock=JumpyClock(3600.0, at=3))
    answering = threading.Timer(0.15, lambda: errand.end(ANSWER, None))
    answering.start()
    errand.wait()  # the answer comes later than that, but the computer was away
    answering.join(5)
    assert errand.result() is ANSWER


def test_a_line_forgives_that_sleep_too() -> None:
    clock = JumpyClock(3600.0, at=4)
    line = Line(0.1, clock)
    answering = threading.Timer(0.15, lambda: line.begun[0].end(ANSWER, None))
    with Lines([line], Stop(), clock) as lines:
        lines.send(BATCH)
        answering.start()
        heard = lines.hear()
    answering.join(5)
    assert heard == Heard(BATCH, ANSWER, None)
    assert line.given_up == []


def test_a_line_gives_silence_up() -> None:
    line = Line(0.05)
    with Lines([line], Stop()) as lines:
        lines.send(BATCH)
        heard = lines.hear()
    assert heard is not None
    assert isinstance(heard.fault, NotSent)
    assert line.given_up == line.begun


def test_what_comes_after_it_was_given_up_comes_too_late() -> None:
    ends: list[Errand] = []
    errand = Errand(ASKED, 1.0, ends.append)
    errand.end(None, NoAnswer("silence"))
    errand.end(ANSWER, None)
    assert ends == [errand]
    with pytest.raises(NoAnswer):
        errand.result()


def test_silence_is_silence() -> None:
    errand = Errand(ASKED, 0.05)
    errand.wait()
    assert not errand.finished
    with pytest.raises(LookupError):
        errand.result()
