"""Does small things beside the window, one after the other, always on the same thread of its own.

Knows nothing of what it does, and nobody waits for it; a mistake of ours is told in the log.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

log = logging.getLogger("app.window")


class Aside:
    """Its thread begins with the first thing to do; the program does not end before the last is done."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="aside")

    def do(self, act: Callable[[], None]) -> None:
        """Do it, after all that was given before."""
        self._thread.submit(act).add_done_callback(_confess)

    def finish(self) -> None:
        """Wait until all is done; nothing more can be given."""
        self._thread.shutdown()


def _confess(done: Future[None]) -> None:
    error = done.exception()
    if error is not None:
        log.error("a mistake beside the window: %s", type(error).__name__)
