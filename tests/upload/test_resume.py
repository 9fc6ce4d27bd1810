"""The program ends at every ledger write and at every request: nothing is lost, nothing goes twice.

Each run dies one event later than the one before, and another goes on from its file.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.ledger.ledger import Ledger
from app.practice.exchange import PracticeRequest
from app.practice.faults import Fault
from app.practice.server import PracticeServer
from app.progress import Stop
from app.providers.contract import Provider
from app.providers.options import Options
from app.providers.wire import Request
from app.upload.errand import Errand
from app.upload.sending import Sender
from app.upload.upload import Ending, Upload, UploadEnd
from tests.upload.scene import Impatient, known, ledger_with, options_of, phone, practice, sender_to

CONTACTS = 5
MOST_RUNS = 10
MOST_EVENTS = 100


class PowerFailure(BaseException):
    """The program ends here, with no chance to tidy up."""


class Fuse:
    """Counts events and ends the program at one of them; 0: never."""

    def __init__(self, blows_at: int = 0) -> None:
        self.events = 0
        self._blows_at = blows_at

    def event(self) -> None:
        self.events += 1
        if self.events == self._blows_at:
            raise PowerFailure


class FusedConnection(sqlite3.Connection):
    """A connection to the ledger whose every commit is two events: just before it, and just after."""

    fuse = Fuse()

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        if sql != "COMMIT":
            return super().execute(sql, *values)
        self.fuse.event()
        done = super().execute(sql, *values)
        self.fuse.event()
        return done


class FusedSender:
    """A sender whose every request is three events: before it leaves, on its way back, and back."""

    def __init__(self, sender: Sender, fuse: Fuse) -> None:
        self._sender = sender
        self._fuse = fuse

    def begin(self, request: Request, heard: Callable[[Errand], None]) -> Errand:
        self._fuse.event()

        def back(errand: Errand) -> None:
            try:
                self._fuse.event()
            except PowerFailure as failure:
                errand.response, errand.fault = None, failure
            heard(errand)

        return self._sender.begin(request, back)

    def give_up(self, errand: Errand) -> None:
        self._sender.give_up(errand)


def run_once(
    path: Path, server: PracticeServer, provider: Provider, options: Options, fuse: Fuse
) -> UploadEnd:
    class Connection(FusedConnection):
        pass

    Connection.fuse = fuse
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, factory=Connection)
    stop = Stop()
    clock = Impatient(stop)
    try:
        with sender_to(server, provider, options) as sender:
            fused = FusedSender(sender, fuse)
            steps = provider.steps(options)
            ledger = Ledger(connection, path)
            upload = Upload(ledger, steps, provider.pace, fused, lambda _: None, stop, clock.now, clock.pause)
            return upload.run()
    finally:
        connection.close()


def dies(path: Path, server: PracticeServer, provider: Provider, options: Options, fuse: Fuse) -> bool:
    """One run that should end with a blown fuse; True if it came to its end before."""
    try:
        run_once(path, server, provider, options, fuse)
    except PowerFailure:
        return False
    return True


def deliveries(server: PracticeServer) -> Counter[str]:
    """How often the account was asked to take each phone number."""
    taken: Counter[str] = Counter()

    def watch(request: PracticeRequest) -> Fault | None:
        if request.method == "POST":
            text = request.body.decode()
            taken.update(number for number in map(phone, range(2, CONTACTS + 2)) if number in text)
        return None

    server.fault = watch
    return taken


def people(key: str) -> Callable[[int], dict[str, str]]:
    return lambda row: {key: phone(row)}


CASES = {
    "harmless to repeat": ("sociocs", "phone_number", {"batch_size": 2}),
    "harmful to repeat": ("smsend", "phoneNumber", {"batch_size": 2, "updateExistingContact": False}),
}


@pytest.mark.parametrize("case", CASES)
def test_wherever_the_program_ends_nothing_is_lost_and_nothing_goes_twice(case: str, tmp_path: Path) -> None:
    name, key, values = CASES[case]
    provider = known(name)
    options = options_of(provider, **values)
    repeatable = provider.steps(options)[0].repeatable
    with practice() as server:
        for place in range(1, MOST_EVENTS):
            path = tmp_path / f"{place}"
            ledger_with(path, CONTACTS, people(key)).close()
            server.rooms[name].empty()
            taken = deliveries(server)
            survived = dies(path, server, provider, options, Fuse(place))
            end = run_once(path, server, provider, options, Fuse())
            held = len(server.rooms[name].contacts())
            assert end.ending is Ending.FINISHED, place
            assert end.totals.sum == CONTACTS, place
            if repeatable:
                assert end.totals.accepted == held == CONTACTS, place
                assert max(taken.values()) <= 2, place
            else:
                assert end.totals.accepted + end.totals.unsure == CONTACTS, place
                assert end.totals.unsure <= 2, place
                assert held >= end.totals.accepted, place
                assert max(taken.values()) == 1, place
            if survived:  # there were fewer events than that
                break
    assert 20 < place < MOST_EVENTS - 1


def test_a_program_that_dies_again_and_again_still_gets_there(tmp_path: Path) -> None:
    provider = known("sociocs")
    options = options_of(provider, batch_size=1)
    path = tmp_path / "l"
    ledger_with(path, CONTACTS, people("phone_number")).close()
    with practice() as server:
        for dies_at in range(12, 12 + MOST_RUNS):
            try:
                end = run_once(path, server, provider, options, Fuse(dies_at))
            except PowerFailure:
                continue
            assert end.totals.accepted == CONTACTS
            break
        else:
            pytest.fail("it never got there")
        assert len(server.rooms["sociocs"].contacts()) == CONTACTS
