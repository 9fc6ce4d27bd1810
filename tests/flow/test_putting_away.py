"""A closed import is erased only where it is known that nobody could go on with it; and what was moved away
in the middle comes back with all that was noted."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import pytest

from app.contacts.mapping import ColumnMapping
from app.flow.access import PracticeAccess, practice_access
from app.flow.checking import check_contacts
from app.flow.draft import Destination, ImportDraft, new_draft
from app.flow.reading import read_file
from app.flow.resuming import draft_of, erase_abandoned, put_away
from app.flow.unfinished import unfinished_imports
from app.flow.uploading import upload
from app.ledger.connection import LedgerProblem
from app.ledger.ledger import Ledger
from app.ledger.lock import LedgerLock
from app.ledger.presence import let_go
from app.practice.exchange import PracticeRequest, PracticeResponse
from app.practice.faults import Fault, HangUp, Refuse
from app.practice.rooms import PRACTICE_SECRETS
from app.practice.server import PracticeServer
from app.progress import Stop
from app.providers.options import Options
from app.table.shape import ReadingChoice
from app.table.writing import write_table
from app.upload.upload import Ending, UploadEnd

COUNT = 4


@pytest.fixture
def draft(tmp_path: Path) -> ImportDraft:
    """Of contacts that would be harmed by being sent twice."""
    rows = [(f"07700 90000{number}",) for number in range(COUNT)]
    write_table(tmp_path / "people.xlsx", ("Mobile",), rows)
    (tmp_path / "imports").mkdir()
    made = new_draft("smsend", "GB").with_file(
        read_file(tmp_path / "people.xlsx", ReadingChoice(), tmp_path / "imports")
    )
    made = made.with_options(Options({**made.options, "batch_size": 1, "updateExistingContact": False}))
    made = made.with_mapping(ColumnMapping().with_field("phoneNumber", 0))
    made = made.with_destination(Destination(practice=True))
    return made.with_checked(check_contacts(made))


def ledger_of(draft: ImportDraft) -> Path:
    assert draft.file is not None
    return draft.file.ledger


class Account(PracticeServer):
    """A practice account that lets `then` happen in the request of the contact `at`; counts who came."""

    def __init__(self, at: int = -1, then: Callable[[], Fault | None] = lambda: None) -> None:
        super().__init__(fault=self._watch)
        self.taken: Counter[int] = Counter()
        self._at, self._then = at, then

    def _watch(self, request: PracticeRequest) -> Fault | None:
        here = [number for number in range(COUNT) if f"44770090000{number}".encode() in request.body]
        self.taken.update(here)
        return self._then() if self._at in here else None


def sent(draft: ImportDraft, account: Account) -> UploadEnd:
    access = practice_access(draft, PracticeAccess(account.address, PRACTICE_SECRETS["smsend"]))
    return upload(draft, access, lambda _: None, Stop())


def stopped(draft: ImportDraft) -> None:
    """An upload that got as far as its first contact."""
    revoked = Refuse(PracticeResponse(401))
    with Account(1, lambda: revoked) as account:
        account.fault = lambda request: revoked if b"447700900001" in request.body else None
        assert sent(draft, account).ending is Ending.PROBLEM


@contextmanager
def moved_away(ledger: Path) -> Iterator[None]:
    ledger.rename(ledger.with_suffix(".away"))
    yield
    ledger.with_suffix(".away").rename(ledger)


@contextmanager
def not_to_be_opened(ledger: Path) -> Iterator[None]:
    """SQLite can't make what it needs beside the ledger, as on a full disk."""
    for name in (f"{ledger.name}-shm", f"{ledger.name}-wal"):
        ledger.with_name(name).mkdir()
    yield
    for name in (f"{ledger.name}-shm", f"{ledger.name}-wal"):
        ledger.with_name(name).rmdir()


@contextmanager
def not_to_be_read(ledger: Path) -> Iterator[None]:
    """Python says by itself, with no code of SQLite's, that a text is no UTF-8."""
    began = _changed(ledger, b"\xff")
    yield
    _changed(ledger, began)


def _changed(ledger: Path, text: bytes) -> bytes:
    """Note another moment at which the upload began; gives the former."""
    with closing(sqlite3.connect(ledger)) as connection, connection:
        at = "WHERE name = 'upload_began'"
        (former,) = connection.execute(f"SELECT CAST(value AS BLOB) FROM facts {at}").fetchone()
        connection.execute(f"UPDATE facts SET value = CAST(? AS TEXT) {at}", (text,))
    assert isinstance(former, bytes)
    return former


HINDRANCES: dict[str, Callable[[Path], AbstractContextManager[object]]] = {
    "moved away": moved_away,
    "can't be opened": not_to_be_opened,
    "can't be read": not_to_be_read,
    "in another window": LedgerLock,
}


@pytest.mark.parametrize("hindrance", HINDRANCES)
def test_what_cannot_be_looked_into_is_not_erased(hindrance: str, draft: ImportDraft, tmp_path: Path) -> None:
    stopped(draft)
    with HINDRANCES[hindrance](ledger_of(draft)):
        assert put_away(ledger_of(draft))
    (unfinished,) = unfinished_imports(tmp_path / "imports")
    assert (unfinished.totals.accepted, unfinished.totals.not_sent) == (1, COUNT - 1)


@pytest.mark.parametrize("fault", [None, HangUp(acted=True)], ids=["answered", "cut off"])
@pytest.mark.parametrize("at", range(COUNT))
def test_notes_that_were_moved_away_in_a_request_come_back_whole(
    at: int, fault: Fault | None, draft: ImportDraft, tmp_path: Path
) -> None:
    ledger = ledger_of(draft)

    def move() -> Fault | None:
        ledger.rename(ledger.with_suffix(".away"))
        return fault

    with Account(at, move) as account:
        with pytest.raises(LedgerProblem, match="moved or deleted"):
            sent(draft, account)
        put_away(ledger)
        ledger.with_suffix(".away").rename(ledger)
        (unfinished,) = unfinished_imports(tmp_path / "imports")
        account.fault = None
        end = sent(draft_of(unfinished), account)
    assert end.ending is Ending.FINISHED
    assert (end.totals.unsure, end.totals.accepted) == ((0, COUNT) if fault is None else (1, COUNT - 1))
    assert account.taken[at] == 1


def test_who_is_about_to_be_sent_when_the_notes_are_gone_is_not_in_doubt(draft: ImportDraft) -> None:
    ledger = ledger_of(draft)

    def move() -> None:
        ledger.rename(ledger.with_suffix(".away"))

    with Account(1, move) as account:
        with pytest.raises(LedgerProblem):
            sent(draft, account)
        ledger.with_suffix(".away").rename(ledger)
    with Ledger.open(ledger) as opened:
        assert not opened.batches.in_flight()


@pytest.mark.parametrize(("days", "erased"), [(29, 0), (31, 1)])
def test_what_is_left_of_deleted_notes_goes_after_a_month(
    days: int, erased: int, draft: ImportDraft, tmp_path: Path
) -> None:
    ledger = ledger_of(draft)
    with Account(1, ledger.unlink) as account, pytest.raises(LedgerProblem):
        sent(draft, account)
    put_away(ledger)
    let_go(ledger)  # as if the program had ended
    then = time.time() + days * 86_400
    assert erase_abandoned(tmp_path / "imports", lambda: then) == erased
    assert bool(list((tmp_path / "imports").iterdir())) is not bool(erased)
