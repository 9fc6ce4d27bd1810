"""An edited row is checked again as if the whole list had been, and every edit can be taken back."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from app.contacts.contact import CheckedContact, FindingKind, Status
from app.contacts.duplicates import DuplicatePolicy
from app.contacts.mapping import Assignment, ColumnMapping
from app.flow.changes import CellEdits
from app.flow.checking import check_contacts
from app.flow.correcting import Corrector
from app.flow.draft import ImportDraft, new_draft
from app.ledger.ledger import Ledger
from app.table.shape import Row
from tests.flow.scene import read_file_with

FIELDS = ("email", "phoneNumber", "name")
PEOPLE = (
    ("anna@example.com", "", "Anna"),
    ("anna@example.com", "", ""),
    ("luca@example", "", "Luca"),
    ("eva@example.org", "333 1234567", "Eva"),
)


def checked(path: Path, rows: tuple[tuple[str, ...], ...], policy: DuplicatePolicy) -> ImportDraft:
    with Ledger.create(path) as ledger:
        list(ledger.rows.add(Row(number, cells) for number, cells in enumerate(rows, 2)))
    file = replace(read_file_with(*FIELDS, rows=rows), ledger=path)
    mapping = ColumnMapping(tuple(Assignment(key, at) for at, key in enumerate(FIELDS)))
    draft = new_draft("smsend", "IT").with_file(file).with_mapping(mapping).with_duplicates(policy)
    return draft.with_checked(check_contacts(draft))


def everything(ledger: Ledger) -> list[CheckedContact]:
    return list(ledger.contacts.all())


def test_a_mended_row_is_sent_and_the_counts_follow(tmp_path: Path) -> None:
    draft = checked(tmp_path / "a.ledger", PEOPLE, DuplicatePolicy.KEEP_FIRST)
    with Ledger.open(tmp_path / "a.ledger") as ledger:
        corrected = Corrector(ledger, draft).correct(4, {0: "luca@example.org"})
        [luca] = corrected.contacts
        assert (luca.row, luca.status, luca.values["email"]) == (4, Status.TO_SEND, "luca@example.org")
        assert (corrected.totals.left_out, corrected.totals.to_send) == (0, 3)
        assert FindingKind.EMAIL_INVALID not in corrected.totals.findings
        assert corrected.totals == ledger.contacts.totals()


def test_an_edit_that_frees_a_duplicate_sends_it(tmp_path: Path) -> None:
    draft = checked(tmp_path / "a.ledger", PEOPLE, DuplicatePolicy.KEEP_FIRST)
    with Ledger.open(tmp_path / "a.ledger") as ledger:
        corrector = Corrector(ledger, draft)
        before = everything(ledger)
        corrected = corrector.correct(2, {0: "anne@example.com"})
        assert {one.row: one.status for one in corrected.contacts} == {2: Status.TO_SEND, 3: Status.TO_SEND}
        undone = corrector.undo()
        assert undone is not None
        assert {one.row for one in undone.contacts} == {2, 3}
        assert everything(ledger) == before
        assert undone.totals == draft.checked == ledger.contacts.totals()
        assert corrector.undo() is None


def test_corrections_outlive_the_next_check(tmp_path: Path) -> None:
    draft = checked(tmp_path / "a.ledger", PEOPLE, DuplicatePolicy.KEEP_FIRST)
    with Ledger.open(tmp_path / "a.ledger") as ledger:
        Corrector(ledger, draft).apply(CellEdits({4: {0: "luca@example.org"}, 5: {2: "Eve"}}))
    again = check_contacts(draft)
    with Ledger.open(tmp_path / "a.ledger") as ledger:
        assert again.to_send == 3
        assert [one.values.get("name") for one in everything(ledger)] == ["Anna", None, "Luca", "Eve"]
        assert ledger.corrections.count_undoable() == 1
        undone = Corrector(ledger, draft.with_checked(again)).undo()
        assert undone is not None
        assert undone.totals.to_send == 2
        assert ledger.rows.first(9)[3].cells[2] == "Eva"


def test_a_row_that_is_not_there_is_a_bug(tmp_path: Path) -> None:
    draft = checked(tmp_path / "a.ledger", PEOPLE, DuplicatePolicy.KEEP_FIRST)
    with Ledger.open(tmp_path / "a.ledger") as ledger, pytest.raises(LookupError):
        Corrector(ledger, draft).correct(99, {0: "x"})


@pytest.mark.parametrize("policy", DuplicatePolicy)
def test_edits_and_undos_leave_what_a_whole_check_would(tmp_path: Path, policy: DuplicatePolicy) -> None:
    chance = random.Random(policy.value)
    emails = ["a@example.com", "b@example.com", "B@example.com", "c@example.org", "broken", ""]
    emails += ["ännä@example.com", "ÄNNÄ@example.com", "strasse@example.com", "Straße@example.com"]
    phones = ["333 1234567", "+39 333 1234567", "347 7654321", "12", ""]
    names = ["Anna", "Luca", ""]

    def person() -> tuple[str, str, str]:
        return chance.choice(emails), chance.choice(phones), chance.choice(names)

    draft = checked(tmp_path / "a.ledger", tuple(person() for _ in range(40)), policy)
    with Ledger.open(tmp_path / "a.ledger") as ledger:
        corrector = Corrector(ledger, draft)
        for _ in range(25):
            if chance.random() < 0.25:
                corrector.undo()
            else:
                row = chance.randrange(2, 42)
                corrector.correct(row, dict(enumerate(person())))
            assert corrector.totals == ledger.contacts.totals()
        by_edits = everything(ledger)
    totals = check_contacts(draft)
    with Ledger.open(tmp_path / "a.ledger") as ledger:
        assert everything(ledger) == by_edits
    assert totals == corrector.totals
