"""The one door to the network: sends a request to an account's address and returns the response.

Holds the account's addresses and its sign-in, so secrets pass here and nowhere else. Refuses to read
answers, to follow redirects, to leave loopback in practice, and to speak plain http to anything else.

What a fault means (measured with httpx 0.28; it decides what may be sent again):
    no connection (refused, DNS, proxy, TLS)  -> NotSent: nothing of the request left
    everything later (reset, silence, garbage) -> NoAnswer: nobody knows what the server did with it
httpx can't cancel a running request from another thread, and has no limit for a whole request; shutting the
socket down does both within milliseconds.
"""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import ssl
import threading
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from urllib.parse import urlsplit

import httpx

from app.language import tr
from app.problems import NetworkProblem
from app.progress import Stop
from app.providers.sign_in import SignIn
from app.providers.wire import Door, Request, Response

LARGEST_BODY = 32 * 1024 * 1024  # bytes; an answer about 10,000 contacts stays far below


class NotSent(Exception):
    """Nothing of the request left this machine."""


class NoAnswer(Exception):
    """The request, or a part of it, left; no complete answer came back."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds: to connect, between two bytes, and for a whole request."""

    connect: float = 5.0
    silence: float = 60.0
    whole: float = 180.0


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where an account is: its API's base address and, where there is one, its token address."""

    api: str
    token: str = ""
    practice: bool = False

    def of(self, door: Door) -> str:
        return self.token if door is Door.TOKEN else self.api


class Sender:
    """Sends one request at a time. Use it in one thread; `Stop` reaches it from any."""

    def __init__(self, addresses: Addresses, sign_in: SignIn, patience: Patience = Patience()) -> None:
        for address in (addresses.api, addresses.token):
            if address:
                check_address(address, addresses.practice)
        self._addresses = addresses
        self._sign_in = sign_in
        self._patience = patience
        self._clients: dict[Door, httpx.Client] = {}
        self._wire = _Wire()

    def send(self, request: Request, stop: Stop | None = None) -> Response:
        """Sign and send a request; the provider's answer, whatever its status.

        Raises NotSent, NoAnswer, AccountProblem (from signing in) and NetworkProblem (an address that can't
        be used). A stop cuts the connection: NoAnswer, or NotSent while nothing had left.
        """
        conversation = self._sign_in.flow(request)
        outgoing = next(conversation)
        while True:
            carries_contacts = outgoing.door is request.door and outgoing.path == request.path
            try:
                response = self._exchange(outgoing, stop or Stop())
            except NoAnswer as fault:
                if carries_contacts:
                    raise
                raise NotSent(str(fault)) from fault  # signing in failed: the contacts never left
            try:
                outgoing = conversation.send(response)
            except StopIteration:
                return response

    def close(self) -> None:
        for client in self._clients.values():
            client.close()
        self._clients.clear()

    def __enter__(self) -> Sender:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _exchange(self, request: Request, stop: Stop) -> Response:
        url = _join(self._addresses.of(request.door), request.path)
        deadline = threading.Timer(self._patience.whole, self._wire.cut)
        deadline.daemon = True
        self._wire.mend()
        with stop.alarm(self._wire.cut):
            deadline.start()
            try:
                return self._stream(request, url)
            except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError) as fault:
                raise NotSent(_described(fault)) from fault
            except (httpx.InvalidURL, httpx.UnsupportedProtocol) as fault:
                raise _bad_address(url) from fault
            except (httpx.HTTPError, OSError) as fault:
                raise NoAnswer(_described(fault)) from fault
            finally:
                deadline.cancel()

    def _stream(self, request: Request, url: str) -> Response:
        outgoing = self._client(request.door).stream(
            request.method,
            url,
            params=request.query or None,
            headers=list(request.headers),
            content=request.body,
            extensions={"trace": self._wire.trace},
        )
        with outgoing as answer:
            body = bytearray()
            for piece in answer.iter_bytes():
                body += piece
                if len(body) > LARGEST_BODY:
                    raise NoAnswer(f"the answer is larger than {LARGEST_BODY} bytes")
            headers: Mapping[str, str] = {key.lower(): value for key, value in answer.headers.items()}
            return Response(answer.status_code, headers, bytes(body))

    def _client(self, door: Door) -> httpx.Client:
        if door not in self._clients:
            self._clients[door] = _new_client(self._addresses.of(door), self._patience)
        return self._clients[door]


class _Wire:
    """The socket in use, so that another thread can cut it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._is_cut = False

    def mend(self) -> None:
        with self._lock:
            self._is_cut = False

    def cut(self) -> None:
        with self._lock:
            self._is_cut = True
            self._shut()

    def trace(self, event: str, details: Mapping[str, object]) -> None:
        """httpx's trace hook: remembers the socket of each new connection (the TLS one where there is one,
        because the plain one is detached by then)."""
        if event not in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            return
        stream = details["return_value"]
        with self._lock:
            self._socket = stream.get_extra_info("socket")  # type: ignore[attr-defined]
            if self._is_cut:
                self._shut()

    def _shut(self) -> None:
        if self._socket is not None:
            with contextlib.suppress(OSError):  # already closed: that is what we want
                self._socket.shutdown(socket.SHUT_RDWR)


def check_address(address: str, practice: bool) -> None:
    """Raise NetworkProblem unless `address` may be spoken to: https, or http on loopback; in practice
    loopback only."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError as fault:
        raise _bad_address(address) from fault
    if parts.scheme not in ("http", "https") or not host or parts.username or parts.query:
        raise _bad_address(address)
    if practice and not is_loopback(host):
        raise NetworkProblem(
            tr("Practice does not leave this computer."),
            tr("Choose a real account to send to {host}.", host=host),
        )
    if parts.scheme == "http" and not is_loopback(host):
        raise NetworkProblem(
            tr("The address {host} is not secure.", host=host),
            tr("Use an address that begins with https://, so that nobody can read your contacts on the way."),
        )


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine itself."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _new_client(address: str, patience: Patience) -> httpx.Client:
    parts = urlsplit(address)
    timeout = httpx.Timeout(patience.silence, connect=patience.connect)
    return httpx.Client(
        verify=_trust() if parts.scheme == "https" else False,
        timeout=timeout,
        limits=httpx.Limits(max_connections=1, max_keepalive_connections=1),
        follow_redirects=False,
        trust_env=False,
        proxy=_system_proxy(parts.scheme, parts.hostname or ""),
        headers={"User-Agent": "ContactFerry", "Accept": "application/json, text/plain, */*"},
    )


def _trust() -> ssl.SSLContext:
    import truststore  # 24 ms: only when there is TLS to speak

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _system_proxy(scheme: str, host: str) -> str | None:
    if is_loopback(host) or urllib.request.proxy_bypass(host):
        return None
    return urllib.request.getproxies().get(scheme)


def _join(address: str, path: str) -> str:
    if not path:
        return address
    return f"{address.rstrip('/')}/{path.lstrip('/')}"


def _described(fault: Exception) -> str:
    return f"{type(fault).__name__}: {fault}" if str(fault) else type(fault).__name__


def _bad_address(address: str) -> NetworkProblem:
    return NetworkProblem(
        tr("The server address can't be used."),
        tr("Check the address of the account: it looks like https://api.example.com/ and holds no password."),
        address.split("?")[0].rsplit("@", 1)[-1],
    )
