"""Hands a child's log lines to the parent, whose log knows what must be hidden.

Knows what of a record can travel; refuses to write a line anywhere itself.
"""

from __future__ import annotations

import logging
from collections.abc import Callable


def pass_on(take: Callable[[logging.LogRecord], None], level: int) -> None:
    """From now on, give every record of `level` and above to `take`."""
    logging.getLogger().addHandler(_Sender(take))
    logging.getLogger("app").setLevel(level)


class _Sender(logging.Handler):
    def __init__(self, take: Callable[[logging.LogRecord], None]) -> None:
        super().__init__()
        self._take = take

    def emit(self, record: logging.LogRecord) -> None:
        # Arguments and tracebacks may not pickle; their text does.
        plain = {
            "msg": self.format(record),
            "args": None,
            "exc_info": None,
            "exc_text": None,
            "stack_info": None,
        }
        self._take(logging.makeLogRecord({**record.__dict__, **plain}))
