"""Columns find their fields: real-looking headers of five languages, believable exports, and traps."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.contacts.fields import Choice, ContactSchema, Field, FieldKind, FreeFields, Meaning
from app.contacts.headers import known_headers
from app.contacts.mapping import Assignment, ColumnMapping
from app.contacts.matching import (
    MatchReason,
    Suggestion,
    mapping_from,
    seen_in,
    suggest,
    suggest_for,
)

SEXES = (Choice("m", "Male", ("m", "uomo")), Choice("f", "Female", ("f", "donna")))
POLITE = (Choice("1", "Mr.", ("herr", "m", "sig", "sr")), Choice("2", "Ms.", ("frau", "mme", "mrs", "sra")))
EVERYTHING = ContactSchema(
    fields=(
        Field("mail", "E-mail", FieldKind.EMAIL, Meaning.EMAIL),
        Field("cell", "Mobile", FieldKind.PHONE, Meaning.MOBILE),
        Field("tel", "Phone", FieldKind.PHONE, Meaning.PHONE),
        Field("first", "First name", meaning=Meaning.FIRST_NAME),
        Field("last", "Last name", meaning=Meaning.LAST_NAME),
        Field("title", "Title", FieldKind.CHOICE, Meaning.TITLE, choices=(Choice("4", "Dr."),)),
        Field("polite", "Salutation", FieldKind.CHOICE, Meaning.SALUTATION, choices=POLITE),
        Field("sex", "Gender", FieldKind.CHOICE, Meaning.GENDER, choices=SEXES),
        Field("born", "Birth date", FieldKind.DATE, Meaning.BIRTH_DATE),
        Field("street", "Address", meaning=Meaning.STREET),
        Field("city", "City", meaning=Meaning.CITY),
        Field("prov", "Province", meaning=Meaning.PROVINCE),
        Field("zip", "Postcode", meaning=Meaning.POSTCODE),
        Field("land", "Country", meaning=Meaning.COUNTRY),
        Field("firm", "Company", meaning=Meaning.COMPANY),
        Field("job", "Job", meaning=Meaning.JOB),
        Field("fax", "Fax", meaning=Meaning.FAX),
        Field("consent", "Opt-in", meaning=Meaning.OPT_IN),
        Field("custom1", "Custom field 1"),
    ),
    keys=("mail",),
)
TEXTING = ContactSchema(
    fields=(
        Field("phone_number", "Phone number", FieldKind.PHONE, Meaning.MOBILE),
        Field("name", "Name", FieldKind.TEXT, Meaning.FULL_NAME),
    ),
    required=("phone_number",),
    free=FreeFields(r"extra_fields\.(?P<name>.+)", "Extra field", "extra_fields.{header}"),
)
FIRST_AND_LAST = ContactSchema(
    fields=(
        Field("phone_number", "Phone number", FieldKind.PHONE, Meaning.MOBILE),
        Field("name", "First name", meaning=Meaning.FIRST_NAME),
        Field("surname", "Last name", meaning=Meaning.LAST_NAME),
    ),
)

CELLS = {
    "mail": ("anna@example.com", "luca@example.org", "eva@example.com"),
    "cell": ("333 1234567", "+39 347 1234567", "3201234567"),
    "tel": ("02 12345678", "06 7654321", "011 1234567"),
    "first": ("Anna", "Luca", "Eva"),
    "last": ("Rossi", "Bianchi", "Verdi"),
    "whole": ("Anna Rossi", "Luca Bianchi", "Eva Verdi"),
    "title": ("Dr.", "", "Dr."),
    "polite": ("Herr", "Frau", "Frau"),
    "sex": ("F", "M", "F"),
    "born": ("31/01/1980", "02/03/1990", "01/04/1975"),
    "street": ("Via Roma 1", "Corso Italia 22", "Piazza Dante 3"),
    "city": ("Roma", "Milano", "Napoli"),
    "prov": ("RM", "MI", "NA"),
    "zip": ("00100", "20100", "80100"),
    "land": ("IT", "Italia", "DE"),
    "firm": ("Example Srl", "Sample SpA", "Pattern & Co"),
    "job": ("Buyer", "CEO", "Teacher"),
    "fax": ("02 12345679", "", ""),
    "yes": ("yes", "no", "yes"),
    "blank": ("", "", ""),
    "words": ("alpha", "beta", "gamma"),
    "pages": ("/spring", "/summer", "/autumn"),
    "ids": ("10001", "10002", "10003"),
}


def columns(*named: str) -> list[tuple[str, tuple[str, ...]]]:
    """Columns written "Header = what its cells are"."""
    parted = [one.rpartition(" = ") for one in named]
    return [(header, CELLS[cells]) for header, _, cells in parted]


def sure(schema: ContactSchema, *named: str) -> dict[str, str]:
    given_ = columns(*named)
    return {one.field: given_[one.position][0] for one in suggest(given_, schema) if one.sure}


def offered(schema: ContactSchema, *named: str) -> dict[str, str]:
    given_ = columns(*named)
    return {one.field: given_[one.position][0] for one in suggest(given_, schema) if not one.sure}


HEADERS = {
    "mail": "Email | E-mail | e_mail | EMAIL ADDRESS | Indirizzo e-mail | Posta elettronica | Courriel"
    " | Adresse e-mail | E-Mail-Adresse | Mailadresse | Correo electrónico | emailAddress"
    " | Customer Email | E-mail 1 - Value | Email * | Email (required) | Primary Email"
    " | billing_email | Adresse électronique | Dirección de correo electrónico",
    "cell": "Mobile | Cellulare | Cell. | Tel. mobile | Numero di cellulare | Telefono cellulare"
    " | Portable | Tél. portable | Numéro de portable | Téléphone mobile | Handy | Handynummer"
    " | Mobil | Mobilnummer | Móvil | Teléfono móvil | Celular | mobilePhone | Mobile Number"
    " | Cell Phone | SMS | Mobile (SMS) | Handy-Nr. | Nº móvil",
    "tel": "Phone | Phone Number | Telefono | Numero di telefono | Téléphone | N° de téléphone | Telefon"
    " | Telefonnummer | Rufnummer | Teléfono | Tel | Tel. | Home Phone | Telefono fisso | Festnetz"
    " | Fixe | Fijo | Phone 1 - Value",
    "first": "First Name | FirstName | first_name | Given name | Prénom | Vorname | Nombre de pila"
    " | Nome di battesimo | FNAME | Forename | billing_first_name | Customer First Name | VORNAME",
    "last": "Last Name | Surname | Cognome | Nom de famille | Nachname | Familienname | Apellidos"
    " | Apellido | LNAME | billing_last_name | Family Name | COGNOME",
    "polite": "Salutation | Civilité | Anrede | Tratamiento | Titolo di cortesia | Prefix",
    "sex": "Gender | Sex | Sesso | Genere | Sexe | Geschlecht | Sexo | Género | M/F",
    "born": "Birthday | Birth date | Date of Birth | DOB | Data di nascita | Nato il | Compleanno"
    " | Date de naissance | Né(e) le | Anniversaire | Geburtsdatum | Geburtstag | Geb. am"
    " | Fecha de nacimiento | Cumpleaños | Data di nascita (gg/mm/aaaa)",
    "street": "Address | Street | Indirizzo | Via | Adresse | Rue | Straße | Strasse | Straße und Hausnummer"
    " | Anschrift | Dirección | Calle | Address Line 1 | billing_address_1 | Mailing Street"
    " | Default Address Address1",
    "city": "City | Town | Città | Comune | Ville | Ort | Stadt | Wohnort | Ciudad | Población | Localidad"
    " | billing_city | Address 1 - City",
    "prov": "Province | State | Provincia | Prov. | Bundesland | State/Region | Province Code",
    "zip": "Zip | ZIP Code | Postcode | Postal Code | CAP | Code postal | PLZ | Postleitzahl"
    " | Código postal | C.P. | billing_postcode",
    "land": "Country | Paese | Nazione | Pays | Land | País | Country/Region | Country Code",
    "firm": "Company | Azienda | Ragione sociale | Entreprise | Société | Firma | Unternehmen | Empresa"
    " | Organization | Company Name | Razón social",
    "fax": "Fax | Telefax | Numero di fax | Faxnummer",
}
WRITTEN = [(field, header.strip()) for field, line in HEADERS.items() for header in re.split(r"\s\|\s", line)]


@pytest.mark.parametrize(("field", "header"), WRITTEN)
def test_usual_headers_are_known(field: str, header: str) -> None:
    assert sure(EVERYTHING, f"{header} = {field}") == {field: header}


EXPORTS = {
    "an Italian list": (
        "Nome = first | Cognome = last | E-mail = mail | Cellulare = cell | Telefono = tel"
        " | Data di nascita = born"
        " | Città = city | CAP = zip | Consenso marketing = yes",
        "first=Nome last=Cognome mail=E-mail cell=Cellulare tel=Telefono born=Data di nascita"
        " city=Città zip=CAP",
    ),
    "a German list": (
        "Anrede = polite | Titel = title | Vorname = first | Name = last | E-Mail = mail"
        " | Handy = cell | PLZ = zip"
        " | Ort = city | Werbeeinwilligung = yes",
        "polite=Anrede title=Titel first=Vorname last=Name mail=E-Mail cell=Handy zip=PLZ city=Ort",
    ),
    "a French list": (
        "Nom = last | Prénom = first | Courriel = mail | Tél. portable = cell | Code postal = zip"
        " | Ville = city"
        " | Date d'inscription = born",
        "last=Nom first=Prénom mail=Courriel cell=Tél. portable zip=Code postal city=Ville",
    ),
    "a Spanish list": (
        "Nombre = first | Apellidos = last | Correo = mail | Móvil = cell"
        " | Fecha de nacimiento = born | Estado = words",
        "first=Nombre last=Apellidos mail=Correo cell=Móvil born=Fecha de nacimiento",
    ),
    "an online shop": (
        "Customer ID = ids | First Name = first | Last Name = last | Email = mail"
        " | Accepts Email Marketing = yes"
        " | Default Address Company = blank | Default Address Address1 = street | Default Address City = city"
        " | Default Address Zip = zip | Phone = tel | Accepts SMS Marketing = yes"
        " | Total Spent = ids | Tags = words",
        "first=First Name last=Last Name mail=Email street=Default Address Address1 city=Default Address City"
        " zip=Default Address Zip tel=Phone firm=Default Address Company",
    ),
    "a newsletter tool": (
        "Email Address = mail | First Name = first | Last Name = last | Phone Number = tel"
        " | MEMBER_RATING = ids"
        " | OPTIN_TIME = born | OPTIN_IP = ids | CONFIRM_TIME = born | LAST_CHANGED = born | NOTES = words",
        "mail=Email Address first=First Name last=Last Name tel=Phone Number",
    ),
    "a sales tool": (
        "Salutation = polite | First Name = first | Last Name = last | Title = job | Account Name = firm"
        " | Mailing Street = street | Mailing City = city | Mailing Zip/Postal Code = zip"
        " | Phone = tel | Mobile = cell"
        " | Email = mail | Contact Owner = whole | Email Opt Out = yes | Lead Source = words",
        "polite=Salutation first=First Name last=Last Name firm=Account Name street=Mailing Street"
        " city=Mailing City zip=Mailing Zip/Postal Code tel=Phone cell=Mobile mail=Email",
    ),
    "an address book": (
        "Title = polite | First Name = first | Middle Name = first | Last Name = last | E-mail Address = mail"
        " | E-mail Type = words | E-mail Display Name = whole | E-mail 2 Address = mail | Mobile Phone = cell"
        " | Home Fax = blank | Home City = city",
        "polite=Title first=First Name last=Last Name mail=E-mail Address cell=Mobile Phone"
        " city=Home City fax=Home Fax",
    ),
}


@pytest.mark.parametrize("name", EXPORTS)
def test_believable_exports_find_their_fields(name: str) -> None:
    written, expected = EXPORTS[name]
    pairs = re.findall(r"(\w+)=(.*?)(?= \w+=|$)", expected)
    assert sure(EVERYTHING, *written.split(" | ")) == dict(pairs)


@pytest.mark.parametrize(
    "column",
    """Mail opt-in = yes | Email = yes | Phone consent = yes | Landing page = pages | SMS = yes
    Newsletter = yes | Opt-In = yes | Email status = words | Phone type = words | Email hash = words
    Partner First Name = first | Owner email = mail | Telefono referente = tel | Father's Phone = tel
    Username = words | Order date = born | Country code = cell | Company email = mail
    Work Email = mail | Last visit = born | Name = first | Adress 2 = street | Department = words
    Nickname = first | Ticket Type = words | Data iscrizione = born | Sales rep = whole | State = yes
    First Name = mail | City = zip | Mobile = born | Birthday = words | Gender = words
    Email verificata = yes | Stato = words | Estado = words | E-mail count = ids | custom = words""".replace(
        "\n   ", " |"
    ).split(" | "),
)
def test_traps_are_never_taken_unasked(column: str) -> None:
    assert sure(EVERYTHING, column.strip()) == {}


@pytest.mark.parametrize("header", ["Opt-In", "Newsletter", "consent", "Consenso marketing"])
def test_consent_is_not_even_offered(header: str) -> None:
    assert "consent" not in {one.field for one in suggest([(header, CELLS["yes"])], EVERYTHING)}


@pytest.mark.parametrize(
    ("named", "field", "header"),
    [
        (("Name = first", "Cognome = last"), "first", "Name"),
        (("Name = last", "Vorname = first"), "last", "Name"),
        (("Nom = last", "Prénom = first"), "last", "Nom"),
        (("Nombre = whole", "Apellidos = last"), "first", "Nombre"),
        (("Nome = first",), "first", "Nome"),
    ],
)
def test_name_means_what_its_neighbours_leave(named: tuple[str, ...], field: str, header: str) -> None:
    assert sure(EVERYTHING, *named)[field] == header


def test_name_with_two_words_is_a_full_name() -> None:
    assert sure(TEXTING, "Name = whole") == {"name": "Name"}
    assert sure(FIRST_AND_LAST, "Name = whole") == {}
    assert sure(FIRST_AND_LAST, "name = whole") == {}
    assert offered(FIRST_AND_LAST, "Name = whole") == {"name": "Name"}


def test_a_surname_is_not_left_behind_unasked() -> None:
    assert sure(TEXTING, "Nome = first", "Cognome = last", "Cellulare = cell") == {
        "phone_number": "Cellulare"
    }


def test_a_mobile_column_goes_before_a_phone_column() -> None:
    assert sure(TEXTING, "Telefono = tel", "Cellulare = cell")["phone_number"] == "Cellulare"
    assert sure(TEXTING, "Telefono = cell")["phone_number"] == "Telefono"
    assert "phone_number" not in sure(TEXTING, "Telefono fisso = tel")


def test_two_columns_as_good_as_each_other_are_for_the_user() -> None:
    assert sure(EVERYTHING, "Email = mail", "E-mail = mail") == {}
    assert sure(EVERYTHING, "Email = mail", "E-mail = blank") == {"mail": "Email"}


@pytest.mark.parametrize("header", ["Telefono", "E-mail", "mail"])
def test_of_two_columns_of_the_same_name_the_fuller_one_is_offered(header: str) -> None:
    cells = CELLS["mail" if "mail" in header else "cell"]
    few = (cells[0], "", "")
    again = f"{header} (2)"
    for sheet in ([(header, few), (again, cells)], [(header, cells), (again, few)]):
        [found] = [one for one in suggest(sheet, EVERYTHING) if one.field in ("mail", "tel")]
        assert (sheet[found.position][1], found.sure) == (cells, False)
    [found] = [
        one for one in suggest([(header, cells), (again, ("", "", ""))], EVERYTHING) if one.field != "cell"
    ]
    assert (found.position, found.sure) == (0, True)


def test_a_better_column_is_taken_before_a_lesser_one() -> None:
    assert sure(EVERYTHING, "Work Email = mail", "Email = mail", "Email 2 = mail") == {"mail": "Email"}
    assert sure(EVERYTHING, "shipping_city = city", "billing_city = city") == {"city": "billing_city"}


def test_columns_without_a_header_are_known_by_what_they_hold() -> None:
    for header in ("Column 1", "Column A", "Spalte AB"):
        [mail] = suggest([(header, CELLS["mail"]), ("", CELLS["words"])], EVERYTHING)
        assert mail == Suggestion("mail", 0, MatchReason.CONTENT, True, "", 1.0)
    numbers = ("+39 333 1234567", "0039 347 1234567", "+393201234567")
    assert mapping_from(suggest([("", numbers)], TEXTING)) == ColumnMapping((Assignment("phone_number", 0),))


def test_content_under_an_unknown_header_is_only_offered() -> None:
    assert sure(EVERYTHING, "Zzz = mail") == {}
    assert offered(EVERYTHING, "Zzz = mail") == {"mail": "Zzz"}


@pytest.mark.parametrize(
    ("column", "field"),
    [
        ("Frist Name = first", "first"),
        ("Telefno = tel", "tel"),
        ("Cognme = last", "last"),
        ("Adress = street", "street"),
    ],
)
def test_slips_in_headers_are_seen_through(column: str, field: str) -> None:
    assert list(sure(EVERYTHING, column)) == [field]


def test_a_numeric_key_proves_nothing_by_itself() -> None:
    schema = ContactSchema(
        (Field("1", "First", meaning=Meaning.FIRST_NAME), Field("3", "E-mail", FieldKind.EMAIL))
    )
    assert sure(schema, "1 = words", "3 = mail") == {"3": "3"}


def test_the_fields_own_key_or_label_is_known() -> None:
    assert sure(EVERYTHING, "custom1 = words") == {"custom1": "custom1"}
    assert sure(EVERYTHING, "Custom Field 1 = words") == {"custom1": "Custom Field 1"}
    assert sure(TEXTING, "extra_fields.city = city") == {"extra_fields.city": "extra_fields.city"}


def test_columns_left_over_are_offered_as_free_fields() -> None:
    found = suggest(columns("Cellulare = cell", "Card  number = ids", " = words"), TEXTING)
    assert found[1] == Suggestion("extra_fields.Card number", 1, MatchReason.FREE, False, "Card number")
    assert len(found) == 2


def test_reasons_are_told() -> None:
    found = {
        one.field: one for one in suggest(columns("Cellulare = cell", "Customer e-mail = mail"), EVERYTHING)
    }
    assert (found["cell"].reason, found["cell"].detail) == (MatchReason.SYNONYM, "cellulare")
    assert (found["mail"].reason, found["mail"].detail) == (MatchReason.WORDS, "email")


def test_only_sure_suggestions_make_the_mapping() -> None:
    found = (
        Suggestion("mail", 1, MatchReason.SYNONYM, True),
        Suggestion("cell", 0, MatchReason.CONTENT, False),
    )
    assert mapping_from(found) == ColumnMapping((Assignment("mail", 1),))


@given(
    st.lists(
        st.tuples(st.text(st.characters(), max_size=30), st.lists(st.text(max_size=20), max_size=4)),
        max_size=6,
    )
)
def test_no_sheet_makes_matching_fail(sheet: list[tuple[str, list[str]]]) -> None:
    for schema in (EVERYTHING, TEXTING):
        found = suggest(sheet, schema)
        assert len({one.field for one in found}) == len(found)
        assert len({one.position for one in found}) == len(found)


def test_no_header_stands_under_two_meanings() -> None:
    known = known_headers()
    assert len(known.sections) > 900
    assert "!" not in "".join(known.written.values())


def test_a_pupils_data_is_in_doubt_where_guardians_are_in_the_sheet() -> None:
    born = ("Fecha nac. alumno", ["31/01/2015", "02/03/2014", "15/04/2016"])
    alone = suggest([born], EVERYTHING)
    assert [(one.field, one.sure) for one in alone] == [("born", True)]
    beside = suggest([born, ("Móvil tutor", ["612 345 678", "655 123 456"])], EVERYTHING)
    assert [one.sure for one in beside if one.field == "born"] == [False]


@pytest.mark.parametrize(
    ("header", "field"),
    [("EMail1", "mail"), ("Tel1", "tel"), ("Empresa u organización", "firm"), ("ADDR_CTRY_CD", "land")],
)
def test_technical_and_double_headers_are_known_by_their_parts(header: str, field: str) -> None:
    [found] = suggest([(header, [])], EVERYTHING)
    assert (found.field, found.sure) == (field, True)


def test_columns_that_were_seen_for_one_provider_are_judged_anew_for_another() -> None:
    other = (Choice("x", "Circle"), Choice("y", "Square"))
    schemas = [
        ContactSchema((Field("sex", "Gender", FieldKind.CHOICE, Meaning.GENDER, choices=choices),))
        for choices in (other, SEXES)
    ]
    named = columns("Gender = sex", "E-mail = mail")
    seen = seen_in(named)
    assert [suggest_for(seen, schema) for schema in schemas] == [suggest(named, schema) for schema in schemas]
