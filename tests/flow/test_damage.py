"""What spreadsheets do to phone numbers is counted, named by row, and mended where it can be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.contacts.mapping import Assignment, ColumnMapping
from app.contacts.phones import PhoneReader
from app.flow.checking import CheckOrder, order_of
from app.flow.damage import DamageKind, damage_in, phone_damage
from app.flow.draft import new_draft
from app.ledger.ledger import Ledger
from app.progress import Stop, tell_nobody
from app.table.shape import Row
from tests.flow.scene import read_file_with


def _kinds(text: str, country: str) -> list[tuple[DamageKind, str]]:
    report = damage_in([(2, text, PhoneReader(country))], 0, tell_nobody, Stop(), 1)
    return [(each.kind, each.mended) for each in report.damages]


@pytest.mark.parametrize(
    ("text", "country", "kind", "mended"),
    [
        ("3.93E+11", "IT", DamageKind.DIGITS_LOST, ""),
        ("3,93E+11", "IT", DamageKind.DIGITS_LOST, ""),
        ("3.93471234567E+11", "IT", DamageKind.RECOVERED, "+393471234567"),
        ("393471234567.0", "IT", DamageKind.RECOVERED, "+393471234567"),
        ("639980012", "FR", DamageKind.ZERO_LOST, "+33639980012"),
        ("612345678", "IT", DamageKind.ZERO_LOST, "+390612345678"),
        ("347 1234567 / 348 1234567", "IT", DamageKind.TWO_NUMBERS, "+393471234567"),
        ("3471234567", "IT", DamageKind.PREFIX_MISSING, "+393471234567"),
        ("0639980012", "FR", DamageKind.PREFIX_MISSING, "+33639980012"),
        ("3471234567", "", DamageKind.PREFIX_MISSING, ""),
        ("call Anna", "IT", DamageKind.UNREADABLE, ""),
    ],
)
def test_each_kind_of_damage_is_told_apart(text: str, country: str, kind: DamageKind, mended: str) -> None:
    assert _kinds(text, country) == [(kind, mended)]


def test_a_sound_number_needs_nothing() -> None:
    assert _kinds("+39 347 123 4567", "IT") == []
    assert _kinds("00393471234567", "IT") == []
    assert _kinds("", "IT") == []


def _order(path: Path, *rows: tuple[str, ...]) -> CheckOrder:
    """What asks for rows of a phone number and a country to be checked, in a list of Germany."""
    with Ledger.create(path) as ledger:
        for _ in ledger.rows.add(Row(number, cells) for number, cells in enumerate(rows, 2)):
            pass
    draft = new_draft("smsend", "DE").with_file(replace(read_file_with("Phone", "Country"), ledger=path))
    return order_of(draft.with_mapping(ColumnMapping((Assignment("phoneNumber", 0),), phone_country=1)))


def test_every_number_is_of_the_country_that_its_row_names(tmp_path: Path) -> None:
    order = _order(
        tmp_path / "import.ledger",
        ("333 1234567", "Italia"),
        ("0639980012", "FR"),
        ("612345678", "Frankreich"),
        ("+44 7700 900123", "UK"),
        ("333 1234567", "Atlantis"),
        ("0151 23456789", ""),
    )
    report = phone_damage(order, 0)
    assert [(each.kind, each.rows, each.mended) for each in report.damages] == [
        (DamageKind.ZERO_LOST, (4,), "+33612345678"),
        (DamageKind.PREFIX_MISSING, (2, 3, 6, 7), "+393331234567"),
    ]
    report = phone_damage(replace(order, mapping=replace(order.mapping, phone_country=None)), 0)
    assert report.damages[-1].mended.startswith("+49")


def test_a_whole_column_is_examined_in_a_child(tmp_path: Path) -> None:
    texts = ["+393471234567", "3.93E+11", "", "3,93E+11", "3471234567"]
    report = phone_damage(_order(tmp_path / "import.ledger", *((text, "IT") for text in texts)), 0)
    assert (report.filled, report.sound) == (4, 1)
    assert [(each.kind, each.count, each.rows) for each in report.damages] == [
        (DamageKind.DIGITS_LOST, 2, (3, 5)),
        (DamageKind.PREFIX_MISSING, 1, (6,)),
    ]
    assert report.damages[0].sentence.endswith("Rows 3, 5.")
    assert report.damages[1].sentence.endswith("“3471234567” becomes +393471234567.")
