"""Rows, contacts, batches and outcomes come back as they were put down."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.batches import Batch
from app.contacts.contact import CheckedContact, Finding, FindingKind, Level, Status
from app.ledger.batches import BatchState, PlannedBatch
from app.ledger.connection import LedgerProblem
from app.ledger.contacts import Show
from app.ledger.ledger import Ledger
from app.ledger.outcomes import OutcomeTotals
from app.providers.verdicts import Outcome, OutcomeKind
from app.providers.wire import Request
from app.table.packing import Run, packed
from app.table.shape import Row

FOUND = Finding(FindingKind.PHONE_FORMATTED, Level.FIXED, "phone", "020 7946 0001", "+442079460001")
BAD = Finding(FindingKind.EMAIL_INVALID, Level.BLOCKING, "email", "no mail", limit=3)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "l") as opened:
        yield opened


def checked(ledger: Ledger, *contacts: CheckedContact) -> None:
    for _ in ledger.contacts.replace_all(contacts):
        pass


def to_send(*rows: int) -> list[CheckedContact]:
    return [CheckedContact(row, Status.TO_SEND, {"phone": f"+{row}"}) for row in rows]


def planned(ledger: Ledger, step: int, *rows: int) -> None:
    passengers = [one for one in ledger.contacts.passengers(step) if one.row in rows]
    batch = Batch(f"step{step}", tuple(passengers))
    ledger.batches.plan([PlannedBatch(step, batch, Request("POST", "contacts", (("a", "b"),), body=b"{}"))])


def answered(ledger: Ledger, step: int, **kinds: str) -> None:
    batch = ledger.departures.next(step, [BatchState.PLANNED, BatchState.UNSURE], 9)
    assert batch is not None
    told = {int(row[1:]): Outcome(OutcomeKind(kind), "code") for row, kind in kinds.items()}
    ledger.batches.answer(batch, told, next(iter(told.values())))


def test_rows_come_back_with_their_own_numbers(ledger: Ledger) -> None:
    rows = [Row(2, ("Zoë", "€ 5")), Row(3, ("", " ")), Row(7, ("a\nb", '"'))]
    assert list(ledger.rows.add(rows)) == [3]
    assert [(row.number, row.cells) for row in ledger.rows.all()] == [(r.number, r.cells) for r in rows]
    assert (ledger.rows.count(), ledger.rows.count_blank()) == (3, 1)
    assert ledger.rows.blank_numbers(5) == (3,)
    assert [row.number for row in ledger.rows.first(5)] == [2, 7]


def test_contacts_come_back_with_values_and_findings(ledger: Ledger) -> None:
    contacts = (
        CheckedContact(2, Status.TO_SEND, {"phone": "+44", "tags": ("a", "b")}, (FOUND,)),
        CheckedContact(3, Status.LEFT_OUT, {}, (BAD,)),
        CheckedContact(4, Status.BLANK),
        CheckedContact(5, Status.DUPLICATE, {"phone": "+44"}),
    )
    checked(ledger, *contacts)
    assert tuple(ledger.contacts.all()) == contacts
    assert ledger.contacts.between(3, 4) == contacts[1:3]
    totals = ledger.contacts.totals()
    assert (totals.read, totals.blank, totals.left_out, totals.duplicates, totals.to_send) == (4, 1, 1, 1, 1)
    assert totals.findings == {FOUND.kind: 1, BAD.kind: 1}
    shown = {show.name: list(ledger.contacts.row_numbers(show)) for show in Show}
    assert shown == {
        "ALL": [2, 3, 5], "TO_SEND": [2], "FIXED": [2], "WARNINGS": [], "LEFT_OUT": [3], "DUPLICATES": [5],
    }  # fmt: skip


def test_checking_again_forgets_what_was_planned(ledger: Ledger) -> None:
    checked(ledger, *to_send(2, 3))
    planned(ledger, 0, 2, 3)
    checked(ledger, *to_send(2))
    assert ledger.batches.count(0) == 0
    assert ledger.outcomes.totals(1) == OutcomeTotals(not_sent=1)


def test_what_is_sent_in_part_can_not_be_checked_again(ledger: Ledger) -> None:
    checked(ledger, *to_send(2, 3))
    planned(ledger, 0, 2)
    answered(ledger, 0, r2="created")
    with pytest.raises(LedgerProblem, match="sent already"):
        checked(ledger, *to_send(2, 3))
    with pytest.raises(LedgerProblem, match="sent already"):
        ledger.contacts.put(to_send(3))
    assert [one.row for one in ledger.contacts.all()] == [2, 3]
    assert ledger.outcomes.totals(1) == OutcomeTotals(created=1, not_sent=1)


def test_a_corrected_contact_is_planned_anew(ledger: Ledger) -> None:
    checked(ledger, *to_send(2))
    planned(ledger, 0, 2)
    ledger.contacts.put([CheckedContact(2, Status.TO_SEND, {"phone": "+3"})])
    assert ledger.batches.count(0) == 0
    assert ledger.contacts.passengers(0)[0].values == {"phone": "+3"}


def test_a_batch_comes_back_with_exactly_its_request(ledger: Ledger) -> None:
    checked(ledger, *to_send(2, 3))
    planned(ledger, 0, 2, 3)
    batch = ledger.departures.next(0, [BatchState.PLANNED], 1)
    assert batch is not None
    assert (batch.request.method, batch.request.query, batch.request.body) == ("POST", (("a", "b"),), b"{}")
    assert (batch.name, batch.size, batch.doubt) == ("step0 2-3", 2, False)


def test_nobody_is_planned_twice(ledger: Ledger) -> None:
    checked(ledger, *to_send(2, 3, 4))
    planned(ledger, 0, 2, 4)
    assert [one.row for one in ledger.contacts.passengers(0)] == [3]


def test_only_good_outcomes_go_on_to_the_next_step(ledger: Ledger) -> None:
    checked(ledger, *to_send(2, 3, 4))
    planned(ledger, 0, 2, 3, 4)
    answered(ledger, 0, r2="created", r3="refused", r4="accepted")
    assert [one.row for one in ledger.contacts.passengers(1)] == [2, 4]
    assert ledger.outcomes.totals(2) == OutcomeTotals(refused=1, not_sent=2)
    planned(ledger, 1, 2, 4)
    answered(ledger, 1, r2="accepted", r4="refused")
    assert ledger.outcomes.totals(2) == OutcomeTotals(created=1, refused=2)
    journeys = {one.row: (one.final.value, len(one.steps)) for one in ledger.outcomes.journeys(2)}
    assert journeys == {2: ("created", 2), 3: ("refused", 1), 4: ("refused", 2)}


def test_the_ways_of_a_few_are_found_without_looking_at_everybody(ledger: Ledger) -> None:
    checked(ledger, *to_send(*range(2, 6_002)))
    for step in (0, 1):
        planned(ledger, step, *range(2, 5_902))
        answered(ledger, step, r2="created")
        planned(ledger, step, *range(5_902, 6_002))
        answered(ledger, step, r5902="accepted", **({"r5950": "refused"} if step == 0 else {}))
    (last,) = [one for one in ledger.batches.in_state(BatchState.ANSWERED) if one.step and one.size == 99]
    looks: list[int] = []

    def look() -> int:
        looks.append(1)
        return 0

    ledger._connection.set_progress_handler(look, 100)
    finals = ledger.outcomes.finals_of(last, 2)
    ways = list(ledger.outcomes.journeys_between(5_949, 5_951, 2))
    few = len(looks)
    assert len(list(ledger.outcomes.journeys(2))) == 6_000
    everybody = len(looks) - few
    ledger._connection.set_progress_handler(None, 0)
    assert few < everybody / 10
    assert finals == {OutcomeKind.ACCEPTED: 99}
    assert [(one.row, one.final.value, len(one.steps)) for one in ways] == [
        (5_949, "accepted", 2),
        (5_950, "refused", 1),
        (5_951, "accepted", 2),
    ]


def test_what_a_report_needs_of_contacts_comes_page_by_page(ledger: Ledger) -> None:
    warned = FOUND._replace(kind=FindingKind.EMAIL_TYPO, level=Level.WARNING)
    checked(
        ledger,
        CheckedContact(2, Status.TO_SEND, {"phone": "+44"}, (FOUND,)),
        CheckedContact(4, Status.TO_SEND, {"phone": "+44"}, (FOUND, warned)),
        CheckedContact(5, Status.DUPLICATE, {"phone": "+44"}, (FOUND,)),
        CheckedContact(9, Status.LEFT_OUT, {}, (BAD,)),
    )
    assert ledger.contacts.judged(0, 2) == (
        CheckedContact(2, Status.TO_SEND),
        CheckedContact(4, Status.TO_SEND, {}, (FOUND, warned)),
    )
    assert ledger.contacts.judged(4, 9) == (
        CheckedContact(5, Status.DUPLICATE, {}, (FOUND,)),
        CheckedContact(9, Status.LEFT_OUT, {}, (BAD,)),
    )
    assert ledger.contacts.judged(9, 9) == ()


def test_an_unsure_batch_keeps_its_doubt_until_it_is_answered(ledger: Ledger) -> None:
    checked(ledger, *to_send(2, 3))
    planned(ledger, 0, 2, 3)
    batch = ledger.departures.next(0, [BatchState.PLANNED], 1)
    assert batch is not None
    ledger.batches.move(batch, BatchState.SENT, attempts=1)
    assert ledger.batches.in_flight()[0].id == batch.id
    ledger.batches.move(batch, BatchState.UNSURE, doubt=Outcome(OutcomeKind.UNSURE, "code", "reset"))
    assert ledger.outcomes.totals(1) == OutcomeTotals(unsure=2)
    assert next(ledger.outcomes.journeys(1)).steps[0].detail == "reset"
    assert ledger.departures.next(0, [BatchState.UNSURE], 1) is None
    again = ledger.departures.next(0, [BatchState.UNSURE], 2)
    assert again is not None
    assert again.doubt
    ledger.batches.move(again, BatchState.SENT, attempts=1)
    assert ledger.outcomes.totals(1) == OutcomeTotals(unsure=2)


def test_halves_take_the_place_of_their_batch(ledger: Ledger) -> None:
    checked(ledger, *to_send(2, 3, 4))
    planned(ledger, 0, 2, 3, 4)
    parent = ledger.departures.next(0, [BatchState.PLANNED], 1)
    assert parent is not None
    passengers = ledger.contacts.passengers_of(parent.id, 0, 2, 4)
    halves = Batch("step0", passengers).halves()
    ledger.batches.split(parent, [PlannedBatch(0, half, Request("POST", "c")) for half in halves])
    first = ledger.departures.next(0, [BatchState.PLANNED], 1)
    assert first is not None
    assert (first.name, ledger.batches.count(0)) == ("step0 2-3", 2)
    assert ledger.outcomes.totals(1) == OutcomeTotals(not_sent=3)


def test_a_doubt_is_handed_down_to_the_halves(ledger: Ledger) -> None:
    checked(ledger, *to_send(2, 3))
    planned(ledger, 0, 2, 3)
    parent = ledger.departures.next(0, [BatchState.PLANNED], 1)
    assert parent is not None
    ledger.batches.move(parent, BatchState.UNSURE, doubt=Outcome(OutcomeKind.UNSURE, "code", "reset"))
    halves = Batch("step0", ledger.contacts.passengers_of(parent.id, 0, 2, 3)).halves()
    ledger.batches.split(parent, [PlannedBatch(0, half, Request("POST", "c")) for half in halves])
    assert ledger.outcomes.totals(1) == OutcomeTotals(unsure=2)
    assert ledger.departures.next(0, [BatchState.PLANNED], 9) is None
    first = ledger.departures.next(0, [BatchState.UNSURE], 9)
    assert first is not None
    assert (first.doubt, first.size, first.attempts) == (True, 1, 0)


def test_rows_that_stand_together_are_kept_apart(tmp_path: Path) -> None:
    """Runs and single rows, gaps and blanks: each row comes back by its number."""
    plain = Run(2, 3, packed([["a", "b"], ["c", "d"], ["e", "\x1f"]]))
    rows = [Row(5, ("", " ")), Row(6, ("f", "g")), Row(9, ("h", "\x1d0\x1e"))]
    with Ledger.create(tmp_path / "l") as ledger:
        assert list(ledger.rows.add([plain, *rows, Run(10, 1, packed([["i", "j"]]))])) == [7]
        assert [row.number for row in ledger.rows.all()] == [2, 3, 4, 5, 6, 9, 10]
        assert [row.number for row in ledger.rows.between(4, 9)] == [4, 5, 6, 9]
        assert list(ledger.rows.between(7, 8)) == []
        assert ledger.corrections.cells_of([9, 4, 7, 10, 11]) == {
            4: ("e", "\x1f"),
            9: ("h", "\x1d0\x1e"),
            10: ("i", "j"),
        }
        assert (ledger.rows.blank_numbers(9), ledger.rows.first_and_last()) == ((5,), (2, 10))
        ledger.rows.leave_out([3, 9])
        assert [row.number for row in ledger.rows.all()] == [2, 4, 5, 6, 10]
        assert (ledger.rows.count(), ledger.rows.count_blank()) == (5, 1)
