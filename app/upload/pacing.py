"""How fast a provider may be spoken to, and how long to wait after a failure.

Numbers only; refuses to wait itself.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

LONGEST_WAIT = 60.0


class SteadyClock:
    """Seconds since 1970 that go on steadily from when it was made, whatever the system's clock does."""

    def __init__(
        self, wall: Callable[[], float] = time.time, steady: Callable[[], float] = time.monotonic
    ) -> None:
        self._steady = steady
        self._ahead = wall() - steady()

    def __call__(self) -> float:
        return self._ahead + self._steady()


@dataclass(slots=True)
class TokenBucket:
    """Lets through `per_minute` requests a minute, with bursts of up to a second's worth."""

    per_minute: int | None
    _tokens: float = field(default=1.0, init=False)
    _at: float = field(default=0.0, init=False)

    def seconds_until_next(self, now: float) -> float:
        """How long to wait before the next request; taking it is up to `take`. `now` is in seconds."""
        if self.per_minute is None:
            return 0.0
        self._fill(now)
        return max(0.0, (1.0 - self._tokens) * 60.0 / self.per_minute)

    def take(self, now: float) -> None:
        """Note that a request leaves now."""
        self._fill(now)
        self._tokens -= 1.0

    def _fill(self, now: float) -> None:
        if self.per_minute is None:
            return
        # A clock that was set back must not take tokens away.
        gained = max(0.0, now - self._at) * self.per_minute / 60.0
        self._tokens = min(max(1.0, self.per_minute / 60.0), self._tokens + gained)
        self._at = now


def wait_after(failures: int, shortest: float = 0.5) -> float:
    """Seconds to wait after so many failures in a row: doubling, bounded, spread so that clients don't march
    in step."""
    doubled = min(LONGEST_WAIT, shortest * 2.0 ** min(max(failures, 1) - 1, 10))
    return doubled * random.uniform(0.8, 1.2)
