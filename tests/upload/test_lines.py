"""Several requests at once, and a stop that is heard at once, whatever the network is doing."""

from __future__ import annotations

import socket
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest

from app.ledger.outcomes import OutcomeTotals
from app.practice.exchange import PracticeRequest
from app.practice.faults import Fault, Silence
from app.practice.rooms import PRACTICE_SECRETS
from app.progress import Stop
from app.providers.contract import Pace
from app.providers.sign_in import HeaderSignIn
from app.providers.wire import Request
from app.upload.sending import Addresses, NoAnswer, NotSent, Patience, Sender
from app.upload.upload import Ending, Upload, UploadProgress
from tests.timing import quickest
from tests.upload.scene import Impatient, known, ledger_with, options_of, phone, practice, run, sender_to

AT_ONCE = 0.5  # seconds


def by_phone(row: int) -> dict[str, str]:
    return {"phone_number": phone(row)}


def test_as_many_requests_are_out_as_the_provider_allows(tmp_path: Path) -> None:
    provider = known("sociocs")
    options = options_of(provider, batch_size=2)
    together = threading.Barrier(3, timeout=10)
    seen: list[UploadProgress] = []

    def meet(request: PracticeRequest) -> Fault | None:
        if request.method == "POST":
            together.wait()  # breaks, and fails the test, unless three come at the same time
        return None

    with practice() as server, ledger_with(tmp_path / "l", 12, by_phone) as ledger:
        server.fault = meet
        stop = Stop()
        clock = Impatient(stop)
        senders = [sender_to(server, provider, options) for _ in range(3)]
        pace = Pace(None, in_flight=3)
        steps = provider.steps(options)
        end = Upload(ledger, steps, pace, senders, seen.append, stop, clock.now, clock.pause).run()
        for sender in senders:
            sender.close()
        assert len(server.rooms["sociocs"].contacts()) == 12
    assert end.totals == OutcomeTotals(accepted=12)
    assert max(one.in_flight for one in seen) == 3
    assert all(one.totals.sum == 12 for one in seen)


def test_the_pace_holds_also_with_several_lines(tmp_path: Path) -> None:
    provider = known("sociocs")
    options = options_of(provider, batch_size=1)
    with practice() as server, ledger_with(tmp_path / "l", 30, by_phone) as ledger:
        stop = Stop()
        clock = Impatient(stop)
        senders = [sender_to(server, provider, options) for _ in range(2)]
        pace = Pace(60, in_flight=2)
        steps = provider.steps(options)
        # A clock that moves only while waiting: whatever is sent without waiting is sent too fast.
        hurried = Upload(ledger, steps, pace, senders, lambda _: None, stop, clock.now, clock.pause)
        assert hurried.run().totals == OutcomeTotals(accepted=30)
        for sender in senders:
            sender.close()
    assert clock.waited >= 28


class NeverConnects(httpx.BaseTransport):
    """A name that is looked up, or a connection that is made, without end."""

    def __init__(self) -> None:
        self.reached, self.released = threading.Event(), threading.Event()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.reached.set()
        self.released.wait(30)
        raise httpx.ConnectTimeout("at last", request=request)


def test_a_stop_while_connecting_is_heard_at_once_and_nothing_was_sent() -> None:
    assert quickest(_stopped_while_connecting, AT_ONCE) < AT_ONCE


def _stopped_while_connecting() -> float:
    transport = NeverConnects()
    stop = Stop()
    stopped_at: list[float] = []

    def ask() -> None:
        transport.reached.wait(5)
        stopped_at.append(time.monotonic())
        stop.ask()

    asking = threading.Thread(target=ask)
    asking.start()
    sign_in = HeaderSignIn(("apikey", "practice:practice"))
    with (
        Sender(Addresses("http://127.0.0.1:9"), sign_in, Patience(), lambda _: transport) as sender,
        pytest.raises(NotSent),
    ):
        sender.send(Request("GET", "lists"), stop)
    seconds = time.monotonic() - stopped_at[0]
    asking.join()
    transport.released.set()
    return seconds


def test_a_connection_nobody_accepts_is_given_up_at_once_on_stop() -> None:
    assert quickest(_stopped_before_it_is_accepted, AT_ONCE) < AT_ONCE


def _stopped_before_it_is_accepted() -> float:
    stop = Stop()
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        crowd = [socket.socket() for _ in range(4)]
        for one in crowd:  # until its queue is full, so that a connection hangs
            one.setblocking(False)
            one.connect_ex(deaf.getsockname())
        timer = threading.Timer(0.2, stop.ask)
        started = time.monotonic() + timer.interval
        timer.start()
        sign_in = HeaderSignIn(("apikey", "practice:practice"))
        address = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        with Sender(Addresses(address), sign_in) as sender, pytest.raises((NotSent, NoAnswer)):
            sender.send(Request("GET", "lists"), stop)
        seconds = time.monotonic() - started
        timer.join()
        for one in crowd:
            one.close()
    return seconds


def test_after_a_stop_the_same_sender_goes_on() -> None:
    stop, reached = Stop(), threading.Event()

    def fall_silent(_: PracticeRequest) -> Fault:
        reached.set()
        return Silence(threading.Event())

    def ask() -> None:
        reached.wait(5)
        stop.ask()

    with practice() as server:
        provider = known("sociocs")
        sign_in = provider.sign_in(PRACTICE_SECRETS["sociocs"], options_of(provider))
        with Sender(Addresses(server.address), sign_in) as sender:
            server.fault = fall_silent
            asking = threading.Thread(target=ask)
            asking.start()
            with pytest.raises(NoAnswer):
                sender.send(Request("GET", "lists"), stop)
            asking.join()
            server.fault = None
            assert sender.send(Request("GET", "lists")).status == 200


def test_a_stop_while_planning_leaves_a_ledger_to_go_on_with(tmp_path: Path) -> None:
    provider = known("sociocs")
    options = options_of(provider, batch_size=1)
    stop = Stop()
    with practice() as server, ledger_with(tmp_path / "l", 20, by_phone) as ledger:
        first = run(ledger, server, provider, options, lambda _: stop.ask(), stop)
        second = run(ledger, server, provider, options)
    assert first.ending is Ending.STOPPED
    assert first.totals.sum == 20
    assert second.totals == OutcomeTotals(accepted=20)


@pytest.mark.parametrize("lines", [1, 3])
@pytest.mark.parametrize("name", ["sociocs", "smsend"])
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a stack of any size is given")
def test_without_a_thread_to_be_had_nobody_is_in_doubt(name: str, lines: int, tmp_path: Path) -> None:
    provider = known(name)
    options = options_of(provider, batch_size=2)
    key = {"sociocs": "phone_number", "smsend": "phoneNumber"}[name]
    stop = Stop()
    clock = Impatient(stop)
    with practice() as server, ledger_with(tmp_path / "l", 6, lambda row: {key: phone(row)}) as ledger:
        senders = [sender_to(server, provider, options) for _ in range(lines)]
        upload = Upload(
            ledger,
            provider.steps(options),
            Pace(None, in_flight=lines),
            senders,
            lambda _: None,
            stop,
            clock.now,
            clock.pause,
        )
        threading.stack_size(1 << 47)  # more than there are addresses
        try:
            end = upload.run()
        finally:
            threading.stack_size(0)
        assert (end.ending, end.totals) == (Ending.PROBLEM, OutcomeTotals(not_sent=6))
        assert end.problem is not None
        assert "can't start" in end.problem.title
        assert run(ledger, server, provider, options).totals == OutcomeTotals(accepted=6)
