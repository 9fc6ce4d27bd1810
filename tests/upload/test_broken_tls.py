"""A protected line that breaks: before anything was said nothing was sent, afterwards nobody knows."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from app.ledger.ledger import Ledger
from app.progress import Stop
from app.providers.sign_in import HeaderSignIn
from app.providers.wire import Request
from app.upload.sending import Addresses, NoAnswer, NotSent, Patience, Sender
from app.upload.setbacks import not_reached
from app.upload.upload import Ending, Upload, UploadEnd
from tests.certificates import Authority, new_authority
from tests.endpoint import Endpoint, answer, listening
from tests.upload.scene import Impatient, known, ledger_with, options_of, phone

ASK = Request("POST", "lists", body=b'{"email": "anna@example.com"}')
PATIENCE = Patience(connect=2.0, silence=2.0, whole=4.0)

Behave = Callable[[socket.socket], None]


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    made = new_authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.certificate))
    return made


@contextmanager
def server(behave: Behave) -> Iterator[str]:
    """One that does as it likes with every line, on loopback."""

    def accept() -> None:
        with suppress(OSError):
            while True:
                line, _ = listener.accept()
                with line, suppress(OSError):
                    behave(line)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        try:
            yield f"https://127.0.0.1:{listener.getsockname()[1]}/"
        finally:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
            thread.join(5)


def send(address: str) -> bytes:
    with Sender(Addresses(address), HeaderSignIn(("apikey", "k")), PATIENCE) as sender:
        return sender.send(ASK).body


def hang_up(line: socket.socket) -> None:
    line.recv(10)


def garbage(line: socket.socket) -> None:
    line.recv(10_000)
    line.sendall(b"\x16\x03\x03\x00\x05garbage" * 10)


def plain(line: socket.socket) -> None:
    line.recv(10_000)
    line.sendall(answer(b'{"status": "success"}'))


def alert(line: socket.socket) -> None:
    line.recv(10_000)
    line.sendall(b"\x15\x03\x03\x00\x02\x02\x28")  # handshake failure


def silent(line: socket.socket) -> None:
    while line.recv(10_000):
        pass


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("behave", [hang_up, garbage, plain, alert, silent])
def test_a_handshake_that_fails_means_that_nothing_was_sent(behave: Behave) -> None:
    with server(behave) as address, pytest.raises(NotSent):
        send(address)


def torn(context: ssl.SSLContext, said: bytes) -> Behave:
    """Says a part of an answer and tears the line, without the word that TLS ends with."""

    def behave(line: socket.socket) -> None:
        with context.wrap_socket(line, server_side=True, suppress_ragged_eofs=False) as protected:
            protected.recv(10_000)
            protected.sendall(said)
            raw = socket.socket(fileno=protected.detach())
            raw.shutdown(socket.SHUT_RDWR)
            raw.close()

    return behave


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"HTTP/1.1 200",
        b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n1",  # of 12: nobody could see that it was cut
    ],
)
def test_an_answer_cut_on_a_protected_line_is_none(said: bytes, trusted: Authority) -> None:
    with server(torn(trusted.server_context("127.0.0.1"), said)) as address, pytest.raises(NoAnswer):
        send(address)


def test_an_answer_that_lasts_until_the_line_is_closed_in_good_order_is_whole(trusted: Authority) -> None:
    context = trusted.server_context("127.0.0.1")

    def behave(line: socket.socket) -> None:
        with context.wrap_socket(line, server_side=True) as protected:
            protected.recv(10_000)
            protected.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n12")
            protected.unwrap()

    with server(behave) as address:
        assert send(address) == b"12"


def test_a_certificate_that_ends_in_the_middle_of_a_run_gets_nothing_more(trusted: Authority) -> None:
    endpoint = Endpoint([answer(b"one")], tls=trusted.server_context("127.0.0.1"))
    with (
        listening(endpoint),
        Sender(Addresses(endpoint.address), HeaderSignIn(("apikey", "k")), PATIENCE) as sender,
    ):
        assert sender.send(ASK).body == b"one"
        endpoint.tls = trusted.server_context("127.0.0.1", ended=True)
        with pytest.raises(NotSent, match=r"(?i)certificate"):
            sender.send(ASK)
        endpoint.tls = trusted.server_context("127.0.0.1")
        assert sender.send(ASK).body == b"one"
    assert len([head for head in endpoint.heard if head]) == 2


def test_a_certificate_that_goes_bad_in_mid_run_ends_it_soon_and_the_next_run_sends_the_rest_once(
    trusted: Authority, tmp_path: Path
) -> None:
    good, bad = (trusted.server_context("127.0.0.1", ended=ended) for ended in (False, True))
    endpoint = Endpoint([answer(b"{}")], tls=good, tls_later=(2, bad))
    with (
        ledger_with(tmp_path / "own.ledger", 5, lambda row: {"phone_number": phone(row)}) as ledger,
        listening(endpoint),
    ):
        stop = Stop()
        clock = Impatient(stop)
        end = sent(ledger, endpoint, stop, clock)
        assert end.ending is Ending.PROBLEM
        assert end.problem is not None
        assert "certificate is no longer trusted" in end.problem.title
        assert "certificate" in end.problem.details.lower()
        assert (end.totals.accepted, end.totals.not_sent, end.totals.unsure) == (2, 3, 0)
        assert clock.waited < 20.0, "seconds; a line that is down is waited for ten minutes"
        endpoint.tls_later = None
        end = sent(ledger, endpoint, stop, clock)
    assert end.ending is Ending.FINISHED
    assert end.totals.accepted == 5
    assert len([head for head in endpoint.heard if head]) == 5


def sent(ledger: Ledger, endpoint: Endpoint, stop: Stop, clock: Impatient) -> UploadEnd:
    provider = known("octopush")
    options = options_of(provider, batch_size=1)
    with Sender(Addresses(endpoint.address), HeaderSignIn(("apikey", "k")), PATIENCE) as sender:
        steps = provider.steps(options)
        upload = Upload(ledger, steps, provider.pace, sender, lambda _: None, stop, clock.now, clock.pause)
        return upload.run()


def test_a_system_that_speaks_of_certificates_in_its_own_language_is_understood() -> None:
    def refuse(_: httpx.Request) -> httpx.Response:
        try:
            raise ssl.SSLCertVerificationError("Eine Zertifikatkette wurde nicht akzeptiert.")
        except ssl.SSLError as fault:
            raise httpx.ConnectError(str(fault)) from fault

    carry = httpx.MockTransport(refuse)
    where, sign_in = Addresses("https://127.0.0.1:9/"), HeaderSignIn(("apikey", "k"))
    with Sender(where, sign_in, PATIENCE, lambda _: carry) as sender, pytest.raises(NotSent) as caught:
        sender.send(ASK)
    assert "certificate is not trusted" in not_reached(str(caught.value)).title
