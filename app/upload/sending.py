"""The one door to the network: sends a request to an account's address and returns the response.

Holds the account's addresses and its sign-in, so secrets pass here and nowhere else. Refuses to read
answers, to follow redirects, to leave loopback in practice, and to speak plain http to anything else.

What a fault means (measured with httpx 0.28; it decides what may be sent again):
    no connection (refused, DNS, proxy, TLS)  -> NotSent: nothing of the request left
    everything later (reset, silence, garbage) -> NoAnswer: nobody knows what the server did with it
httpx can't cancel a running request from another thread, and has no limit for a whole request. Shutting the
socket down does both within milliseconds, but there is no socket yet while a name is looked up or a
connection is made. So each request runs on a thread that can be left behind; once told to, it lets nothing
more leave, and its own time limits end it.
"""

from __future__ import annotations

import queue
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from urllib.parse import quote, urlencode, urlsplit

import httpx

from app.language import tr
from app.problems import Problem
from app.progress import Stop
from app.providers.sign_in import SignIn
from app.providers.wire import Door, Request, Response
from app.upload.addresses import Addresses, ProxyPass, bad_address, check_address, is_loopback, joined
from app.upload.bodies import ACCEPTED, BadBody, whole_body
from app.upload.errand import Errand, NoAnswer, NotSent, Wire
from app.upload.leftovers import said_more
from app.upload.proxies import proxy_for, refused_by_proxy

__all__ = [
    "Addresses",
    "NoAnswer",
    "NotSent",
    "Patience",
    "Sender",
    "check_address",
    "is_loopback",
    "open_transport",
]

