"""One request on its way: what whoever waits and whoever sends tell each other.

Knows sockets to cut and events to hear of; refuses to open a connection.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Mapping

from app.providers.wire import Request, Response

LOOK = 5.0  # seconds between looks at the clock
NAP = 5.0  # seconds late that a busy computer may be


class NotSent(Exception):
    """Nothing of the request left this machine."""


class NoAnswer(Exception):
    """The request, or a part of it, left; no complete answer came back."""


class Errand:
    """One request on its way through a worker, and what came of it.

    `longest` is the seconds that one exchange of it may take. `heard` is told once that it is finished, in
    the thread in which it is.
    """

    def __init__(
        self,
        request: Request,
        longest: float,
        heard: Callable[[Errand], None] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.request = request
        self.wire = Wire(clock)
        self.finished = False
        self.response: Response | None = None
        self.fault: BaseException | None = None
        self._longest = longest
        self._heard = heard
        self._clock = clock
        self._interrupted = False
        self._changed = threading.Condition()

    def interrupt(self) -> None:
        """Stop waiting for it."""
        with self._changed:
            self._interrupted = True
            self._changed.notify_all()

    def end(self, response: Response | None, fault: BaseException | None) -> None:
        """It is finished, one way or the other; whatever comes of it later comes too late."""
        with self._changed:
            if self.finished:
                return
            self.response, self.fault, self.finished = response, fault, True
            self._changed.notify_all()
        if self._heard is not None:
            self._heard(self)

    @property
    def left(self) -> float:
        """The seconds that its exchange may still take."""
        return self.wire.began + self._longest - self._clock()

    def wait(self) -> None:
        """Until it is finished or interrupted, or an exchange of it takes too long."""
        with self._changed:
            while not (self.finished or self._interrupted):
                before = self._clock()
                left = self.left
                if left <= 0:
                    return
                self._changed.wait(min(left, LOOK))
                self.forgive(self._clock() - before - min(left, LOOK))

    def forgive(self, late: float) -> None:
        """Whoever waited for it woke so many seconds later than meant to. If this computer slept, or the
        program was held, that was no silence."""
        if late > NAP:
            latest = self._clock() - self._longest + min(self._longest, LOOK)
            self.wire.began = max(self.wire.began + late, latest)

    def wait_for_end(self, seconds: float) -> bool:
        """Until it is finished, but no longer than `seconds`; whether it is."""
        with self._changed:
            return self._changed.wait_for(lambda: self.finished, seconds)

    def result(self) -> Response:
        """The response; raises the fault in its place."""
        if self.fault is not None:
            raise self.fault
        if self.response is None:
            raise LookupError("this errand is not finished")
        return self.response


class Wire:
    """The socket in use, so that another thread can cut it; and whether contacts have begun to leave."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._lock = threading.Lock()
        self._clock = clock
        self.socket: socket.socket | None = None
        self.began = clock()
        self._carries_contacts = self._left = self._is_cut = False
        self.broke_off = False  # the request did not leave whole; an answer may come all the same

    def use(self, kept: socket.socket | None) -> None:
        """The connection that was kept alive, of which no event will tell."""
        self.socket = kept

    def begin(self, carries_contacts: bool) -> None:
        """Another exchange begins."""
        with self._lock:
            self._carries_contacts, self.began = carries_contacts, self._clock()
            self.broke_off = False

    def cut(self) -> None:
        """Let nothing more leave."""
        with self._lock:
            self._is_cut = True
            self._shut()

    def fault(self, why: str) -> NotSent | NoAnswer:
        """What a broken exchange means: nobody knows once contacts have begun to leave."""
        with self._lock:
            return NoAnswer(why) if self._left else NotSent(why)

    def trace(self, event: str, details: Mapping[str, object]) -> None:
        """httpx's trace hook: remembers the socket of each new connection (the TLS one where there is one,
        because the plain one is detached by then), and that a request begins to leave."""
        if event == "http11.send_request_headers.started":
            with self._lock:
                if self._is_cut:
                    raise NotSent("stopped before anything left")
                self._left = self._left or (self._carries_contacts and not _is_for_proxy(details))
        if event == "http11.send_request_body.failed":
            self.broke_off = True
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            stream = details["return_value"]
            with self._lock:
                self.socket = stream.get_extra_info("socket")  # type: ignore[attr-defined]
                if self._is_cut:
                    self._shut()

    def acknowledge(self) -> None:
        """Let the other side say now whatever it has kept back until its answer is acknowledged: what comes
        before the next request leaves is seen not to be its answer."""
        quick = getattr(socket, "TCP_QUICKACK", None)  # Linux
        if self.socket is not None and quick is not None:
            with contextlib.suppress(OSError):
                self.socket.setsockopt(socket.IPPROTO_TCP, quick, 1)

    def _shut(self) -> None:
        if self.socket is not None:
            with contextlib.suppress(OSError):  # already closed: that is what we want
                self.socket.shutdown(socket.SHUT_RDWR)


def _is_for_proxy(details: Mapping[str, object]) -> bool:
    return getattr(details.get("request"), "method", b"") == b"CONNECT"
