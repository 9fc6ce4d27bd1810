"""Every fault of a line or a provider, in the middle of an upload: the right outcome for every contact."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from app.ledger.connection import LedgerProblem
from app.ledger.ledger import Ledger
from app.ledger.outcomes import OutcomeTotals
from app.practice.exchange import PracticeRequest, PracticeResponse
from app.practice.faults import Drip, Fault, HangUp, Refuse, Reset, Silence, Truncate
from app.practice.rooms import PRACTICE_SECRETS
from app.practice.server import PracticeServer
from app.problems import AccountProblem, NetworkProblem
from app.progress import Stop
from app.upload.sending import Addresses, Patience, Sender, open_transport
from app.upload.upload import Ending, Upload, UploadEnd, UploadProgress
from tests.upload.scene import (
    QUICK,
    Impatient,
    known,
    ledger_with,
    options_of,
    phone,
    practice,
    run,
    sender_to,
)

COUNT = 6
ALL = OutcomeTotals(accepted=COUNT)
JSON = {"Content-Type": "application/json"}
PAGE = b"<!DOCTYPE html><html><body>Please sign in to this network.</body></html>"


def by_phone(row: int) -> dict[str, str]:
    return {"phone_number": phone(row)}


def at_second(fault: Fault, times: int = 1) -> Callable[[PracticeRequest], Fault | None]:
    """The fault from the second request on, so many times."""
    numbers = iter(range(10_000))
    return lambda _: fault if 1 <= next(numbers) <= times else None


def uploaded(path: Path, server: PracticeServer) -> UploadEnd:
    provider = known("sociocs")
    seen: list[UploadProgress] = []
    with ledger_with(path, COUNT, by_phone) as ledger:
        end = run(ledger, server, provider, options_of(provider, batch_size=2), seen.append)
    assert {one.totals.sum for one in seen} == {COUNT}
    assert end.totals.sum == COUNT
    return end


PASSING: dict[str, Fault] = {
    "hung up before": HangUp(acted=False),
    "hung up after": HangUp(acted=True),
    "reset before": Reset(acted=False),
    "reset after": Reset(acted=True),
    "silence": Silence(threading.Event()),
    "silence after": Silence(threading.Event(), acted=True),
    "slow drip": Drip(0.2),
    "truncated": Truncate(4),
    "malformed": Refuse(PracticeResponse(200, JSON, b'{"status": "succ')),
    "empty": Refuse(PracticeResponse(200, JSON, b"")),
    "another shape": Refuse(PracticeResponse(200, JSON, b"[[[[1]]]]")),
    "nested endlessly": Refuse(PracticeResponse(200, JSON, b"[" * 100_000)),
    "not text": Refuse(PracticeResponse(200, JSON, bytes(range(256)))),
    "500": Refuse(PracticeResponse(500)),
    "502 with a page": Refuse(PracticeResponse(502, {"Content-Type": "text/html"}, PAGE)),
    "503": Refuse(PracticeResponse(503)),
    "503 with a time": Refuse(PracticeResponse(503, {"Retry-After": "3"})),
    "504": Refuse(PracticeResponse(504)),
    "429": Refuse(PracticeResponse(429)),
    "429 with seconds": Refuse(PracticeResponse(429, {"Retry-After": "20"})),
    "429 with a date": Refuse(PracticeResponse(429, {"Retry-After": "Fri, 01 Jan 1999 00:00:00 GMT"})),
    "429 with nonsense": Refuse(PracticeResponse(429, {"Retry-After": "soon"})),
    "408": Refuse(PracticeResponse(408)),
    "enormous": Refuse(PracticeResponse(200, JSON, b" " * (33 * 1024 * 1024))),
}


@pytest.mark.parametrize("fault", PASSING)
def test_after_a_passing_fault_everyone_has_arrived(fault: str, tmp_path: Path) -> None:
    with practice() as server:
        server.fault = at_second(PASSING[fault])
        end = uploaded(tmp_path / "l", server)
        assert len(server.rooms["sociocs"].contacts()) == COUNT
    assert (end.ending, end.totals) == (Ending.FINISHED, ALL)


LASTING = {
    "captive portal": (
        Refuse(PracticeResponse(200, {"Content-Type": "text/html"}, PAGE)), NetworkProblem, "not_sent"
    ),
    "redirect": (
        Refuse(PracticeResponse(302, {"Location": "http://localhost:9/"})), NetworkProblem, "not_sent"
    ),
    "revoked key": (
        Refuse(PracticeResponse(401, JSON, b'{"status":"error"}')), AccountProblem, "not_sent"
    ),
    "always busy": (Refuse(PracticeResponse(429)), NetworkProblem, "not_sent"),
    "busy for a year": (
        Refuse(PracticeResponse(429, {"Retry-After": "31536000"})), NetworkProblem, "not_sent"
    ),
    "always broken": (Refuse(PracticeResponse(500)), NetworkProblem, "unsure"),
}  # fmt: skip


@pytest.mark.parametrize("fault", LASTING)
def test_a_lasting_fault_ends_in_a_problem_and_a_later_run_goes_on(fault: str, tmp_path: Path) -> None:
    what, kind, left_as = LASTING[fault]
    provider = known("sociocs")
    options = options_of(provider, batch_size=2)
    with practice() as server:
        server.fault = at_second(what, times=10_000)
        end = uploaded(tmp_path / "l", server)
        assert isinstance(end.problem, kind)
        assert end.totals.accepted == 2
        assert getattr(end.totals, left_as) >= 2
        server.fault = None
        with Ledger.open(tmp_path / "l") as ledger:
            assert run(ledger, server, provider, options).totals == ALL
        assert len(server.rooms["sociocs"].contacts()) == COUNT


def test_a_session_that_ends_in_the_middle_is_opened_again(tmp_path: Path) -> None:
    provider = known("smsend")
    ended = Refuse(PracticeResponse(401))
    posts = iter(range(100))

    def end_session(request: PracticeRequest) -> Fault | None:
        return ended if request.method == "POST" and next(posts) == 1 else None

    with practice() as server:
        server.fault = end_session
        with ledger_with(tmp_path / "l", COUNT, lambda row: {"phoneNumber": phone(row)}) as ledger:
            end = run(ledger, server, provider, options_of(provider, batch_size=2))
        assert len(server.rooms["smsend"].contacts()) == COUNT
    assert end.totals == ALL


class NoNames(httpx.BaseTransport):
    """A network whose name server is gone for so many requests."""

    def __init__(self, gone_for: int) -> None:
        self._numbers = iter(range(10_000))
        self._gone_for = gone_for
        self._real = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if 1 <= next(self._numbers) <= self._gone_for:
            raise httpx.ConnectError("[Errno -3] Temporary failure in name resolution")
        return self._real.handle_request(request)

    def close(self) -> None:
        self._real.close()


def test_without_names_for_ten_minutes_it_waits_and_goes_on(tmp_path: Path) -> None:
    provider = known("sociocs")
    options = options_of(provider, batch_size=2)
    transport = NoNames(gone_for=14)
    stop = Stop()
    clock = Impatient(stop)
    with practice() as server, ledger_with(tmp_path / "l", COUNT, by_phone) as ledger:
        sign_in = provider.sign_in(PRACTICE_SECRETS["sociocs"], options)
        addresses = Addresses(server.address)
        with Sender(addresses, sign_in, QUICK, lambda _: transport) as sender:
            steps = provider.steps(options)
            end = Upload(
                ledger, steps, provider.pace, sender, lambda _: None, stop, clock.now, clock.pause
            ).run()
    assert end.totals == ALL
    assert clock.waited > 400


def test_a_clock_set_back_does_not_make_it_wait_for_years(tmp_path: Path) -> None:
    provider = known("sociocs")
    options = options_of(provider, batch_size=2)
    with practice() as server, ledger_with(tmp_path / "l", COUNT, by_phone) as ledger:
        server.fault = at_second(HangUp(acted=False), times=100)
        with sender_to(server, provider, options) as sender:
            stop = Stop()
            ahead = Impatient(stop)
            ahead.time += 10 * 365 * 86_400
            steps = provider.steps(options)
            Upload(ledger, steps, provider.pace, sender, lambda _: None, stop, ahead.now, ahead.pause).run()
            server.fault = None
            now = Impatient(stop)
            end = Upload(ledger, steps, provider.pace, sender, lambda _: None, stop, now.now, now.pause).run()
    assert end.totals == ALL
    assert now.waited <= 3600


def test_a_full_disk_is_a_problem_and_another_run_goes_on(tmp_path: Path) -> None:
    provider = known("sociocs")
    options = options_of(provider, batch_size=20)
    path, many = tmp_path / "l", 400

    def large(row: int) -> dict[str, str]:
        return {"phone_number": f"+44770090{row:04d}", "name": "x" * 400}

    with practice() as server:
        with ledger_with(path, many, large) as ledger:
            ledger.limit_size(pages=150)
            with pytest.raises(LedgerProblem):
                run(ledger, server, provider, options)
        with Ledger.open(path) as ledger:
            before = ledger.outcomes.totals(1)
            end = run(ledger, server, provider, options)
        assert len(server.rooms["sociocs"].contacts()) == many
    assert before.sum == many
    assert end.totals == OutcomeTotals(accepted=many)


def test_the_sender_goes_on_after_an_answer_without_end(tmp_path: Path) -> None:
    provider = known("sociocs")
    patience = Patience(connect=2.0, silence=10.0, whole=0.5)
    options = options_of(provider)
    with practice() as server:
        server.fault = at_second(Drip(0.05), times=1)
        sign_in = provider.sign_in(PRACTICE_SECRETS["sociocs"], options)
        with Sender(Addresses(server.address), sign_in, patience, open_transport) as sender:
            stop = Stop()
            clock = Impatient(stop)
            with ledger_with(tmp_path / "l", COUNT, by_phone) as ledger:
                steps = provider.steps(options_of(provider, batch_size=2))
                end = Upload(
                    ledger, steps, provider.pace, sender, lambda _: None, stop, clock.now, clock.pause
                ).run()
    assert end.totals == ALL


def test_who_was_created_by_a_lost_request_arrived_even_if_the_repeat_is_refused(tmp_path: Path) -> None:
    provider = known("emarsys")
    exists = b'{"replyCode": 2009, "replyText": "Contact with the external id already exists: 3", "data": ""}'
    faults: Iterator[Fault] = iter([HangUp(acted=True), *[Refuse(PracticeResponse(400, JSON, exists))] * 3])
    with practice() as server:
        server.fault = lambda _: next(faults, None)
        seen: list[UploadProgress] = []
        with ledger_with(tmp_path / "l", 4, lambda row: {"3": f"p{row}@example.com"}) as ledger:
            end = run(ledger, server, provider, options_of(provider), seen.append)
        assert len(server.rooms["emarsys"].contacts()) == 4
    assert (end.ending, end.totals) == (Ending.FINISHED, OutcomeTotals(accepted=4))
    assert {one.totals.sum for one in seen} == {4}


def test_nothing_leaves_once_the_ledger_is_gone_from_its_place(tmp_path: Path) -> None:
    provider = known("sociocs")
    with practice() as server, ledger_with(tmp_path / "l", COUNT, by_phone) as ledger:

        def move_away(progress: UploadProgress) -> None:
            if progress.totals.accepted == 2 and (tmp_path / "l").exists():
                (tmp_path / "l").rename(tmp_path / "elsewhere")

        with pytest.raises(LedgerProblem, match="moved or deleted"):
            run(ledger, server, provider, options_of(provider, batch_size=2), move_away)
        assert len(server.rooms["sociocs"].contacts()) < COUNT
