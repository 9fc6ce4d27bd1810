"""Names in capitals get their small letters back; names that have both kinds are left alone."""

from __future__ import annotations

import pytest

from app.contacts.letters import cased
from app.contacts.rules import LetterCase


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("ROSSI", "Rossi"),
        ("rossi", "Rossi"),
        ("Rossi", "Rossi"),
        ("McDonald", "McDonald"),
        ("MCDONALD", "McDonald"),
        ("O'NEIL", "O'Neil"),
        ("O\u2019NEIL", "O\u2019Neil"),
        ("D'ANGELO", "D'Angelo"),
        ("DE LUCA", "De Luca"),
        ("DI MARCO", "Di Marco"),
        ("ANNA DI MARCO", "Anna Di Marco"),
        ("VAN DER BERG", "Van der Berg"),
        ("JAN VAN DER BERG", "Jan van der Berg"),
        ("LUDWIG VON BEETHOVEN", "Ludwig von Beethoven"),
        ("VON BEETHOVEN", "von Beethoven"),
        ("DE LA CRUZ", "De la Cruz"),
        ("GARCÍA Y VEGA", "García y Vega"),
        ("JEAN-PIERRE", "Jean-Pierre"),
        ("STRAßE", "Straße"),
        ("JOHN SMITH III", "John Smith III"),
        ("ÉLODIE", "Élodie"),
        ("J.", "J."),
        ("JP", "JP"),
        ("LI", "LI"),
        ("MACK", "Mack"),
        ("", ""),
        ("123", "123"),
    ],
)
def test_names_get_a_capital_first_letter(written: str, named: str) -> None:
    assert cased(written, LetterCase.NAMES) == named


def test_other_letters_are_put_as_asked() -> None:
    assert cased("Rossi", LetterCase.LOWER) == "rossi"
    assert cased("Rossi", LetterCase.UPPER) == "ROSSI"
    assert cased("rOSSI", LetterCase.AS_WRITTEN) == "rOSSI"
