"""Dates in the ways people write them in five languages, and doubt where there is doubt."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.contacts.dates import DateOrder, DateReader, DateReading, looks_like_date, order_in, usual_order

TODAY = date(2026, 11, 21)
DAY_FIRST, MONTH_FIRST = DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST

CLEAR = """
1980-01-31 | 1980-01-31 00:00:00 | 1980-01-31T10:20:30Z | 1980-01-31T23:00:00+01:00 | 1980/1/31
1980.01.31 | 31/01/1980 | 31/1/1980 | 31.1.1980 | 31.01.1980 | 31-01-1980 | 31. 1. 1980 | 31 01 1980
31.1.80 | 31/01/80 | 31/01/1980 14:30 | 31.01.1980 10:30 Uhr | 1/31/1980 | 01/31/1980
1/31/1980 12:00:00 AM | 19800131 | 31011980 | 31 January 1980 | January 31, 1980 | Jan 31, 1980
31-Jan-80 | 31st January 1980 | Thursday, January 31st, 1980 | 31 gennaio 1980 | giovedì 31 gennaio 1980
31-gen-80 | 31 gen 1980 | 31 janvier 1980 | jeudi 31 janvier 1980 | 31 janv. 1980 | 31. Januar 1980
31. Jan. 1980 | Donnerstag, 31. Januar 1980 | 31. Jänner 1980 | 31.Januar.1980 | 31 de enero de 1980
jueves, 31 de enero de 1980 | 31/ene/1980 | 31 enero 1980
"""


@pytest.mark.parametrize("text", [text.strip() for text in re.split(r"[|\n]", CLEAR) if text.strip()])
@pytest.mark.parametrize("order", DateOrder)
def test_clear_dates_are_read_whatever_the_order(text: str, order: DateOrder) -> None:
    assert DateReader(order, TODAY).read(text) == DateReading("1980-01-31")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("3. März 1975", "1975-03-03"),
        ("'31/12/1980", "1980-12-31"),
        ("31,12,1980", "1980-12-31"),
        ("31\\12\\1980", "1980-12-31"),
        ("1º de enero de 1980", "1980-01-01"),
        ("primo gennaio 1980", "1980-01-01"),
        ("1er janvier 1980", "1980-01-01"),
        ("nata il 15/08/1990", "1990-08-15"),
        ("geb. 15.08.1990", "1990-08-15"),
        ("20240131T101500Z", "2024-01-31"),
        ("3 mars 1975", "1975-03-03"),
        ("mar 3 mar 1981", "1981-03-03"),
        ("martedì 3 marzo 1981", "1981-03-03"),
        ("mar 3 mars 1981", "1981-03-03"),
        ("Mar 3 1981", "1981-03-03"),
        ("3 août 2001", "2001-08-03"),
        ("1er février 1999", "1999-02-01"),
        ("15 dicembre 1960", "1960-12-15"),
        ("15 diciembre 1960", "1960-12-15"),
        ("15. Dez. 1960", "1960-12-15"),
        ("Sept 3 2001", "2001-09-03"),
        ("7 sett 1988", "1988-09-07"),
        ("29/02/2000", "2000-02-29"),
    ],
)
def test_months_are_known_in_five_languages(text: str, iso: str) -> None:
    assert DateReader(DAY_FIRST, TODAY).read(text).iso == iso


@pytest.mark.parametrize(
    "text",
    [
        "1980-02-30",
        "0000-00-00",
        "1900-01-00",
        "31/02/1990",
        "32/01/1990",
        "abc",
        "29221",
        "31/1",
        "1/2/3",
        "12345678901",
        "1980",
        "29/02/1999",
        "13/13/1980",
        "--/--/----",
        "3000-01-01",
        "+393331234567",
        "anna@example.com",
        "31/01-1980",
        "january",
    ],
)
def test_what_is_no_date_is_not_made_one(text: str) -> None:
    assert DateReader(DAY_FIRST, TODAY).read(text) == DateReading("")


@pytest.mark.parametrize(
    ("order", "text", "iso"),
    [
        (DAY_FIRST, "03/04/1980", "1980-04-03"),
        (MONTH_FIRST, "03/04/1980", "1980-03-04"),
        (DAY_FIRST, "3.4.80", "1980-04-03"),
        (DAY_FIRST, "01-02-03", "2003-02-01"),
    ],
)
def test_a_date_with_two_readings_says_so(order: DateOrder, text: str, iso: str) -> None:
    assert DateReader(order, TODAY).read(text) == DateReading(iso, ambiguous=True)


def test_the_same_day_and_month_is_no_doubt() -> None:
    assert DateReader(DAY_FIRST, TODAY).read("05/05/1990") == DateReading("1990-05-05")


@pytest.mark.parametrize(
    ("latest", "text", "iso"),
    [
        (date(2026, 1, 31), "31/01/26", "2026-01-31"),
        (date(2026, 1, 31), "01/02/26", "1926-02-01"),
        (date(2026, 1, 31), "1 febbraio 26", "1926-02-01"),
        (date(2026, 1, 31), "31/01/27", "1927-01-31"),
        (date(2036, 12, 31), "31/01/30", "2030-01-31"),
    ],
)
def test_two_digit_years_end_with_the_latest_day(latest: date, text: str, iso: str) -> None:
    assert DateReader(DAY_FIRST, latest).read(text).iso == iso


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["03/04/1980", "13/04/1980"], DAY_FIRST),
        (["03/04/1980", "04/13/80"], MONTH_FIRST),
        (["03/04/1980", "05/06/1980"], None),
        (["13/04/1980", "04/13/1980"], None),
        (["1980-13-01", "", "x"], None),
        ([], None),
    ],
)
def test_a_column_may_prove_its_order(texts: list[str], order: DateOrder | None) -> None:
    assert order_in(texts) is order


@pytest.mark.parametrize(
    ("country", "order"), [("US", MONTH_FIRST), ("us", MONTH_FIRST), ("IT", DAY_FIRST), ("", DAY_FIRST)]
)
def test_the_country_says_what_is_usual(country: str, order: DateOrder) -> None:
    assert usual_order(country) is order


@given(st.dates(), st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%d %B %Y", "%B %d, %Y", "%Y%m%d"]))
def test_every_sensible_day_is_read_back(day: date, pattern: str) -> None:
    if 1900 <= day.year < 2100:
        assert DateReader(DAY_FIRST, TODAY).read(day.strftime(pattern)).iso == day.isoformat()


@given(st.text(st.characters(), max_size=100))
def test_no_text_makes_reading_fail(text: str) -> None:
    reader = DateReader(DAY_FIRST, TODAY)
    assert reader.read(text) == reader.read(text)


def test_what_looks_like_a_date() -> None:
    assert looks_like_date(" 31/12/99 ")
    assert not looks_like_date("333 1234567")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("15/4/'75", "1975-04-15"),
        ("15 Apr \u201975", "1975-04-15"),
        ("1 ag. 2003", "2003-08-01"),
        ("\N{FULLWIDTH DIGIT TWO}5\N{FULLWIDTH SOLIDUS}02\N{FULLWIDTH SOLIDUS}2003", "2003-02-25"),
        ("\N{ARABIC-INDIC DIGIT TWO}\N{ARABIC-INDIC DIGIT FIVE}/02/2003", "2003-02-25"),
        ("Sun Feb 01 2003 00:00:00 GMT+0100 (CET)", "2003-02-01"),
        ("2003-02-01T00:00", "2003-02-01"),
        ("2003-02-01T00:00:00+01:00", "2003-02-01"),
    ],
)
def test_dates_of_programs_and_other_keyboards_are_read(text: str, iso: str) -> None:
    assert DateReader(DAY_FIRST, TODAY).read(text).iso == iso
