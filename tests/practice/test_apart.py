"""The practice rooms in a process of their own answer, end when told, and are opened anew where they died."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator

import httpx
import pytest

from app.practice.apart import RoomsApart
from app.practice.rooms import PRACTICE_SECRETS

PATIENCE = 30.0


@pytest.fixture
def rooms() -> Iterator[RoomsApart]:
    made = RoomsApart()
    yield made
    made.close()


def names(address: str) -> object:
    found: object = httpx.get(f"{address}/practice", trust_env=False, timeout=PATIENCE).json()["rooms"]
    return found


def test_they_answer_from_another_process_and_stay_the_same(rooms: RoomsApart) -> None:
    address = rooms.start()
    assert names(address) == list(PRACTICE_SECRETS)
    assert rooms.start() == address
    assert rooms.process not in (None, os.getpid())


def test_closed_rooms_leave_nothing_behind(rooms: RoomsApart) -> None:
    address = rooms.start()
    rooms.close()
    rooms.close()
    assert rooms.process is None
    with pytest.raises(httpx.ConnectError):
        names(address)


def test_rooms_whose_process_died_are_opened_anew(rooms: RoomsApart) -> None:
    rooms.start()
    first = rooms.process
    assert first is not None
    os.kill(first, signal.SIGTERM)
    end = time.monotonic() + PATIENCE
    while rooms.process == first and time.monotonic() < end:
        threading.Event().wait(0.01)
    assert names(rooms.start()) == list(PRACTICE_SECRETS)
    assert rooms.process != first
