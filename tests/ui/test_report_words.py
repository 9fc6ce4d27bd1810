"""What is said about an import as a whole is true of all, of some and of none."""

from __future__ import annotations

from app.report import ImportTotals
from app.ui.report_words import accepted_words, save_rest_words, told


def test_sentences_for_all_some_and_none() -> None:
    none = ImportTotals(3, 0, 0, 0, 3, 0, 0, 0, 3, 0, 0)
    some = ImportTotals(3, 0, 0, 0, 3, 1, 1, 0, 1, 0, 0)
    nothing = ImportTotals(3, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0)
    assert told(none, "X") == "0 of 3 contacts have arrived at X."
    assert told(some, "X") == "2 of 3 contacts have arrived at X."
    assert told(nothing, "X") == "Nothing was sent."
    unsure = ImportTotals(5, 0, 0, 0, 5, 0, 0, 3, 0, 2, 0)
    words = "3 of 5 contacts have arrived at X. For 2 contacts it is not known whether they arrived."
    assert told(unsure, "X") == words
    doubtful = ImportTotals(5, 0, 0, 0, 5, 0, 0, 0, 0, 5, 0)
    assert told(doubtful, "X") == "For 5 contacts it is not known whether they arrived."
    assert accepted_words(unsure, "X").startswith("Accepted: taken by X")
    assert accepted_words(some, "X") == ""


def test_who_was_only_not_sent_needs_no_mending() -> None:
    stopped = ImportTotals(5, 0, 0, 0, 5, 1, 0, 0, 0, 1, 3)
    refused = ImportTotals(5, 0, 0, 0, 5, 1, 0, 0, 1, 0, 3)
    left_out = ImportTotals(5, 0, 1, 0, 4, 1, 0, 0, 0, 0, 3)
    assert save_rest_words(stopped) == "Save only what is not done..."
    assert save_rest_words(refused) == save_rest_words(left_out) == "Save only what needs mending..."
