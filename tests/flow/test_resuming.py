"""An interrupted import is offered again just as it was reviewed; a finished or broken one is not."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from app.contacts.duplicates import DuplicatePolicy
from app.contacts.mapping import ColumnMapping
from app.contacts.names import NamePart
from app.contacts.sources import ConstantSource, FirstFilled, JoinedSource, Source, SplitName
from app.flow.checking import check_contacts
from app.flow.draft import Destination, ImportDraft, new_draft
from app.flow.import_notes import note_draft, note_finished, note_first_few
from app.flow.reading import read_file
from app.flow.resuming import draft_of, erase_abandoned, give_up, put_away
from app.flow.unfinished import unfinished_imports
from app.ledger.connection import LedgerProblem
from app.ledger.ledger import Ledger
from app.ledger.lock import LedgerLock
from app.ledger.presence import let_go
from app.providers.options import Options
from app.table.shape import ReadingChoice
from app.table.writing import write_table


@pytest.fixture
def draft(tmp_path: Path) -> ImportDraft:
    write_table(tmp_path / "people.xlsx", ("Mobile", "Name"), [("07700 900001", "Ann"), ("07700 900002", "")])
    (tmp_path / "imports").mkdir()
    read = read_file(tmp_path / "people.xlsx", ReadingChoice(), tmp_path / "imports")
    made = new_draft("octopush", "GB").with_file(read)
    made = made.with_options(Options({**made.options, "list_names": ("One", "Two")}))
    key = made.schema.required[0] if made.schema.required else made.schema.one_of[0][0]
    made = made.with_mapping(ColumnMapping().with_field(key, 0))
    made = made.with_destination(Destination(False, "acc", "https://api.example.com", ""))
    return made.with_checked(check_contacts(made))


def began(draft: ImportDraft) -> Path:
    assert draft.file is not None
    with Ledger.open(draft.file.ledger) as ledger:
        note_draft(ledger, draft)
    return draft.file.ledger


def test_the_draft_comes_back_as_it_was_reviewed(draft: ImportDraft, tmp_path: Path) -> None:
    began(draft)
    (unfinished,) = unfinished_imports(tmp_path / "imports")
    assert (unfinished.file_name, unfinished.provider, unfinished.account) == (
        "people.xlsx",
        "octopush",
        "acc",
    )
    assert unfinished.totals.sum == 2
    again = draft_of(unfinished)
    assert draft.file is not None
    assert again.file == draft.file
    assert (again.mapping, again.options) == (draft.mapping, draft.options)
    assert (again.destination, again.default_country, again.checked) == (
        draft.destination, draft.default_country, draft.checked
    )  # fmt: skip


def test_every_way_to_fill_a_field_comes_back(draft: ImportDraft, tmp_path: Path) -> None:
    sources: dict[str, Source] = {
        "phone_number": FirstFilled((0, 1)),
        "first_name": SplitName(1, NamePart.FIRST),
        "last_name": SplitName(1, NamePart.LAST),
        "param1": ConstantSource("Newsletter 2026"),
        "param2": JoinedSource((1, 0), ", "),
    }
    mapping = ColumnMapping(phone_country=1)
    for key, source in sources.items():
        mapping = mapping.with_source(key, source)
    draft = draft.with_mapping(mapping).with_duplicates(DuplicatePolicy.FILL_BLANKS)
    draft = draft.with_checked(check_contacts(draft))
    began(draft)
    (unfinished,) = unfinished_imports(tmp_path / "imports")
    again = draft_of(unfinished)
    assert {key: again.mapping.source_of(key) for key in sources} == sources
    assert (again.mapping.phone_country, again.duplicates) == (1, DuplicatePolicy.FILL_BLANKS)


def test_what_was_confirmed_about_consent_comes_back(tmp_path: Path) -> None:
    write_table(tmp_path / "people.xlsx", ("E-mail", "Agreed"), [("ann@example.com", "yes")])
    (tmp_path / "imports").mkdir()
    read = read_file(tmp_path / "people.xlsx", ReadingChoice(), tmp_path / "imports")
    draft = new_draft("emarsys").with_file(read)
    draft = draft.with_mapping(ColumnMapping().with_field("3", 0).with_field("31", 1)).with_consent(True)
    draft = draft.with_checked(check_contacts(draft))
    began(draft)
    (unfinished,) = unfinished_imports(tmp_path / "imports")
    assert draft_of(unfinished).consent_confirmed


def test_what_was_never_sent_is_not_offered_and_is_erased(draft: ImportDraft, tmp_path: Path) -> None:
    assert draft.file is not None
    assert unfinished_imports(tmp_path / "imports") == ()
    assert not put_away(draft.file.ledger)
    assert list((tmp_path / "imports").iterdir()) == []


def test_what_is_finished_is_not_offered_and_what_is_not_is_kept(draft: ImportDraft, tmp_path: Path) -> None:
    path = began(draft)
    assert put_away(path)
    assert path.exists()
    with Ledger.open(path) as ledger:
        note_finished(ledger)
    assert unfinished_imports(tmp_path / "imports") == ()
    assert not put_away(path)
    assert not path.exists()


def test_a_damaged_import_hides_no_other(draft: ImportDraft, tmp_path: Path) -> None:
    path = began(draft)
    folder = tmp_path / "imports"
    (folder / "a.ledger").write_bytes(b"no ledger at all" * 100)
    (folder / "b.ledger").write_bytes(path.read_bytes()[:5_000])
    (folder / "c.ledger").mkdir()
    for number, noted in enumerate(["[]", "{", '{"provider": "nobody"}', '{"provider": 3, "shape": []}']):
        with Ledger.create(folder / f"d{number}.ledger") as ledger:
            ledger.note("upload_began", "1.0")
            ledger.note("draft", noted)
    assert [one.ledger for one in unfinished_imports(folder)] == [path]


def test_an_import_whose_contacts_are_others_is_not_offered(draft: ImportDraft, tmp_path: Path) -> None:
    path = began(draft)
    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM contacts WHERE row = 2")
    connection.commit()
    connection.close()
    assert unfinished_imports(tmp_path / "imports") == ()


def test_an_import_in_another_window_is_neither_offered_nor_erased(
    draft: ImportDraft, tmp_path: Path
) -> None:
    path = began(draft)
    (unfinished,) = unfinished_imports(tmp_path / "imports")
    with LedgerLock(path):
        assert unfinished_imports(tmp_path / "imports") == ()
        with pytest.raises(LedgerProblem):
            give_up(unfinished)
    give_up(unfinished)
    assert list((tmp_path / "imports").iterdir()) == []


def test_no_secret_is_noted(draft: ImportDraft) -> None:
    path = began(draft)
    with Ledger.open(path) as ledger:
        noted = ledger.fact("draft") or ""
    assert not any(secret.key in noted for secret in draft.provider.secrets(draft.options) if secret.hidden)


def test_what_a_crash_left_behind_before_anything_was_sent_is_erased(
    draft: ImportDraft, tmp_path: Path
) -> None:
    assert draft.file is not None
    path = draft.file.ledger
    assert erase_abandoned(tmp_path / "imports") == 0  # this program still lives
    let_go(path)  # as the system does when a program dies
    with LedgerLock(path):
        assert erase_abandoned(tmp_path / "imports") == 0  # somebody is sending it
    assert erase_abandoned(tmp_path / "imports") == 1
    assert list((tmp_path / "imports").iterdir()) == []


def test_what_can_be_continued_is_never_erased_unasked(draft: ImportDraft, tmp_path: Path) -> None:
    path = began(draft)
    let_go(path)
    assert erase_abandoned(tmp_path / "imports") == 0
    with Ledger.open(path) as ledger:
        note_finished(ledger)
    assert erase_abandoned(tmp_path / "imports") == 1


def test_the_first_few_are_still_the_first_few_when_it_is_taken_up_again(
    draft: ImportDraft, tmp_path: Path
) -> None:
    path = began(draft)
    with Ledger.open(path) as ledger:
        note_first_few(ledger, 5)
    (unfinished,) = unfinished_imports(tmp_path / "imports")
    assert unfinished.first_few == 5
    with Ledger.open(path) as ledger:
        note_first_few(ledger, None)
    (unfinished,) = unfinished_imports(tmp_path / "imports")
    assert unfinished.first_few is None
