"""A bare server on loopback that says whatever a test wants, over TLS or not, or as a proxy: for what no
honest server does. Knows no provider, and forgets nothing that it hears.
"""

from __future__ import annotations

import re
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

LONGEST_HEAD = 100_000  # bytes


@dataclass
class Endpoint:
    """`answers` are sent one after the other to whoever asks, the last again and again. `heard` holds every
    request's head, `through` what was said inside a tunnel."""

    answers: list[bytes]
    tls: ssl.SSLContext | None = None
    tunnel: ssl.SSLContext | None = None
    heard: list[bytes] = field(default_factory=list)
    through: list[bytes] = field(default_factory=list)
    connections: int = 0
    toll: bytes = b""  # what a proxy wants to read before it opens the tunnel
    port: int = 0
    tls_later: tuple[int, ssl.SSLContext] | None = None  # what takes the place of `tls` after so many lines

    @property
    def address(self) -> str:
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}/"


@contextmanager
def listening(endpoint: Endpoint) -> Iterator[Endpoint]:
    """Answer on a free port of loopback until the block is left."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        endpoint.port = listener.getsockname()[1]
        thread = threading.Thread(target=_accept, args=(listener, endpoint), daemon=True)
        thread.start()
        try:
            yield endpoint
        finally:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
            thread.join(5)


def answer(body: bytes, status: str = "200 OK", *headers: str) -> bytes:
    """A whole HTTP answer that closes the line."""
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join([*head, "", ""]).encode() + body


def _accept(listener: socket.socket, endpoint: Endpoint) -> None:
    with suppress(OSError):  # the listener is closed: the test is over
        while True:
            line, _ = listener.accept()
            endpoint.connections += 1
            line.settimeout(10)
            with line, suppress(OSError):  # the other side going away is what some tests are about
                _serve(line, endpoint)


def _serve(line: socket.socket, endpoint: Endpoint) -> None:
    tls, later = endpoint.tls, endpoint.tls_later
    if later is not None and endpoint.connections > later[0]:
        tls = later[1]
    if tls is not None:
        line = tls.wrap_socket(line, server_side=True)
    with line:
        endpoint.heard.append(_head(line))
        if endpoint.heard[-1].startswith(b"CONNECT ") and endpoint.tunnel is not None:
            if endpoint.toll not in endpoint.heard[-1]:
                line.sendall(answer(b"", "407 Proxy Authentication Required", "Proxy-Authenticate: Basic"))
                return
            line.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            line = endpoint.tunnel.wrap_socket(line, server_side=True)
            endpoint.through.append(_head(line))
        with line:
            line.sendall(endpoint.answers[0] if len(endpoint.answers) == 1 else endpoint.answers.pop(0))


def _head(line: socket.socket) -> bytes:
    head = b""
    while b"\r\n\r\n" not in head and len(head) < LONGEST_HEAD:
        piece = line.recv(65536)
        if not piece:
            break
        head += piece
    head, _, body = head.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: *(\d+)", head)
    missing = int(length[1]) - len(body) if length else 0
    while missing > 0 and (piece := line.recv(65536)):  # what is not read makes the close a reset
        missing -= len(piece)
    return head
