"""Full names come apart where people of five languages would cut them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.contacts.names import NamePart, part_of_name, split_name

NAMES = [
    ("Anna Rossi", "Anna", "Rossi"),
    ("Anna Maria Rossi", "Anna Maria", "Rossi"),
    ("Rossi, Anna", "Anna", "Rossi"),
    ("de Luca, Anna Maria", "Anna Maria", "de Luca"),
    ("Anna de Luca", "Anna", "de Luca"),
    ("Anna De Luca", "Anna", "De Luca"),
    ("Marco di Stefano", "Marco", "di Stefano"),
    ("Luca Della Valle", "Luca", "Della Valle"),
    ("Ludwig van Beethoven", "Ludwig", "van Beethoven"),
    ("Anna van der Berg", "Anna", "van der Berg"),
    ("Klaus von und zu Berg", "Klaus", "von und zu Berg"),
    ("Ana de la Cruz", "Ana", "de la Cruz"),
    ("Jean-Luc du Pont", "Jean-Luc", "du Pont"),
    ("ROSSI Anna", "Anna", "ROSSI"),
    ("DE LUCA Anna Maria", "Anna Maria", "DE LUCA"),
    ("ANNA ROSSI", "ANNA", "ROSSI"),
    ("Dr. Eva Weiß", "Eva", "Weiß"),
    ("Prof. Dr. Eva Weiß", "Eva", "Weiß"),
    ("Sig.ra Anna Rossi", "Anna", "Rossi"),
    ("M. Paul Dubois", "Paul", "Dubois"),
    ("J. Smith", "J.", "Smith"),
    ("John Smith Jr.", "John", "Smith Jr."),
    ("John Smith, PhD", "John", "Smith"),
    ("Müller, Max, Dr.", "Max", "Müller"),
    ("Luca Rossi, Ing.", "Luca", "Rossi"),
    ("Dott. ssa Anna Rossi", "Anna", "Rossi"),
    ("Herr Prof. Dr. med. Max Müller", "Max", "Müller"),
    ("Dipl.-Ing. Max Müller", "Max", "Müller"),
    ("María García López", "María", "García López"),
    ("Juan Carlos Pérez Rodríguez", "Juan Carlos", "Pérez Rodríguez"),
    ("Di Marco Anna", "Anna", "Di Marco"),
    ("Van der Berg Jan", "Jan", "Van der Berg"),
    ("De Luca", "", "De Luca"),
    ("Sig. Rossi", "", "Rossi"),
    ("Mr. & Mrs. Smith", "", "Smith"),
    ("\U0001f389 Anna Rossi \U0001f389", "Anna", "Rossi"),
    ("\u202eAnna Rossi\u202c", "Anna", "Rossi"),
    ("Anna Rossi (ufficio)", "Anna", "Rossi (ufficio)"),
    ("  Anna \u00a0 Rossi ", "Anna", "Rossi"),
    ("Anna", "Anna", ""),
    ("Rossi,", "Rossi", ""),
    ("Dr.", "Dr.", ""),
    ("", "", ""),
]


@pytest.mark.parametrize(("text", "first", "last"), NAMES)
def test_a_full_name_comes_apart(text: str, first: str, last: str) -> None:
    assert split_name(text) == (first, last)
    assert part_of_name(text, NamePart.FIRST) == first
    assert part_of_name(text, NamePart.LAST) == last


@given(st.text(max_size=60))
def test_no_text_makes_splitting_fail(text: str) -> None:
    split_name(text)
