"""A computer that slept while an answer was on its way has not waited in vain."""

from __future__ import annotations

import threading

import pytest

from app.providers.wire import Request, Response
from app.upload.errand import Errand

ANSWER = Response(200)


class JumpyClock:
    """Steady, but for a jump forward at one of its readings."""

    def __init__(self, jump: float, at: int) -> None:
        self._readings = 0
        self._jump, self._at = jump, at

    def __call__(self) -> float:
        self._readings += 1
        return self._jump if self._readings >= self._at else 0.0


def test_the_time_that_a_computer_slept_is_not_counted_as_silence() -> None:
    errand = Errand(Request("POST", "contacts"), JumpyClock(3600.0, at=3))
    answering = threading.Timer(0.15, lambda: errand.end(ANSWER, None))
    answering.start()
    errand.wait(0.1)  # the answer comes later than that, but the computer was away
    answering.join(5)
    assert errand.result() is ANSWER


def test_silence_is_silence() -> None:
    errand = Errand(Request("POST", "contacts"))
    errand.wait(0.05)
    assert not errand.finished
    with pytest.raises(LookupError):
        errand.result()
