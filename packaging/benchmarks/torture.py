"""Uploads that are killed at random moments under random faults: the account must equal the list every time.

Each run has a practice server and an upload in processes of their own; the upload is killed (SIGKILL, the end
of the process on Windows) after a random time and started again, until it has finished. Then the account is
compared with the list, by phone number. Where repeating is harmless everybody must be there, nobody else, and
count as accepted; how often a request was repeated is not judged. Where it is harmful nobody may have been
delivered twice, who counts as accepted must be there, and the others must count as unsure. A malformed answer
with 200 is not among the faults for Octopush, which documents no body: there any 200 is success.

`rows` are contacts over all runs, 100 a run (20,000: 200 runs). The speed is that of contacts through all the
kills; there is no other to compare it with, so `theirs` is the number of runs in a second and the `ratio` is
the share of runs that ended right: the goal is 1. The seed of a run that failed is printed.
"""

from __future__ import annotations

import contextlib
import functools
import multiprocessing
import random
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext
from pathlib import Path

from app.contacts.contact import CheckedContact, Status
from app.ledger.ledger import Ledger
from app.ledger.outcomes import OutcomeTotals
from app.practice.exchange import PracticeRequest, PracticeResponse
from app.practice.faults import Drip, Fault, HangUp, Refuse, Reset, Truncate
from app.practice.rooms import PRACTICE_SECRETS
from app.practice.server import PracticeServer
from app.progress import Stop
from app.providers.known import provider_named
from app.providers.options import Options
from app.table.shape import Row
from app.upload.sending import Addresses, Patience, Sender
from app.upload.upload import Ending, Upload
from benchmarks.result import Result, peak_mb

ROWS = 20_000
CONTACTS_A_RUN = 100
MOST_STARTS = 60
AT_ONCE = 8
PRELOADED = ("app.upload.upload", "app.providers.known", "app.practice.server")
LONGEST_LIFE = 0.5  # seconds until the kill, counted from when the upload begins
FAULTY_SHARE = 0.25
PATIENCE = Patience(connect=1.0, silence=0.4, whole=0.6)
_JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class Case:
    """A way to upload. `field` is the key of the phone number."""

    provider: str
    field: str
    options: tuple[tuple[str, int | bool], ...]
    repeatable: bool


CASES = (
    Case("sociocs", "phone_number", (("batch_size", 7),), True),
    Case("smsend", "phoneNumber", (("batch_size", 9),), True),
    Case("octopush", "phone_number", (("batch_size", 8),), True),
    Case("smsend", "phoneNumber", (("batch_size", 9), ("updateExistingContact", False)), False),
)


@dataclass(frozen=True, slots=True)
class Held:
    """What the server saw: the account's contacts as text, and how often each number was acted on."""

    contacts: tuple[str, ...]
    taken: Counter[str]


def measure(rows: int) -> Result:
    """Run after run, each with its own seed; stops at nothing."""
    runs = max(1, rows // CONTACTS_A_RUN)
    first = random.SystemRandom().randrange(10**9)
    right, started = 0, time.perf_counter()
    seeds = range(first, first + runs)
    with ThreadPoolExecutor(AT_ONCE) as several:  # a run mostly waits, for a fault or for its kill
        for seed, wrong in zip(seeds, several.map(_wrong_in, seeds), strict=True):
            right += not wrong
            if wrong:
                print(f"seed {seed}: {wrong}", file=sys.stderr)
    seconds = time.perf_counter() - started
    share = right / runs
    return Result(
        "torture",
        runs * CONTACTS_A_RUN,
        runs * CONTACTS_A_RUN / seconds,
        runs / seconds,
        share,
        1.0,
        right == runs,
        peak_mb(),
    )


@functools.cache
def _processes() -> SpawnContext | ForkServerContext:
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(PRELOADED))  # this module itself is not on the path there
    return context


def _wrong_in(seed: int) -> str:
    """One run; what came out wrong, or nothing."""
    chance = random.Random(seed)
    case = chance.choice(CASES)
    near, far = multiprocessing.Pipe()
    server = _processes().Process(
        target=_serve, args=(far, case.provider, chance.randrange(10**9)), daemon=True
    )
    server.start()
    with tempfile.TemporaryDirectory() as folder:
        try:
            address = near.recv()
            path = Path(folder) / "run.ledger"
            _write_list(path, case)
            starts = _until_finished(path, case, address, chance)
            near.send("what do you hold?")
            held: Held = near.recv()
        finally:
            server.kill()
            server.join()
        if starts >= MOST_STARTS:
            return f"{case} did not finish in {starts} starts"
        with Ledger.open(path) as ledger:
            totals = ledger.outcomes.totals(1)
            accepted = {one.row for one in ledger.outcomes.journeys(1) if one.final.value == "accepted"}
        return _judged(case, totals, accepted, held)


