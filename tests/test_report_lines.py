"""The lines of a report: who is in it, what is said of each, and that waiting for it is told and can end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from app.batches import Batch
from app.contacts.contact import CheckedContact, Finding, FindingKind, Level, Status
from app.ledger.batches import BatchState, PlannedBatch
from app.ledger.corrections import RowState
from app.ledger.ledger import Ledger
from app.progress import Progress, Stop, Stopped
from app.providers.contract import Provider
from app.providers.known import provider_named
from app.providers.options import Options, OptionValue
from app.providers.verdicts import Outcome, OutcomeKind
from app.providers.wire import Request
from app.report import ROWS_AT_ONCE, Which, write_report
from app.table.reading import open_table
from app.table.shape import ReadingChoice, Row

MANY = 3 * ROWS_AT_ONCE + 10
ACCEPTED = Outcome(OutcomeKind.ACCEPTED)
WARNED = Finding(FindingKind.EMAIL_TYPO, Level.WARNING, "email", "a@gmial.com", "a@gmail.com")
TIDIED = Finding(FindingKind.SPACES_REMOVED, Level.FIXED, "email")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "an.ledger") as opened, opened.unsynced():
        yield opened


def provider(name: str) -> Provider:
    found = provider_named(name)
    assert found is not None
    return found


def imported(ledger: Ledger, contacts: Sequence[CheckedContact]) -> None:
    for _ in ledger.rows.add(Row(one.row, (f"n{one.row}",)) for one in contacts):
        pass
    for _ in ledger.contacts.replace_all(contacts):
        pass


def answered(ledger: Ledger, step: int, others: Outcome, told: dict[int, Outcome] | None = None) -> None:
    passengers = ledger.contacts.passengers(step, limit=MANY)
    ledger.batches.plan([PlannedBatch(step, Batch(f"step{step}", passengers), Request("POST", "contacts"))])
    (batch,) = ledger.batches.in_state(BatchState.PLANNED)
    ledger.batches.answer(batch, told or {}, others)


def lines(
    ledger: Ledger,
    folder: Path,
    name: str = "smsend",
    which: Which = Which.ALL,
    chosen: Mapping[str, OptionValue] | None = None,
) -> list[tuple[str, ...]]:
    path, of = folder / "report.csv", provider(name)
    options = Options({**of.default_options(), **(chosen or {})})
    write_report(ledger, ("Name",), of, options, path, which, unfinished="It ended.")
    with open_table(path, ReadingChoice(own_columns=True)) as table:
        return [row.cells for row in table.rows()]


def to_send(*rows: int, findings: tuple[Finding, ...] = ()) -> list[CheckedContact]:
    return [CheckedContact(row, Status.TO_SEND, {"email": f"{row}@example.com"}, findings) for row in rows]


def test_how_far_it_is_is_told_by_rows_looked_at_however_few_are_wanted(
    ledger: Ledger, tmp_path: Path
) -> None:
    imported(ledger, to_send(*range(2, MANY + 2)))
    answered(ledger, 0, ACCEPTED, {MANY: Outcome(OutcomeKind.REFUSED, detail="no")})
    for which, found in ((Which.ALL, MANY), (Which.TO_MEND, 1), (Which.LEFT_OUT, 0)):
        told: list[Progress] = []
        path, of = tmp_path / "report.xlsx", provider("smsend")
        write_report(ledger, ("Name",), of, of.default_options(), path, which, told.append)
        assert told == [Progress(min(MANY, 1_000 * count), MANY) for count in (1, 2, 3, 4)]
        if found:
            with open_table(path) as table:
                assert sum(1 for _ in table.rows()) == found


@pytest.mark.parametrize("which", list(Which))
def test_it_can_be_stopped_also_where_nobody_is_wanted(which: Which, ledger: Ledger, tmp_path: Path) -> None:
    imported(ledger, to_send(*range(2, MANY + 2)))
    answered(ledger, 0, ACCEPTED)
    place = tmp_path / "report.xlsx"
    place.write_bytes(b"what was there before")
    stop, told = Stop(), list[Progress]()

    def tell(progress: Progress) -> None:
        told.append(progress)
        stop.ask()

    of = provider("smsend")
    with pytest.raises(Stopped):
        write_report(ledger, ("Name",), of, of.default_options(), place, which, tell, stop)
    assert len(told) == 1
    assert place.read_bytes() == b"what was there before"
    assert {one.name for one in tmp_path.iterdir() if not one.name.startswith("an.")} == {"report.xlsx"}


def test_what_warns_stands_behind_what_became_of_the_row(ledger: Ledger, tmp_path: Path) -> None:
    contacts = [*to_send(2, 4), *to_send(5, findings=(TIDIED, WARNED)), *to_send(9, findings=(TIDIED,))]
    imported(ledger, contacts)
    refused = Outcome(OutcomeKind.REFUSED, detail="no such mailbox")
    answered(ledger, 0, refused, {2: ACCEPTED})
    found = lines(ledger, tmp_path)
    assert [row[1] for row in found] == ["Accepted", "Refused", "Refused", "Refused"]
    assert found[0][2] == ""
    assert found[1][2] == found[3][2] == "smsend says: no such mailbox"
    assert found[2][2].startswith("smsend says: no such mailbox ")
    assert "a@gmail.com" in found[2][2]
    assert [row[-1] for row in found] == ["2", "4", "5", "9"]


def test_each_is_told_how_far_it_came_of_two_steps(ledger: Ledger, tmp_path: Path) -> None:
    imported(ledger, to_send(2, 3, 4, 5))
    answered(ledger, 0, Outcome(OutcomeKind.CREATED), {3: Outcome(OutcomeKind.REFUSED, detail="bad key")})
    two: Mapping[str, OptionValue] = {"list_id": 7, "action": "create_and_list"}
    waiting = lines(ledger, tmp_path, "emarsys", chosen=two)
    assert [row[1] for row in waiting] == ["Not sent", "Refused", "Not sent", "Not sent"]
    assert "but not yet" in waiting[0][2]
    assert "It ended." in waiting[0][2]
    answered(ledger, 1, ACCEPTED, {5: Outcome(OutcomeKind.REFUSED, detail="no such list")})
    done = lines(ledger, tmp_path, "emarsys", chosen=two)
    assert [row[1] for row in done] == ["Created", "Refused", "Created", "Refused"]
    assert done[1][2] == "Emarsys says: bad key"
    assert done[3][2].endswith("Emarsys says: no such list")
    mend = lines(ledger, tmp_path, "emarsys", Which.TO_MEND, two)
    assert [row[-1] for row in mend] == ["3", "5"]


def test_cells_are_as_they_were_corrected_also_where_they_became_more_or_fewer(
    ledger: Ledger, tmp_path: Path
) -> None:
    imported(ledger, to_send(2, 3, 4))
    states = [(2, RowState(("Ann", "too many"))), (4, RowState(()))]
    ledger.corrections.change(ledger.corrections.begin_step(), states)
    assert [row[0] for row in lines(ledger, tmp_path)] == ["Ann", "n3", ""]


def test_a_row_that_was_not_checked_is_no_line_of_another(ledger: Ledger, tmp_path: Path) -> None:
    imported(ledger, to_send(2, 3))
    for _ in ledger.contacts.replace_all(to_send(2, 4)):
        pass
    with pytest.raises(LookupError, match="row 3"):
        lines(ledger, tmp_path)
