"""Headers taken apart: two languages, abbreviations, slips and questions are read, other people's are not."""

from __future__ import annotations

import pytest

from app.contacts.header_sections import section_of
from app.contacts.headers import known_headers


def told(header: str) -> tuple[str, bool] | None:
    """The section, and whether it is sure."""
    found = section_of(header, known_headers())
    return None if found is None else (found.name, found.sure)


@pytest.mark.parametrize(
    ("header", "section"),
    [
        ("Ort / Localité", "city"),
        ("Mobil | Portable", "mobile"),
        ("Cellulare (Mobile)", "mobile"),
        ("Teléfono - Móvil", "mobile"),  # the more telling of two
        ("Address 1 - City", "city"),
        ("Indirizzo 1 - Codice postale", "postcode"),
        ("Vorn.", "first_name"),
        ("Nachn.", "last_name"),
        ("Cogn.", "last_name"),
        ("Twon", "city"),
        ("Emial", "email"),
        ("CORREO ELECTRONIC0", "email"),
        ("In quale città abiti?", "city"),
        ("Dans quelle ville habitez-vous ?", "city"),
        ("Wie lautet deine E-Mail-Adresse?", "email"),
        ("¿Cuál es tu número de móvil?", "mobile"),
        ("Please enter your mobile phone number (with country code)", "mobile"),
    ],
)
def test_a_header_is_read_whatever_form_it_has(header: str, section: str) -> None:
    assert told(header) == (section, True)


@pytest.mark.parametrize(
    "header",
    [
        "Parent's e-mail",
        "Emergency contact phone",
        "E-mail de tu amigo",
        "Birthday email sent",
        "E-mail status",
        "Would you like our e-mail news?",
        "Email / Phone",
        "Phone / City",
        "Telefono genitore",
        "User name",
        "Nome utente",
        "Nr.",
        "P.",
    ],
)
def test_what_is_another_matter_or_two_matters_is_not_read(header: str) -> None:
    assert told(header) is None


def test_words_nobody_foresaw_leave_a_question_in_doubt() -> None:
    assert told("Deine Mailadresse, falls du gewinnst") == ("email", False)


def test_a_place_is_a_second_choice_of_its_own_kind() -> None:
    found = section_of("Shipping City", known_headers())
    assert found is not None
    assert (found.name, found.sure, found.place) == ("city", False, True)