def _judged(case: Case, totals: OutcomeTotals, accepted: set[int], held: Held) -> str:
    everybody = {_phone(row) for row in _numbers()}
    there = {phone for phone in everybody if any(phone.removeprefix("+") in one for one in held.contacts)}
    if totals.sum != CONTACTS_A_RUN or len(held.contacts) != len(there):
        return f"{case}: {totals}, {len(held.contacts)} contacts of which {len(there)} are known"
    if case.repeatable:
        good = totals.accepted == CONTACTS_A_RUN and there == everybody
    else:
        good = (
            totals.accepted + totals.unsure == CONTACTS_A_RUN
            and {_phone(row) for row in accepted} <= there
            and max(held.taken.values(), default=0) <= 1
        )
    return "" if good else f"{case}: {totals}, {len(there)} there, {held.taken.most_common(3)}"


def _until_finished(path: Path, case: Case, address: str, chance: random.Random) -> int:
    """Start the upload, kill it, start it again; how often it was started."""
    for number in range(1, MOST_STARTS):
        near, far = multiprocessing.Pipe()
        upload = _processes().Process(target=_upload, args=(far, path, case, address), daemon=True)
        upload.start()
        far.close()
        finished = False
        with contextlib.suppress(EOFError):
            near.recv()  # it is about to begin
            # The later it gets, the longer it may live: every run comes to its end.
            if near.poll(chance.uniform(0, LONGEST_LIFE) * (1 + number / 4)):
                finished = near.recv()
        upload.kill()
        upload.join()
        near.close()
        if finished:
            return number
    return MOST_STARTS


def _upload(told: Connection, path: Path, case: Case, address: str) -> None:
    provider = provider_named(case.provider)
    if provider is None:
        raise LookupError(case.provider)
    options = Options({**provider.default_options(), **dict(case.options)})
    sign_in = provider.sign_in(PRACTICE_SECRETS[case.provider], options)
    base = f"{address}/{provider.base_path(options).strip('/')}"
    stop = Stop()
    with Ledger.open(path) as ledger, Sender(Addresses(base, practice=True), sign_in, PATIENCE) as sender:
        told.send(False)
        end = Upload(
            ledger,
            provider.steps(options),
            provider.pace,
            sender,
            lambda _: None,
            stop,
            pause=lambda seconds: stop.wait(seconds / 100),
            now=_Hurried(),
        ).run()
        settled = end.totals.unsure == 0 or not case.repeatable
        told.send(end.ending is Ending.FINISHED and settled)


class _Hurried:
    """A clock a hundred times as fast, so that waiting takes no time."""

    def __init__(self) -> None:
        self._wall, self._began = time.time(), time.monotonic()

    def __call__(self) -> float:
        return self._wall + (time.monotonic() - self._began) * 100


def _serve(told: Connection, provider: str, seed: int) -> None:
    chance = random.Random(seed)
    taken: Counter[str] = Counter()

    def meddle(request: PracticeRequest) -> Fault | None:
        fault, acts = _fault(chance, provider) if chance.random() < FAULTY_SHARE else (None, True)
        if acts and request.method == "POST":
            text = request.body.decode()
            taken.update(phone for phone in map(_phone, _numbers()) if phone.removeprefix("+") in text)
        return fault

    with PracticeServer(fault=meddle) as server:
        told.send(server.address)
        told.recv()
        contacts = tuple(str(one) for one in server.rooms[provider].contacts())
        told.send(Held(contacts, taken))
        told.recv()  # until killed


def _fault(chance: random.Random, provider: str) -> tuple[Fault, bool]:
    """A fault, and whether the account acts on the request all the same."""
    busy = {"Retry-After": "1"}
    faults: tuple[tuple[Fault, bool], ...] = (
        (HangUp(acted=False), False),
        (HangUp(acted=True), True),
        (Reset(acted=False), False),
        (Reset(acted=True), True),
        (Truncate(3), True),
        (Drip(0.2), True),
        (Refuse(PracticeResponse(429, busy)), False),
        (Refuse(PracticeResponse(500)), False),
        (Refuse(PracticeResponse(503, busy)), False),
    )
    if provider != "octopush":  # it documents no body: whatever comes with 200 is success
        faults = (*faults, (Refuse(PracticeResponse(200, _JSON, b"{")), False))
    return chance.choice(faults)


def _write_list(path: Path, case: Case) -> None:
    with Ledger.create(path) as ledger:
        for _ in ledger.rows.add(Row(row, (_phone(row),)) for row in _numbers()):
            pass
        contacts = (CheckedContact(row, Status.TO_SEND, {case.field: _phone(row)}) for row in _numbers())
        for _ in ledger.contacts.replace_all(contacts):
            pass


def _numbers() -> range:
    return range(2, CONTACTS_A_RUN + 2)


def _phone(row: int) -> str:
    return f"+447700900{row:03d}"
