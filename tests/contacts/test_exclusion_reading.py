"""Everybody in a do-not-contact list is found, however its cells are filled; what is not is counted."""

from __future__ import annotations

from collections.abc import Sequence

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from app.contacts.exclusion_reading import ExclusionCollector
from app.contacts.exclusions import Exclusions


def gathered(rows: Sequence[Sequence[str]], country: str = "IT") -> Exclusions:
    collector = ExclusionCollector(country)
    for row in rows:
        collector.add(row)
    return collector.exclusions()


def known(found: Exclusions, *values: str) -> list[str]:
    return [value for value in values if value in found]


@pytest.mark.parametrize(
    "cell",
    [
        "anna@example.com; bob@example.com",
        "anna@example.com bob@example.com",
        "Anna <anna@example.com>, Bob <bob@example.com>",
        "anna@example.com/bob@example.com",
        "anna@example.com\nbob@example.com",
        "anna@example.com (private), bob@example.com (work)",
        "anna@example.com, 333 1234567, bob@example.com",
        "mailto:anna@example.com bob@example.com.",
    ],
)
def test_every_address_of_a_cell_is_known(cell: str) -> None:
    found = gathered([("Who",), (cell,)])
    assert known(found, "anna@example.com", "bob@example.com") == ["anna@example.com", "bob@example.com"]
    assert found.not_understood == 0


@pytest.mark.parametrize("country", ["IT", ""])
@pytest.mark.parametrize(
    "cell",
    [
        "333 1234567 / 333 7654321",
        "333 1234567; 333 7654321",
        "333/1234567 - 333/7654321",
        "3331234567\n3337654321",
        "+39 333 1234567 or 333 7654321",
        "Tel. 333 1234567 Mob. 333 7654321",
    ],
)
def test_every_number_of_a_cell_is_known(cell: str, country: str) -> None:
    found = gathered([("Phone",), (cell,), ("333 1111111",)], country)
    numbers = ["+393331234567", "+393337654321", "+393331111111"]
    assert known(found, *numbers) == numbers


def test_an_address_and_a_number_may_share_a_cell() -> None:
    found = gathered([("Contact",), ("anna@example.com / 333 1234567",), ("bob@example.com",)])
    assert len(known(found, "anna@example.com", "+393331234567", "bob@example.com")) == 3
    assert len(found) == 3


@pytest.mark.parametrize("mark", ["\u200b", "\u200d", "\ufeff", "\u202a", "\u00ad", "\u2060", "\u00a0"])
def test_what_can_not_be_seen_hides_nobody(mark: str) -> None:
    found = gathered([(f"anna@example.com{mark}", f"{mark}333 1234567"), (f"{mark}bob@example.com", "")])
    assert len(known(found, "anna@example.com", "bob@example.com", "+393331234567")) == 3


def test_a_column_may_begin_far_below() -> None:
    rows = [(f"333 12{row:05}", "") for row in range(1_000)]
    rows += [("", f"p{row}@example.com") for row in range(10)]
    found = gathered([("Phone", "E-mail"), *rows])
    assert len(found) == 1_010
    assert "p9@example.com" in found


def test_the_columns_of_each_sheet_are_judged_by_themselves() -> None:
    collector = ExclusionCollector("IT")
    for cell in ("Phone", "333 1234567"):
        collector.add((cell,))
    collector.begin_sheet()
    for cell in ("Notes", "called", "wrote", "called", "waits", "asked at 333 7654321"):
        collector.add((cell,))
    found = collector.exclusions()
    assert known(found, "+393331234567", "+393337654321") == ["+393331234567"]
    assert (len(found), found.not_understood) == (1, 0)


def test_a_number_by_itself_among_notes_is_compared_but_not_counted() -> None:
    rows = [("anna@example.com", "called"), ("bob@example.com", "wrote"), ("eva@example.com", "333 7654321")]
    rows += [(f"p{row}@example.com", "waits") for row in range(9)]
    found = gathered([("E-mail", "Notes"), *rows])
    assert "+393337654321" in found
    assert (len(found), found.not_understood) == (12, 0)


def test_customer_numbers_are_not_counted_as_people() -> None:
    rows = [(f"p{row}@example.com", f"20260000{row:05}") for row in range(20)]
    found = gathered([("E-mail", "No."), *rows])
    assert (len(found), found.not_understood) == (20, 0)


def test_a_mistyped_address_counts_once() -> None:
    found = gathered([("E-mail",), ("anna@gmial.com",)])
    assert len(known(found, "anna@gmial.com", "anna@gmail.com")) == 2
    assert len(found) == 1


def test_addresses_numbers_and_names_may_be_mixed_in_a_column() -> None:
    rows = [(f"p{row}@example.com",) if row % 2 else (f"333 12345{row:02}",) for row in range(30)]
    found = gathered([("Contact",), *rows, *(("Mario Rossi",) for _ in range(10))])
    assert len(found) == 30
    assert found.not_understood == 10


def test_numbers_that_are_no_phone_numbers_are_not_taken() -> None:
    rows = [(f"p{row}@example.com", f"Called on 2026-01-{row:02}, 10:30", "+39") for row in range(1, 9)]
    rows.append(("z@example.com", "said: 333 1234567", "+39"))
    found = gathered([("E-mail", "Notes", "Code"), *rows])
    assert len(found) == 9
    assert "+393331234567" not in found


@pytest.mark.parametrize(
    "region", ["IT", "DE", "FR", "ES", "GB", "US", "RU", "HU", "AR", "BR", "CN", "EG", "MX"]
)
def test_a_number_of_any_country_is_known_however_it_is_written_and_read(region: str) -> None:
    for kind in (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE):
        number = phonenumbers.example_number_for_type(region, kind)
        assert number is not None
        whole = phonenumbers.format_number(number, PhoneNumberFormat.E164)
        written = (
            phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL),
            phonenumbers.national_significant_number(number),
            phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL),
            f"00{whole[1:]}",
            whole[1:],
        )
        for text in written:
            for country in ("", region, "IT", "US"):
                assert whole in gathered([("Phone",), (text,)], country), (text, country)


def test_titles_and_headers_are_not_counted_and_blanks_neither() -> None:
    rows = [("Do not contact", ""), ("as of 2026", ""), ("E-mail", "Phone"), ("anna@example.com", "-")]
    rows += [("", "333 1234567"), ("#N/A", "n/a")]
    found = gathered(rows)
    assert (len(found), found.not_understood) == (2, 0)


def test_what_is_not_understood_is_counted() -> None:
    rows = [("E-mail", "Phone"), ("anna@example.com", "333 1234567"), ("bob at example", "3,93E+11")]
    rows += [("eva@example.com and x@", "333 1234568"), ("luca@example.com", "ask Anna")]
    collector = ExclusionCollector("IT")
    for row in rows:
        collector.add(row)
    collector.add(("ugo@example.com", "333 1234569"), beyond=2)
    assert collector.exclusions().not_understood == 6


def test_a_number_that_is_none_in_this_country_is_known_by_its_digits() -> None:
    found = gathered([("Phone",), ("0151 23456789",), ("8 912 345-67-89",)])
    assert len(found) == 2
    assert known(found, "+4915123456789", "+79123456789") == ["+4915123456789", "+79123456789"]


@given(st.lists(st.tuples(st.text(max_size=40), st.text("0123456789+/ -.,;@aE", max_size=40)), max_size=5))
def test_no_text_is_too_strange(rows: list[tuple[str, str]]) -> None:
    found = gathered(rows)
    assert len(found) >= 0
    assert found.not_understood >= 0
