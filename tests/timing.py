"""How long something takes that a person waits for, on a machine that may stand still for a moment."""

from __future__ import annotations

from collections.abc import Callable

TRIES = 3


def quickest(measured: Callable[[], float], enough: float) -> float:
    """The seconds that `measured` gives: of the first try within `enough`, or the fewest of all."""
    seconds: list[float] = []
    while len(seconds) < TRIES and not (seconds and seconds[-1] < enough):
        seconds.append(measured())
    return min(seconds)
