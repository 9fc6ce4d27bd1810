"""Checking a whole ledger: the same in one process and in several, with duplicates settled in order."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from app.contacts.contact import CheckedContact, FindingKind, Status
from app.contacts.duplicates import DuplicatePolicy
from app.contacts.exclusion_reading import ExclusionCollector
from app.contacts.mapping import Assignment, ColumnMapping
from app.contacts.sources import ConstantSource
from app.flow.checking import Span, check_contacts, processes_for, spans_of
from app.flow.draft import ImportDraft, new_draft
from app.ledger.ledger import Ledger
from app.progress import Progress, Stop, Stopped
from app.table.shape import Row
from tests.flow.scene import read_file_with

PEOPLE = (
    ("anna@example.com", "", "Anna", "13/04/1980"),
    ("luca@example.org", "333 1234567", "", "29221"),
    ("", "", "", ""),
    ("ANNA@example.com", "", "Anne", "14/05/1981"),
    ("luca@example.org", "", "Luca", ""),
    ("luca@example.org", "333 7654321", "Luke", "03/04/1980"),
    ("nobody", "12", "Nobody", "?"),
)
FIELDS = ("email", "phoneNumber", "name", "birthdate")


def draft_with(path: Path, rows: tuple[tuple[str, ...], ...] = PEOPLE) -> ImportDraft:
    with Ledger.create(path) as ledger:
        list(ledger.rows.add(Row(number, cells) for number, cells in enumerate(rows, 2)))
    file = replace(read_file_with(*FIELDS, rows=rows), ledger=path)
    mapping = ColumnMapping(tuple(Assignment(key, at) for at, key in enumerate(FIELDS)))
    return new_draft("smsend", "IT").with_file(file).with_mapping(mapping)


def contacts(path: Path) -> dict[int, CheckedContact]:
    with Ledger.open(path) as ledger:
        return {one.row: one for one in ledger.contacts.all()}


def test_every_row_is_checked_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "import.ledger"
    told: list[Progress] = []
    totals = check_contacts(draft_with(path), told.append)
    assert (totals.read, totals.blank, totals.left_out, totals.duplicates, totals.to_send) == (7, 1, 1, 2, 3)
    assert totals.findings[FindingKind.DUPLICATE] == 2
    assert totals.findings[FindingKind.SAME_KEY_AS] == 1
    assert told[-1] == Progress(7, 7)
    found = contacts(path)
    assert found[3].values["birthdate"] == "1980-01-01"  # Excel's number among dates
    assert [row for row, one in found.items() if one.status is Status.DUPLICATE] == [5, 6]


@pytest.mark.parametrize(
    ("policy", "duplicates", "names"),
    [
        (DuplicatePolicy.KEEP_FIRST, [5, 6], {2: "Anna", 3: None, 7: "Luke"}),
        (DuplicatePolicy.KEEP_LAST, [2, 6], {5: "Anne", 3: None, 7: "Luke"}),
        (DuplicatePolicy.FILL_BLANKS, [5, 6], {2: "Anna", 3: "Luca", 7: "Luke"}),
    ],
)
def test_the_policy_says_which_row_is_sent(
    tmp_path: Path, policy: DuplicatePolicy, duplicates: list[int], names: dict[int, str | None]
) -> None:
    path = tmp_path / "import.ledger"
    totals = check_contacts(draft_with(path).with_duplicates(policy))
    found = contacts(path)
    assert [row for row, one in found.items() if one.status is Status.DUPLICATE] == duplicates
    assert {
        row: one.values.get("name") for row, one in found.items() if one.status is Status.TO_SEND
    } == names
    assert totals.findings.get(FindingKind.FILLED_FROM, 0) == (
        1 if policy is DuplicatePolicy.FILL_BLANKS else 0
    )


def test_several_processes_find_what_one_finds(tmp_path: Path) -> None:
    rows = tuple(
        (
            f"p{number % 250}@example.com",
            "",
            f"N{number}",
            f"{number % 28 + 1:02}/13/1980" if number % 7 else "",
        )
        for number in range(600)
    )
    alone = check_contacts(draft_with(tmp_path / "alone.ledger", rows))
    told: list[Progress] = []
    together = check_contacts(draft_with(tmp_path / "together.ledger", rows), told.append, processes=3)
    assert together == alone
    assert contacts(tmp_path / "together.ledger") == contacts(tmp_path / "alone.ledger")
    assert told[-1] == Progress(600, 600)


def test_a_stop_ends_every_process(tmp_path: Path) -> None:
    stop = Stop()
    stop.ask()
    with pytest.raises(Stopped):
        check_contacts(draft_with(tmp_path / "import.ledger"), stop=stop)


def test_parts_hold_every_row_once() -> None:
    assert spans_of(2, 9, 1) == (Span(2, 9),)
    assert spans_of(2, 100_001, 2) == (Span(2, 50_001), Span(50_002, 100_001))
    assert spans_of(0, 0, 1) == (Span(0, 0),)
    parts = spans_of(5, 1_000_000, 3)
    assert (parts[0].first, parts[-1].last) == (5, 1_000_000)
    assert all(one.last + 1 == other.first for one, other in pairwise(parts))


def test_few_rows_are_checked_by_one_process() -> None:
    assert [processes_for(*one) for one in ((0, 2), (49_999, 2), (50_000, 2), (10**6, 2), (10**6, 64))] == [
        *(1, 1, 2, 2, 4)
    ]


def test_a_do_not_contact_list_is_counted_among_the_findings(tmp_path: Path) -> None:
    collector = ExclusionCollector("")
    collector.add(("luca@example.org",))
    draft = draft_with(tmp_path / "import.ledger").with_exclusions(collector.exclusions())
    totals = check_contacts(draft)
    assert (totals.findings[FindingKind.DO_NOT_CONTACT], totals.to_send) == (3, 1)


def test_a_constant_makes_no_blank_row_a_contact(tmp_path: Path) -> None:
    path = tmp_path / "import.ledger"
    draft = draft_with(path)
    draft = draft.with_mapping(draft.mapping.with_source("custom1", ConstantSource("Fair 2026")))
    assert check_contacts(draft).blank == 1
    assert {one.values.get("custom1") for one in contacts(path).values() if one.values} == {"Fair 2026"}
