"""The door to the network: what each fault means, where it may go, and how it is stopped."""

from __future__ import annotations

import socket
import threading
import time

import pytest

from app.practice.exchange import PracticeRequest, PracticeResponse
from app.practice.faults import Drip, Fault, HangUp, Refuse, Reset, Silence, Truncate
from app.problems import NetworkProblem
from app.progress import Stop
from app.providers.sign_in import HeaderSignIn
from app.providers.wire import Request
from app.upload.sending import Addresses, NoAnswer, NotSent, Patience, Sender, check_address
from tests.upload.scene import QUICK, practice

ASK = Request("GET", "lists")
SIGNED = HeaderSignIn(("apikey", "practice:practice"))


def test_an_answer_comes_back_whole() -> None:
    with practice() as server, Sender(Addresses(server.address, practice=True), SIGNED) as sender:
        response = sender.send(ASK)
    assert response.status == 200
    assert b"success" in response.body


def test_nobody_listening_means_that_nothing_was_sent() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
    with Sender(Addresses(address), SIGNED, QUICK) as sender, pytest.raises(NotSent):
        sender.send(ASK)


@pytest.mark.parametrize(
    "fault",
    [HangUp(acted=False), HangUp(acted=True), Reset(), Truncate(3), Drip(0.05), Silence(threading.Event())],
    ids=lambda fault: type(fault).__name__,
)
def test_every_later_fault_means_that_nobody_knows(fault: Fault) -> None:
    with practice() as server, Sender(Addresses(server.address), SIGNED, QUICK) as sender:
        server.fault = lambda _: fault
        with pytest.raises(NoAnswer):
            sender.send(ASK)


def test_a_slow_drip_ends_at_the_deadline_for_the_whole_request() -> None:
    patience = Patience(connect=2.0, silence=10.0, whole=0.3)
    with practice() as server, Sender(Addresses(server.address), SIGNED, patience) as sender:
        server.fault = lambda _: Drip(0.1)
        started = time.monotonic()
        with pytest.raises(NoAnswer):
            sender.send(ASK)
    assert time.monotonic() - started < 2.0


def test_stop_cuts_a_silent_request_at_once() -> None:
    reached, stop = threading.Event(), Stop()

    def fall_silent(_: object) -> Fault:
        reached.set()
        return Silence(threading.Event())

    patience = Patience(silence=30.0)
    with practice() as server, Sender(Addresses(server.address), SIGNED, patience) as sender:
        server.fault = fall_silent

        def ask_once_reached() -> None:
            reached.wait(5)
            stop.ask()

        asking = threading.Thread(target=ask_once_reached)
        asking.start()
        with pytest.raises(NoAnswer):
            sender.send(ASK, stop)
        asking.join()


def test_a_redirect_is_an_answer_and_is_not_followed() -> None:
    elsewhere = PracticeResponse(302, {"Location": "https://elsewhere.example.com/"})
    with practice() as server, Sender(Addresses(server.address), SIGNED, QUICK) as sender:
        server.fault = lambda _: Refuse(elsewhere)
        assert sender.send(ASK).status == 302


@pytest.mark.parametrize(
    ("address", "in_practice"),
    [
        ("https://api.example.com/", True),
        ("http://api.example.com/", False),
        ("http://192.0.2.7/", False),
        ("ftp://127.0.0.1/", False),
        ("https://name:s3cret@api.example.com/", False),
        ("https://", False),
        ("api.example.com", False),
        ("https://[::1", False),
    ],
)
def test_addresses_that_must_not_be_spoken_to_are_refused(address: str, in_practice: bool) -> None:
    with pytest.raises(NetworkProblem) as caught:
        check_address(address, in_practice)
    assert caught.value.advice
    assert "s3cret" not in str(caught.value) + caught.value.details


@pytest.mark.parametrize(
    "address", ["https://api.example.com/v1/", "http://127.0.0.1:8000", "http://[::1]:80/"]
)
def test_addresses_that_may_be_spoken_to_are_taken(address: str) -> None:
    check_address(address, practice=False)


def test_a_query_is_percent_encoded_as_utf8() -> None:
    seen: list[str] = []

    def note(request: PracticeRequest) -> None:
        seen.append(request.query["word"])

    with practice() as server, Sender(Addresses(server.address), SIGNED, QUICK) as sender:
        server.fault = note
        sender.send(Request("GET", "lists", (("word", "a b+c/é&=%"),)))
    assert seen == ["a b+c/é&=%"]
