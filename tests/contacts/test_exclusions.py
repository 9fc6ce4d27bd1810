"""A do-not-contact list leaves people out however their address or number is written."""

from __future__ import annotations

import pickle
from datetime import date

from app.contacts.checking import Checker
from app.contacts.contact import FindingKind, Level, Status
from app.contacts.exclusions import ExclusionCollector, Exclusions
from app.contacts.fields import ContactSchema, Field, FieldKind, Meaning
from app.contacts.mapping import Assignment, ColumnMapping

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
    ("Anna", " Anna@Example.com ", "333 1234567", "10001"),
    ("Luca", "luca@example.org", "", "10002"),
    ("Eva", "", "+39 347 1234567", "10003"),
    ("Ugo", "not an address", "12", ""),
]


def exclusions() -> Exclusions:
    collector = ExclusionCollector(LIST, "IT")
    assert collector.positions == (1, 2)
    for row in LIST:
        collector.add(row)
    return collector.exclusions()


def test_people_are_known_by_address_and_by_number() -> None:
    found = exclusions()
    assert len(found) == 4
    assert "anna@example.com" in found
    assert "+393331234567" in found
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


def test_an_empty_list_leaves_nobody_out() -> None:
    assert "anna@example.com" not in Exclusions()
    assert ExclusionCollector([], "").positions == ()
