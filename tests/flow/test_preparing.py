"""A list that was being prepared when its program ended is given back as it was, and to one program only."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from app.contacts.duplicates import DuplicatePolicy
from app.contacts.exclusion_reading import ExclusionCollector
from app.contacts.fields import Choice, Field, FieldKind
from app.contacts.mapping import ColumnMapping
from app.contacts.sources import ConstantSource
from app.flow.changes import CellEdits, Decide, LeaveOut
from app.flow.checking import check_contacts
from app.flow.draft import Destination, ImportDraft, new_draft
from app.flow.import_notes import note_draft, note_preparation
from app.flow.reading import read_file
from app.flow.rechecking import change_list, check_what_changed
from app.flow.resuming import erase_abandoned, give_up, put_away, take_up
from app.flow.unfinished import UnfinishedImport, offered_imports, unfinished_imports
from app.ledger.connection import LedgerProblem
from app.ledger.ledger import Ledger
from app.ledger.lock import LedgerLock
from app.ledger.presence import let_go
from app.problems import FileProblem
from app.providers.account_fields import AccountFields
from app.providers.options import Options
from app.settings.accounts import Account, add_account
from app.settings.folders import Folders, make_private
from app.table.shape import HiddenRows, ReadingChoice
from app.table.writing import write_table

ACCOUNT = Account("0123456789abcdef", "emarsys", "Ours", sign_in={"sign_in": "oauth2"})
PEOPLE = [("Ann", "ann@example.com"), ("Ben", "ben@example.com"), ("Cy", "cy@example.com")]


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    made = Folders(tmp_path / "settings", tmp_path / "imports", tmp_path / "logs")
    for folder in (made.settings, made.imports, made.logs):
        make_private(folder)
    return made


@pytest.fixture
def draft(folders: Folders, tmp_path: Path) -> ImportDraft:
    """Everything decided otherwise than it comes."""
    write_table(tmp_path / "people.xlsx", ("Name", "E-mail"), PEOPLE)
    choice = ReadingChoice(hidden=HiddenRows.ALL, repeat_merged=True)
    read = read_file(tmp_path / "people.xlsx", choice, folders.imports)
    read = replace(read, choice=replace(read.choice, password="hunter2"))
    made = new_draft("emarsys", "AT").with_file(read)
    made = made.with_options(Options({**made.options, "sign_in": "oauth2"}))
    made = made.with_destination(Destination(False, ACCOUNT.id, "https://api.example.com", ""))
    own = Field("4711", "Shoe", FieldKind.CHOICE, choices=(Choice("1", "Left"), Choice("2", "Right")))
    usual = [Field(key, label, FieldKind.TEXT) for key, label in (("1", "First name"), ("3", "E-mail"))]
    made = made.with_account_fields(AccountFields((*usual, own)))
    mapping = ColumnMapping().with_field("1", 0).with_field("3", 1)
    made = made.with_mapping(mapping.with_source("4711", ConstantSource("Left")))
    gathered = ExclusionCollector("AT")
    gathered.add(("", "cy@example.com"))
    return made.with_exclusions(gathered.exclusions()).with_duplicates(DuplicatePolicy.KEEP_LAST)


def crashed(draft: ImportDraft, page: str = "check_contacts") -> Path:
    """Note it, and let go of it as the system does when a program dies."""
    assert draft.file is not None
    note_preparation(draft, page)
    let_go(draft.file.ledger)
    return draft.file.ledger


def offered(folders: Folders) -> UnfinishedImport:
    (one,) = offered_imports(folders)
    return one


def test_everything_decided_comes_back_but_the_password(draft: ImportDraft, folders: Folders) -> None:
    add_account(folders, ACCOUNT)
    crashed(draft)
    again, page = take_up(offered(folders), folders)
    assert page == "check_contacts"
    assert draft.file is not None
    assert again.file == replace(draft.file, choice=replace(draft.file.choice, password=None))
    assert again.exclusions == draft.exclusions
    assert again.exclusions is not None
    assert "cy@example.com" in again.exclusions
    assert again == replace(
        draft, file=again.file, options_by_provider={"emarsys": draft.options}, checked=None
    )


def test_nothing_of_the_password_or_the_people_to_leave_out_can_be_read(draft: ImportDraft) -> None:
    path = crashed(draft)
    with Ledger.open(path) as ledger:
        noted = f"{ledger.fact('draft')}{ledger.fact('exclusions')}"
    assert "hunter2" not in noted
    assert "cy@example.com" not in noted


def test_corrections_come_back_with_their_way_back(draft: ImportDraft, folders: Folders) -> None:
    add_account(folders, ACCOUNT)
    made = draft.with_checked(check_contacts(draft))
    made = change_list(made, CellEdits({2: {1: "anna@example.com"}}))
    made = change_list(made, LeaveOut([3], True))
    crashed(made)
    one = offered(folders)
    assert (one.corrected, one.aside) == (1, 1)
    again, _ = take_up(one, folders)
    assert check_what_changed(again) == made.checked
    with Ledger.open(one.ledger) as ledger:
        assert ledger.corrections.count_undoable() == 2
        (contact,) = ledger.contacts.of_rows([2])
    assert contact.values["3"] == "anna@example.com"


def test_a_decision_that_came_after_the_last_note_counts(draft: ImportDraft, folders: Folders) -> None:
    add_account(folders, ACCOUNT)
    made = draft.with_checked(check_contacts(draft))
    note_preparation(made, "check_contacts")
    decided = replace(made.decisions, duplicates=DuplicatePolicy.FILL_BLANKS)
    made = change_list(made, Decide(decided))
    assert made.file is not None
    let_go(made.file.ledger)
    again, _ = take_up(offered(folders), folders)
    assert again.decisions == decided
    assert check_what_changed(again) == made.checked


def test_what_was_decided_on_an_earlier_page_after_a_check_counts_too(
    draft: ImportDraft, folders: Folders
) -> None:
    add_account(folders, ACCOUNT)
    made = draft.with_checked(check_contacts(draft)).with_country("CH")
    crashed(made, "map_columns")
    again, page = take_up(offered(folders), folders)
    assert (again.default_country, page) == ("CH", "map_columns")


def test_a_crash_in_the_middle_of_a_check_leaves_it_to_be_checked(
    draft: ImportDraft, folders: Folders
) -> None:
    add_account(folders, ACCOUNT)
    made = draft.with_checked(check_contacts(draft))
    path = crashed(made)
    with Ledger.open(path) as ledger:
        ledger.contacts.clear()
    again, _ = take_up(offered(folders), folders)
    assert check_what_changed(again) == made.checked


def test_an_account_that_is_no_more_has_to_be_chosen_anew(draft: ImportDraft, folders: Folders) -> None:
    crashed(draft)
    again, page = take_up(offered(folders), folders)
    assert page == "choose_provider"
    assert again.destination == Destination()
    assert again.options["sign_in"] != "oauth2"


def test_only_a_window_that_died_leaves_something_to_go_on_with(draft: ImportDraft, folders: Folders) -> None:
    note_preparation(draft, "map_columns")
    assert offered_imports(folders) == ()  # this program still lives
    assert draft.file is not None
    let_go(draft.file.ledger)
    with LedgerLock(draft.file.ledger):
        assert offered_imports(folders) == ()
    assert offered(folders).file_name == "people.xlsx"
    assert erase_abandoned(folders.imports) == 0
    assert unfinished_imports(folders.imports) == (), "there is no upload to continue"


def test_who_goes_on_with_it_may_close_it_as_ever(draft: ImportDraft, folders: Folders) -> None:
    path = crashed(draft)
    take_up(offered(folders), folders)
    assert offered_imports(folders) == ()
    assert not put_away(path)
    assert not list(folders.imports.iterdir())


def test_what_is_declined_is_erased(draft: ImportDraft, folders: Folders) -> None:
    crashed(draft)
    give_up(offered(folders))
    assert not list(folders.imports.iterdir())


def test_one_program_only_goes_on(draft: ImportDraft, folders: Folders) -> None:
    path = crashed(draft)
    one = offered(folders)
    with LedgerLock(path.with_name(f"{path.name}.open")):  # as another program holds it
        with pytest.raises(LedgerProblem, match="another window"):
            take_up(one, folders)
        with pytest.raises(LedgerProblem, match="another window"):
            give_up(one)
    assert take_up(one, folders)[1] == "choose_provider"


def test_an_upload_that_began_keeps_what_was_reviewed(draft: ImportDraft, folders: Folders) -> None:
    made = draft.with_checked(check_contacts(draft))
    assert made.file is not None
    with Ledger.open(made.file.ledger) as ledger:
        note_draft(ledger, made)
    crashed(made.with_country("CH"))
    one = offered(folders)
    assert (one.page, one.totals.sum) == ("", 2)
    (same,) = unfinished_imports(folders.imports)
    assert same == one


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("shape", {}),
        ("choice", {"sheet": 3}),
        ("choice", {"hidden": "perhaps"}),
        ("choice", {"repeat_merged": "yes"}),
        ("choice", {"unknown": 1}),
        ("notes", {"hidden": "many"}),
        ("notes", {"letters": [1]}),
        ("notes", {"unknown": 1}),
        ("stamp", ["a", "b"]),
        ("stamp", 3),
        ("account_fields", "{"),
        ("account_fields", 3),
        ("exclusions", "0" * 32),
        ("destination", {"practice": "no"}),
        ("recipe", "provider = 3"),
    ],
)
def test_what_cannot_be_understood_is_not_offered_and_is_erased(
    name: str, value: object, draft: ImportDraft, folders: Folders
) -> None:
    path = crashed(draft)
    one = offered(folders)
    with Ledger.open(path) as ledger:
        noted = json.loads(ledger.fact("draft") or "")
        ledger.note("draft", json.dumps(noted | {name: value}))
    assert offered_imports(folders) == ()
    with pytest.raises(FileProblem):
        take_up(one, folders)
    assert erase_abandoned(folders.imports) == 1


def test_fewer_people_to_leave_out_than_noted_is_no_way_to_go_on(
    draft: ImportDraft, folders: Folders
) -> None:
    path = crashed(draft)
    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM facts WHERE name = 'exclusions'")
    connection.commit()
    connection.close()
    assert offered_imports(folders) == ()


def test_a_list_of_people_to_leave_out_is_written_once(draft: ImportDraft, folders: Folders) -> None:
    path = crashed(draft)
    with Ledger.open(path) as ledger:
        ledger.note("exclusions", "as it was")
    note_preparation(draft.with_country("CH"), "check_contacts")
    with Ledger.open(path) as ledger:
        assert ledger.fact("exclusions") == "as it was"
    assert folders.imports.exists()
