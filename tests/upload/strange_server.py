"""A server on loopback that lets a practice room act, or not, and then says any bytes at all.

What is said is a test's to choose; everything but the uploading itself is answered as the room answers it.
"""

from __future__ import annotations

import re
import socket
import struct
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import parse_qsl, unquote, urlsplit

from app.practice.exchange import PracticeRequest, PracticeResponse
from app.practice.room import Room
from app.practice.rooms import open_rooms

_PHONE = re.compile(rb"447700900\d{3}")


class Exchange:
    """One request of contacts, as it arrived on `line`. Whoever answers it writes to `line` itself."""

    def __init__(self, line: socket.socket, request: PracticeRequest, server: StrangeServer) -> None:
        self.line = line
        self.request = request
        self._server = server

    def act(self) -> bytes:
        """Let the account do what it was asked to; the whole true answer."""
        return self._server.acted(self.request)

    def say(self, *pieces: bytes) -> None:
        """Send bytes as they are; the other side may be gone."""
        with suppress(OSError):
            for piece in pieces:
                self.line.sendall(piece)

    def wait(self, seconds: float) -> bool:
        """Let time pass; whether the server closes meanwhile."""
        return self._server.closing.wait(seconds)

    def reset(self) -> None:
        """Tear the line down."""
        self.line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.line.close()


Strange = Callable[[Exchange], object]
"""Answers a request of contacts in its own way."""


class StrangeServer:
    """`strange` answers the requests of contacts whose numbers (from 0) are in `when`; None: all of them."""

    def __init__(self, name: str, strange: Strange | None, when: range | None = None) -> None:
        self.room: Room = next(room for room in open_rooms() if room.name == name)
        self.strange = strange
        self.when = when
        self.taken: Counter[bytes] = Counter()  # how often each phone number was acted on
        self.uploads = 0
        self.closing = threading.Event()
        self._lock = threading.Lock()
        self._lines: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._accepting = threading.Thread(target=self._accept, daemon=True)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def acted(self, request: PracticeRequest) -> bytes:
        """The account acts; its whole answer."""
        answer = self.room.answer(request)
        if 200 <= answer.status < 300:
            with self._lock:
                self.taken.update(set(_PHONE.findall(request.body)))
        return whole(answer)

    def _accept(self) -> None:
        with suppress(OSError):  # closed
            while True:
                line, _ = self._listener.accept()
                self._lines.append(line)
                threading.Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, line: socket.socket) -> None:
        with line, suppress(OSError):
            waiting = b""
            while True:
                request, waiting = _read(line, waiting)
                if request is None:
                    return
                if not _PHONE.search(request.body):
                    line.sendall(whole(self.room.answer(request)))
                    continue
                with self._lock:
                    number, self.uploads = self.uploads, self.uploads + 1
                if self.strange is not None and (self.when is None or number in self.when):
                    if self.strange(Exchange(line, request, self)) is not True:  # True: the line stays open
                        return
                else:
                    line.sendall(self.acted(request))

    def close(self) -> None:
        self.closing.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for line in self._lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        self._accepting.join(5)


@contextmanager
def strange_server(name: str, strange: Strange | None, when: range | None = None) -> Iterator[StrangeServer]:
    """Such a server, until the block is left."""
    server = StrangeServer(name, strange, when)
    server._accepting.start()
    try:
        yield server
    finally:
        server.close()


def whole(answer: PracticeResponse, *extra: str) -> bytes:
    """The answer as bytes, on a line that stays open."""
    headers = [f"{name}: {value}" for name, value in answer.headers.items()]
    length = [] if answer.status == 204 else [f"Content-Length: {len(answer.body)}"]
    head = [f"HTTP/1.1 {answer.status} Answer", *headers, *length, *extra]
    return "\r\n".join([*head, "", ""]).encode() + answer.body


def _read(line: socket.socket, waiting: bytes) -> tuple[PracticeRequest | None, bytes]:
    while b"\r\n\r\n" not in waiting:
        piece = line.recv(65536)
        if not piece:
            return None, b""
        waiting += piece
    head, _, body = waiting.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (one.partition(":") for one in lines)}
    length = int(headers.get("content-length", "0"))
    while len(body) < length:
        piece = line.recv(65536)
        if not piece:
            return None, b""
        body += piece
    method, target, _ = first.split(" ", 2)
    url = urlsplit(target)
    request = PracticeRequest(method, unquote(url.path), dict(parse_qsl(url.query)), headers, body[:length])
    return request, body[length:]
