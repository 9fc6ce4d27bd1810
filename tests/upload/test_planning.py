"""A plan made before an upload is what is sent, and never what was corrected since."""

from __future__ import annotations

import json
import random
import sqlite3
from pathlib import Path

import pytest

from app.contacts.contact import CheckedContact, Status
from app.ledger.batches import BatchState
from app.ledger.ledger import Ledger
from app.ledger.outcomes import OutcomeTotals
from app.progress import Progress, Stop, Stopped
from app.providers.contract import Step
from app.upload.leash import Leash
from app.upload.planning import Planner, plan_all
from app.upload.upload import Ending, Upload
from tests.upload.scene import Impatient, known, ledger_with, options_of, phone, practice, run, sender_to

SOCIOCS = known("sociocs")
OPTIONS = options_of(SOCIOCS, batch_size=4)


def by_phone(row: int) -> dict[str, str]:
    return {"phone_number": phone(row)}


def step() -> Step:
    return SOCIOCS.steps(OPTIONS)[0]


def named(row: int, name: str) -> CheckedContact:
    return CheckedContact(row, Status.TO_SEND, {**by_phone(row), "name": name})


def planned(ledger: Ledger) -> list[list[str]]:
    """The phone numbers in each planned body, in the sheet's order."""
    bodies = [json.loads(body or b"") for body in ledger.batches.bodies(BatchState.PLANNED)]
    return [[one["phone_number"] for one in body["records"]] for body in bodies]


def everyone(ledger: Ledger) -> list[str]:
    return sorted(number for batch in planned(ledger) for number in batch)


def test_what_was_planned_before_is_what_is_sent(tmp_path: Path) -> None:
    with practice() as server, ledger_with(tmp_path / "l", 10, by_phone) as ledger:
        plan_all(ledger, 0, step())
        before = list(ledger.batches.bodies(BatchState.PLANNED))
        end = run(ledger, server, SOCIOCS, OPTIONS)
        assert end.totals == OutcomeTotals(accepted=10)
        assert list(ledger.batches.bodies(BatchState.ANSWERED)) == before


def test_a_correction_takes_back_the_batch_it_touches_and_no_other(tmp_path: Path) -> None:
    with ledger_with(tmp_path / "l", 12, by_phone) as ledger:
        plan_all(ledger, 0, step())
        ledger.contacts.put([named(7, "New")])
        assert planned(ledger) == [[phone(row) for row in rows] for rows in (range(2, 6), range(10, 14))]
        plan_all(ledger, 0, step())
        assert everyone(ledger) == sorted(phone(row) for row in range(2, 14))
        assert sum(b"New" in (body or b"") for body in ledger.batches.bodies(BatchState.PLANNED)) == 1


def test_who_is_left_out_or_taken_in_later_is_planned_so(tmp_path: Path) -> None:
    with ledger_with(tmp_path / "l", 12, by_phone) as ledger:
        ledger.contacts.put([CheckedContact(5, Status.LEFT_OUT)])
        plan_all(ledger, 0, step())
        ledger.contacts.put([named(5, "In"), CheckedContact(12, Status.LEFT_OUT)])
        plan_all(ledger, 0, step())
        assert everyone(ledger) == sorted(phone(row) for row in range(2, 14) if row != 12)


def test_a_correction_during_planning_is_planned(tmp_path: Path) -> None:
    path = tmp_path / "l"
    with ledger_with(path, 12, by_phone) as ledger, Ledger.open(path) as desk:
        planner = Planner(ledger, 0, step())
        planner.plan_next()  # all twelve are read by now
        desk.contacts.put([named(3, "Done"), named(9, "Waiting")])
        while not planner.done:
            planner.plan_next()
        bodies = b"".join(body or b"" for body in ledger.batches.bodies(BatchState.PLANNED))
        assert bodies.count(b"Done") == bodies.count(b"Waiting") == 1
        assert everyone(ledger) == sorted(phone(row) for row in range(2, 14))


