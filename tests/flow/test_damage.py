"""What spreadsheets do to phone numbers is counted, named by row, and mended where it can be."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.flow.damage import DamageKind, damage_in, phone_damage
from app.ledger.ledger import Ledger
from app.progress import Stop, tell_nobody
from app.table.shape import Row


def _kinds(text: str, country: str) -> list[tuple[DamageKind, str]]:
    report = damage_in([(2, text)], 0, country, tell_nobody, Stop(), 1)
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


def test_a_whole_column_is_examined_in_a_child(tmp_path: Path) -> None:
    path = tmp_path / "import.ledger"
    texts = ["+393471234567", "3.93E+11", "", "3,93E+11", "3471234567"]
    with Ledger.create(path) as ledger:
        for _ in ledger.rows.add(Row(number, ("Anna", text)) for number, text in enumerate(texts, 2)):
            pass
    report = phone_damage(path, 1, "IT")
    assert (report.filled, report.sound) == (4, 1)
    assert [(each.kind, each.count, each.rows) for each in report.damages] == [
        (DamageKind.DIGITS_LOST, 2, (3, 5)),
        (DamageKind.PREFIX_MISSING, 1, (6,)),
    ]
    assert report.damages[0].sentence.endswith("Rows 3, 5.")
    assert report.damages[1].sentence.endswith("“3471234567” becomes +393471234567.")
