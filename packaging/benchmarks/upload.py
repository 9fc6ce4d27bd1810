"""Uploading from the ledger, against a bare httpx loop that posts the same bodies to the same server.

Both sides find their bodies ready-made: ours in the ledger, theirs in memory. Our side reads them, journals
every batch, judges every answer and writes every outcome; theirs posts and checks the status. What planning
takes (making the bodies and writing them down) is measured apart and printed, with the ratio that counts it:
the window's program does it in a child process while the receipt is read; where it was not done by then, as
without a window, it is done between the requests. Both sides send one request at a time.
The server is a practice account in a process of its own. Both sides take turns in one run, with batches of
1,000 and of 10,000; medians count, and the worse of the two sizes is the result.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from app.contacts.contact import CheckedContact, Status
from app.ledger.batches import BatchState
from app.ledger.ledger import Ledger, erase
from app.practice.rooms import PRACTICE_SECRETS
from app.progress import Stop
from app.providers.contract import Provider
from app.providers.known import provider_named
from app.providers.options import Options
from app.table.shape import Row
from app.upload.planning import plan_all
from app.upload.sending import Addresses, Sender
from app.upload.upload import Ending, Upload
from benchmarks.result import Result, compare, forget_peak, peak_mb

ROWS = 200_000
GOAL = 0.85
BATCHES = (1_000, 10_000)
PROVIDER = "sociocs"
SMALL_ROUNDS, LARGE_ROUNDS, LARGE = 5, 3, 500_000  # rounds of each size
TIMEOUT = 120.0  # seconds for any one request of the bare loop


def measure(rows: int) -> Result:
    """Rates in contacts a second, from checked contacts in a ledger to the last answer."""
    with tempfile.TemporaryDirectory() as folder, _practice_server() as address:
        results = [_compared(rows, size, Path(folder), address) for size in BATCHES]
    return min(results, key=lambda result: result.ratio)


def _compared(rows: int, size: int, folder: Path, address: str) -> Result:
    ours: list[float] = []
    both: list[float] = []  # planning and sending
    theirs: list[float] = []
    peak = 0.0
    for number in range(LARGE_ROUNDS if rows >= LARGE else SMALL_ROUNDS):
        path = folder / f"{size}-{number}.ledger"
        ledger = _ledger(path, rows)
        forget_peak()
        planning = _planning_seconds(ledger, size)
        if number % 2:  # whoever is second may find another machine than the first
            theirs.append(rows / _their_seconds(ledger, address))
        sending = _our_seconds(ledger, size, address)
        ours.append(rows / sending)
        both.append(rows / (planning + sending))
        if not number % 2:
            peak = max(peak, peak_mb())  # before theirs, which holds all bodies at once
            theirs.append(rows / _their_seconds(ledger, address))
        ledger.close()
        erase(path)
    speed = statistics.median(ours), statistics.median(theirs)
    result = compare("upload", rows, ours=speed[0], theirs=speed[1], goal=GOAL, peak_mb=peak)
    counted = statistics.median(both) / speed[1]
    print(
        f"batches of {size:,}: {speed[0]:,.0f} / {speed[1]:,.0f} = {result.ratio:.2f}; "
        f"with planning {counted:.2f}",
        file=sys.stderr,
    )
    return result


def _planning_seconds(ledger: Ledger, size: int) -> float:
    provider, options = _account(size)
    began = time.perf_counter()
    plan_all(ledger, 0, provider.steps(options)[0])
    return time.perf_counter() - began


def _our_seconds(ledger: Ledger, size: int, address: str) -> float:
    provider, options = _account(size)
    sign_in = provider.sign_in(PRACTICE_SECRETS[PROVIDER], options)
    _empty(address)
    started = time.perf_counter()
    with Sender(Addresses(address, practice=True), sign_in) as sender:
        end = Upload(ledger, provider.steps(options), provider.pace, sender, lambda _: None, Stop()).run()
    seconds = time.perf_counter() - started
    if end.ending is not Ending.FINISHED or end.totals.accepted != end.totals.sum:
        raise RuntimeError(f"the upload did not go through: {end}")
    return seconds


def _account(size: int) -> tuple[Provider, Options]:
    provider = provider_named(PROVIDER)
    assert provider is not None
    return provider, Options({**provider.default_options(), "batch_size": size})


def _their_seconds(ledger: Ledger, address: str) -> float:
    bodies = list(_bodies(ledger))
    _empty(address)
    headers = {"apikey": PRACTICE_SECRETS[PROVIDER]["apikey"], "Content-Type": "application/json"}
    started = time.perf_counter()
    with httpx.Client(trust_env=False, timeout=TIMEOUT, headers=headers) as client:
        for body in bodies:
            client.post(f"{address}/contacts/bulk", content=body).raise_for_status()
    return time.perf_counter() - started


def _ledger(path: Path, rows: int) -> Ledger:
    ledger = Ledger.create(path)
    numbers = range(2, rows + 2)
    for _ in ledger.rows.add(Row(number, _cells(number)) for number in numbers):
        pass
    contacts = (
        CheckedContact(
            number,
            Status.TO_SEND,
            dict(zip(("phone_number", "name", "extra_fields.City"), _cells(number), strict=True)),
        )
        for number in numbers
    )
    for _ in ledger.contacts.replace_all(contacts):
        pass
    return ledger


def _cells(number: int) -> tuple[str, str, str]:
    return f"+4477{number:08d}", f"Given{number} Family{number % 997}", f"City {number % 89}"


def _bodies(ledger: Ledger) -> Iterator[bytes]:
    for state in (BatchState.PLANNED, BatchState.ANSWERED):  # all of them in one or the other
        for body in ledger.batches.bodies(state):
            if body is not None:
                yield body


def _empty(address: str) -> None:
    httpx.delete(f"{address}/practice/{PROVIDER}", trust_env=False, timeout=TIMEOUT).raise_for_status()


@contextmanager
def _practice_server() -> Iterator[str]:
    command = [sys.executable, "-u", "-m", "app", "practice"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield "http" + server.stdout.readline().partition("http")[2].strip()
        finally:
            server.terminate()
