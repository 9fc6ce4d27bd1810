"""A text is found wherever a person would see it, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.contacts.contact import CheckedContact, Finding, FindingKind, Level, Status
from app.ledger.contacts import Show
from app.ledger.ledger import Ledger
from app.table.shape import Row

BAD = Finding(FindingKind.EMAIL_INVALID, Level.BLOCKING, "email", "nobody")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    rows = [
        Row(2, ("Élodie Müller", "+44 7700 900001")),
        Row(3, ('Rob "100%" O\\Hara', "nobody")),
        Row(4, ("anna_b", "")),
    ]
    contacts = [
        CheckedContact(2, Status.TO_SEND, {"phone": "+447700900001", "tags": ("news", "vip")}),
        CheckedContact(3, Status.LEFT_OUT, {}, (BAD,)),
        CheckedContact(4, Status.TO_SEND, {"name": "anna_b"}),
    ]
    with Ledger.create(tmp_path / "l") as opened:
        assert list(opened.rows.add(rows)) == [3]
        assert list(opened.contacts.replace_all(contacts)) == [3]
        yield opened


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("447700900001", [2]),  # as it was cleaned
        ("7700 900", [2]),  # as it stands in the file
        ("élodie", [2]),
        ("MÜLLER", [2]),
        ("VIP", [2]),
        ('"100%"', [3]),
        ("100", [3]),
        ("o\\h", [3]),
        ("a_b", [4]),
        ("a%b", []),
        ("phone", []),  # a field's key is nobody's name
        ("n", [2, 3, 4]),
    ],
)
def test_a_text_finds_its_rows(ledger: Ledger, text: str, rows: list[int]) -> None:
    assert list(ledger.contacts.row_numbers(Show.ALL, text=text)) == rows


def test_a_search_narrows_a_filter_and_a_kind(ledger: Ledger) -> None:
    found = ledger.contacts.row_numbers
    assert list(found(Show.TO_SEND, text="n")) == [2, 4]
    assert list(found(Show.ALL, FindingKind.EMAIL_INVALID, "n")) == [3]
