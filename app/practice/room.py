"""What every practice room is: an account kept in memory, and a function from request to answer.

Knows no provider; the account's shape and the rules are each room's own.
"""

from __future__ import annotations

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from app.practice.exchange import PracticeRequest, PracticeResponse, json_answer

Clock = Callable[[], float]  # seconds since 1970, as time.time


@dataclass(frozen=True, slots=True)
class Seed:
    """What an account holds before the first request.

    `contacts` are in the shape that `Room.contacts` gives back; `lists` maps ids (or names, where the
    provider has no ids) to names, beside the lists every practice account has; `optouts` are phone numbers;
    `ids` are handed out first to new contacts; `forbidden` are endpoints this account may not use.
    """

    contacts: Sequence[Mapping[str, object]] = ()
    lists: Mapping[str, str] = field(default_factory=dict)
    optouts: Sequence[str] = ()
    ids: Sequence[int] = ()
    forbidden: Sequence[str] = ()


class Room(ABC):
    """A pretend account at one provider. Every public method may be called from any thread."""

    name: str

    def __init__(self, seed: Seed | None = None, now: Clock = time.time) -> None:
        self.seed = seed or Seed()
        self.now = now
        self.requests = 0
        self._lock = threading.RLock()
        self._open()

    def answer(self, request: PracticeRequest) -> PracticeResponse:
        """What the provider would answer; the account afterwards holds what it would hold."""
        with self._lock:
            self.requests += 1
            return self._answer(request)

    def contacts(self) -> list[dict[str, object]]:
        """What the account now holds, one dict per contact, in the provider's own words."""
        with self._lock:
            return self._contacts()

    def lists(self) -> dict[str, dict[str, object]]:
        """The account's lists or groups by id (or name): {"name": str, "contacts": [id or phone, ...]}."""
        with self._lock:
            return self._lists()

    def empty(self) -> None:
        """Put the account back to how it was opened; nobody is signed out."""
        with self._lock:
            self.requests = 0
            self._open()

    def dump(self) -> PracticeResponse:
        """The whole account as JSON: {"contacts": [...], "lists": {...}, "requests": n}."""
        with self._lock:
            held = {"contacts": self._contacts(), "lists": self._lists(), "requests": self.requests}
        return json_answer(200, held)

    @abstractmethod
    def knows(self, path: str) -> bool:
        """Whether the path belongs to this provider."""

    @abstractmethod
    def _open(self) -> None: ...

    @abstractmethod
    def _answer(self, request: PracticeRequest) -> PracticeResponse: ...

    @abstractmethod
    def _contacts(self) -> list[dict[str, object]]: ...

    @abstractmethod
    def _lists(self) -> dict[str, dict[str, object]]: ...
