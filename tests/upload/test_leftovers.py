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


def client(*lines: object, **otherwise: object) -> Any:
    transport = Thing(_pool=Thing(connections=list(lines)))
    return Thing(**{"_transport": transport, "_mounts": {"https://": None}, **otherwise})


def test_a_line_is_as_good_as_new_after_its_answer() -> None:
    with PracticeServer() as server, httpx.Client(trust_env=False) as real:
        for _ in range(3):
            real.get(f"{server.address}/practice")
            assert not said_more(real), "or every request would open a line of its own"


def test_what_is_left_on_a_line_is_seen() -> None:
    assert not said_more(client(line()))
    assert not said_more(client(line(b"\r\n")))
    assert not said_more(client())
    assert not said_more(client(Thing(_connection=None)))
    assert said_more(client(line(), line(b"HTTP/1.1 200 OK\r\n")))


def test_what_is_left_on_a_proxys_line_is_seen() -> None:
    mounted = Thing(_pool=Thing(connections=[Thing(_connection=line(b"more")._connection)]))
    assert said_more(client(_mounts={"https://": mounted}))


@pytest.mark.parametrize(
    "changed",
    [
        Thing(),
        Thing(_transport=None),
        Thing(_mounts={}),
        client(_mounts=None),
        client(_transport=Thing()),
        client(_transport=Thing(_pool=Thing())),
        client(_transport=Thing(_pool=Thing(connections=None))),
        client(Thing()),
        client(Thing(_connection=Thing())),
        client(Thing(_connection=Thing(_connection=Thing(_h11_state=Thing())))),
        client(Thing(_connection=Thing(_connection=Thing(_h11_state=Thing(trailing_data=b""))))),
        client(Thing(_connection=Thing(_connection=Thing(_h11_state=Thing(trailing_data=(None, False)))))),
        client(Thing(_connection=Thing(_connection=Thing(_connection=Thing(_connection=Thing()))))),
    ],
)
def test_where_nobody_can_look_the_line_counts_as_spoilt(changed: object) -> None:
    assert said_more(changed)
