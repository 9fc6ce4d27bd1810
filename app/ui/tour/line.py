"""Keeps one request of a tour waiting for its answer, so that it is seen under way, or lets some go wrong.

Meddles with the practice server only; refuses to know what is in a request.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Lock

from PySide6.QtCore import QObject, Qt, Signal

from app.practice.exchange import PracticeRequest
from app.practice.faults import Fault, Meddle, Silence

MANY = 1_500
"""Bytes of a body: more than it takes to sign in, or to send the first few."""


class TourLine(QObject):
    """`held` follows when a request is kept waiting; the account has acted on it by then."""

    held = Signal()
    _noticed = Signal()

    def __init__(self, meddler: Callable[[Meddle | None], None] | None) -> None:
        super().__init__()
        self._meddler = meddler
        self._released = Event()
        self._lock = Lock()
        self._passing, self._least = 0, MANY
        self.holds = False
        self._noticed.connect(self._tell, Qt.ConnectionType.QueuedConnection)  # from the server's thread

    @property
    def can_hold(self) -> bool:
        """Whether there is a way to meddle."""
        return self._meddler is not None

    def hold_after(self, passing: int, least: int = MANY) -> None:
        """Let so many requests with bodies of `least` bytes pass, and keep the next one waiting until
        `let_go`."""
        self._released, self._passing, self._least, self.holds = Event(), passing, least, False
        if self._meddler is not None:
            self._meddler(self._meddle)

    def fail(self, about: bytes, fault: Fault) -> None:
        """Let this go wrong with every request that carries `about`, until `let_go`."""
        if self._meddler is not None:
            self._meddler(lambda request: fault if about in request.body else None)

    def let_go(self) -> None:
        """Answer what waits; nothing is kept waiting or goes wrong any more."""
        self.holds = False
        if self._meddler is not None:
            self._meddler(None)
        self._released.set()

    def _meddle(self, request: PracticeRequest) -> Fault | None:
        if len(request.body) < self._least:
            return None
        with self._lock:
            self._passing -= 1
            if self._passing >= 0:
                return None
        self._noticed.emit()
        return Silence(self._released, acted=True)

    def _tell(self) -> None:
        self.holds = True
        self.held.emit()
