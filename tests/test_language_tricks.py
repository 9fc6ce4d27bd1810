"""Words from files and providers can't change how other words look, in the window or on a terminal."""

from __future__ import annotations

import pytest

from app.language import apart, listed, shown, without_tricks
from app.problems import Problem
from app.providers.answers import shortened
from app.terminal import print_problem
from app.ui.widgets.labels import Label

TRICKS = {
    "override": "invoice\u202efdp.exe",
    "isolate": "a\u2066b\u2069",
    "embedding": "a\u202ab\u202c",
    "mark": "a\u200fb",
    "zero width": "adm\u200bin\ufeff",
    "clear the screen": "\x1b[2Jall is well",
    "window title": "\x1b]0;gone\x07",
    "one-byte escape": "\x9b31m",
    "overwrite": "bad\rgood",
    "backspace": "bad\b\b\bgood",
}


@pytest.mark.parametrize("words", TRICKS.values(), ids=TRICKS)
def test_no_trick_reaches_the_eye(words: str, capfd: pytest.CaptureFixture[str]) -> None:
    shown = without_tricks(words)
    assert shown != words
    assert shown.isprintable()
    assert shortened(words).isprintable()
    print_problem(Problem(words, words, words), as_json=True)
    printed = capfd.readouterr()
    assert (printed.out + printed.err).replace("\n", "").isprintable()


@pytest.mark.parametrize("words", TRICKS.values(), ids=TRICKS)
@pytest.mark.usefixtures("qapp")
def test_no_label_plays_a_trick(words: str) -> None:
    label = Label(words)
    assert label.text().isprintable()
    label.setText(words)
    assert label.text().isprintable()


@pytest.mark.parametrize("words", ["محمد علي", "דוד", "Zoë\tMüller\nRossi", "👩‍👧", "नमस्ते"])
def test_names_stay_as_they_are(words: str) -> None:
    assert without_tricks(words) == words


@pytest.mark.parametrize("words", TRICKS.values(), ids=TRICKS)
def test_what_is_set_apart_and_shown_plays_no_trick_either(words: str) -> None:
    assert shown(words) == without_tricks(words)
    assert shown(apart(words)) == without_tricks(words)
    hebrew = "\u05d3\u05d5\u05d3"
    inside = without_tricks(words) + hebrew
    assert shown(apart(words + hebrew)) == f"\u2068{inside}\u2069"


@pytest.mark.parametrize(
    "words", ["\u2068Anna\u2069", "\u2068", "\u2069Anna\u2068\u05d3", "a\u2067\u05d3\u2069"]
)
def test_marks_that_a_file_brings_along_are_not_taken_for_ours(words: str) -> None:
    assert shown(words) == without_tricks(words)


def test_only_what_is_read_from_right_to_left_is_set_apart() -> None:
    assert listed(["Anna", "Zoë", "12"]) == "Anna, Zoë, 12"
    assert listed(["Anna", "\u05d3\u05d5\u05d3"]) == "Anna, \u2068\u05d3\u05d5\u05d3\u2069"
