"""Every way the practice server can fail, seen from the other end of a real socket.

Each test asks for one fault and checks what a client meets and what the account holds.
"""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Iterator

import pytest

from app.practice.exchange import PracticeRequest, text_answer
from app.practice.faults import Drip, Fault, HangUp, Refuse, Reset, Silence, Truncate
from app.practice.server import PracticeServer

BODY = json.dumps({"records": [{"phone_number": "+16175551212"}]})
HEADERS = {"apikey": "practice:practice", "Content-Type": "application/json"}


@pytest.fixture
def server() -> Iterator[PracticeServer]:
    with PracticeServer() as server:
        yield server


@pytest.fixture
def line(server: PracticeServer) -> Iterator[http.client.HTTPConnection]:
    connection = http.client.HTTPConnection(server.address.removeprefix("http://"), timeout=10)
    yield connection
    connection.close()


def _send(server: PracticeServer, line: http.client.HTTPConnection, fault: Fault | None) -> None:
    server.fault = lambda _: fault
    line.request("POST", "/contacts/bulk", BODY, HEADERS)


def _held(server: PracticeServer) -> int:
    return len(server.rooms["sociocs"].contacts())


def test_a_refusal_is_answered_and_nothing_saved(
    server: PracticeServer, line: http.client.HTTPConnection
) -> None:
    _send(server, line, Refuse(text_answer(503, "busy", {"Retry-After": "7"})))
    answer = line.getresponse()
    assert (answer.status, answer.read(), answer.getheader("Retry-After")) == (503, b"busy", "7")
    assert _held(server) == 0


@pytest.mark.parametrize("acted", [False, True])
def test_a_line_hung_up_gives_no_answer(
    server: PracticeServer, line: http.client.HTTPConnection, acted: bool
) -> None:
    _send(server, line, HangUp(acted))
    with pytest.raises(http.client.RemoteDisconnected):
        line.getresponse()
    assert _held(server) == acted


@pytest.mark.parametrize("acted", [False, True])
def test_a_line_reset_is_torn_down(
    server: PracticeServer, line: http.client.HTTPConnection, acted: bool
) -> None:
    _send(server, line, Reset(acted))
    with pytest.raises(ConnectionResetError) as caught:
        line.getresponse()
    assert not isinstance(caught.value, http.client.RemoteDisconnected)
    assert _held(server) == acted


@pytest.mark.parametrize("acted", [False, True])
def test_silence_lasts_until_it_is_released(
    server: PracticeServer, line: http.client.HTTPConnection, acted: bool
) -> None:
    released, asked = threading.Event(), threading.Event()
    answered: list[int] = []

    def silent(_: PracticeRequest) -> Fault:
        asked.set()
        return Silence(released, acted)

    server.fault = silent
    line.request("POST", "/contacts/bulk", BODY, HEADERS)
    reader = threading.Thread(target=lambda: answered.append(line.getresponse().status))
    reader.start()
    assert asked.wait(5)
    reader.join(timeout=0.2)
    assert reader.is_alive()
    released.set()
    reader.join(timeout=5)
    assert answered == [200]
    assert _held(server) == 1


def test_a_silent_line_does_not_hold_up_closing(
    server: PracticeServer, line: http.client.HTTPConnection
) -> None:
    asked = threading.Event()

    def silent(_: PracticeRequest) -> Fault:
        asked.set()
        return Silence(threading.Event(), acted=True)

    server.fault = silent
    line.request("POST", "/contacts/bulk", BODY, HEADERS)
    assert asked.wait(5)
    begin = time.monotonic()
    server.close()
    assert time.monotonic() - begin < 2


def test_a_dripping_answer_arrives_whole_in_the_end(
    server: PracticeServer, line: http.client.HTTPConnection
) -> None:
    _send(server, line, Drip(pause=0.001, chunk=4))
    assert line.getresponse().read() == b'{"status":"success"}'
    assert _held(server) == 1


def test_a_truncated_answer_ends_early(server: PracticeServer, line: http.client.HTTPConnection) -> None:
    _send(server, line, Truncate(keep=5))
    with pytest.raises(http.client.IncompleteRead) as caught:
        line.getresponse().read()
    assert caught.value.partial == b'{"sta'
    assert _held(server) == 1


def test_no_fault_is_no_difference(server: PracticeServer, line: http.client.HTTPConnection) -> None:
    _send(server, line, None)
    assert line.getresponse().status == 200
    assert _held(server) == 1
