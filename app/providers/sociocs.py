"""Sociocs: many contacts by phone number, with free extra fields, each replacing what was stored before.

Written from its public documents (POST /contacts/bulk, GET /lists); knows nothing of other providers.
"""

from __future__ import annotations

from app.batches import Batch, Passenger
from app.contacts.fields import ContactSchema, Field, FieldKind, FreeFields, Meaning
from app.language import mark, tr
from app.problems import AccountProblem, Problem
from app.providers.account_fields import AccountFields
from app.providers.answers import shortened, texts_in, usual_refusal, usual_trial, usual_verdict
from app.providers.contract import (
    Acknowledgement,
    Clock,
    Conversation,
    OptionFault,
    Pace,
    Provider,
    Sentence,
    Server,
    Step,
    utc_now,
)
from app.providers.options import Fetched, Option, OptionChoice, OptionKind, Options, Place
from app.providers.sign_in import HeaderSignIn, SecretField, Secrets, SignIn, typed_for_header
from app.providers.sociocs_lists import TITLE, lists, new_list
from app.providers.verdicts import Halt, Outcome, OutcomeKind, Split, Unclear, Verdict, same_for_all
from app.providers.wire import MalformedAnswer, Request, Response, json_request

_MOST_RECORDS = 10_000  # documented
_EXTRA = "extra_fields."

_API_KEY = SecretField(
    "apikey",
    mark("API key"),
    mark("In Sociocs: Profile & settings, then API. It has two parts with a colon between them."),
)

_OPTIONS = (
    Option(
        "list_id",
        mark("List number"),
        OptionKind.INTEGER,
        0,
        Place.DESTINATION,
        consequence=mark(
            "Everyone is added to this list. A contact whose phone number is already in Sociocs is "
            "overwritten completely: extra fields that are not in your file are lost."
        ),
        nothing=mark("All contacts"),
        wire_name="list_id",
        fetched=Fetched.LISTS,
        creatable=True,
    ),
    Option(
        "phone_number_cc",
        mark("Dial code of all numbers"),
        OptionKind.TEXT,
        "",
        Place.MORE,
        consequence=mark(
            "Digits only, for example 1. It is stored beside every number as its dial code and changes no "
            "number. Leave it empty unless all numbers of the file have the same dial code."
        ),
        wire_name="phone_number_cc",
        max_length=4,
    ),
    Option(
        "batch_size",
        mark("Contacts per request"),
        OptionKind.INTEGER,
        1_000,
        Place.MORE,
        consequence=mark(
            "Fewer are slower, and safer on a weak connection. Sociocs takes 10,000 at the most."
        ),
    ),
)

_SCHEMA = ContactSchema(
    fields=(
        Field("phone_number", mark("Phone number"), FieldKind.PHONE, Meaning.MOBILE),
        Field("name", mark("Name"), FieldKind.TEXT, Meaning.FULL_NAME),
    ),
    required=("phone_number",),
    keys=("phone_number",),
    free=FreeFields(
        pattern=r"extra_fields\.(?P<name>.+)",
        label=mark("Extra field"),
        template="extra_fields.{header}",
    ),
)

_OVERWRITES = mark(
    "A contact whose phone number is already in Sociocs is overwritten completely: its name and all its "
    "extra fields are replaced by your file, and extra fields that your file does not have are lost for good."
)

_SENTENCES = {
    "sociocs.400": Sentence(
        mark("Sociocs refused this contact."),
        mark("Read what Sociocs said about it, correct the row, and send it again."),
    ),
    "sociocs.413": Sentence(
        mark("This contact is too large for Sociocs."),
        mark("Shorten its texts or leave out some extra fields, and send it again."),
    ),
}


