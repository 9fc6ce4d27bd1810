"""What Emarsys lets the user decide, and what those decisions amount to: which action, which key field.

Only declares and reads options; what they do to a request is emarsys_steps.py's.
"""

from __future__ import annotations

import re

from app.language import mark
from app.providers.contract import OptionFault
from app.providers.options import Fetched, Option, OptionChoice, OptionKind, Options, Place

CREATE, CREATE_AND_LIST, LIST_ONLY = "create", "create_and_list", "list_only"
UPSERT, UPSERT_AND_LIST = "create_or_update", "create_or_update_and_list"
WSSE, OAUTH2 = "wsse", "oauth2"

_EMAIL_FIELD = "3"
READ_ONLY = frozenset({"0", "27", "28", "29", "30", "32", "33", "34", "36", "47", "48"})
_FIELD_ID = re.compile(r"(?:0|[1-9]\d{0,9})(?:\[\])?")
_CONTACT_IDS = frozenset({"id", "uid"})

OPTIONS = (
    Option(
        "sign_in",
        mark("Sign in with"),
        OptionKind.CHOICE,
        WSSE,
        Place.ACCOUNT,
        choices=(
            OptionChoice(
                WSSE,
                mark("API user and secret (WSSE)"),
                mark("The older way. Emarsys has announced that it ends on 31 December 2026."),
            ),
            OptionChoice(
                OAUTH2,
                mark("Client ID and client secret (OAuth 2.0)"),
                mark("The newer way, for API credentials of the OpenID Connect type."),
            ),
        ),
    ),
    Option(
        "action",
        mark("What to do"),
        OptionKind.CHOICE,
        CREATE,
        Place.DESTINATION,
        choices=(
            OptionChoice(
                CREATE,
                mark("Create contacts"),
                mark("New people become contacts. People who are already contacts are left unchanged."),
            ),
            OptionChoice(
                CREATE_AND_LIST,
                mark("Create contacts and add them to a list"),
                mark("New people become contacts, and then everyone is added to a contact list."),
            ),
            OptionChoice(
                UPSERT,
                mark("Create contacts, or update those that exist"),
                mark(
                    "New people become contacts. For people who are already contacts, what your file says "
                    "replaces what Emarsys has in the matched fields; blank cells change nothing."
                ),
            ),
            OptionChoice(
                UPSERT_AND_LIST,
                mark("Create or update contacts and add them to a list"),
                mark(
                    "The same, and then everyone is added to a contact list. What your file says replaces "
                    "what Emarsys has in the matched fields; blank cells change nothing."
                ),
            ),
            OptionChoice(
                LIST_ONLY,
                mark("Add people who are already contacts to a list"),
                mark("Nobody is created or changed; people who are not contacts yet are refused."),
            ),
        ),
    ),
    Option(
        "list_id",
        mark("List number"),
        OptionKind.INTEGER,
        0,
        Place.DESTINATION,
        consequence=mark("The number of a contact list that exists in Emarsys. Nobody is removed from it."),
        nothing=mark("No list yet"),
        wire_name="list_id",
        shown_when=("action", frozenset({CREATE_AND_LIST, UPSERT_AND_LIST, LIST_ONLY})),
        fetched=Fetched.LISTS,
        creatable=True,
    ),
    Option(
        "existing_to_list",
        mark("Add people who are already contacts to the list too"),
        OptionKind.SWITCH,
        True,
        Place.EXISTING,
        when_on=mark("People who are already contacts are left unchanged, and added to the list."),
        when_off=mark("People who are already contacts are refused; only new ones are added to the list."),
        shown_when=("action", frozenset({CREATE_AND_LIST})),
    ),
    Option(
        "key_id",
        mark("Field that identifies a contact"),
        OptionKind.TEXT,
        _EMAIL_FIELD,
        Place.MORE,
        consequence=mark(
            "The number of a field; 3 is the e-mail address, 37 the mobile number. Write [] after the number "
            "of a custom field with several choices. For people who are already contacts it may also be id "
            "or uid; empty then stands for id."
        ),
        wire_name="key_id",
        fetched=Fetched.FIELDS,
    ),
    Option(
        "source_id",
        mark("Source id"),
        OptionKind.TEXT,
        "",
        Place.MORE,
        consequence=mark(
            "The number of a source registered in Emarsys, noted with every contact for which your file "
            "names no other. Leave it empty if you have none."
        ),
        wire_name="source_id",
        shown_when=("action", frozenset({CREATE, CREATE_AND_LIST, UPSERT, UPSERT_AND_LIST})),
        fetched=Fetched.SOURCES,
    ),
)


def creates(options: Options) -> bool:
    """Whether contacts are created."""
    return options.text("action") != LIST_ONLY


def updates(options: Options) -> bool:
    """Whether contacts that exist are changed."""
    return options.text("action") in (UPSERT, UPSERT_AND_LIST)


def lists(options: Options) -> bool:
    """Whether contacts are added to a list."""
    return options.text("action") in (CREATE_AND_LIST, UPSERT_AND_LIST, LIST_ONLY)


def key_field(options: Options) -> str:
    """The key of the field that identifies contacts, as in the schema: "3", "id", or "123[]"."""
    return options.text("key_id") or (_EMAIL_FIELD if creates(options) else "id")


def key_id(options: Options) -> str:
    """The key field as Emarsys calls it: "3", "id", "123"."""
    return key_field(options).removesuffix("[]")


def faults_in(options: Options) -> tuple[OptionFault, ...]:
    """What has to be decided otherwise before anything can be sent."""
    faults = []
    key = key_field(options)
    if creates(options) and key in (*_CONTACT_IDS, "eid"):
        why = mark("New contacts can't be identified by Emarsys' own id. Choose a field, for example 3.")
        faults.append(OptionFault("key_id", why))
    elif not _may_be_key(key, creating=creates(options)):
        faults.append(
            OptionFault("key_id", mark("This is not the number of a field that identifies people."))
        )
    if lists(options) and options.number("list_id") < 1:
        faults.append(OptionFault("list_id", mark("Fill in the number of the contact list.")))
    source = options.text("source_id")
    if creates(options) and source and not (source.isascii() and source.isdigit()):
        faults.append(OptionFault("source_id", mark("A source id is a number.")))
    return tuple(faults)


def _may_be_key(key: str, *, creating: bool) -> bool:
    if not creating and key in _CONTACT_IDS:
        return True
    if not _FIELD_ID.fullmatch(key) or key.removesuffix("[]") in READ_ONLY:
        return False
    return not key.endswith("[]") or int(key[:-2]) > 48
