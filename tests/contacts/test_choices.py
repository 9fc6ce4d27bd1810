"""Words for choices: values, labels, accepted words; never a guess."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.contacts.choices import ChoiceReader, ChoicesReading, Naming, naming_in
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


NUMBERED = (Choice("1", "Male"), Choice("2", "3"), Choice("3", "Female"), Choice("5", "2"))


def test_a_word_that_is_a_value_and_another_choices_label_is_never_decided_silently() -> None:
    reader = ChoiceReader(NUMBERED)
    assert (reader.read("2"), reader.is_unsure("2")) == (None, True)
    assert (reader.read("3"), reader.is_unsure("3")) == (None, True)
    assert (reader.read("1"), reader.read("female")) == ("1", "3")
    assert reader.read_several("2; Male") == ChoicesReading(("1",), unsure=("2",))


def test_a_column_of_labels_decides_for_labels() -> None:
    naming = naming_in(NUMBERED, ["Male", "2", "female", "3", ""])
    assert naming is Naming.LABELS
    assert [ChoiceReader(NUMBERED, naming=naming).read(text) for text in ("2", "3", "1")] == ["5", "2", "1"]


def test_a_column_of_values_decides_for_values_and_a_mixed_one_for_nothing() -> None:
    assert naming_in(NUMBERED, ["1", "5", "2", "3"]) is Naming.VALUES
    assert ChoiceReader(NUMBERED, naming=Naming.VALUES).read("2") == "2"
    assert naming_in(NUMBERED, ["1", "Male"]) is None
    assert naming_in(NUMBERED, ["2", "3"]) is None


def test_what_the_user_decided_wins_over_everything() -> None:
    reader = ChoiceReader(NUMBERED, None, (("2", "2"), ("Male", "3"), ("n.b.", ""), ("x", "gone")))
    assert [reader.read(text) for text in ("2", "male", "n.b.", "x")] == ["2", "3", "", None]
    assert reader.is_decided("MALE")
    assert reader.read_several("n.b.; Male") == ChoicesReading(("3",), emptied=("n.b.",), by_decision=True)
