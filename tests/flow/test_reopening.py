"""A report is mended and opened again: its columns are as they were chosen, its own are not the user's, and
only who is in it is sent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.contacts.mapping import ColumnMapping
from app.contacts.sources import ConstantSource, JoinedSource
from app.flow.checking import check_contacts
from app.flow.correcting import Corrector
from app.flow.draft import ImportDraft, ReadFile, new_draft
from app.flow.reading import read_file
from app.flow.reopening import reopened
from app.flow.reporting import save_report
from app.flow.uploading import PracticeAccess, practice_access, upload
from app.ledger.ledger import Ledger
from app.practice.rooms import PRACTICE_SECRETS
from app.practice.server import PracticeServer
from app.progress import Stop
from app.providers.options import Options
from app.report import Which, import_totals
from app.table.appendix import SHEET
from app.table.reading import open_table
from app.table.shape import ReadingChoice
from app.table.writing import write_table
from app.upload.upload import Ending, UploadEnd

HEADERS = ("Tel", "Vorname", "Nachname", "Result")  # whose last name is also one of a report's own
PEOPLE = [
    ("07700 900001", "Ann", "Archer", "a"),
    ("07700 900", "Bob", "Baker", "b"),
    ("07700 900003", "Cy", "Cook", "c"),
    ("nobody", "Di", "Dean", "d"),
]


@pytest.fixture
def draft(tmp_path: Path) -> ImportDraft:
    write_table(tmp_path / "people.xlsx", HEADERS, PEOPLE)
    (tmp_path / "imports").mkdir()
    made = new_draft("smsend", "GB").with_file(read(tmp_path / "people.xlsx", tmp_path))
    mapping = ColumnMapping().with_field("phoneNumber", 0)
    mapping = mapping.with_source("name", JoinedSource((1, 2), " "))
    mapping = mapping.with_source("custom1", ConstantSource("Newsletter"))
    made = made.with_mapping(mapping)
    return made.with_checked(check_contacts(made))


def read(path: Path, folder: Path) -> ReadFile:
    return read_file(path, ReadingChoice(), folder / "imports")


def mend(path: Path, column: int, mended: list[str]) -> None:
    """As somebody does it in a spreadsheet: every number in the column that needs it."""
    workbook = load_workbook(path)
    sheet = workbook.worksheets[0]
    for row, text in enumerate(mended, start=2):
        sheet.cell(row, column).value = text
    workbook.save(path)


def test_a_report_is_mended_opened_and_only_those_in_it_are_sent(draft: ImportDraft, tmp_path: Path) -> None:
    report = tmp_path / "people-to-mend.xlsx"
    with PracticeServer() as server:
        way = PracticeAccess(server.address, PRACTICE_SECRETS["smsend"])
        end = upload(draft, practice_access(draft, way), lambda _: None, Stop())
        save_report(draft, end, report, Which.TO_MEND)
        assert len(server.rooms["smsend"].contacts()) == 2
        mend(report, 1, ["07700 900002", "07700 900004"])

        file = read(report, tmp_path)
        assert file.headers == ("Tel", "Vorname", "Nachname", "Result")
        assert file.read == 2
        assert file.notes.surplus_rows == 0
        again = reopened(new_draft("octopush", "IT"), file)
        assert again is not None
        assert (again.provider_name, again.default_country) == ("smsend", "GB")
        assert again.mapping == draft.mapping
        again = again.with_checked(check_contacts(again))
        before = server.rooms["smsend"].requests
        upload(again, practice_access(again, way), lambda _: None, Stop())
        held = server.rooms["smsend"].contacts()
        assert server.rooms["smsend"].requests - before <= 2  # signing in, and one batch of two
    assert {one["name"] for one in held} == {"Ann Archer", "Bob Baker", "Cy Cook", "Di Dean"}
    assert {one["custom1"] for one in held} == {"Newsletter"}
    save_report(again, None, tmp_path / "second.xlsx")
    with open_table(tmp_path / "second.xlsx", ReadingChoice(own_columns=True)) as table:
        assert len(table.shape.columns) == len(HEADERS) + 4  # and not eight


def test_who_was_not_sent_is_told_why(draft: ImportDraft, tmp_path: Path) -> None:
    assert draft.file is not None
    with Ledger.open(draft.file.ledger) as ledger:
        totals = ledger.outcomes.totals(1)
    save_report(draft, UploadEnd(Ending.STOPPED, totals), tmp_path / "stopped.xlsx")
    with open_table(tmp_path / "stopped.xlsx", ReadingChoice(own_columns=True)) as table:
        reasons = [row.cells[-3] for row in table.rows()]
    assert reasons[0] == "The upload was stopped before its turn came."
    assert all(reasons)


def test_the_row_is_a_number_and_everything_else_is_text(draft: ImportDraft, tmp_path: Path) -> None:
    save_report(draft, None, tmp_path / "report.xlsx")
    sheet = load_workbook(tmp_path / "report.xlsx").worksheets[0]
    types = [cell.data_type for cell in next(sheet.iter_rows(min_row=2, max_row=2))]
    assert types == ["s"] * 7 + ["n"]
    assert sheet.cell(2, 8).value == 2
    assert sheet.cell(2, 1).number_format == "@"


def test_what_was_corrected_here_is_in_the_report(draft: ImportDraft, tmp_path: Path) -> None:
    assert draft.file is not None
    with Ledger.open(draft.file.ledger) as ledger:
        Corrector(ledger, draft).correct(3, {1: "Robert"})
    save_report(draft, None, tmp_path / "report.xlsx")
    with open_table(tmp_path / "report.xlsx") as table:
        assert [row.cells[1] for row in table.rows()] == ["Ann", "Robert", "Cy", "Di"]


def test_a_report_whose_columns_were_renamed_keeps_the_others(draft: ImportDraft, tmp_path: Path) -> None:
    report = tmp_path / "report.xlsx"
    save_report(draft, None, report)
    workbook = load_workbook(report)
    workbook.worksheets[0].cell(1, 2).value = "First"
    workbook.save(report)
    again = reopened(new_draft("smsend"), read(report, tmp_path))
    assert again is not None
    assert [one.field for one in again.mapping.assignments] == ["phoneNumber", "custom1"]


def with_text(report: Path, old: str, new: str) -> None:
    workbook = load_workbook(report)
    for row in workbook[SHEET].iter_rows():
        row[0].value = str(row[0].value or "").replace(old, new)
    workbook.save(report)


def test_a_strangers_report_turns_on_nothing_that_cant_be_undone(draft: ImportDraft, tmp_path: Path) -> None:
    report = tmp_path / "report.xlsx"
    harmful = draft.with_options(
        Options({**draft.options, "updateExistingContact": False, "keepExistingGroupsAndCampaigns": False})
    )
    save_report(harmful, None, report)
    again = reopened(new_draft("smsend"), read(report, tmp_path))
    assert again is not None
    assert again.options == again.provider.default_options()
    assert again.destination == new_draft("smsend").destination
    assert not again.consent_confirmed


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('provider = "smsend"', 'provider = "elsewhere"'),
        ('provider = "smsend"', 'server = "https://example.org"'),
        ("[columns]", "[[[["),
        ("Contact Ferry 1", "Contact Ferry 9"),
        ('"phoneNumber"', "7"),
    ],
)
def test_what_is_not_as_it_was_written_is_left_alone(
    old: str, new: str, draft: ImportDraft, tmp_path: Path
) -> None:
    report = tmp_path / "report.xlsx"
    save_report(draft, None, report)
    with_text(report, old, new)
    assert reopened(new_draft("smsend"), read(report, tmp_path)) is None


def test_a_report_holds_no_secret_no_address_and_no_contact_beside_its_rows(
    draft: ImportDraft, tmp_path: Path
) -> None:
    to = replace(draft.destination, practice=False, account="acc-1", server="https://api.example.com")
    save_report(draft.with_destination(to), None, tmp_path / "report.xlsx")
    said = [str(row[0].value) for row in load_workbook(tmp_path / "report.xlsx")[SHEET].iter_rows()]
    for hidden in ("acc-1", "api.example.com", "07700", "Archer"):
        assert not any(hidden in line for line in said)


def test_the_totals_of_a_draft_that_was_taken_up_again_are_the_same(draft: ImportDraft) -> None:
    assert draft.file is not None
    with Ledger.open(draft.file.ledger) as ledger:
        assert import_totals(ledger, 1).adds_up
