"""Serves the practice rooms on this machine's loopback, where a client can reach them as it would a provider.

Knows sockets and which room a path belongs to; what an answer says is the rooms' business.
"""

from __future__ import annotations

import contextlib
import logging
import os
import socket
import socketserver
import struct
import sys
import threading
from collections.abc import Iterable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self, cast
from urllib.parse import parse_qsl, unquote, urlsplit

from app.language import tr
from app.practice.exchange import PracticeRequest, PracticeResponse, json_answer
from app.practice.faults import Drip, Fault, HangUp, Meddle, Refuse, Reset, Silence, Truncate
from app.practice.room import Room
from app.practice.rooms import open_rooms
from app.problems import NetworkProblem

HOST = "127.0.0.1"
BODY_MOST = 32 * 1024 * 1024  # bytes; the largest documented body is 10 MB
_IDLE_MOST = 300.0  # seconds a kept-alive line may stay quiet
_POLL = 0.05
_LOOK = 0.5
_log = logging.getLogger(__name__)


class PracticeServer:
    """The practice rooms at `address` ("http://127.0.0.1:PORT"), from `start` to `close`.

    `port` 0 takes any free port. `fault` may be set at any time: it sees every request first and says what
    should go wrong with it, if anything. Raises NetworkProblem if the port can't be had.
    """

    def __init__(
        self, port: int = 0, rooms: Iterable[Room] | None = None, fault: Meddle | None = None
    ) -> None:
        self.rooms: Mapping[str, Room] = {room.name: room for room in (rooms or open_rooms())}
        self.fault = fault
        self.closing = threading.Event()
        try:
            self._server = _Server(self, port)
        except (OSError, OverflowError) as error:
            raise NetworkProblem(
                tr("The practice account can't be opened on port {port}.", port=port),
                tr("Another program may be using that port. Choose another one, or leave it out."),
                str(error),
            ) from error
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(_POLL,), name="practice-server", daemon=True
        )

    @property
    def address(self) -> str:
        """Where the server listens, e.g. "http://127.0.0.1:43121"."""
        return f"http://{HOST}:{self._server.server_port}"

    def start(self) -> None:
        """Begin to answer. Once only."""
        self._thread.start()

    def wait(self) -> None:
        """Wait until the server is closed from another thread; Ctrl+C gets through."""
        while not self.closing.wait(_LOOK):  # on Windows an endless wait would not hear Ctrl+C
            pass

    def close(self) -> None:
        """Stop answering, hang up every open line and wait for the threads. Any number of times."""
        self.closing.set()
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
        self._server.hang_up_all()
        self._server.server_close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def answer(self, request: PracticeRequest) -> PracticeResponse:
        """The answer of the room that knows the path; 404 where none does."""
        if request.path.startswith("/practice"):
            return self._answer_about_rooms(request)
        for room in self.rooms.values():
            if room.knows(request.path):
                return room.answer(request)
        return json_answer(404, {"error": "No practice room knows this path."})

    def _answer_about_rooms(self, request: PracticeRequest) -> PracticeResponse:
        """Our own corner: GET /practice/<room> reads the account back, DELETE empties it."""
        name = request.path.removeprefix("/practice").strip("/")
        room = self.rooms.get(name)
        if not name and request.method == "GET":
            return json_answer(200, {"rooms": list(self.rooms)})
        if room is None:
            return json_answer(404, {"error": "There is no such practice room."})
        if request.method == "GET":
            return room.dump()
        if request.method == "DELETE":
            room.empty()
            return PracticeResponse(204)
        return json_answer(405, {"error": "Only GET and DELETE."})


