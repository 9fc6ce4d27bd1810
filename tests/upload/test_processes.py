"""Uploads in a program of their own, which the system stops, starts and limits: nothing is lost by it."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections import Counter
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

from app.ledger.ledger import Ledger
from app.ledger.outcomes import OutcomeTotals
from app.practice.exchange import PracticeRequest, PracticeResponse
from app.practice.faults import Fault, HangUp
from app.practice.server import PracticeServer
from app.providers.options import OptionValue
from app.upload.upload import Ending
from tests.upload.scene import known, ledger_with, options_of, phone, run

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60
CONTACTS = 12
BATCH = 3
VALUES: dict[str, dict[str, OptionValue]] = {
    "sociocs": {"batch_size": BATCH},  # harmless to repeat
    "smsend": {"batch_size": BATCH, "updateExistingContact": False},  # harmful
}
PHONES = {"sociocs": "phone_number", "smsend": "phoneNumber"}
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals and limits")

# What a program of its own does: one run of an upload. It says what became of it, and how much is noted.
UPLOADING = """
import json, resource, sys
from dataclasses import asdict
from pathlib import Path
from app.ledger.ledger import Ledger
from app.problems import Problem
from tests.upload.scene import known, options_of, run

class Elsewhere:
    def __init__(self, address):
        self.address = address

path, address, name, values, most = sys.argv[1:]
provider = known(name)
options = options_of(provider, **json.loads(values))
if int(most):
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(most), resource.RLIM_INFINITY))
with Ledger.open(Path(path)) as ledger:
    try:
        said = run(ledger, Elsewhere(address), provider, options).ending.value
    except Problem as problem:
        said = type(problem).__name__
    print(json.dumps([said, asdict(ledger.outcomes.totals(1))]))
"""


class Account(PracticeServer):
    """A practice account that knows how often each contact was brought, and what to do at one request."""

    def __init__(self, at: int = 0, fault: Fault | None = None) -> None:
        super().__init__(fault=self._watch)
        self.taken: Counter[int] = Counter()
        self.stopped: Popen[str] | None = None  # who is stopped meanwhile
        self._at, self._what, self._requests = at, fault, 0

    def _watch(self, request: PracticeRequest) -> Fault | None:
        rows = [row for row in range(2, CONTACTS + 2) if phone(row).encode() in request.body]
        self.taken.update(rows)
        self._requests += bool(rows)
        if not rows or self._requests != self._at:
            return None
        if self.stopped is not None:
            self.stopped.send_signal(signal.SIGSTOP)
            os.waitid(os.P_PID, self.stopped.pid, os.WSTOPPED)
        return self._what

    def answer(self, request: PracticeRequest) -> PracticeResponse:
        done = super().answer(request)
        if self.stopped is not None:
            self.stopped.send_signal(signal.SIGCONT)
        return done


def begun(path: Path, account: Account, name: str, most: int = 0) -> Popen[str]:
    command = [sys.executable, "-c", UPLOADING, str(path), account.address]
    command += [name, json.dumps(VALUES[name]), str(most)]
    return Popen(command, cwd=ROOT, stdout=PIPE, text=True)


def ended(program: Popen[str]) -> tuple[str, OutcomeTotals]:
    """What it says of its end, and the totals it sees then."""
    with program:
        try:
            said, totals = json.loads(program.communicate(timeout=PATIENCE)[0])
        finally:
            program.kill()
    return said, OutcomeTotals(**totals)


def all_noted(path: Path, name: str) -> None:
    ledger_with(path, CONTACTS, lambda row: {PHONES[name]: phone(row)}).close()


@pytest.mark.parametrize("fault", [None, HangUp(acted=True)], ids=["answered", "cut off"])
@pytest.mark.parametrize("name", PHONES)
def test_a_program_stopped_in_a_request_ends_well_when_it_goes_on(
    name: str, fault: Fault | None, tmp_path: Path
) -> None:
    all_noted(tmp_path / "l", name)
    with Account(at=2, fault=fault) as account:
        program = begun(tmp_path / "l", account, name)
        account.stopped = program
        said, totals = ended(program)
        held = len(account.rooms[name].contacts())
    assert (said, totals.sum, held) == ("finished", CONTACTS, CONTACTS)
    assert set(account.taken) == set(range(2, CONTACTS + 2))
    if name == "smsend":  # repeating would do harm: nobody goes twice, and who may not be there is unsure
        assert set(account.taken.values()) == {1}
        assert totals.accepted + totals.unsure == CONTACTS
        assert fault is None or totals.unsure >= BATCH
    else:
        assert totals == OutcomeTotals(accepted=CONTACTS)


@pytest.mark.parametrize("most", range(45_000, 120_000, 15_000))
@pytest.mark.parametrize("name", PHONES)
def test_a_file_that_may_not_grow_ends_in_a_problem_and_another_run_goes_on(
    name: str, most: int, tmp_path: Path
) -> None:
    path = tmp_path / "l"
    all_noted(path, name)
    with Account() as account:
        said, totals = ended(begun(path, account, name, most))
        room = account.rooms[name]
        # What is noted as arrived is there; what is there without a note was on its way, and is noted so.
        arrived = len(room.contacts())
        assert said == "LedgerProblem"
        assert totals.sum == CONTACTS
        assert totals.accepted <= arrived <= totals.accepted + BATCH
        with Ledger.open(path) as ledger:
            provider = known(name)
            assert ledger.outcomes.totals(1) == totals
            end = run(ledger, account, provider, options_of(provider, **VALUES[name]))
        held = len(room.contacts())
    assert (end.ending, end.totals.sum) == (Ending.FINISHED, CONTACTS)
    if name == "smsend":
        # Whoever was on the way when the notes ended may have arrived or not: never twice, always said.
        assert max(account.taken.values()) == 1
        assert end.totals.accepted + end.totals.unsure == CONTACTS
        assert end.totals.unsure <= BATCH
        assert end.totals.accepted <= held <= CONTACTS
    else:
        assert end.totals == OutcomeTotals(accepted=held) == OutcomeTotals(accepted=CONTACTS)
        assert max(account.taken.values()) <= 2
