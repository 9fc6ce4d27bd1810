"""Every enum a person meets has its sentence, and every place in a sentence can be filled."""

from __future__ import annotations

import string

import pytest

from app.contacts.contact import Finding, FindingKind, Level, Status
from app.contacts.fields import ContactSchema
from app.contacts.matching import MatchReason, Suggestion
from app.providers.verdicts import OutcomeKind
from app.wording import (
    FINDING_SENTENCES,
    finding_kind_word,
    finding_kind_words,
    finding_sentence,
    match_reason,
    outcome_word,
    status_word,
)


def _label(key: str) -> str:
    return f"<{key}>"


@pytest.mark.parametrize("kind", FindingKind)
def test_every_kind_of_finding_has_a_sentence_and_a_heading(kind: FindingKind) -> None:
    finding = Finding(kind, Level.WARNING, "email", "before-text", "after-text", 1_234)
    sentence = finding_sentence(finding, _label)
    assert sentence.endswith(".")
    assert "{" not in sentence
    assert "!" not in sentence
    assert finding_kind_word(kind, ContactSchema(()))


def test_several_kinds_of_the_same_rows_are_one_heading() -> None:
    kinds = (FindingKind.EMAIL_INVALID, FindingKind.PUT_ASIDE)
    several = "E-mail addresses that are not valid + Left out by you"
    assert finding_kind_words(kinds, ContactSchema(())) == several
    assert finding_kind_words(kinds[1:], ContactSchema(())) == "Left out by you"


@pytest.mark.parametrize("kind", FindingKind)
def test_the_places_of_a_sentence_are_only_those_that_are_filled(kind: FindingKind) -> None:
    places = {name for _, name, _, _ in string.Formatter().parse(FINDING_SENTENCES[kind]) if name}
    assert places <= {"field", "before", "after", "limit"}


def test_several_fields_are_shown_by_their_labels() -> None:
    finding = Finding(FindingKind.ONE_OF_MISSING, Level.BLOCKING, "email, phone")
    assert finding_sentence(finding, _label) == "<email> or <phone> is needed."


def test_a_number_of_the_providers_is_explained() -> None:
    finding = Finding(FindingKind.CHOICE_TRANSLATED, Level.FIXED, "5", "Uomo", "1")
    assert finding_sentence(finding, _label, lambda *_: "Male").endswith("“1”, which stands for “Male”.")
    assert finding_sentence(finding, _label, lambda *_: "").endswith("is sent as “1”.")


def test_texts_with_braces_do_not_disturb_a_sentence() -> None:
    finding = Finding(FindingKind.EMAIL_INVALID, Level.WARNING, "email", "{field}{0}")
    assert "“{field}{0}”" in finding_sentence(finding, _label)


@pytest.mark.parametrize("status", Status)
def test_every_status_has_a_word(status: Status) -> None:
    assert status_word(status)


@pytest.mark.parametrize("kind", OutcomeKind)
def test_every_outcome_has_a_word(kind: OutcomeKind) -> None:
    assert outcome_word(kind)


@pytest.mark.parametrize("reason", MatchReason)
@pytest.mark.parametrize("sure", [True, False])
def test_every_reason_of_a_suggestion_has_a_sentence(reason: MatchReason, sure: bool) -> None:
    sentence = match_reason(Suggestion("email", 0, reason, sure, "e-mail", 0.957))
    assert sentence.endswith(".")
    assert "{" not in sentence


def test_a_share_is_shown_as_a_whole_percentage() -> None:
    sentence = match_reason(Suggestion("email", 0, MatchReason.CONTENT, True, "", 0.957))
    assert sentence.startswith("96%")
