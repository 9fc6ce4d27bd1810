"""What Emarsys can store about a contact: its own fields by number, and custom fields by their numbers.

Only declares. Source: "System Fields" of the Emarsys API; read-only fields are left out. Lengths are
documented for custom fields of the same types, and taken for Emarsys' own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from app.contacts.fields import Choice, ContactSchema, Field, FieldKind, FreeFields, Meaning
from app.language import mark
from app.providers.account_fields import AccountFields
from app.providers.emarsys_choices import choices_of
from app.providers.emarsys_live import LONG, SHORT, joined
from app.providers.emarsys_options import creates, key_field, updates
from app.providers.options import Options

_LAST_OFFICE_COUNTRY = 206  # field 45 has only the older part of the countries of field 14

_FREE = FreeFields(
    # Emarsys' own fields end at 48, and those that may be written are declared below.
    pattern=r"(?P<name>[1-9]\d{2,9}|[5-9]\d|49)(?P<many>\[\])?",
    label=mark("Custom field (its number, with [] after it if it holds several choices)"),
)

_TEXTS = (
    ("3", mark("E-mail"), FieldKind.EMAIL, Meaning.EMAIL, LONG),
    ("1", mark("First name"), FieldKind.TEXT, Meaning.FIRST_NAME, SHORT),
    ("2", mark("Last name"), FieldKind.TEXT, Meaning.LAST_NAME, SHORT),
    ("37", mark("Mobile"), FieldKind.PHONE, Meaning.MOBILE, SHORT),
    ("15", mark("Phone"), FieldKind.PHONE, Meaning.PHONE, SHORT),
    ("4", mark("Date of birth"), FieldKind.DATE, Meaning.BIRTH_DATE, None),
    ("10", mark("Address"), FieldKind.TEXT, Meaning.STREET, LONG),
    ("13", mark("Postcode"), FieldKind.TEXT, Meaning.POSTCODE, SHORT),
    ("11", mark("City"), FieldKind.TEXT, Meaning.CITY, SHORT),
    ("12", mark("State or province"), FieldKind.TEXT, Meaning.PROVINCE, SHORT),
    ("16", mark("Fax"), FieldKind.TEXT, Meaning.FAX, SHORT),
    ("18", mark("Company"), FieldKind.TEXT, Meaning.COMPANY, LONG),
    ("25", mark("Website"), FieldKind.TEXT, Meaning.WEBSITE, LONG),
    ("38", mark("First name of partner"), FieldKind.TEXT, None, SHORT),
    ("39", mark("Partner's date of birth"), FieldKind.DATE, None, None),
    ("40", mark("Anniversary"), FieldKind.DATE, Meaning.ANNIVERSARY, None),
    ("41", mark("Address (office)"), FieldKind.TEXT, None, LONG),
    ("42", mark("Postcode (office)"), FieldKind.TEXT, None, SHORT),
    ("43", mark("City (office)"), FieldKind.TEXT, None, SHORT),
    ("44", mark("State or province (office)"), FieldKind.TEXT, None, SHORT),
    ("21", mark("Phone (office)"), FieldKind.PHONE, None, SHORT),
    ("22", mark("Fax (office)"), FieldKind.TEXT, None, SHORT),
)

_CHOICES = (
    ("5", mark("Gender"), Meaning.GENDER, "gender"),
    ("46", mark("Salutation"), Meaning.SALUTATION, "salutation"),
    ("9", mark("Title"), Meaning.TITLE, "title"),
    ("14", mark("Country"), Meaning.COUNTRY, "country"),
    ("35", mark("Language"), Meaning.LANGUAGE, "language"),
    ("31", mark("Opt-in to e-mail"), Meaning.OPT_IN, "opt_in"),
    ("6", mark("Marital status"), None, "marital_status"),
    ("7", mark("Children"), None, "children"),
    ("8", mark("Education"), None, "education"),
    ("17", mark("Job position"), Meaning.JOB, "position"),
    ("19", mark("Department"), None, "department"),
    ("20", mark("Industry"), None, "industry"),
    ("23", mark("Number of employees"), None, "employees"),
    ("24", mark("Annual revenue (thousand euros)"), None, "revenue"),
    ("26", mark("Preferred e-mail format"), None, "email_format"),
    ("45", mark("Country (office)"), None, "country"),
)

_HINTS = {
    "37": mark("The number for text messages."),
    "7": mark("Write words, such as “2 children”: Emarsys reads a bare 1 as no children, 2 as one child."),
    "31": mark("Consent to e-mails. Match a column only if it really says who agreed."),
}

SOURCE = Field(
    "source_id",
    mark("Source id"),
    FieldKind.INTEGER,
    hint=mark("The number of the source this contact comes from, as registered in Emarsys."),
)

_CONTACT_ID = Field("id", mark("Contact id (Emarsys' own)"), FieldKind.INTEGER, Meaning.CONTACT_ID)
_CONTACT_UID = Field("uid", mark("Contact uid (Emarsys' own)"), FieldKind.TEXT, Meaning.CONTACT_ID)


def schema_for(options: Options, live: AccountFields | None = None) -> ContactSchema:
    """The fields for creating contacts or, where they only go to a list, the one that identifies them.

    With the account's own fields there are no others: a number that is not among them does not exist.
    """
    key = key_field(options)
    own = joined(own_fields(), live, key) if live and live.fields else own_fields()
    fields = (*own, SOURCE) if creates(options) else (_CONTACT_ID, _CONTACT_UID, *own)
    everything = ContactSchema(fields, free=_FREE)
    # Asked for as key, a field of Emarsys' own is there even if the account did not list it.
    found = everything.field(key) or ContactSchema(own_fields()).field(key)
    if not creates(options):
        return ContactSchema((found,) if found else (), required=(key,), keys=(key,))
    if found is not None and found not in fields:
        # A custom field that identifies contacts has to be visible to be connected.
        named = found.label if found in own_fields() else mark("The custom field that identifies contacts")
        fields = (replace(found, label=named), *fields)
    if updates(options):
        fields = tuple(replace(field, clearable=_is_clearable(field)) for field in fields)
    return ContactSchema(fields, required=(key,), keys=(key,), free=None if live and live.fields else _FREE)


def _is_clearable(field: Field) -> bool:
    """Whether an empty text empties it: "Updating Multiple Contacts", which says so of fields with one value.
    For several choices an empty array is refused; who agreed to what is never changed by an empty cell."""
    several = field.kind in (FieldKind.MULTI_CHOICE, FieldKind.TEXTS)
    return not several and field.meaning is not Meaning.OPT_IN and field.key != SOURCE.key


@cache
def own_fields() -> tuple[Field, ...]:
    """Emarsys' own fields that may be written, the usual ones first."""
    return (*_text_fields(), *_choice_fields())


def _text_fields() -> Iterator[Field]:
    for key, label, kind, meaning, length in _TEXTS:
        yield Field(key, label, kind, meaning, length, hint=_HINTS.get(key, ""))


def _choice_fields() -> Iterator[Field]:
    for key, label, meaning, name in _CHOICES:
        choices: tuple[Choice, ...] = choices_of(name)
        if key == "45":
            choices = tuple(choice for choice in choices if int(choice.value) <= _LAST_OFFICE_COUNTRY)
        yield Field(key, label, FieldKind.CHOICE, meaning, choices=choices, hint=_HINTS.get(key, ""))
