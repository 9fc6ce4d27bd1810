"""How fast an upload goes, and how long it will go on, in words: what a run has shown of itself so far.

Looks at a clock and at how far it is; refuses to know widgets.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from app.flow.watching import Seen
from app.ui.upload_words import pace_words
from app.upload.estimate import Estimate


class UploadPace:
    """Of one run, which begins now. `clock` gives seconds that only ever grow."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began = clock()
        self._answered_before: int | None = None  # by another run: they say nothing of this one's pace
        self._estimate = Estimate()

    def words(self, seen: Seen) -> str:
        """Time so far, time left and rate, once they mean something. To be asked whenever anything moved."""
        now, answered = self._clock(), seen.progress.totals.answered
        self._estimate.note(now, seen.share)
        if self._answered_before is None:
            self._answered_before = answered
        return pace_words(now - self._began, answered - self._answered_before, self._estimate.remaining())
