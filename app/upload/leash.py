"""How far an upload may go: only so many contacts at first, or no further than what is out already.

Unlike a Stop it cuts nothing off: what is out is waited for. Refuses to know what is sent.
"""

from __future__ import annotations

import threading


class Leash:
    """With `first`, an upload goes on until so many contacts are planned, and no further.

    `hold` may be called from any thread.
    """

    def __init__(self, first: int | None = None) -> None:
        self.first = first
        self._held = threading.Event()

    def hold(self) -> None:
        """Let nothing more go out."""
        self._held.set()

    @property
    def held(self) -> bool:
        return self._held.is_set()
