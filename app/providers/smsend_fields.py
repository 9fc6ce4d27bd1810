"""What smsend can store about a contact, with its documented limits, and how each value is written.

Only declares and writes; where the values come from is not known here. Source: "Add a contact" of the
smsend REST API.
"""

from __future__ import annotations

from app.contacts.contact import Value
from app.contacts.fields import Choice, ContactSchema, Field, FieldKind, Meaning
from app.language import mark

_GENDERS = (
    Choice(
        "m",
        mark("Male"),
        (
            *("m", "male", "man", "mr", "mr.", "maschio", "uomo", "sig.", "signor"),
            *("homme", "masculin", "h", "monsieur", "mann", "männlich", "maennlich", "herr"),
            *("hombre", "masculino", "varón", "varon", "señor", "sr.", "sr"),
        ),
    ),
    Choice(
        "f",
        mark("Female"),
        (
            *("f", "female", "woman", "mrs", "mrs.", "ms", "ms.", "femmina", "donna", "sig.ra", "signora"),
            *("femme", "féminin", "feminin", "madame", "mme", "frau", "weiblich", "w"),
            *("mujer", "femenino", "señora", "sra.", "sra"),
        ),
    ),
)

_GROUPS = Field(
    "groupIds",
    mark("Group IDs"),
    FieldKind.TEXTS,
    hint=mark("The ids of the groups this person is put into, as smsend writes them."),
)

FIELDS = (
    Field("phoneNumber", mark("Phone number"), FieldKind.PHONE, Meaning.MOBILE),
    Field("email", mark("E-mail"), FieldKind.EMAIL, Meaning.EMAIL),
    Field("name", mark("First name"), FieldKind.TEXT, Meaning.FIRST_NAME, 40),
    Field("surname", mark("Last name"), FieldKind.TEXT, Meaning.LAST_NAME, 40),
    Field("gender", mark("Gender"), FieldKind.CHOICE, Meaning.GENDER, choices=_GENDERS),
    Field("birthdate", mark("Date of birth"), FieldKind.DATE, Meaning.BIRTH_DATE),
    Field("address", mark("Address"), FieldKind.TEXT, Meaning.STREET, 256),
    Field("zip", mark("Postcode"), FieldKind.TEXT, Meaning.POSTCODE, 16),
    Field("city", mark("City"), FieldKind.TEXT, Meaning.CITY, 32),
    Field("province", mark("Province"), FieldKind.TEXT, Meaning.PROVINCE, 32),
    Field("fax", mark("Fax"), FieldKind.TEXT, Meaning.FAX, 32),
    Field("promotiondate", mark("Promotion date"), FieldKind.DATE),
    Field("rememberdate", mark("Reminder date"), FieldKind.DATE),
    _GROUPS,
    Field("custom1", mark("Custom field 1")),
    Field("custom2", mark("Custom field 2")),
    Field("custom3", mark("Custom field 3")),
    Field("custom4", mark("Custom field 4")),
    Field("custom5", mark("Custom field 5")),
    Field("custom6", mark("Custom field 6")),
    Field("custom7", mark("Custom field 7")),
    Field("custom8", mark("Custom field 8")),
    Field("custom9", mark("Custom field 9")),
    Field("custom10", mark("Custom field 10")),
)

SCHEMA = ContactSchema(fields=FIELDS, one_of=(("email", "phoneNumber"),), keys=("phoneNumber", "email"))


def written(field: Field, value: Value) -> object:
    """The value as smsend wants it: dates yyyyMMdd, several texts as a list. Blank comes back as ""."""
    if isinstance(value, tuple):
        return [text for text in value if text.strip()] or ""
    if field.kind is FieldKind.TEXTS:
        return [value] if value.strip() else ""
    # Of the six documented formats only this one can't be read as another: ddMMyy has six digits.
    text = value.strip()
    return text.replace("-", "") if field.kind is FieldKind.DATE else text
