"""The last words of a child, beside a Problem: what can be said about work that has ended.

Knows how they pickle; refuses to know who says or hears them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Answer:
    """What the function returned."""

    value: object


@dataclass(frozen=True, slots=True)
class Crash:
    """The traceback of a bug."""

    trace: str


class Ending(Enum):
    """Ends that need no more words."""

    STOPPED = "stopped"
    OUT_OF_MEMORY = "out of memory"
