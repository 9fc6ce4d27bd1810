"""Ways in which a line or a provider can fail, as values, for tests to ask the practice server for.

Says what should go wrong; the server makes it go wrong. Knows no provider.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event

from app.practice.exchange import PracticeRequest, PracticeResponse


@dataclass(frozen=True, slots=True)
class Refuse:
    """Answer this instead of asking the room: nothing is saved."""

    response: PracticeResponse


@dataclass(frozen=True, slots=True)
class HangUp:
    """Close the line without an answer; `acted` says whether the room did the work before."""

    acted: bool


@dataclass(frozen=True, slots=True)
class Reset:
    """Tear the line down (the other side sees a reset), before or after the room acted."""

    acted: bool = False


@dataclass(frozen=True, slots=True)
class Silence:
    """Say nothing until `released` is set (or the server closes), then answer; act before or after."""

    released: Event
    acted: bool = False


@dataclass(frozen=True, slots=True)
class Drip:
    """Answer, but let the body out `chunk` bytes at a time with `pause` seconds between."""

    pause: float
    chunk: int = 1


@dataclass(frozen=True, slots=True)
class Truncate:
    """Announce the whole body, send only its first `keep` bytes, and close."""

    keep: int


Fault = Refuse | HangUp | Reset | Silence | Drip | Truncate
Meddle = Callable[[PracticeRequest], Fault | None]
