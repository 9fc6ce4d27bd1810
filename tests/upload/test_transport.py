"""The way to the provider: whom it trusts, where secrets may go, and how much it listens to."""

from __future__ import annotations

import gzip
import re
import socket
import ssl
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from app.practice.rooms import PRACTICE_SECRETS
from app.problems import NetworkProblem, Problem, ProxyProblem
from app.providers.contract import Provider
from app.providers.known import PROVIDERS
from app.providers.sign_in import HeaderSignIn
from app.providers.wire import Request
from app.upload import sending
from app.upload.addresses import ProxyPass
from app.upload.sending import Addresses, NoAnswer, NotSent, Patience, Sender
from app.upload.setbacks import not_reached
from tests.certificates import Authority, new_authority
from tests.endpoint import Endpoint, answer, listening

KEY = "word-of-the-account-77"
SIGNED = HeaderSignIn(("apikey", KEY))
ASK = Request("POST", "lists", body=b'{"email": "anna@example.com"}')
PATIENCE = Patience(connect=5.0, silence=5.0, whole=10.0)
GOOD = answer(b'{"status": "success"}')


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return new_authority(tmp_path)


@pytest.fixture
def trusted(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """The authority, in the place of the system's trust store."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.certificate))
    return authority


def sender_to(address: str, patience: Patience = PATIENCE) -> Sender:
    return Sender(Addresses(address), SIGNED, patience)


# Whom it trusts.


def test_a_certificate_that_the_system_trusts_is_trusted(trusted: Authority) -> None:
    endpoint = Endpoint([GOOD], tls=trusted.server_context("127.0.0.1"))
    with listening(endpoint), sender_to(endpoint.address) as sender:
        assert sender.send(ASK).status == 200
    assert KEY.encode() in endpoint.heard[0]


def refused_by_certificate(endpoint: Endpoint) -> None:
    with (
        listening(endpoint),
        sender_to(endpoint.address) as sender,
        pytest.raises(NotSent, match=r"(?i)certificate") as caught,
    ):
        sender.send(ASK)
    assert endpoint.heard in ([], [b""])
    assert "certificate is not trusted" in not_reached(str(caught.value)).title


def test_a_certificate_nobody_vouches_for_gets_nothing(authority: Authority) -> None:
    refused_by_certificate(Endpoint([GOOD], tls=authority.server_context("127.0.0.1")))


def test_a_certificate_of_another_server_gets_nothing(trusted: Authority) -> None:
    refused_by_certificate(Endpoint([GOOD], tls=trusted.server_context("elsewhere.example.com")))


def test_a_certificate_out_of_date_gets_nothing(trusted: Authority) -> None:
    refused_by_certificate(Endpoint([GOOD], tls=trusted.server_context("127.0.0.1", ended=True)))


def test_an_old_tls_gets_nothing(trusted: Authority) -> None:
    context = trusted.server_context("127.0.0.1")
    with warnings.catch_warnings(action="ignore"):  # ssl itself advises against what is tried here
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    endpoint = Endpoint([GOOD], tls=context)
    with listening(endpoint), sender_to(endpoint.address) as sender, pytest.raises(NotSent):
        sender.send(ASK)
    assert endpoint.heard in ([], [b""])


def test_nothing_in_the_program_turns_the_trust_off() -> None:
    """No certificate is waved through, and only plain http on loopback goes without one."""
    app = Path(sending.__file__).parent.parent
    code = {path: path.read_text("utf-8") for path in app.rglob("*.py")}
    waved = re.compile(r"CERT_NONE|check_hostname|_create_unverified|PYTHONHTTPSVERIFY|insecure", re.I)
    assert [path.name for path, text in code.items() if waved.search(text)] == []
    verifying = [line for text in code.values() for line in text.splitlines() if "verify=" in line]
    assert [line.strip() for line in verifying] == ["verify=_trust() if secure else False,"]


# Where secrets may go.


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Again", "308 For Good"])
@pytest.mark.parametrize("known", PROVIDERS, ids=lambda one: one.name)
def test_a_redirect_takes_nothing_along(known: Provider, status: str) -> None:
    options = known.default_options()
    elsewhere = Endpoint([GOOD])
    with listening(elsewhere):
        here = Endpoint([answer(b"", status, f"Location: {elsewhere.address}")])
        sign_in = known.sign_in(PRACTICE_SECRETS[known.name], options)
        with (
            listening(here),
            Sender(Addresses(here.address, here.address), sign_in, PATIENCE) as sender,
            suppress(Problem),  # signing in may already fail at it
        ):
            assert sender.send(ASK).status == int(status[:3])
    assert here.connections > 0
    assert elsewhere.connections == 0


# The system's proxy.


def test_the_systems_proxy_is_used_and_hears_no_secret(
    trusted: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = Endpoint([GOOD], tunnel=trusted.server_context("api.example.com"))
    with listening(proxy):
        monkeypatch.setenv("https_proxy", f"http://ferry:toll-99@127.0.0.1:{proxy.port}")
        with sender_to("https://api.example.com/") as sender:
            assert sender.send(ASK).status == 200
    assert proxy.heard[0].startswith(b"CONNECT api.example.com:443 ")
    assert b"Proxy-Authorization: Basic ZmVycnk6dG9sbC05OQ==" in proxy.heard[0]
    assert KEY.encode() not in proxy.heard[0]
    assert KEY.encode() in proxy.through[0]
    assert b"Proxy-Authorization" not in proxy.through[0]


@pytest.mark.parametrize("written", ["127.0.0.1:{port}", "http://127.0.0.1:{port}"])
@pytest.mark.parametrize("variable", ["https_proxy", "all_proxy"])
def test_a_proxy_may_be_written_in_any_usual_way(
    trusted: Authority, monkeypatch: pytest.MonkeyPatch, written: str, variable: str
) -> None:
    proxy = Endpoint([GOOD], tunnel=trusted.server_context("api.example.com"))
    with listening(proxy):
        monkeypatch.setenv(variable, written.format(port=proxy.port))
        with sender_to("https://api.example.com/") as sender:
            assert sender.send(ASK).status == 200


def test_this_computer_is_never_asked_for_through_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    proxy, here = Endpoint([GOOD]), Endpoint([GOOD])
    with listening(proxy), listening(here):
        monkeypatch.setenv("http_proxy", proxy.address)
        with sender_to(here.address) as sender:
            sender.send(ASK)
    assert (proxy.connections, here.connections) == (0, 1)


def test_a_proxy_that_wants_a_password_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    proxy = Endpoint([answer(b"", "407 Proxy Authentication Required", "Proxy-Authenticate: Basic")])
    with listening(proxy):
        monkeypatch.setenv("https_proxy", proxy.address)
        with sender_to("https://api.example.com/") as sender, pytest.raises(ProxyProblem) as caught:
            sender.send(ASK)
    assert "asks for a name" in caught.value.title
    assert caught.value.proxy == f"127.0.0.1:{proxy.port}"
    assert KEY.encode() not in b"".join(proxy.heard)


TOLL = b"Proxy-Authorization: Basic ZmVycnk6dG9sbC05OQ=="  # ferry, toll-99


def test_a_proxy_opens_for_the_password_that_was_kept(
    trusted: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = Endpoint([GOOD], tunnel=trusted.server_context("api.example.com"), toll=TOLL)
    with listening(proxy):
        monkeypatch.setenv("https_proxy", f"127.0.0.1:{proxy.port}")
        known = Addresses("https://api.example.com/", proxy=ProxyPass("ferry", "toll-99"))
        with Sender(known, SIGNED, PATIENCE) as sender:
            assert sender.send(ASK).status == 200
        wrong = Addresses("https://api.example.com/", proxy=ProxyPass("ferry", "toll-98"))
        with Sender(wrong, SIGNED, PATIENCE) as sender, pytest.raises(ProxyProblem, match="not accept"):
            sender.send(ASK)
    assert "toll-98" not in repr(wrong)
    assert [KEY.encode() in said for said in proxy.through] == [True]


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:9", "gopher://127.0.0.1", "http://[", "://"])
def test_a_proxy_that_cannot_be_used_is_a_problem(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setenv("https_proxy", proxy)
    with (
        sender_to("https://api.example.com/") as sender,
        pytest.raises(NetworkProblem, match="proxy") as caught,
    ):
        sender.send(ASK)
    assert caught.value.advice


# How much it listens to.


LITTLE = replace(PATIENCE, largest=1_000_000)


def chunks(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(body), body)


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n"
TOO_LARGE = {
    "declared": b"HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n{}",
    "chunked": CHUNKED + b"\r\n" + chunks(b" " * 400_000) * 4,
    "until closed": b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + b" " * 1_600_000,
    "gzip": answer(gzip.compress(b" " * 50_000_000), "200 OK", "Content-Encoding: gzip"),
    "gzip in gzip": answer(
        gzip.compress(gzip.compress(b" " * 50_000_000)), "200 OK", "Content-Encoding: gzip, gzip"
    ),
    "headers": b"HTTP/1.1 200 OK\r\n" + b"X-A: %s\r\n" % (b"a" * 1_500_000) + b"\r\n",
}


@pytest.mark.parametrize("said", TOO_LARGE.values(), ids=TOO_LARGE)
def test_an_answer_without_end_is_not_listened_to(said: bytes) -> None:
    endpoint = Endpoint([said])
    with listening(endpoint), sender_to(endpoint.address, LITTLE) as sender, pytest.raises(NoAnswer):
        sender.send(ASK)


@pytest.mark.parametrize("encoding", ["gzip", "identity", ""])
def test_an_answer_is_read_however_it_is_packed(encoding: str) -> None:
    body = b'{"status": "success"}' * 1000
    packed = gzip.compress(body) if encoding == "gzip" else body
    endpoint = Endpoint([answer(packed, "200 OK", *([f"Content-Encoding: {encoding}"] if encoding else []))])
    with listening(endpoint), sender_to(endpoint.address, LITTLE) as sender:
        assert sender.send(ASK).body == body


def test_a_packing_nobody_asked_for_is_no_answer() -> None:
    endpoint = Endpoint([answer(b"??", "200 OK", "Content-Encoding: br")])
    with listening(endpoint), sender_to(endpoint.address, LITTLE) as sender, pytest.raises(NoAnswer):
        sender.send(ASK)


def test_damaged_packing_is_no_answer() -> None:
    endpoint = Endpoint([answer(gzip.compress(b"{}" * 500)[:-20], "200 OK", "Content-Encoding: gzip")])
    with listening(endpoint), sender_to(endpoint.address, LITTLE) as sender, pytest.raises(NoAnswer):
        sender.send(ASK)


@contextmanager
def answering_early(said: bytes) -> Iterator[str]:
    """A gateway that answers whoever asks first, and closes the line, before it has read what it is sent."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer_one() -> None:
            line, _ = listener.accept()
            with line:
                line.recv(1000)
                line.sendall(said)

        gateway = threading.Thread(target=answer_one, daemon=True)
        gateway.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        gateway.join(5)


@pytest.mark.parametrize("status", ["200 OK", "201 Created", "204 No Content"])
def test_a_success_before_the_request_was_read_is_no_answer(status: str) -> None:
    """Else contacts would count as arrived that nobody has read."""
    large = replace(ASK, body=b'{"email": "%s"}' % (b"x" * 30_000_000))
    said = answer(b"" if status.startswith("204") else b'{"status": "success"}', status)
    with answering_early(said) as address, sender_to(address) as sender, pytest.raises(NoAnswer):
        sender.send(large)
