"""What is said about an import as a whole is true of all, of some and of none."""

from __future__ import annotations

from app.report import ImportTotals
from app.ui.report_words import accepted_words, told


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