class _Server(ThreadingHTTPServer):
    """One thread per line; remembers the lines, so that closing need not wait for the other side."""

    daemon_threads = True
    request_queue_size = 128
    # On Windows "reuse" would let two programs share the port, and neither would know.
    allow_reuse_address = os.name != "nt"

    def __init__(self, practice: PracticeServer, port: int) -> None:
        self.practice = practice
        self.torn: set[int] = set()  # file numbers of lines to reset rather than close
        self._lines: dict[socket.socket, threading.Thread] = {}
        self._lines_lock = threading.Lock()
        super().__init__((HOST, port), _Handler)

    def server_bind(self) -> None:
        # HTTPServer's own asks the network for the machine's full name, which can take seconds.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.server_address[1]

    def process_request(self, request: Any, client_address: Any) -> None:
        thread = threading.Thread(
            target=self.process_request_thread, args=(request, client_address), daemon=True
        )
        with self._lines_lock:
            self._lines[request] = thread
        thread.start()

    def shutdown_request(self, request: Any) -> None:
        with self._lines_lock:
            self._lines.pop(request, None)
        if request.fileno() in self.torn:
            self.torn.discard(request.fileno())
            # Closing without lingering sends a reset; the two numbers are narrower on Windows.
            linger = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)
            request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            request.close()
        else:
            super().shutdown_request(request)

    def hang_up_all(self) -> None:
        with self._lines_lock:
            lines = list(self._lines.items())
        for line, _ in lines:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        for _, thread in lines:
            thread.join(timeout=5)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002
        # The other side going away is everyday; anything else is a fault of ours.
        if not isinstance(sys.exception(), OSError):
            _log.exception("The practice server could not answer.")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Headers and body in one packet, and no waiting for more: 60 times as many requests per second.
    wbufsize = 65536
    disable_nagle_algorithm = True
    timeout = _IDLE_MOST

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_PUT(self) -> None:
        self._serve()

    def do_DELETE(self) -> None:
        self._serve()

    def version_string(self) -> str:
        return "practice"

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: requests carry people."""

    @property
    def _practice(self) -> PracticeServer:
        return cast(_Server, self.server).practice

    def _serve(self) -> None:
        request = self._request()
        if request is None:
            return
        meddle = self._practice.fault
        fault = meddle(request) if meddle else None
        if fault is None:
            self._send(self._practice.answer(request))
        else:
            self._fail(request, fault)

    def _request(self) -> PracticeRequest | None:
        """The request with its whole body; None after refusing one that can't be read."""
        length = self.headers.get("Content-Length", "0")
        if "Transfer-Encoding" in self.headers or not (length.isascii() and length.isdigit()):
            self._refuse(411, "Content-Length is required.")
            return None
        if int(length) > BODY_MOST:
            self._refuse(413, "The request is too large.")
            return None
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            self.close_connection = True
            return None
        url = urlsplit(self.path)
        query = dict(parse_qsl(url.query, keep_blank_values=True))
        return PracticeRequest(self.command, unquote(url.path), query, dict(self.headers.items()), body)

    def _refuse(self, status: int, message: str) -> None:
        self.close_connection = True  # the body was not read, so the next request can't be found
        self._send(json_answer(status, {"error": message}))

    def _send(self, response: PracticeResponse) -> None:
        self._announce(response)
        self.wfile.write(response.body)

    def _announce(self, response: PracticeResponse) -> None:
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        if response.status != 204:
            self.send_header("Content-Length", str(len(response.body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()

    def _fail(self, request: PracticeRequest, fault: Fault) -> None:
        answer = self._practice.answer
        match fault:
            case Refuse(response):
                self._send(response)
            case HangUp(acted) | Reset(acted):
                if acted:
                    answer(request)
                self.close_connection = True
                if isinstance(fault, Reset):
                    cast(_Server, self.server).torn.add(self.connection.fileno())
            case Silence(released, acted):
                early = answer(request) if acted else None
                while not released.wait(_POLL) and not self._practice.closing.is_set():
                    pass
                self._send(early or answer(request))
            case Drip(pause, chunk):
                self._drip(answer(request), pause, chunk)
            case Truncate(keep):
                response = answer(request)
                self._announce(response)
                self.wfile.write(response.body[:keep])
                self.close_connection = True

    def _drip(self, response: PracticeResponse, pause: float, chunk: int) -> None:
        self._announce(response)
        for start in range(0, len(response.body), chunk):
            self.wfile.flush()
            if self._practice.closing.wait(pause):
                return
            self.wfile.write(response.body[start : start + chunk])
