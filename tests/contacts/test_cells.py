"""Odd spaces, invisible characters, and what spreadsheets write where a formula failed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.contacts.cells import is_blank, is_error, is_placeholder, tidy


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("Anna", "Anna"),
        ("  Anna  Maria ", "Anna Maria"),
        ("Anna\u00a0Maria", "Anna Maria"),
        ("\ufeffAnna\u200b", "Anna"),
        ("Via Roma 1\n20100 Milano", "Via Roma 1 20100 Milano"),
        ("a\tb", "a b"),
        ("\u200eAnna\u200f", "Anna"),
        ("José", "José"),
        ("نمی\u200cخواهم", "نمی\u200cخواهم"),
        ("\u00ad", ""),
    ],
)
def test_spaces_become_plain_and_the_invisible_goes(text: str, tidied: str) -> None:
    assert tidy(text) == tidied


@given(st.text(st.characters()))
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@pytest.mark.parametrize(
    "text", ["#N/A", "#n/a", "#REF!", "#NV", "#N/D", "#WERT!", "#¡VALOR!", "#DIV/0!", "Err:502"]
)
def test_spreadsheet_errors_are_known(text: str) -> None:
    assert is_error(text)


@pytest.mark.parametrize("text", ["#1", "# 12", "#marketing", "N/A", "Error", "Err:5", ""])
def test_other_texts_are_no_errors(text: str) -> None:
    assert not is_error(text)


@pytest.mark.parametrize(
    ("text", "says_nothing"), [("-", True), ("n/a", True), ("NULL", True), ("--", True), ("0", False)]
)
def test_placeholders_say_that_there_is_nothing(text: str, says_nothing: bool) -> None:
    assert is_placeholder(text) is says_nothing


@pytest.mark.parametrize(("text", "blank"), [("", True), (" \t\u00a0", True), ("\u200b", True), ("x", False)])
def test_blank_is_what_cannot_be_seen(text: str, blank: bool) -> None:
    assert is_blank(text) is blank
