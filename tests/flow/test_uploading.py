"""What is not meant to leave does not leave, whoever asks for the upload."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.contacts.mapping import ColumnMapping
from app.flow.access import PracticeAccess, practice_access
from app.flow.checking import check_contacts
from app.flow.draft import ImportDraft, new_draft
from app.flow.reading import read_file
from app.flow.uploading import upload
from app.ledger.ledger import Ledger
from app.practice.rooms import PRACTICE_SECRETS
from app.practice.server import PracticeServer
from app.problems import Problem
from app.progress import Stop
from app.providers.options import Options
from app.table.shape import ReadingChoice
from app.table.writing import write_table


@pytest.fixture
def draft(tmp_path: Path) -> ImportDraft:
    rows = [("ann@example.com", "yes", "Rome"), ("bob@example.com", "no", "")]
    write_table(tmp_path / "people.xlsx", ("E-mail", "Agreed", "City"), rows)
    read = read_file(tmp_path / "people.xlsx", ReadingChoice(), tmp_path)
    made = new_draft("emarsys").with_file(read)
    made = made.with_options(Options({**made.options, "action": "create_or_update"}))
    return made.with_mapping(ColumnMapping().with_field("3", 0).with_field("31", 1).with_field("11", 2))


def checked(draft: ImportDraft) -> ImportDraft:
    return draft.with_checked(check_contacts(draft))


def bodies(draft: ImportDraft) -> list[bytes]:
    """What an upload to the practice account sent."""
    assert draft.file is not None
    with PracticeServer() as server:
        access = practice_access(draft, PracticeAccess(server.address, PRACTICE_SECRETS["emarsys"]))
        upload(draft, access, lambda _: None, Stop())
    with Ledger.open(draft.file.ledger) as ledger:
        return [body for (body,) in ledger._connection.execute("SELECT body FROM bodies")]


def test_consent_is_sent_only_once_it_is_confirmed(draft: ImportDraft) -> None:
    assert not any(b'"31"' in body for body in bodies(checked(draft)))


def test_confirmed_consent_is_sent(draft: ImportDraft) -> None:
    assert any(b'"31"' in body for body in bodies(checked(draft.with_consent(True))))


def test_contacts_checked_with_consent_are_not_sent_without(draft: ImportDraft) -> None:
    confirmed = checked(draft.with_consent(True))
    with pytest.raises(Problem, match="who has agreed"):
        bodies(replace(confirmed, consent_confirmed=False))


def test_confirming_anything_about_consent_checks_again(draft: ImportDraft) -> None:
    assert checked(draft).with_consent(True).checked is None


def test_an_empty_cell_says_nothing(draft: ImportDraft) -> None:
    assert not any(b'"11":""' in body for body in bodies(checked(draft)))


def test_an_empty_cell_clears_where_that_was_chosen(draft: ImportDraft) -> None:
    clearing = draft.with_mapping(draft.mapping.with_clearing("11", True))
    (body,) = bodies(checked(clearing))
    assert body.count(b'"11":""') == 1
