"""How long an upload will go on, as a range, and only when that means something.

Pure arithmetic over what was done when; refuses to look at a clock.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

MEANINGFUL_SECONDS = 20.0
MEANINGFUL_SHARE = 0.1
RECENT_SECONDS = 60.0
LONGEST_SILENCE = 240.0  # a request may take three minutes; after more, this computer slept
LONGEST_SECONDS = 24 * 3600.0  # beyond a day nobody can say


@dataclass(frozen=True, slots=True)
class Remaining:
    """From `low` to `high` seconds."""

    low: float
    high: float


class Estimate:
    """Learns from how far the upload was at which time."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, float]] = deque()
        self._first: tuple[float, float] | None = None

    def note(self, now: float, share: float) -> None:
        """At `now` (seconds that only ever grow) `share` of all was done, from 0.0 to 1.0."""
        if self._seen and (share < self._seen[-1][1] or not 0 <= now - self._seen[-1][0] <= LONGEST_SILENCE):
            self._seen.clear()  # it began again, or the computer slept meanwhile
            self._first = None
        self._first = self._first or (now, share)
        self._seen.append((now, share))
        while len(self._seen) > 2 and now - self._seen[1][0] >= RECENT_SECONDS:
            self._seen.popleft()

    def remaining(self) -> Remaining | None:
        """None while nothing can be said: at the beginning, while nothing moves, and beyond a day.

        The range spans the pace of the last minute and that of the whole upload, and a tenth more to
        either side.
        """
        if self._first is None or len(self._seen) < 2:
            return None
        now, share = self._seen[-1]
        began, before = self._first
        if share >= 1.0 or (now - began < MEANINGFUL_SECONDS and share - before < MEANINGFUL_SHARE):
            return None
        paces = [_pace(self._first, self._seen[-1]), _pace(self._seen[0], self._seen[-1])]
        if min(paces) <= 0:
            return None
        times = sorted((1.0 - share) / pace for pace in paces)
        if times[0] > LONGEST_SECONDS:
            return None
        return Remaining(times[0] * 0.9, min(times[1] * 1.1, LONGEST_SECONDS))


def _pace(start: tuple[float, float], end: tuple[float, float]) -> float:
    seconds = end[0] - start[0]
    return (end[1] - start[1]) / seconds if seconds > 0 else 0.0