GRACE = 0.2  # seconds a cut connection has to end by itself
LARGEST_BODY = 32 * 1024 * 1024  # bytes; an answer about 10,000 contacts stays far below


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds: to connect, between two bytes, and for a whole request; and the bytes of
    an answer (unpacked) that are listened to."""

    connect: float = 5.0
    silence: float = 60.0
    whole: float = 180.0
    largest: int = LARGEST_BODY


NewTransport = Callable[[str], httpx.BaseTransport]
"""Makes what carries requests to an address."""

_USUAL = (
    ("User-Agent", "ContactFerry"),
    ("Accept", "application/json, text/plain, */*"),
    ("Accept-Encoding", ACCEPTED),
)


class Sender:
    """Sends one request at a time. Use it in one thread; a `Stop` reaches it from any.

    `new_transport` makes what carries requests to an address: tests put a broken network in its place.
    """

    def __init__(
        self,
        addresses: Addresses,
        sign_in: SignIn,
        patience: Patience = Patience(),
        new_transport: NewTransport | None = None,
    ) -> None:
        for address in (addresses.api, addresses.token):
            if address:
                check_address(address, addresses.practice)
        carry = new_transport or partial(open_transport, proxy_pass=addresses.proxy)
        self._parts = (addresses, sign_in, carry, patience)
        self._patience = patience
        self._worker: _Worker | None = None

    def send(self, request: Request, stop: Stop | None = None) -> Response:
        """Sign and send a request; the provider's answer, whatever its status.

        Raises NotSent, NoAnswer, AccountProblem (from signing in) and NetworkProblem (an address that can't
        be used). A stop is heard at once, whatever the network does: NoAnswer, or NotSent if the contacts
        had not begun to leave, and then never will.
        """
        stop = stop or Stop()
        if stop.asked:
            raise NotSent("stopped before anything left")
        errand = self.begin(request)
        with stop.alarm(errand.interrupt):
            errand.wait()
        self.give_up(errand)
        return errand.result()

    def begin(self, request: Request, heard: Callable[[Errand], None] | None = None) -> Errand:
        """Let a request go, after the one before is finished; `heard` is told, in another thread, when this
        one is. Whoever begins it gives it up once it has no time left."""
        errand = Errand(request, self._patience.whole, heard)
        try:
            self._worker = self._worker or _Worker(*self._parts)
        except RuntimeError as fault:  # there is no memory or no place left for its thread
            errand.end(None, _no_thread(fault))
        else:
            self._worker.take_on(errand)
        return errand

    def give_up(self, errand: Errand) -> None:
        """Wait for it no longer: it is finished now, if it was not."""
        if errand.finished:
            return
        errand.wire.cut()
        if not errand.wait_for_end(GRACE) and self._worker is not None:
            # A look-up of a name, or a connection that is being made, can't be cut: leave the thread behind.
            self._worker.dismiss()
            self._worker = None
        errand.end(None, errand.wire.fault("nothing came in time"))

    def close(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.dismiss()
            worker.thread.join(GRACE)

    def __enter__(self) -> Sender:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Worker:
    """A thread with its own connections, because httpx can be waited for only in the thread that calls it."""

    def __init__(
        self, addresses: Addresses, sign_in: SignIn, new_transport: NewTransport, patience: Patience
    ) -> None:
        self._addresses = addresses
        self._sign_in = sign_in
        self._new_transport = new_transport
        self._patience = patience
        self._timeout = httpx.Timeout(patience.silence, connect=patience.connect).as_dict()
        self._transports: dict[Door, httpx.BaseTransport] = {}
        self._errands: queue.SimpleQueue[Errand | None] = queue.SimpleQueue()
        self._socket: socket.socket | None = None  # survives an errand: connections are kept alive
        self.thread = threading.Thread(target=self._work, name="sender", daemon=True)
        self.thread.start()

    def take_on(self, errand: Errand) -> None:
        self._errands.put(errand)

    def dismiss(self) -> None:
        """End after what is under way."""
        self._errands.put(None)

    def _work(self) -> None:
        try:
            while (errand := self._errands.get()) is not None:
                errand.wire.use(self._socket)
                try:
                    errand.end(self._converse(errand.request, errand.wire), None)
                except BaseException as fault:  # noqa: BLE001 - a door: raised again by whoever waits
                    errand.end(None, fault)
                self._socket = errand.wire.socket
        finally:
            for transport in self._transports.values():
                transport.close()

    def _converse(self, request: Request, wire: Wire) -> Response:
        conversation = self._sign_in.flow(request)
        outgoing = next(conversation)
        while True:
            carries_contacts = outgoing.door is request.door and outgoing.path == request.path
            wire.begin(carries_contacts)
            response = self._exchange(outgoing, wire)
            try:
                outgoing = conversation.send(response)
            except StopIteration:
                return response

    def _exchange(self, request: Request, wire: Wire) -> Response:
        url = joined(self._addresses.of(request.door), request.path)
        try:
            return self._stream(request, url, wire)
        except httpx.ProxyError as fault:
            if str(fault).startswith("407"):
                proxy = proxy_for(url)
                known = self._addresses.proxy or (proxy and proxy.own)
                raise refused_by_proxy(proxy, known is not None) from fault
            raise NotSent(_described(fault)) from fault
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as fault:
            raise NotSent(_described(fault)) from fault
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as fault:
            raise bad_address(url) from fault
        except (httpx.HTTPError, OSError) as fault:
            raise wire.fault(_described(fault)) from fault

    def _stream(self, request: Request, url: str, wire: Wire) -> Response:
        transport = self._transport(request.door)
        headers = httpx.Headers(_USUAL)
        headers.update(request.headers)
        outgoing = httpx.Request(
            request.method,
            f"{url}?{urlencode(request.query, quote_via=quote)}" if request.query else url,
            headers=headers,
            content=request.body,
            extensions={"trace": wire.trace, "timeout": self._timeout},
        )
        with closing(transport.handle_request(outgoing)) as answer:
            encoding, declared = (answer.headers.get(f"Content-{one}", "") for one in ("Encoding", "Length"))
            try:
                body = whole_body(answer.iter_raw(), encoding, declared, self._patience.largest)
            except BadBody as fault:
                raise wire.fault(str(fault)) from fault
            said: Mapping[str, str] = {key.lower(): value for key, value in answer.headers.items()}
        if wire.broke_off and answer.status_code < 300:  # nobody can have done what they have not read
            raise wire.fault("answered before the whole request had left")
        wire.acknowledge()
        if said_more(transport):
            self._transports.pop(request.door).close()  # the next answer on this line would not be ours
        return Response(answer.status_code, said, body)

    def _transport(self, door: Door) -> httpx.BaseTransport:
        if door not in self._transports:
            self._transports[door] = self._new_transport(self._addresses.of(door))
        return self._transports[door]


def open_transport(address: str, proxy_pass: ProxyPass | None = None) -> httpx.HTTPTransport:
    """One connection to an address, by the system's proxy and certificates.

    A transport is what lies under httpx's client. It follows no redirect, keeps no cookie and reads no
    .netrc, none of which should happen here; and without the client a request costs a fifth less.
    """
    secure = urlsplit(address).scheme == "https"  # Addresses lets plain http no farther than loopback
    return httpx.HTTPTransport(
        verify=_trust() if secure else False,
        trust_env=False,
        limits=httpx.Limits(max_connections=1, max_keepalive_connections=1),
        proxy=_proxy_of(address, proxy_pass),
    )


def _trust() -> ssl.SSLContext:
    import truststore  # 24 ms: only when there is TLS to speak

    class Exact(truststore.SSLContext):
        """Takes a line that ends without the word that TLS ends with for torn. Left to itself, Python takes
        it for ended; and of an answer that lasts until the line is closed, nobody could see that it was cut.
        """

        def wrap_socket(
            self,
            sock: socket.socket,
            server_side: bool = False,
            do_handshake_on_connect: bool = True,
            suppress_ragged_eofs: bool = False,
            server_hostname: str | None = None,
            session: ssl.SSLSession | None = None,
        ) -> ssl.SSLSocket:
            return super().wrap_socket(
                sock, server_side, do_handshake_on_connect, suppress_ragged_eofs, server_hostname, session
            )

    exact = Exact(ssl.PROTOCOL_TLS_CLIENT)
    exact.options &= ~getattr(ssl, "OP_IGNORE_UNEXPECTED_EOF", 0)  # Python sets it with OpenSSL 3
    return exact


def _proxy_of(address: str, given: ProxyPass | None) -> httpx.Proxy | None:
    """The system's proxy for an address, signed in with what was `given` or its settings say."""
    found = proxy_for(address)
    if found is None:
        return None
    known = given or found.own
    return httpx.Proxy(found.address, auth=(known.username, known.password) if known else None)


def _no_thread(fault: Exception) -> Problem:
    title = tr("This computer can't start another process.")
    return Problem(title, tr("Close other programs and try again."), str(fault))


def _described(fault: Exception) -> str:
    said = f"{type(fault).__name__}: {fault}" if str(fault) else type(fault).__name__
    # What a system says of a certificate may be in its own language.
    return f"{said} (certificate)" if _of_certificate(fault) and "certificate" not in said.lower() else said


def _of_certificate(fault: BaseException | None) -> bool:
    return fault is not None and (
        isinstance(fault, ssl.SSLCertVerificationError) or _of_certificate(fault.__cause__)
    )
