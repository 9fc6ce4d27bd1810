"""Words for choices: values, labels, accepted words; never a guess."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.contacts.choices import ChoiceReader, ChoicesReading
from app.contacts.fields import Choice

GENDERS = (
    Choice("1", "Male", ("m", "maschio", "männlich", "homme", "hombre")),
    Choice("2", "Female", ("f", "femmina", "weiblich", "femme", "mujer")),
)
TOPICS = (
    Choice("10", "Sport"),
    Choice("20", "Food, drink"),
    Choice("30", "Art/Music"),
    Choice("40", "> 3"),
    Choice("50", "3"),
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", "1"),
        ("M", "1"),
        ("male", "1"),
        ("MÄNNLICH", "1"),
        ("mannlich", "1"),
        ("Femmina ", "2"),
        ("f.", "2"),
        ("x", None),
        ("", None),
        ("malefemale", None),
    ],
)
def test_words_are_read_in_any_case_and_accent(text: str, value: str | None) -> None:
    assert ChoiceReader(GENDERS).read(text) == value


def test_a_value_wins_over_another_choices_word() -> None:
    reader = ChoiceReader((Choice("a", "First", ("b",)), Choice("b", "Second")))
    assert reader.read("B") == "b"


@pytest.mark.parametrize(
    ("text", "values", "unknown"),
    [
        ("Sport", ("10",), ()),
        ("Sport; Art/Music", ("10", "30"), ()),
        ("Sport; Food, drink", ("10", "20"), ()),
        ("sport|20", ("10", "20"), ()),
        ("Food, drink", ("20",), ()),
        ("Sport, Sport", ("10",), ()),
        ("Sport; Cars", ("10",), ("Cars",)),
        (";;", (), ()),
        ("> 3", ("40",), ()),
        ("3", ("50",), ()),
    ],
)
def test_several_are_split_where_people_split(
    text: str, values: tuple[str, ...], unknown: tuple[str, ...]
) -> None:
    reading = ChoiceReader(TOPICS).read_several(text)
    assert reading == ChoicesReading(values, unknown)


@given(st.text(st.characters()))
def test_no_text_makes_reading_fail(text: str) -> None:
    reader = ChoiceReader(TOPICS)
    assert reader.read(text) == reader.read(text)
    reader.read_several(text)
