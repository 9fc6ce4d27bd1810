"""Numbers with decimals: as people write them, in one way for providers, never silently another number."""

from __future__ import annotations

from datetime import date

import pytest

from app.contacts.cleaners import Cleaners
from app.contacts.contact import Finding, FindingKind
from app.contacts.decimals import DecimalReading, read_decimal
from app.contacts.fields import Field, FieldKind

POINTS = Field("100004", "Points", FieldKind.DECIMAL, max_length=24)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", "12"),
        ("-12.50", "-12.50"),
        ("+7", "7"),
        ("12,5", "12.5"),
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1'234.5", "1234.5"),
        ("1 234 567,8", "1234567.8"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("007", "7"),
        ("0.5", "0.5"),
        ("-0", "0"),
        ("0,125", "0.125"),
        *((text, "") for text in ("abc", "", "12 kg", "1.2.3", "1,23,4", "1 2", "--1", ".5.", "1e5", "٣")),
    ],
)
def test_a_number_is_read_however_it_is_written(text: str, number: str) -> None:
    assert read_decimal(text, "IT").number == number


@pytest.mark.parametrize(
    ("text", "country", "number"),
    [("1,234", "GB", "1234"), ("1,234", "IT", "1.234"), ("1.234", "GB", "1.234"), ("1.234", "DE", "1.234")],
)
def test_what_could_be_two_numbers_is_said_to_be(text: str, country: str, number: str) -> None:
    assert read_decimal(text, country) == DecimalReading(number, doubtful=True)


@pytest.mark.parametrize(
    ("text", "value", "kinds"),
    [
        ("12.5", "12.5", []),
        ("12,5", "12.5", [FindingKind.NUMBER_FORMATTED]),
        ("1,234", "1.234", [FindingKind.NUMBER_DOUBTFUL]),
        ("abc", "", [FindingKind.NUMBER_INVALID]),
        ("#N/A", "", [FindingKind.CELL_ERROR]),
        ("n/a", "", []),
        ("9" * 24, "9" * 24, []),
        ("9" * 25, "", [FindingKind.TOO_LONG]),
    ],
)
def test_a_number_field_refuses_here_what_the_server_would_refuse(
    text: str, value: str, kinds: list[FindingKind]
) -> None:
    told: list[Finding] = []
    clean = Cleaners("IT", date(2026, 1, 1)).cleaner(POINTS, None)
    assert clean(text, told.append) == value
    assert [one.kind for one in told] == kinds
