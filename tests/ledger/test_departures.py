"""What goes next is found ahead of time, and never the wrong one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from app.batches import Batch
from app.contacts.contact import CheckedContact, Status
from app.ledger.batches import BatchState, PlannedBatch, StoredBatch
from app.ledger.ledger import Ledger
from app.providers.verdicts import Outcome, OutcomeKind
from app.providers.wire import Request

WAITING = (BatchState.PLANNED, BatchState.UNSURE)
UNSURE = Outcome(OutcomeKind.UNSURE, "code", "reset")
ACCEPTED = Outcome(OutcomeKind.ACCEPTED)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Three batches of two; the first is out."""
    with Ledger.create(tmp_path / "l") as opened:
        contacts = [CheckedContact(row, Status.TO_SEND, {"phone": f"+{row}"}) for row in range(2, 8)]
        for _ in opened.contacts.replace_all(contacts):
            pass
        passengers = opened.contacts.passengers(0)
        for place in (0, 2, 4):
            batch = Batch("step0", tuple(passengers[place : place + 2]))
            opened.batches.plan([PlannedBatch(0, batch, Request("POST", "c", body=str(place).encode()))])
        opened.batches.move(next_of(opened), BatchState.SENT, attempts=1)
        yield opened


def next_of(ledger: Ledger) -> StoredBatch:
    batch = ledger.departures.next(0, WAITING, 9)
    assert batch is not None
    return batch


def out(ledger: Ledger) -> StoredBatch:
    return ledger.batches.in_flight()[0]


def answer(ledger: Ledger) -> None:
    ledger.batches.answer(out(ledger), {2: Outcome(OutcomeKind.REFUSED, "code")}, ACCEPTED)


def put_back(ledger: Ledger) -> None:
    ledger.batches.move(out(ledger), BatchState.PLANNED)


def doubt(ledger: Ledger) -> None:
    ledger.batches.move(out(ledger), BatchState.UNSURE, doubt=UNSURE)


def halve(ledger: Ledger) -> None:
    batch = out(ledger)
    passengers = ledger.contacts.passengers_of(batch.id, 0, batch.first_row, batch.last_row)
    halves = Batch("step0", passengers).halves()
    ledger.batches.split(batch, [PlannedBatch(0, half, Request("POST", "c")) for half in halves])


def send_the_next(ledger: Ledger) -> None:
    ledger.batches.move(next_of(ledger), BatchState.SENT, attempts=1)


def told_to_wait(ledger: Ledger) -> None:
    ledger.batches.move(next_of(ledger), BatchState.PLANNED, not_before=9e9)


def forget(ledger: Ledger) -> None:
    ledger.batches.forget_planned(0)


def another_forgets(ledger: Ledger) -> None:
    with Ledger.open(ledger.path) as another:
        another.batches.forget_planned(0)


def answer_and_fail(ledger: Ledger) -> None:
    with suppress(RuntimeError), ledger.together():
        answer(ledger)
        send_the_next(ledger)
        raise RuntimeError


EVENTS: tuple[Callable[[Ledger], None], ...] = (
    answer,
    put_back,
    doubt,
    halve,
    send_the_next,
    told_to_wait,
    forget,
    another_forgets,
    answer_and_fail,
)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
def test_looking_ahead_changes_nothing_of_what_goes_next(
    ledger: Ledger, event: Callable[[Ledger], None]
) -> None:
    for step, tries in ((1, 9), (0, 9)):
        ledger.departures.look_ahead(step, WAITING, tries)
    event(ledger)
    found = ledger.departures.next(0, WAITING, 9)
    with Ledger.open(ledger.path) as fresh:
        assert found == fresh.departures.next(0, WAITING, 9)


def test_who_is_at_hand_is_not_looked_for_again(ledger: Ledger) -> None:
    asked: list[str] = []
    connection = sqlite3.connect(ledger.path, isolation_level=None)
    with Ledger(connection, ledger.path) as watched:
        watched.departures.look_ahead(0, WAITING, 9)
        batch = out(watched)
        connection.set_trace_callback(asked.append)
        watched.batches.answer(batch, {}, ACCEPTED)
        assert next_of(watched).request.body == b"2"
        assert not [statement for statement in asked if "FROM batches" in statement]
        send_the_next(watched)
        assert next_of(watched).request.body == b"4"
