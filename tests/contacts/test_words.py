"""Words that mean the same in five languages reach the provider's value."""

from __future__ import annotations

import string

import pytest

from app.contacts.choices import ChoiceReader
from app.contacts.fields import Choice, Meaning
from app.contacts.folding import fold
from app.contacts.words import region_called, region_on_plates, words_alike

GENDERS = (Choice("1", "Male"), Choice("2", "Female"))
SALUTATIONS = (Choice("a", "Mr."), Choice("b", "Ms."))
TITLES = (Choice("4", "Dr."), Choice("8", "Prof."))
LANGUAGES = (Choice("1", "English"), Choice("2", "German"), Choice("3", "Italian"))
COUNTRIES = (Choice("80", "Italy"), Choice("65", "Germany"), Choice("184", "United Kingdom"))
YES_NO = (Choice("1", "Yes"), Choice("2", "No"))


@pytest.mark.parametrize(
    ("choices", "meaning", "text", "value"),
    [
        *((GENDERS, Meaning.GENDER, text, "1") for text in ("M", "maschio", "Homme", "männlich", "Varón")),
        *((GENDERS, Meaning.GENDER, text, "2") for text in ("F", "donna", "Féminin", "weiblich", "mujer")),
        *((SALUTATIONS, Meaning.SALUTATION, text, "a") for text in ("Sig.", "M.", "Herr", "Sr.", "Mister")),
        *((SALUTATIONS, Meaning.SALUTATION, text, "b") for text in ("Sig.ra", "Mme", "Frau", "Sra.", "Mrs")),
        *((TITLES, Meaning.TITLE, text, "4") for text in ("Dott.ssa", "Doktor", "dott", "Docteur")),
        *((LANGUAGES, Meaning.LANGUAGE, text, "2") for text in ("de", "tedesco", "Allemand", "alemán")),
        *((COUNTRIES, Meaning.COUNTRY, text, "65") for text in ("DE", "Germania", "Allemagne", "DEU")),
        *((COUNTRIES, Meaning.COUNTRY, text, "184") for text in ("UK", "gb", "Regno Unito", "England")),
        *((YES_NO, Meaning.OPT_IN, text, "1") for text in ("sì", "si", "OUI", "ja", "x", "true", "sí")),
        *((YES_NO, None, text, "2") for text in ("nein", "false", "0", "non")),
        (GENDERS, Meaning.GENDER, "x", None),
        (GENDERS, None, "x", None),
        (TITLES, None, "sì", None),
        (COUNTRIES, Meaning.COUNTRY, "France", None),
        (COUNTRIES, Meaning.CITY, "Germania", None),
    ],
)
def test_a_word_of_any_language_is_the_providers_value(
    choices: tuple[Choice, ...], meaning: Meaning | None, text: str, value: str | None
) -> None:
    assert ChoiceReader(choices, meaning).read(text) == value


def test_a_choices_own_words_win_over_what_words_usually_mean() -> None:
    choices = (Choice("1", "Male", ("w",)), Choice("2", "Female"))
    assert ChoiceReader(choices, Meaning.GENDER).read("W") == "1"


def test_words_that_would_mean_two_choices_mean_neither() -> None:
    choices = (Choice("1", "Mrs"), Choice("2", "Miss"), Choice("3", "Mr"))
    assert ChoiceReader(choices, Meaning.SALUTATION).read("Frau") is None
    assert ChoiceReader(choices, Meaning.SALUTATION).read("Herr") == "3"


@pytest.mark.parametrize(
    ("text", "region"),
    [
        *(("Italia", "IT"), ("it", "IT"), ("ITA", "IT"), ("Österreich", "AT"), ("", ""), ("Atlantis", "")),
        *(
            (text, "GB")
            for text in ("UK (England)", "Scozia", "Pays de Galles", "Nordirland", "Gales", "G.B.")
        ),
        *((text, "DE") for text in ("Germany (DE)", "DE - Deutschland", "Germania/Germany", "Allemagne DE")),
        *((text, "CZ") for text in ("Czechia", "Rep. Ceca", "Rép. tchèque", "Tschechei", "Rep. Checa")),
        *((text, "US") for text in ("USA", "U.S.A.", "États-Unis", "EE. UU.", "USA (Texas)")),
        *(("Corea", "KR"), ("Holland", "NL"), ("Costa d'Avorio", "CI"), ("Mozambik", ""), ("Mosambik", "MZ")),
        *((text, "") for text in ("Georgia (USA)", "DE - Österreich", "D", "London, UK", "Berlin (DE)")),
    ],
)
def test_a_country_is_known_by_its_names(text: str, region: str) -> None:
    assert region_called(text) == region


@pytest.mark.parametrize("meaning", [Meaning.GENDER, Meaning.TITLE, Meaning.LANGUAGE, Meaning.COUNTRY])
def test_no_word_has_two_meanings(meaning: Meaning) -> None:
    words = [word for alike in words_alike(meaning) for word in {fold(each) for each in alike}]
    assert len(words) == len(set(words)), sorted(word for word in words if words.count(word) > 1)


def test_what_cars_carry_is_no_country_by_itself() -> None:
    assert [region_on_plates(text) for text in ("D", "a", "SLO", "GB")] == ["DE", "AT", "SI", ""]
    letters = string.ascii_lowercase
    met = {code for code in (*letters, "slo", "fl", "cdn", "rsm", "nmk", "rks") if region_on_plates(code)}
    assert not [code for code in met if region_called(code)]
