"""Number formats show what Excel shows, from the exact digits."""

from __future__ import annotations

import pytest

from app.table.numbers import plain, renderer, text_affixes

ACCOUNTING = '_-* #,##0.00 "€"_-;-* #,##0.00 "€"_-;_-* "-"?? "€"_-;_-@_-'
AMERICAN_PHONE = "[<=9999999]###-####;(###) ###-####"


@pytest.mark.parametrize(
    ("code", "stored", "shown"),
    [
        ("0000000000", "123456789", "0123456789"),
        ('"+39 "0', "3471234567", "+39 3471234567"),
        ("+39\\ 0", "3471234567", "+39 3471234567"),
        ("(###) ###-####", "2125550123", "(212) 555-0123"),
        (AMERICAN_PHONE, "5550123", "555-0123"),
        (AMERICAN_PHONE, "2125550123", "(212) 555-0123"),
        ("00 00 00 00 00", "612345678", "06 12 34 56 78"),
        ("000-00", "1234", "012-34"),
        ('"ID-"0000', "42", "ID-0042"),
        ("0%", "0.256", "26%"),
        ("0.00%", "0.2567", "25.67%"),
        ("#,##0.00", "1234.567", "1234.57"),
        ("#,##0", "393471234567", "393471234567"),
        ("0.00", "393471234567", "393471234567"),
        ("0.00E+00", "393471234567", "393471234567"),
        ("0", "393471234567.0", "393471234567"),
        ("[$€-410] #,##0.00", "1234.5", "€ 1,234.50"),
        ('#,##0.00\\ "€"', "-1234.5", "-1,234.50 €"),
        (ACCOUNTING, "-5", "-5.00 €"),
        ('0.0,,"M"', "1234567", "1.2M"),
        ("# ?/?", "0.5", "0.5"),
        ("yyyy-mm-dd", "45351", "2024-02-29"),
        ("d/m/yyyy", "45351.75", "2024-02-29"),
        ("d/m/yyyy h:mm", "45351.604166666664", "2024-02-29 14:30"),
        ("[$-410]d mmmm yyyy;@", "45000", "2023-03-15"),
        ("d/m/yyyy", "1", "1900-01-01"),
        ("d/m/yyyy", "59", "1900-02-28"),
        ("d/m/yyyy", "61", "1900-03-01"),
        ("d/m/yyyy", "393471234567", "393471234567"),
        ("d/m/yyyy", "-5", "-5"),
        ("h:mm AM/PM", "0.5", "12:00"),
        ("h:mm:ss", "0.500011574", "12:00:01"),
        ("[h]:mm", "1.25", "30:00"),
        ("General", "", ""),
    ],
)
def test_a_number_reads_as_excel_shows_it(code: str, stored: str, shown: str) -> None:
    assert renderer(code)(stored) == shown


def test_the_date_system_of_1904_counts_from_its_own_day() -> None:
    assert renderer("yyyy-mm-dd", True)("0") == "1904-01-01"
    assert renderer("yyyy-mm-dd", True)("43889") == "2024-02-29"


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("393471234567", "393471234567"),
        ("3.93E+11", "393000000000"),
        ("3.93471234567E+11", "393471234567"),
        ("1.2345678901234567E+16", "12345678901234567"),
        ("0.30000000000000004", "0.3"),
        ("12.0", "12"),
        ("-0.0", "0"),
        ("0.1", "0.1"),
        ("1E-7", "0.0000001"),
        ("1E+999999999", "1E+999999999"),
        ("NaN", "NaN"),
    ],
)
def test_a_number_without_a_format_keeps_its_digits_and_loses_float_noise(stored: str, shown: str) -> None:
    assert plain(stored) == shown


def test_a_format_may_surround_text() -> None:
    assert text_affixes('"+39 "@') == ("+39 ", "")
    assert text_affixes("@") is None
    assert text_affixes("General") is None
