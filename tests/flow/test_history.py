"""Past imports are kept without people, add up, can be erased, and print as one page."""

from __future__ import annotations

from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from app.contacts.contact import CheckedContact, Status
from app.flow.draft import new_draft
from app.flow.history import (
    FILE_NAME,
    ImportSummary,
    erase_history,
    forget_import,
    past_imports,
    record_import,
)
from app.flow.receipt import CONSENT, Agreement, Tick, note_agreement
from app.flow.receipt_page import counts_of, destination_words, receipt_page
from app.ledger.ledger import Ledger
from app.problems import Problem
from app.report import ImportTotals
from app.settings.folders import Folders
from app.table.shape import Row

TOTALS = ImportTotals(6, 1, 1, 1, 3, 1, 1, 0, 1, 0, 0)
ONE = ImportSummary(
    "a" * 32, 1_700_000_000.0, 1_700_000_060.0, "smsend", False, "Shop <Berlin>", "list & more.csv",
    "f" * 64, TOTALS, ("3 contacts go to smsend",), ("I may write to them",), True,
)  # fmt: skip


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(tmp_path / "settings", tmp_path / "imports", tmp_path / "logs")


def imported(folder: Path, name: str, folders: Folders, at: float) -> ImportSummary:
    with Ledger.create(folder / f"{name}.ledger") as ledger:
        list(ledger.rows.add([Row(2, ("anna@example.com",)), Row(3, ("",))]))
        contacts = [
            CheckedContact(2, Status.TO_SEND, {"email": "anna@example.com"}),
            CheckedContact(3, Status.BLANK),
        ]
        list(ledger.contacts.replace_all(contacts))
        ledger.note("fingerprint", "0123")
        agreement = Agreement(("1 contact goes",), (Tick(CONSENT, "I may"),))
        note_agreement(ledger.path, agreement)
        return record_import(folders, new_draft("smsend"), ledger, lambda: at)


def test_what_was_done_is_kept_and_names_nobody(tmp_path: Path, folders: Folders) -> None:
    made = imported(tmp_path, "one", folders, 5.0)
    found, problem = past_imports(folders)
    assert problem is None
    assert found == (made,)
    assert made.totals.adds_up
    assert (made.totals.read, made.totals.not_sent, made.fingerprint) == (2, 1, "0123")
    assert (made.told, made.agreed, made.may_write) == (("1 contact goes",), ("I may",), True)
    assert b"anna" not in (folders.settings / FILE_NAME).read_bytes()


def test_another_run_of_the_same_import_takes_the_place_of_the_first(
    tmp_path: Path, folders: Folders
) -> None:
    imported(tmp_path, "one", folders, 5.0)
    imported(tmp_path, "two", folders, 6.0)
    with Ledger.open(tmp_path / "one.ledger") as ledger:
        record_import(folders, new_draft("smsend"), ledger, lambda: 7.0)
    assert [(one.id, one.ended) for one in past_imports(folders)[0]] == [("one", 7.0), ("two", 6.0)]


def test_the_history_can_be_erased_in_part_and_whole(tmp_path: Path, folders: Folders) -> None:
    imported(tmp_path, "one", folders, 5.0)
    imported(tmp_path, "two", folders, 6.0)
    forget_import(folders, "two")
    assert [one.id for one in past_imports(folders)[0]] == ["one"]
    erase_history(folders)
    assert past_imports(folders) == ((), None)


@pytest.mark.parametrize(
    "text",
    ["{}", "[]", "no json", '{"version": 1, "imports": [{}]}', '{"version": 1, "imports": [3]}'],
)
def test_a_damaged_history_is_set_aside(tmp_path: Path, folders: Folders, text: str) -> None:
    folders.settings.mkdir()
    (folders.settings / FILE_NAME).write_text(text)
    assert isinstance(past_imports(folders)[1], Problem)
    assert [one.id for one in [imported(tmp_path, "one", folders, 5.0)]] == ["one"]
    assert len(past_imports(folders)[0]) == 1


def test_the_page_holds_every_number_and_escapes_what_the_user_typed() -> None:
    page = receipt_page(ONE)
    assert "Shop &lt;Berlin&gt;" in page
    assert "list &amp; more.csv" in page
    assert ONE.fingerprint in page
    assert "add up: every row" in page
    for word, number in counts_of(ONE):
        assert f"{word}&nbsp;&nbsp;&nbsp;</td><td align='right'>{number}</td>" in page
    assert all(sentence in page for sentence in (*ONE.told, *ONE.agreed))


def test_the_page_does_not_confirm_what_does_not_add_up() -> None:
    wrong = replace(ONE, totals=replace(TOTALS, created=9))
    assert "do not add up" in receipt_page(wrong)


def test_a_practice_import_says_so() -> None:
    assert destination_words(ONE) == "smsend, Shop <Berlin>"
    assert destination_words(replace(ONE, practice=True, account="")) == "smsend, practice account"
    assert destination_words(replace(ONE, provider="gone", account="")) == "gone"


def record_some(folder: str, first: int, together: Barrier) -> None:
    """What one window does while another does the same."""
    together.wait(60)
    folders = Folders(Path(folder), Path(folder), Path(folder))
    for number in range(first, first + 5):
        imported(Path(folder), f"{number}", folders, 1_700_000_000.0 + number)


def test_windows_that_note_imports_at_once_lose_none(tmp_path: Path) -> None:
    context = get_context("spawn")
    together = context.Barrier(2)
    processes = [
        context.Process(target=record_some, args=(str(tmp_path), 5 * number, together)) for number in range(2)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0]
    assert len(past_imports(Folders(tmp_path, tmp_path, tmp_path))[0]) == 10
