"""Octopush: contacts by phone number with two names and five free texts, put into lists and tags by name.

Written from its public documents (POST contact/create), which contradict each other on overwriting; knows
nothing of other providers.
"""

from __future__ import annotations

from app.batches import Batch, Passenger
from app.contacts.fields import ContactSchema, Field, FieldKind, Meaning
from app.language import mark, tr
from app.problems import Problem
from app.providers.account_fields import AccountFields
from app.providers.answers import (
    shortened,
    status_line,
    texts_in,
    usual_problem,
    usual_refusal,
    usual_trial,
    usual_verdict,
)
from app.providers.contract import (
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
from app.providers.octopush_options import LIST_NAME_LENGTH, MOST_CONTACTS, OPTIONS, TAG_NAME_LENGTH
from app.providers.options import OptionChoice, Options
from app.providers.reading_accounts import may_not_read
from app.providers.sign_in import HeaderSignIn, SecretField, Secrets, SignIn, typed_for_header
from app.providers.verdicts import Halt, Outcome, OutcomeKind, Split, Verdict, same_for_all
from app.providers.wire import MalformedAnswer, Request, Response, json_request

_TITLE = "Octopush"
_SWITCHES = ("un_list", "un_tag", "auto_delete_optout_contacts", "do_not_overwrite")

_LOGIN = SecretField(
    "api_login", mark("API login"), mark("The e-mail address of your Octopush account."), hidden=False
)
_API_KEY = SecretField("api_key", mark("API key"), mark("In Octopush: your account's API credentials."))

_SCHEMA = ContactSchema(
    fields=(
        Field("phone_number", mark("Phone number"), FieldKind.PHONE, Meaning.MOBILE),
        Field("first_name", mark("First name"), FieldKind.TEXT, Meaning.FIRST_NAME),
        Field("last_name", mark("Last name"), FieldKind.TEXT, Meaning.LAST_NAME),
        Field("param1", mark("Parameter 1"), hint=mark("Free text for your messages.")),
        Field("param2", mark("Parameter 2"), hint=mark("Free text for your messages.")),
        Field("param3", mark("Parameter 3"), hint=mark("Free text for your messages.")),
        Field("param4", mark("Parameter 4"), hint=mark("Free text for your messages.")),
        Field("param5", mark("Parameter 5"), hint=mark("Free text for your messages.")),
    ),
    required=("phone_number",),
    keys=("phone_number",),
)

_IRREVERSIBLE = (
    ("un_list", mark("The people of your file lose all lists they are in, except those chosen here.")),
    ("un_tag", mark("The people of your file lose all tags they have, except those chosen here.")),
    (
        "auto_delete_optout_contacts",
        mark("People of your file who opted out are dropped, and Octopush does not say who they were."),
    ),
)

_SENTENCES = {
    "octopush.accepted": Sentence(
        mark("Octopush accepted this contact; it does not say whether it was new or already there.")
    ),
    "octopush.accepted_broken": Sentence(
        mark("Octopush accepted the request, but the rest of its answer can't be read."),
        mark("Look for a few of these people in Octopush."),
    ),
    "octopush.accepted_but": Sentence(
        mark("Octopush accepted the request, but its answer also speaks of an error."),
        mark("Look for a few of these people in Octopush."),
    ),
    "octopush.400": Sentence(
        mark("Octopush refused this contact."),
        mark("Read what Octopush said about it, correct the row, and send it again."),
    ),
    "octopush.413": Sentence(
        mark("This contact is too large for Octopush."), mark("Shorten its texts, and send it again.")
    ),
}


class Octopush(Provider):
    """Octopush, https://dev.octopush.com."""

    name = "octopush"
    title = _TITLE
    servers = (Server("Octopush", "https://api.octopush.com"),)
    options = OPTIONS
    pace = Pace(requests_per_minute=None)
    side_effects = (
        mark(
            "A list or tag may be used by campaigns that are planned in Octopush: people who join it now may "
            "receive them, at the usual price of a message."
        ),
        mark("Octopush corrects or ignores what it does not understand, without saying so."),
    )

    def base_path(self, options: Options) -> str:  # noqa: ARG002 - always the same
        return "/v1/public/"

    def secrets(self, options: Options) -> tuple[SecretField, ...]:  # noqa: ARG002 - always the same
        return (_LOGIN, _API_KEY)

    def sign_in(self, secrets: Secrets, options: Options, clock: Clock = utc_now) -> SignIn:  # noqa: ARG002
        login, key = typed_for_header(secrets, _LOGIN), typed_for_header(secrets, _API_KEY)
        return HeaderSignIn(("api-login", login), ("api-key", key))

    def schema(self, options: Options, account_fields: AccountFields | None = None) -> ContactSchema:  # noqa: ARG002
        return _SCHEMA

    def steps(self, options: Options) -> tuple[Step, ...]:
        return (_CreateContacts(options),)

    def trial(self, options: Options) -> Request:  # noqa: ARG002 - always the same
        return Request("GET", "wallet/check-balance")

    def problem_in(self, response: Response, options: Options) -> Problem | None:  # noqa: ARG002
        return usual_trial(response, _TITLE, "GET /wallet/check-balance")

    def faults(self, options: Options) -> tuple[OptionFault, ...]:
        too_long = mark("A name may have {limit} characters at the most.")
        faults = []
        for one, several, limit in (
            ("list_name", "list_names", LIST_NAME_LENGTH),
            ("tag_name", "tag_names", TAG_NAME_LENGTH),
        ):
            if len(options.text(one)) > limit:
                faults.append(OptionFault(one, too_long, limit))
            if any(len(name) > limit for name in options.texts(several)):
                faults.append(OptionFault(several, too_long, limit))
        if not 1 <= options.number("batch_size") <= MOST_CONTACTS:
            why = mark("Choose a number from 1 to {limit}.")
            faults.append(OptionFault("batch_size", why, MOST_CONTACTS))
        return tuple(faults)

    def sentence(self, code: str) -> Sentence | None:
        return _SENTENCES.get(code)

    def creation(self, option_key: str, name: str, options: Options) -> Conversation[OptionChoice] | None:  # noqa: ARG002
        return _new_list(name) if option_key in ("list_name", "list_names") else None

    def irreversible(self, options: Options) -> tuple[str, ...]:
        told = [sentence for key, sentence in _IRREVERSIBLE if options.flag(key)]
        if not options.flag("do_not_overwrite"):
            told.insert(
                0, mark("What Octopush has about people who are already there is overwritten by your file.")
            )
        return tuple(told)


class _CreateContacts(Step):
    """POST contact/create.

    Repeatable either way: a contact that is already there is left as it is, or overwritten with the same
    values; detaching from all lists comes before attaching to the named ones each time alike.
    """

    key = "add"
    title = mark("Add contacts")
    max_body_bytes = 1_000_000  # no figure is documented; what many servers take unless told otherwise
    repeatable = True

    def __init__(self, options: Options) -> None:
        self.batch_size = options.number("batch_size")
        self._settings: dict[str, object] = {
            **_names(options, "list_name", "list_names"),
            **_names(options, "tag_name", "tag_names"),
            # Sent even when off: what is absent would be decided by defaults that the documents disagree on.
            **{key: options.flag(key) for key in _SWITCHES},
        }

    def request_for(self, batch: Batch) -> Request:
        contacts = [_contact(passenger) for passenger in batch.passengers]
        return json_request("POST", "contact/create", {**self._settings, "contacts": contacts})

    def apart(self, passenger: Passenger) -> tuple[str, ...]:
        value = passenger.values.get("phone_number", "")
        return (value.strip().removeprefix("+"),) if isinstance(value, str) else ()

    def verdict_on(self, response: Response, batch: Batch) -> Verdict:  # noqa: ARG002 - all fare alike
        usual = usual_verdict(response, _TITLE, too_large="octopush.413")
        if usual is not None:
            return usual
        if response.status < 300:  # neither the status nor a body is documented: any is taken as success
            return same_for_all(Outcome(OutcomeKind.ACCEPTED, _accepted_code(response)))
        problem = usual_refusal(response, _TITLE, "POST /contact/create")
        if problem is not None:
            return Halt(problem)
        return Split(Outcome(OutcomeKind.REFUSED, "octopush.400", _said(response)))


def _new_list(name: str) -> Conversation[OptionChoice]:
    """POST contact-list/create: 201. Lists are known by their names alone."""
    if len(name) > LIST_NAME_LENGTH:
        raise Problem(
            tr("The name of the list is too long."),
            tr("A name may have {limit} characters at the most.", limit=LIST_NAME_LENGTH),
        )
    response = yield json_request("POST", "contact-list/create", {"list_name": name})
    if response.status == 403 and not response.looks_like_web_page:
        raise may_not_read(_TITLE, "POST /contact-list/create", response)
    if response.status in (400, 409, 422) and not response.looks_like_web_page:
        raise Problem(
            tr("Octopush can't make a list with this name."),
            tr("There may be one already: then just type its name. Otherwise try another name."),
            status_line(response),
        )
    problem = usual_problem(response, _TITLE)
    if problem is not None:
        raise problem
    return OptionChoice(name, name)


def _names(options: Options, one: str, several: str) -> dict[str, object]:
    """Either the single name or, where there are more, all of them: which would win is not documented."""
    first, others = options.text(one), options.texts(several)
    if others:
        return {several: list(dict.fromkeys((first, *others) if first else others))}
    return {one: first} if first else {}


def _contact(passenger: Passenger) -> dict[str, object]:
    known = ((field.key, passenger.values.get(field.key, "")) for field in _SCHEMA.fields)
    return {key: value.strip() for key, value in known if isinstance(value, str) and value.strip()}


def _accepted_code(response: Response) -> str:
    """How a success is told: no body is documented, so what one says can't be held against the status."""
    try:
        answer = response.json() if response.text.startswith(("{", "[")) else {}
    except MalformedAnswer:
        return "octopush.accepted_broken"
    speaks_of_error = isinstance(answer, dict) and (
        answer.get("error_code") or answer.get("errors") or answer.get("error")
    )
    return "octopush.accepted_but" if speaks_of_error else "octopush.accepted"


def _said(response: Response) -> str:
    """What Octopush said: `message` with `code`, or `error_code` as its older interface names it."""
    try:
        answer = response.json_object()
    except MalformedAnswer:
        return shortened(response.text)
    told = texts_in(answer, ("code", "error_code", "message"))
    return shortened(" ".join(told)) or shortened(response.text)