class Sociocs(Provider):
    """Sociocs, https://docs.sociocs.com."""

    name = "sociocs"
    title = TITLE
    servers = (Server("Sociocs", "https://api.sociocs.com"),)
    options = _OPTIONS
    pace = Pace(requests_per_minute=None)
    side_effects = (
        mark("Your Sociocs plan may hold a limited number of contacts, or charge for more."),
        mark("Messages scheduled for a list may also go to the people who join it now."),
    )

    def base_path(self, options: Options) -> str:  # noqa: ARG002 - always the same
        return "/"

    def secrets(self, options: Options) -> tuple[SecretField, ...]:  # noqa: ARG002 - always the same
        return (_API_KEY,)

    def sign_in(self, secrets: Secrets, options: Options, clock: Clock = utc_now) -> SignIn:  # noqa: ARG002
        key = typed_for_header(secrets, _API_KEY)
        first, colon, second = key.partition(":")
        if not (first and colon and second):
            raise AccountProblem(
                tr("This is not a complete Sociocs API key."),
                tr("Copy it again from Sociocs: it has two parts with a colon between them."),
            )
        return HeaderSignIn(("apikey", key))

    def schema(self, options: Options, account_fields: AccountFields | None = None) -> ContactSchema:  # noqa: ARG002
        return _SCHEMA

    def steps(self, options: Options) -> tuple[Step, ...]:
        return (_AddInBulk(options),)

    def trial(self, options: Options) -> Request:  # noqa: ARG002 - always the same
        return Request("GET", "lists")

    def problem_in(self, response: Response, options: Options) -> Problem | None:  # noqa: ARG002
        return usual_trial(response, TITLE, "GET /lists", ("{", "["))

    def faults(self, options: Options) -> tuple[OptionFault, ...]:
        faults = []
        if options.number("list_id") < 0:
            faults.append(OptionFault("list_id", mark("A list number is 0 or more.")))
        code = options.text("phone_number_cc")
        if code and not (code.isascii() and code.isdigit() and len(code) <= 4):
            faults.append(
                OptionFault("phone_number_cc", mark("A dial code has one to four digits and no plus."))
            )
        if not 1 <= options.number("batch_size") <= _MOST_RECORDS:
            why = mark("Choose a number from 1 to {limit}.")
            faults.append(OptionFault("batch_size", why, _MOST_RECORDS))
        return tuple(faults)

    def sentence(self, code: str) -> Sentence | None:
        return _SENTENCES.get(code)

    def choices(self, option_key: str, options: Options) -> Conversation[tuple[OptionChoice, ...]] | None:  # noqa: ARG002
        return lists() if option_key == "list_id" else None

    def creation(self, option_key: str, name: str, options: Options) -> Conversation[OptionChoice] | None:  # noqa: ARG002
        return new_list(name) if option_key == "list_id" else None

    def irreversible(self, options: Options) -> tuple[str, ...]:  # noqa: ARG002 - always the same
        return (_OVERWRITES,)

    def acknowledgements(self, options: Options) -> tuple[Acknowledgement, ...]:  # noqa: ARG002
        return (Acknowledgement("overwrites", _OVERWRITES),)


class _AddInBulk(Step):
    """POST /contacts/bulk. Repeatable: sending a contact again writes the same values again."""

    key = "add"
    title = mark("Add contacts")
    max_body_bytes = 5_000_000  # no figure is documented; 10,000 contacts with a few fields fit
    repeatable = True

    def __init__(self, options: Options) -> None:
        self.batch_size = options.number("batch_size")
        self._list_id = options.number("list_id")
        self._dial_code = options.text("phone_number_cc")

    def request_for(self, batch: Batch) -> Request:
        content: dict[str, object] = {"list_id": self._list_id}
        if self._dial_code:
            content["phone_number_cc"] = self._dial_code
        content["records"] = [_record(passenger) for passenger in batch.passengers]
        return json_request("POST", "contacts/bulk", content)

    def apart(self, passenger: Passenger) -> tuple[str, ...]:
        value = passenger.values.get("phone_number", "")
        return (value.strip().removeprefix("+"),) if isinstance(value, str) else ()

    def verdict_on(self, response: Response, batch: Batch) -> Verdict:  # noqa: ARG002 - all fare alike
        usual = usual_verdict(response, TITLE, too_large="sociocs.413")
        if usual is not None:
            return usual
        problem = usual_refusal(response, TITLE, "POST /contacts/bulk")
        return Halt(problem) if problem is not None else _read(response)


def _record(passenger: Passenger) -> dict[str, object]:
    values = passenger.values.items()
    texts = {key: value.strip() for key, value in values if isinstance(value, str) and value.strip()}
    record: dict[str, object] = {key: texts[key] for key in ("phone_number", "name") if key in texts}
    extra = {key.removeprefix(_EXTRA): text for key, text in texts.items() if key.startswith(_EXTRA)}
    if extra:
        record["extra_fields"] = extra
    return record


def _read(response: Response) -> Verdict:
    """The verdict on 2xx, 400 or 422. An error may come with 200: `status` decides."""
    try:
        answer = response.json_object()
    except MalformedAnswer:
        answer = {}
    status = str(answer.get("status", "")).strip().lower()
    if response.status < 300 and status == "success":
        return same_for_all(Outcome(OutcomeKind.ACCEPTED))
    if response.status >= 400 or status == "error":
        detail = _messages(answer.get("errors")) or shortened(response.text)
        return Split(Outcome(OutcomeKind.REFUSED, "sociocs.400", detail))
    return Unclear(shortened(response.text))


def _messages(errors: object) -> str:
    """The messages of `errors`, documented as [{"msg": ...}], in one line."""
    found = errors if isinstance(errors, list) else [errors]
    texts: list[str] = []
    for error in found:
        texts.extend((error,) if isinstance(error, str) else texts_in(error, ["msg"]))
    return shortened("; ".join(texts))
