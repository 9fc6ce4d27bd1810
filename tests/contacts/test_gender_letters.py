"""What M means is decided by the whole column it stands in, or not at all."""

from __future__ import annotations

import pytest

from app.contacts.gender_letters import LetterM, letter_m_in


@pytest.mark.parametrize(
    ("texts", "letter"),
    [
        (("M", "F"), LetterM.MAN),
        (("m.", "w", "d"), LetterM.MAN),
        (("M", "Mme"), LetterM.MAN),  # French: M. for Monsieur
        (("M", "femmina"), LetterM.MAN),
        (("H", "M"), LetterM.WOMAN),
        (("h", "", "m", "-"), LetterM.WOMAN),
        (("H", "H"), LetterM.WOMAN),  # whoever comes later in the list
        (("M",), LetterM.UNSURE),
        ((), LetterM.UNSURE),
        (("M", "Mujer"), LetterM.UNSURE),  # masculino, or mujer
        (("M", "V"), LetterM.UNSURE),  # Spanish varón, or Dutch vrouw
        (("H", "M", "F"), LetterM.UNSURE),
        (("M", *["F"] * 9, "H"), LetterM.MAN),
        (("M", *["H"] * 9, "F"), LetterM.WOMAN),
    ],
)
def test_a_column_says_whom_it_means_by_m(texts: tuple[str, ...], letter: LetterM) -> None:
    assert letter_m_in(texts) is letter
