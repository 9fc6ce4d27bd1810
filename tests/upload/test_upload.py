"""Uploads against real practice accounts: every contact ends with the right outcome, whatever happens."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app.ledger.ledger import Ledger
from app.ledger.outcomes import OutcomeTotals
from app.practice.emarsys import EmarsysRoom
from app.practice.exchange import PracticeRequest, PracticeResponse
from app.practice.faults import Fault, HangUp, Refuse, Silence
from app.practice.room import Seed
from app.practice.server import PracticeServer
from app.problems import AccountProblem, NetworkProblem
from app.progress import Stop
from app.upload.upload import Ending, Phase, UploadProgress
from tests.upload.scene import known, ledger_with, options_of, phone, practice, run, sender_to


def by_phone(row: int) -> dict[str, str]:
    return {"phone_number": phone(row), "name": f"Person {row}"}


def by_email(row: int) -> dict[str, str]:
    return {"3": f"person{row}@example.com", "1": f"Person {row}"}


def held(server: PracticeServer, name: str) -> list[dict[str, object]]:
    return server.rooms[name].contacts()


def failing(fault: Fault, times: int, when: str = "POST") -> Callable[[PracticeRequest], Fault | None]:
    """A fault for the first `times` requests of a method."""
    left = iter(range(times))
    return lambda request: fault if request.method == when and next(left, None) is not None else None


def test_every_contact_arrives_and_the_totals_add_up(tmp_path: Path) -> None:
    provider = known("sociocs")
    options = options_of(provider, batch_size=40)
    seen: list[UploadProgress] = []
    with practice() as server, ledger_with(tmp_path / "l", 100, by_phone) as ledger:
        end = run(ledger, server, provider, options, seen.append)
        contacts = held(server, "sociocs")
    assert end.ending is Ending.FINISHED
    assert end.totals == OutcomeTotals(accepted=100)
    assert len(contacts) == 100
    assert all(progress.totals.sum == 100 for progress in seen)


def test_one_bad_contact_is_found_and_the_others_arrive(tmp_path: Path) -> None:
    provider = known("smsend")
    options = options_of(provider)

    def values(row: int) -> dict[str, str]:
        group = {"groupIds": "no-such-group"} if row == 7 else {}
        return {"phoneNumber": phone(row)} | group

    with practice() as server, ledger_with(tmp_path / "l", 16, values) as ledger:
        end = run(ledger, server, provider, options)
        assert len(held(server, "smsend")) == 15
        journeys = {journey.row: journey.final.value for journey in ledger.outcomes.journeys(1)}
    assert end.totals == OutcomeTotals(accepted=15, refused=1)
    assert journeys[7] == "refused"


def test_two_steps_put_new_and_known_contacts_on_the_list(tmp_path: Path) -> None:
    provider = known("emarsys")
    options = options_of(provider, action="create_and_list", list_id=1001)
    room = EmarsysRoom(Seed(contacts=[{"3": "person3@example.com"}]))
    server = PracticeServer(rooms=[room])
    server.start()
    try:
        with ledger_with(tmp_path / "l", 5, by_email) as ledger:
            end = run(ledger, server, provider, options)
        on_list = room.lists()["1001"]["contacts"]
    finally:
        server.close()
    assert end.totals == OutcomeTotals(created=4, accepted=1)
    assert isinstance(on_list, list)
    assert len(on_list) == 5


def test_a_dropped_line_leaves_the_batch_unsure_where_repeating_would_harm(tmp_path: Path) -> None:
    provider = known("smsend")
    options = options_of(provider, updateExistingContact=False)
    with (
        practice() as server,
        ledger_with(tmp_path / "l", 3, lambda row: {"phoneNumber": phone(row)}) as ledger,
    ):
        server.fault = failing(HangUp(acted=True), 1)
        end = run(ledger, server, provider, options)
        assert server.rooms["smsend"].requests < 5
    assert end.totals == OutcomeTotals(unsure=3)


def test_a_dropped_line_is_settled_by_repeating_where_that_is_harmless(tmp_path: Path) -> None:
    provider = known("sociocs")
    with practice() as server, ledger_with(tmp_path / "l", 3, by_phone) as ledger:
        server.fault = failing(HangUp(acted=True), 2)
        end = run(ledger, server, provider, options_of(provider))
    assert end.totals == OutcomeTotals(accepted=3)


def test_told_to_wait_it_waits_and_sends_again(tmp_path: Path) -> None:
    provider = known("sociocs")
    busy = PracticeResponse(429, {"Retry-After": "7"})
    waits: list[tuple[float, Phase]] = []
    with practice() as server, ledger_with(tmp_path / "l", 3, by_phone) as ledger:
        server.fault = failing(Refuse(busy), 1)
        end = run(
            ledger, server, provider, options_of(provider), lambda p: waits.append((p.wait_seconds, p.phase))
        )
    assert end.totals == OutcomeTotals(accepted=3)
    assert max(seconds for seconds, _ in waits) == pytest.approx(7.0)
    assert {phase for seconds, phase in waits if seconds} == {Phase.HOLDING_OFF}, "not for its own pace"


def test_waiting_for_its_turn_is_told_from_holding_off(tmp_path: Path) -> None:
    provider = known("sociocs")
    seen: set[Phase] = set()
    slow = replace(provider.pace, requests_per_minute=6)
    options = options_of(provider, batch_size=1)
    with practice() as server, ledger_with(tmp_path / "l", 4, by_phone) as ledger:
        end = run(ledger, server, provider, options, lambda p: seen.add(p.phase), pace=slow)
    assert end.totals == OutcomeTotals(accepted=4)
    assert Phase.WAITING in seen
    assert Phase.HOLDING_OFF not in seen


def test_a_provider_that_always_says_wait_ends_in_a_problem(tmp_path: Path) -> None:
    provider = known("sociocs")
    with practice() as server, ledger_with(tmp_path / "l", 3, by_phone) as ledger:
        server.fault = lambda _: Refuse(PracticeResponse(429))
        end = run(ledger, server, provider, options_of(provider))
    assert isinstance(end.problem, NetworkProblem)
    assert end.totals == OutcomeTotals(not_sent=3)


def test_a_revoked_key_ends_in_a_problem_and_a_later_run_continues(tmp_path: Path) -> None:
    provider = known("sociocs")
    options = options_of(provider, batch_size=2)
    refused = PracticeResponse(401, {"Content-Type": "application/json"}, b'{"status":"error"}')
    seen = iter(range(100))
    with practice() as server, ledger_with(tmp_path / "l", 6, by_phone) as ledger:
        server.fault = lambda _: Refuse(refused) if next(seen) >= 1 else None
        first = run(ledger, server, provider, options)
        server.fault = None
        second = run(ledger, server, provider, options)
        assert len(held(server, "sociocs")) == 6
    assert isinstance(first.problem, AccountProblem)
    assert first.totals == OutcomeTotals(accepted=2, not_sent=4)
    assert second.totals == OutcomeTotals(accepted=6)


def test_nobody_listening_ends_in_a_problem_with_nothing_sent(tmp_path: Path) -> None:
    provider = known("sociocs")
    with practice() as server:
        pass
    with ledger_with(tmp_path / "l", 3, by_phone) as ledger:
        end = run(ledger, server, provider, options_of(provider))
    assert isinstance(end.problem, NetworkProblem)
    assert end.totals == OutcomeTotals(not_sent=3)


def test_stop_during_a_silent_request_is_honest_and_can_be_continued(tmp_path: Path) -> None:
    provider = known("sociocs")
    options = options_of(provider, batch_size=2)
    stop, reached = Stop(), threading.Event()
    numbers = iter(range(100))

    def fall_silent(_: PracticeRequest) -> Fault | None:
        if next(numbers) != 1:
            return None
        reached.set()
        return Silence(threading.Event())

    def ask_once_reached() -> None:
        reached.wait(5)
        stop.ask()

    with practice() as server, ledger_with(tmp_path / "l", 6, by_phone) as ledger:
        server.fault = fall_silent
        asking = threading.Thread(target=ask_once_reached)
        asking.start()
        first = run(ledger, server, provider, options, stop=stop)
        asking.join()
        server.fault = None
        second = run(ledger, server, provider, options)
    assert first.ending is Ending.STOPPED
    assert first.totals == OutcomeTotals(accepted=2, unsure=2, not_sent=2)
    assert second.totals == OutcomeTotals(accepted=6)


def test_a_crash_while_a_request_is_out_is_settled_after_the_restart(tmp_path: Path) -> None:
    provider = known("sociocs")
    options = options_of(provider, batch_size=2)
    path = tmp_path / "l"

    class PowerFailure(BaseException):
        """The process ends here."""

    def fail_on_second(progress: UploadProgress) -> None:
        if progress.totals.accepted >= 2:
            raise PowerFailure

    with practice() as server:
        with ledger_with(path, 6, by_phone) as ledger, pytest.raises(PowerFailure):
            run(ledger, server, provider, options, fail_on_second)
        with Ledger.open(path) as ledger, sender_to(server, provider, options):
            end = run(ledger, server, provider, options)
        assert len(held(server, "sociocs")) == 6
    assert end.totals == OutcomeTotals(accepted=6)
