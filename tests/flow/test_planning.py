"""Bodies made while the receipt is read are sent as they are, unless they were made for something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.contacts.mapping import ColumnMapping
from app.flow.access import PracticeAccess, practice_access
from app.flow.checking import check_contacts
from app.flow.draft import ImportDraft, new_draft
from app.flow.planning import keep_or_forget_plan, plan_upload
from app.flow.reading import read_file
from app.flow.uploading import upload
from app.ledger.batches import BatchState
from app.ledger.ledger import Ledger
from app.practice.rooms import PRACTICE_SECRETS
from app.practice.server import PracticeServer
from app.progress import Stop
from app.providers.options import Options
from app.table.shape import ReadingChoice
from app.table.writing import write_table


@pytest.fixture
def draft(tmp_path: Path) -> ImportDraft:
    rows = [(f"+4477009000{number:02}", f"Person {number}") for number in range(9)]
    write_table(tmp_path / "people.xlsx", ("Phone", "Name"), rows)
    read = read_file(tmp_path / "people.xlsx", ReadingChoice(), tmp_path)
    made = new_draft("sociocs", "GB").with_file(read)
    made = made.with_mapping(ColumnMapping().with_field("phone_number", 0).with_field("name", 1))
    return made.with_checked(check_contacts(made))


def ledger_of(draft: ImportDraft) -> Ledger:
    assert draft.file is not None
    return Ledger.open(draft.file.ledger)


def bodies(draft: ImportDraft, state: BatchState) -> list[bytes | None]:
    with ledger_of(draft) as ledger:
        return list(ledger.batches.bodies(state))


def send(draft: ImportDraft) -> None:
    with PracticeServer() as server:
        access = practice_access(draft, PracticeAccess(server.address, PRACTICE_SECRETS["sociocs"]))
        upload(draft, access, lambda _: None, Stop())


def sized(draft: ImportDraft, size: int) -> ImportDraft:
    """The same with batches of another size, without checking again."""
    return draft.with_options(Options({**draft.options, "batch_size": size})).with_checked(
        draft.checked or check_contacts(draft)
    )


def test_what_was_planned_is_sent_as_it_is(draft: ImportDraft) -> None:
    plan_upload(draft)
    ready = bodies(draft, BatchState.PLANNED)
    assert len(ready) == 1
    send(draft)
    assert bodies(draft, BatchState.ANSWERED) == ready


def test_other_options_are_planned_anew(draft: ImportDraft) -> None:
    plan_upload(draft)
    other = sized(draft, 4)
    plan_upload(other)
    assert len(bodies(other, BatchState.PLANNED)) == 3
    send(draft)
    assert len(bodies(draft, BatchState.ANSWERED)) == 1


def test_a_plan_stays_while_nothing_changes(draft: ImportDraft) -> None:
    plan_upload(draft)
    ready = bodies(draft, BatchState.PLANNED)
    with ledger_of(draft) as ledger:
        keep_or_forget_plan(ledger, draft.provider_name, draft.options)
    assert bodies(draft, BatchState.PLANNED) == ready


def test_what_was_sent_stays_whatever_is_decided_later(draft: ImportDraft) -> None:
    send(draft)
    with ledger_of(draft) as ledger:
        keep_or_forget_plan(ledger, draft.provider_name, Options({**draft.options, "batch_size": 2}))
    assert len(bodies(draft, BatchState.ANSWERED)) == 1


def test_options_that_are_not_decided_yet_are_not_planned_for(draft: ImportDraft) -> None:
    plan_upload(sized(draft, 0))
    assert bodies(draft, BatchState.PLANNED) == []