def test_two_planners_at_once_plan_everyone_once(tmp_path: Path) -> None:
    path, chance = tmp_path / "l", random.Random(3)
    with ledger_with(path, 40, by_phone) as ledger, Ledger.open(path) as other:
        planners = [Planner(ledger, 0, step()), Planner(other, 0, step())]
        for _ in range(200):
            chance.choice(planners).plan_next()
        assert all(planner.done for planner in planners)
        assert everyone(ledger) == sorted(phone(row) for row in range(2, 42))


def test_random_corrections_leave_a_plan_of_just_those_to_send(tmp_path: Path) -> None:
    path, chance = tmp_path / "l", random.Random(11)
    with ledger_with(path, 30, by_phone) as ledger, Ledger.open(path) as desk:
        planner = Planner(ledger, 0, step())
        for turn in range(120):
            if chance.random() < 0.6:
                planner.plan_next()
            else:
                rows = chance.sample(range(2, 32), chance.randint(1, 3))
                out = [CheckedContact(row, Status.LEFT_OUT) for row in rows[1:]]
                desk.contacts.put([named(rows[0], f"turn {turn}"), *out])
            if planner.done:
                planner = Planner(ledger, 0, step())
        plan_all(ledger, 0, step())
        to_send = [one for one in ledger.contacts.all() if one.status is Status.TO_SEND]
        bodies = [json.loads(body or b"") for body in ledger.batches.bodies(BatchState.PLANNED)]
        sent = {one["phone_number"]: one.get("name") for body in bodies for one in body["records"]}
        assert sent == {one.values["phone_number"]: one.values.get("name") for one in to_send}
        assert sum(len(body["records"]) for body in bodies) == len(to_send)


def test_the_first_few_go_alone_whatever_was_planned(tmp_path: Path) -> None:
    with practice() as server, ledger_with(tmp_path / "l", 12, by_phone) as ledger:
        plan_all(ledger, 0, step())
        stop = Stop()
        clock = Impatient(stop)
        with sender_to(server, SOCIOCS, OPTIONS) as sender:
            steps = SOCIOCS.steps(OPTIONS)
            parts = (ledger, steps, SOCIOCS.pace, sender, lambda _: None, stop, clock.now, clock.pause)
            end = Upload(*parts, leash=Leash(first=5)).run()
        assert (end.ending, end.totals) == (Ending.PAUSED, OutcomeTotals(accepted=5, not_sent=7))
        assert run(ledger, server, SOCIOCS, OPTIONS).totals == OutcomeTotals(accepted=12)


def test_once_anything_was_sent_the_plan_is_left_alone(tmp_path: Path) -> None:
    with ledger_with(tmp_path / "l", 12, by_phone) as ledger:
        Planner(ledger, 0, step()).plan_next()
        batch = ledger.departures.next(0, [BatchState.PLANNED], 9)
        assert batch is not None
        ledger.batches.move(batch, BatchState.SENT, attempts=1)
        plan_all(ledger, 0, step())
        assert ledger.batches.count(0) == 1
        assert not ledger.batches.forget_plan()
        assert ledger.batches.count(0) == 1


def test_planning_stops_when_asked_and_keeps_what_is_done(tmp_path: Path) -> None:
    stop = Stop()

    def ask(progress: Progress) -> None:
        if progress.done >= 8:
            stop.ask()

    with ledger_with(tmp_path / "l", 12, by_phone) as ledger:
        with pytest.raises(Stopped):
            plan_all(ledger, 0, step(), ask, stop)
        assert ledger.batches.contacts_planned(0) == 8


def test_a_correction_looks_its_batch_up_instead_of_searching(tmp_path: Path) -> None:
    with ledger_with(tmp_path / "l", 4, by_phone) as ledger:
        connection: sqlite3.Connection = ledger._connection
        query = "SELECT batch FROM outcomes WHERE step = 0 AND row IN (5)"
        (plan,) = connection.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()
        assert "SEARCH outcomes USING PRIMARY KEY" in plan[3]
