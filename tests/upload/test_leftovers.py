"""A line with something left on it is known, and so is one into which nobody can look any more."""

from __future__ import annotations

from types import SimpleNamespace as Thing
from typing import Any

import httpx
import pytest

from app.practice.server import PracticeServer
from app.upload.leftovers import said_more


def line(waiting: bytes = b"") -> Any:
    """As httpcore 1 keeps one: a pool's connection around a host's around the protocol."""
    return Thing(_connection=Thing(_connection=Thing(_h11_state=Thing(trailing_data=(waiting, False)))))


def transport(*lines: object) -> Any:
    return Thing(_pool=Thing(connections=list(lines)))


def test_a_line_is_as_good_as_new_after_its_answer() -> None:
    with PracticeServer() as server, httpx.HTTPTransport(trust_env=False) as real:
        for _ in range(3):
            answer = real.handle_request(httpx.Request("GET", f"{server.address}/practice"))
            answer.read()
            answer.close()
            assert not said_more(real), "or every request would open a line of its own"


def test_what_is_left_on_a_line_is_seen() -> None:
    assert not said_more(transport(line()))
    assert not said_more(transport(line(b"\r\n")))
    assert not said_more(transport())
    assert not said_more(transport(Thing(_connection=None)))
    assert said_more(transport(line(), line(b"HTTP/1.1 200 OK\r\n")))


def test_what_is_left_on_a_proxys_line_is_seen() -> None:
    assert said_more(transport(Thing(_connection=line(b"more")._connection)))


@pytest.mark.parametrize(
    "changed",
    [
        Thing(),
        Thing(_pool=None),
        Thing(_pool=Thing()),
        Thing(_pool=Thing(connections=None)),
        transport(Thing()),
        transport(Thing(_connection=Thing())),
        transport(Thing(_connection=Thing(_connection=Thing(_h11_state=Thing())))),
        transport(Thing(_connection=Thing(_connection=Thing(_h11_state=Thing(trailing_data=b""))))),
        transport(Thing(_connection=Thing(_connection=Thing(_h11_state=Thing(trailing_data=(None, False)))))),
        transport(Thing(_connection=Thing(_connection=Thing(_connection=Thing(_connection=Thing()))))),
    ],
)
def test_where_nobody_can_look_the_line_counts_as_spoilt(changed: object) -> None:
    assert said_more(changed)
