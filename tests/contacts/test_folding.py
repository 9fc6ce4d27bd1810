"""Words folded so that they compare as people read them."""

from __future__ import annotations

import pytest

from app.contacts.folding import fold, squash, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Téléphone (Mobile)", "telephone mobile"),
        ("Straße", "strasse"),
        ("CITTÀ", "citta"),
        ("e_mail-Adresse", "e mail adresse"),
        ("Østergård", "ostergard"),
        ("", ""),
        ("***", ""),
    ],
)
def test_case_accents_and_punctuation_go(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_camel_case_is_taken_apart() -> None:
    assert words("billing_firstName") == ("billing", "first", "name")
    assert words("URLAddress2") == ("url", "address2")


def test_spellings_of_one_word_squash_to_one() -> None:
    assert {squash(text) for text in ("E-Mail", "e mail", "EMAIL", "e_mail")} == {"email"}
