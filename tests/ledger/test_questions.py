"""What the preview and the report ask of a ledger: filters, counts, and reasons that add up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.batches import Batch
from app.contacts.contact import CheckedContact, Finding, FindingKind, Level, Status
from app.ledger.batches import BatchState, PlannedBatch
from app.ledger.contacts import Show
from app.ledger.ledger import Ledger
from app.providers.verdicts import Outcome, OutcomeKind
from app.providers.wire import Request

LOWERED = Finding(FindingKind.EMAIL_LOWERED, Level.FIXED, "email", "A@B", "a@b")
NO_MAIL = Finding(FindingKind.EMAIL_INVALID, Level.BLOCKING, "email", '["email_typo",')
NO_PHONE = Finding(FindingKind.PHONE_INVALID, Level.BLOCKING, "phone", "12")
TYPO = Finding(FindingKind.EMAIL_TYPO, Level.WARNING, "email", "a@gmial.com")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "l") as opened:
        list(
            opened.contacts.replace_all(
                [
                    CheckedContact(2, Status.TO_SEND, {"email": "a@b"}, (LOWERED,)),
                    CheckedContact(3, Status.BLANK),
                    CheckedContact(4, Status.LEFT_OUT, {}, (NO_MAIL, NO_PHONE)),
                    CheckedContact(5, Status.LEFT_OUT, {}, (NO_PHONE, NO_MAIL, NO_PHONE)),
                    CheckedContact(6, Status.LEFT_OUT, {}, (NO_MAIL, LOWERED)),
                    CheckedContact(7, Status.TO_SEND, {"email": "c@d"}, (TYPO,)),
                    CheckedContact(8, Status.TO_SEND, {"email": "e@f"}),
                    CheckedContact(9, Status.DUPLICATE, {"email": "e@f"}),
                ]
            )
        )
        yield opened


def test_each_filter_counts_what_it_shows(ledger: Ledger) -> None:
    counts = ledger.contacts.counts()
    assert counts == {show: len(ledger.contacts.row_numbers(show)) for show in Show}
    assert counts[Show.ALL] == 7
    assert list(ledger.contacts.row_numbers(Show.LEFT_OUT)) == [4, 5, 6]


def test_a_kind_is_found_by_its_findings_and_not_by_a_text_that_looks_like_one(ledger: Ledger) -> None:
    assert list(ledger.contacts.row_numbers(Show.ALL, FindingKind.EMAIL_TYPO)) == [7]
    assert list(ledger.contacts.row_numbers(Show.ALL, FindingKind.EMAIL_LOWERED)) == [2, 6]
    assert list(ledger.contacts.row_numbers(Show.LEFT_OUT, FindingKind.EMAIL_LOWERED)) == [6]


def test_contacts_are_fetched_by_their_rows_in_the_sheets_order(ledger: Ledger) -> None:
    assert [contact.row for contact in ledger.contacts.of_rows([9, 2, 100])] == [2, 9]
    assert ledger.contacts.of_rows([]) == ()


def test_why_rows_were_left_out_adds_up_to_the_left_out(ledger: Ledger) -> None:
    why = ledger.contacts.why_left_out()
    assert why == {(FindingKind.EMAIL_INVALID, FindingKind.PHONE_INVALID): 2, (FindingKind.EMAIL_INVALID,): 1}
    assert sum(why.values()) == ledger.contacts.totals().left_out


def test_reasons_are_grouped_with_the_most_frequent_first(ledger: Ledger) -> None:
    passengers = ledger.contacts.passengers(0)
    ledger.batches.plan([PlannedBatch(0, Batch("add", passengers), Request("POST", "x"))])
    batch = ledger.departures.next(0, [BatchState.PLANNED], 9)
    assert batch is not None
    refused = OutcomeKind.REFUSED
    outcomes = {
        2: Outcome(refused, "a", "one"),
        7: Outcome(refused, "a", "two"),
        8: Outcome(refused, "", "x"),
    }
    ledger.batches.answer(batch, outcomes, Outcome(OutcomeKind.ACCEPTED))
    reasons = ledger.outcomes.reasons()
    assert [(one.outcome.code, one.outcome.detail, one.count) for one in reasons] == [
        ("a", "one", 2),
        ("", "x", 1),
    ]
    assert len(ledger.outcomes.reasons(limit=1)) == 1


def test_those_who_arrived_have_no_reason(ledger: Ledger) -> None:
    assert ledger.outcomes.reasons() == ()


@pytest.mark.parametrize("asked", ["STRASSE@example.com", "straße@example.com", "Straße@EXAMPLE.com"])
def test_contacts_are_found_by_what_duplicates_are_told_by(tmp_path: Path, asked: str) -> None:
    people = [
        CheckedContact(row, Status.TO_SEND, {"email": email})
        for row, email in enumerate(("Strasse@example.com", "STRAßE@example.com", "gasse@example.com"), 2)
    ]
    with Ledger.create(tmp_path / "m") as opened:
        list(opened.contacts.replace_all(people))
        assert opened.contacts.rows_with([("email", asked)], 9) == {2, 3}
        opened.contacts.index_keys(["email"])
        assert opened.contacts.rows_with([("email", asked)], 9) == {2, 3}
