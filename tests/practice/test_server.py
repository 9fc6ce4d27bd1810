"""The practice server over a real socket on loopback: routing, keeping lines open, reading back, closing.

What the answers say is tested with the rooms.
"""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from app.practice.rooms import PRACTICE_SECRETS, open_rooms
from app.practice.server import BODY_MOST, PracticeServer
from app.problems import NetworkProblem

KEY = {"apikey": "practice:practice"}
RECORDS = {"list_id": 10001, "records": [{"phone_number": "+16175551212"}]}


@pytest.fixture
def server() -> Iterator[PracticeServer]:
    with PracticeServer() as server:
        yield server


@pytest.fixture
def line(server: PracticeServer) -> Iterator[http.client.HTTPConnection]:
    connection = open_line(server)
    yield connection
    connection.close()


def open_line(server: PracticeServer) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(server.address.removeprefix("http://"), timeout=10)


def _ask(
    line: http.client.HTTPConnection,
    method: str,
    path: str,
    body: object = None,
    headers: dict[str, str] | None = None,
) -> tuple[int, Any]:
    content = json.dumps(body).encode() if body is not None else None
    line.request(method, path, content, {"Content-Type": "application/json", **(headers or {})})
    answer = line.getresponse()
    text = answer.read()
    return answer.status, json.loads(text) if text else None


def test_every_room_is_reached_at_its_documented_path(line: http.client.HTTPConnection) -> None:
    assert _ask(line, "POST", "/contacts/bulk", RECORDS, KEY) == (200, {"status": "success"})
    assert _ask(line, "GET", "/lists")[0] == 401
    assert _ask(line, "GET", "/api/v2/settings")[0] == 401
    assert _ask(line, "GET", "/api/v3/settings")[0] == 401
    assert _ask(line, "POST", "/oauth2/token")[0] == 401
    assert _ask(line, "GET", "/v1/public/wallet/check-balance")[0] == 401
    line.request("GET", "/API/v1.0/REST/login?username=practice&password=practice")
    answer = line.getresponse()
    assert (answer.status, answer.read().count(b";")) == (200, 1)


def test_a_path_no_room_knows_is_not_found(line: http.client.HTTPConnection) -> None:
    for path in ("/", "/nothing", "/practice/nobody"):
        status, body = _ask(line, "GET", path)
        assert (status, list(body)) == (404, ["error"])


def test_one_line_serves_many_requests_quickly(line: http.client.HTTPConnection) -> None:
    begin = time.monotonic()
    _ask(line, "GET", "/lists", headers=KEY)
    kept = line.sock
    for _ in range(100):
        assert _ask(line, "GET", "/lists", headers=KEY)[0] == 200
    assert line.sock is kept
    # With Nagle's delay of 40 ms each this would take four seconds.
    assert time.monotonic() - begin < 3


def test_an_account_is_read_back_and_emptied(
    server: PracticeServer, line: http.client.HTTPConnection
) -> None:
    _ask(line, "POST", "/contacts/bulk", RECORDS, KEY)
    status, held = _ask(line, "GET", "/practice/sociocs")
    assert status == 200
    assert [contact["phone_number"] for contact in held["contacts"]] == ["16175551212"]
    assert held["lists"]["10001"] == {"name": "Newsletter", "contacts": ["16175551212"]}
    assert held["requests"] == 1
    assert server.rooms["sociocs"].contacts() == held["contacts"]
    assert _ask(line, "DELETE", "/practice/sociocs")[0] == 204
    assert _ask(line, "GET", "/practice/sociocs")[1]["contacts"] == []
    assert _ask(line, "POST", "/practice/sociocs")[0] == 405
    assert _ask(line, "GET", "/practice")[1] == {"rooms": ["smsend", "emarsys", "sociocs", "octopush"]}


def test_every_room_has_its_secrets() -> None:
    assert set(PRACTICE_SECRETS) == {room.name for room in open_rooms()}


def test_a_body_too_large_is_refused_unread(server: PracticeServer) -> None:
    line = open_line(server)
    line.putrequest("POST", "/contacts/bulk")
    line.putheader("Content-Length", str(BODY_MOST + 1))
    line.endheaders()
    answer = line.getresponse()
    assert answer.status == 413
    assert answer.getheader("Connection") == "close"
    line.close()


@pytest.mark.parametrize("header", [("Transfer-Encoding", "chunked"), ("Content-Length", "-1")])
def test_a_body_of_unknown_length_is_refused(server: PracticeServer, header: tuple[str, str]) -> None:
    line = open_line(server)
    line.putrequest("POST", "/contacts/bulk")
    line.putheader(*header)
    line.endheaders()
    assert line.getresponse().status == 411
    line.close()


def test_closing_is_prompt_with_lines_open(server: PracticeServer, line: http.client.HTTPConnection) -> None:
    _ask(line, "GET", "/lists", headers=KEY)
    begin = time.monotonic()
    server.close()
    server.close()
    assert time.monotonic() - begin < 2
    with pytest.raises((ConnectionRefusedError, TimeoutError)):
        socket.create_connection(("127.0.0.1", int(server.address.rpartition(":")[2])), timeout=2)


def test_a_server_never_started_can_be_closed() -> None:
    PracticeServer().close()


def test_a_port_in_use_is_a_problem(server: PracticeServer) -> None:
    port = int(server.address.rpartition(":")[2])
    with pytest.raises(NetworkProblem) as caught:
        PracticeServer(port)
    assert str(port) in caught.value.title


def test_many_lines_at_once_lose_nobody(server: PracticeServer) -> None:
    def send(first: int) -> None:
        line = open_line(server)
        for number in range(first, first + 20):
            record = {"phone_number": f"+1617555{number:04}"}
            _ask(line, "POST", "/contacts/bulk", {"records": [record]}, KEY)
        line.close()

    threads = [threading.Thread(target=send, args=(first * 20,)) for first in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    contacts = server.rooms["sociocs"].contacts()
    assert len({contact["phone_number"] for contact in contacts}) == 160
    assert sorted(int(str(contact["id"])) for contact in contacts) == list(range(1, 161))


def test_nothing_is_written_to_the_console(
    server: PracticeServer, line: http.client.HTTPConnection, capfd: pytest.CaptureFixture[str]
) -> None:
    _ask(line, "GET", "/lists", headers=KEY)
    _ask(line, "GET", "/nothing")
    with socket.create_connection(("127.0.0.1", int(server.address.rpartition(":")[2]))) as rough:
        rough.sendall(b"not http\r\n\r\n")
        rough.recv(1024)
    server.close()
    assert capfd.readouterr() == ("", "")
