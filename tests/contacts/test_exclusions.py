"""A do-not-contact list leaves people out however their address or number is written."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from datetime import date

import pytest

from app.contacts.checking import Checker
from app.contacts.contact import FindingKind, Level, Status
from app.contacts.exclusion_reading import ExclusionCollector
from app.contacts.exclusions import Exclusions
from app.contacts.fields import ContactSchema, Field, FieldKind, Meaning
from app.contacts.mapping import Assignment, ColumnMapping
from app.contacts.rules import NO_RULES, FieldRule, Rules

SCHEMA = ContactSchema(
    (
        Field("email", "E-mail", FieldKind.EMAIL, Meaning.EMAIL),
        Field("phone", "Phone", FieldKind.PHONE, Meaning.MOBILE),
    ),
    one_of=(("email", "phone"),),
    keys=("email", "phone"),
)
MAPPING = ColumnMapping((Assignment("email", 0), Assignment("phone", 1)))
LIST = [
    ("Name", "E-mail", "Mobile", "No."),
    ("Anna", " Anna@Example.com ", "333 1234567", "10001"),
    ("Luca", "luca@example.org", "", "10002"),
    ("Eva", "", "+39 347 1234567", "10003"),
    ("Ugo", "not an address", "12", ""),
]


def gathered(rows: Sequence[Sequence[str]], country: str = "IT") -> Exclusions:
    collector = ExclusionCollector(country)
    for row in rows:
        collector.add(row)
    return collector.exclusions()


def exclusions() -> Exclusions:
    return gathered(LIST)


def status(
    found: Exclusions, email: str, phone: str = "", country: str = "IT", rules: Rules = NO_RULES
) -> Status:
    checker = Checker(SCHEMA, MAPPING, country, date(2026, 1, 31), exclusions=found, rules=rules)
    return checker.check(2, [email, phone]).status


def test_people_are_known_by_address_and_by_number() -> None:
    found = exclusions()
    assert len(found) == 4
    assert "anna@example.com" in found
    assert "+393331234567" in found
    assert "+393471234567" in found
    assert "eva@example.com" not in found


def test_who_is_on_the_list_is_left_out() -> None:
    checker = Checker(SCHEMA, MAPPING, "IT", date(2026, 1, 31), exclusions=exclusions())
    by_mail = checker.check(2, ["ANNA@example.com", ""])
    assert (by_mail.status, [one.kind for one in by_mail.findings if one.level is Level.BLOCKING]) == (
        Status.LEFT_OUT,
        [FindingKind.DO_NOT_CONTACT],
    )
    assert checker.check(3, ["other@example.com", "0039 347 1234567"]).status is Status.LEFT_OUT
    assert checker.check(4, ["other@example.com", "333 7654321"]).status is Status.TO_SEND


def test_a_list_travels_to_another_process_without_addresses() -> None:
    packed = pickle.dumps(exclusions())
    assert b"example" not in packed
    assert pickle.loads(packed) == exclusions()
    assert "luca@example.org" in pickle.loads(packed)
    assert pickle.loads(packed).not_understood == 2


def test_an_empty_list_leaves_nobody_out() -> None:
    assert "anna@example.com" not in Exclusions()
    assert "+393331234567" not in Exclusions()
    assert not Exclusions()
    assert not gathered([])


@pytest.mark.parametrize("read_as", ["", "IT", "DE", "US"])
@pytest.mark.parametrize("checked_as", ["", "IT", "DE", "US"])
def test_a_number_without_a_country_is_known_whatever_country_is_chosen(
    read_as: str, checked_as: str
) -> None:
    found = gathered([("Phone",), ("333 1234567",), ("+39 347 7654321",)], read_as)
    written = "333 1234567" if checked_as in ("", "IT") else "+39 333 1234567"
    assert status(found, "anna@example.com", written, checked_as) is Status.LEFT_OUT
    assert status(found, "anna@example.com", "+39 347 7654321", checked_as) is Status.LEFT_OUT
    assert status(found, "anna@example.com", "+39 347 7654322", checked_as) is Status.TO_SEND


def test_typing_errors_that_are_put_right_lift_nobody_out_of_the_list() -> None:
    mended = NO_RULES.with_rule("email", FieldRule(words=(("gmial.com", "gmail.com"),)))
    for listed in ("anna@gmial.com", "anna@gmail.com"):
        found = gathered([("E-mail",), (listed,)])
        for written in ("anna@gmial.com", "anna@gmail.com"):
            assert status(found, written) is Status.LEFT_OUT
            assert status(found, written, rules=mended) is Status.LEFT_OUT


def test_a_zero_that_was_lost_lifts_nobody_out_of_the_list() -> None:
    mended = NO_RULES.with_rule("phone", FieldRule(zero=True))
    for listed in ("612345678", "06 12345678", "+39 06 12345678"):
        found = gathered([("Phone",), (listed,)])
        assert status(found, "bob@example.com", "612345678", rules=mended) is Status.LEFT_OUT
        assert status(found, "bob@example.com", "06 12345678") is Status.LEFT_OUT
        assert status(found, "bob@example.com", "06 12345679") is Status.TO_SEND
