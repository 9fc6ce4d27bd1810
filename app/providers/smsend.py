"""smsend and its sister brands: contacts by e-mail or phone number, all or nothing per request.

Written from the public documents ("Add multiple contacts"); knows nothing of other providers.
"""

from __future__ import annotations

import re

from app.batches import Batch, Passenger
from app.contacts.fields import ContactSchema
from app.language import mark, tr
from app.problems import AccountProblem, Problem
from app.providers.account_fields import AccountFields
from app.providers.answers import not_permitted, shortened, status_line, texts_in, usual_trial, usual_verdict
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
from app.providers.options import OptionChoice, Options
from app.providers.sign_in import SecretField, Secrets, SignIn, typed
from app.providers.smsend_fields import FIELDS, SCHEMA, written
from app.providers.smsend_groups import groups, new_group
from app.providers.smsend_options import OPTIONS
from app.providers.smsend_sentences import SENTENCES, code_of
from app.providers.smsend_sign_in import Scheme, SmsendSignIn
from app.providers.verdicts import Halt, Outcome, OutcomeKind, Split, Unclear, Verdict, same_for_all
from app.providers.wire import MalformedAnswer, Request, Response, json_request

_TITLE = "smsend"
_MOST_CONTACTS = 1_000  # nothing is documented; more would make one bad contact stop too many others
_COUNT = re.compile(r'"?\s*(\d{1,9})\s*"?')

_USERNAME = SecretField("username", mark("User name"), hidden=False)
_PASSWORD = SecretField(
    "password", mark("Password"), mark("The password for the API, if your account has one of its own.")
)


class Smsend(Provider):
    """smsend, https://www.smsend.it/rest-api/, and the brands that run the same service."""

    name = "smsend"
    title = _TITLE
    servers = (
        Server("smsend", "https://app.gateway.smsend.it"),
        Server("smsend (api.smsend.it)", "https://api.smsend.it"),
        Server("Skebby", "https://api.skebby.it"),
        Server("Aruba SMS", "https://smspanel.aruba.it"),
        Server("Trendoo", "https://api.trendoo.net"),
        Server("Mobyt", "https://app.mobyt.it"),
        Server("Esendex Italia", "https://app.esendex.it"),
        Server("SMSEnvoi", "https://api.smsenvoi.com"),
        Server("Vodafone SMS massivi", "https://smsmassivi.vodafone.it"),
    )
    options = OPTIONS
    pace = Pace(requests_per_minute=None)
    side_effects = (
        mark(
            "People who join a group may receive what that group is set up for in smsend, such as a birthday "
            "message or a campaign."
        ),
        mark("The address book of your smsend account may hold a limited number of contacts."),
    )

    def base_path(self, options: Options) -> str:  # noqa: ARG002 - always the same
        return "/API/v1.0/REST/"

    def secrets(self, options: Options) -> tuple[SecretField, ...]:  # noqa: ARG002 - always the same
        return (_USERNAME, _PASSWORD)

    def sign_in(self, secrets: Secrets, options: Options, clock: Clock = utc_now) -> SignIn:  # noqa: ARG002
        scheme = Scheme.TOKEN if options.text("sign_in") == "token" else Scheme.SESSION
        return SmsendSignIn(scheme, typed(secrets, _USERNAME), typed(secrets, _PASSWORD))

    def schema(self, options: Options, account_fields: AccountFields | None = None) -> ContactSchema:  # noqa: ARG002
        return SCHEMA

    def steps(self, options: Options) -> tuple[Step, ...]:
        return (_AddContacts(options),)

    def trial(self, options: Options) -> Request:  # noqa: ARG002 - always the same
        return Request("GET", "status")

    def problem_in(self, response: Response, options: Options) -> Problem | None:  # noqa: ARG002
        if response.status in (401, 404) and not response.looks_like_web_page:
            return _not_signed_in(response)
        return usual_trial(response, _TITLE, "GET status")

    def faults(self, options: Options) -> tuple[OptionFault, ...]:
        if 1 <= options.number("batch_size") <= _MOST_CONTACTS:
            return ()
        return (OptionFault("batch_size", mark("Choose a number from 1 to {limit}."), _MOST_CONTACTS),)

    def sentence(self, code: str) -> Sentence | None:
        return SENTENCES.get(code)

    def choices(self, option_key: str, options: Options) -> Conversation[tuple[OptionChoice, ...]] | None:  # noqa: ARG002
        return groups(_TITLE) if option_key == "groupIds" else None

    def creation(self, option_key: str, name: str, options: Options) -> Conversation[OptionChoice] | None:  # noqa: ARG002
        return new_group(_TITLE, name) if option_key == "groupIds" else None

    def irreversible(self, options: Options) -> tuple[str, ...]:
        if options.flag("updateExistingContact"):
            told = [mark("What smsend has about people who are already there is replaced by your file.")]
        else:
            told = [
                mark(
                    "People who are already there are deleted and added anew: everything smsend had "
                    "about them that is not in your file is lost."
                )
            ]
        if not options.flag("keepExistingGroupsAndCampaigns"):
            told.append(mark("People who are already there lose their groups and campaigns."))
        return tuple(told)


class _AddContacts(Step):
    """POST contact, with many contacts: if one is badly formatted none are saved, hence Split."""

    key = "add"
    title = mark("Add contacts")
    max_body_bytes = 1_000_000  # no figure is documented; what many servers take unless told otherwise

    def __init__(self, options: Options) -> None:
        self.batch_size = options.number("batch_size")
        self._path = options.text("path")
        self._groups = options.texts("groupIds")
        self._update = options.flag("updateExistingContact")
        self._keep = options.flag("keepExistingGroupsAndCampaigns")
        # Dropping and inserting twice may lose what came between, so only an update may be repeated.
        self.repeatable = self.repeat_tells = self._update

    def request_for(self, batch: Batch) -> Request:
        content = {
            "contacts": [_contact(passenger, self._groups) for passenger in batch.passengers],
            "updateExistingContact": self._update,
            "keepExistingGroupsAndCampaigns": self._keep,
        }
        return json_request("POST", self._path, content)

    def apart(self, passenger: Passenger) -> tuple[str, ...]:
        found = ((key, passenger.values.get(key, "")) for key in SCHEMA.keys)
        return tuple(
            f"{key} {value.strip().casefold()}" for key, value in found if isinstance(value, str) and value
        )

    def verdict_on(self, response: Response, batch: Batch) -> Verdict:
        usual = usual_verdict(response, _TITLE, too_large="smsend.413")
        if usual is not None:
            return usual
        if response.status < 300:
            return _counted(response, batch)
        if response.status == 404:
            return Halt(_not_found(response))
        if response.status == 403:
            return Halt(not_permitted(_TITLE, f"POST {self._path}", response))
        if response.status == 401:
            return Halt(_not_signed_in(response))
        code = code_of(response.text)
        if code == "smsend.400_group" and self._groups and not _name_groups(batch):
            return Halt(_unknown_group(response))
        return Split(Outcome(OutcomeKind.REFUSED, code, _said(response)))


def _contact(passenger: Passenger, groups: tuple[str, ...]) -> dict[str, object]:
    contact: dict[str, object] = {}
    for field in FIELDS:
        value = passenger.values.get(field.key, "")
        if field.key == "groupIds":
            own = (value,) if isinstance(value, str) else value
            value = tuple(dict.fromkeys((*groups, *own)))
        text = written(field, value)
        if text:
            contact[field.key] = text
    return contact


def _name_groups(batch: Batch) -> bool:
    """Whether any contact of the batch names groups of its own, besides those chosen for everyone."""
    return any(passenger.values.get("groupIds") for passenger in batch.passengers)


def _counted(response: Response, batch: Batch) -> Verdict:
    """The verdict on 200, whose body is the "number of contacts correctly created"."""
    count = _count_in(response)
    if count is None or count > len(batch):
        return Unclear(shortened(response.text))
    if count == len(batch):
        return same_for_all(Outcome(OutcomeKind.ACCEPTED, "smsend.accepted"))
    detail = f"{count} / {len(batch)}"
    return same_for_all(Outcome(OutcomeKind.UNSURE, "smsend.count_below", detail))


def _count_in(response: Response) -> int | None:
    """The documented number: alone, or the only number of a JSON object; None if it says none."""
    found = _COUNT.fullmatch(response.text)
    if found is not None:
        return int(found[1])
    try:
        numbers = [value for value in response.json_object().values() if type(value) is int and value >= 0]
    except MalformedAnswer:
        return None
    return numbers[0] if len(numbers) == 1 else None


def _said(response: Response) -> str:
    """What smsend said: its words out of JSON where it is that, else the text as it came."""
    try:
        words = texts_in(response.json_object(), ("code", "error", "message", "details", "errorMessage"))
    except MalformedAnswer:
        words = ()
    return shortened(" ".join(words)) or shortened(response.text)


def _unknown_group(response: Response) -> Problem:
    return Problem(
        tr("smsend does not know one of the chosen groups, or it belongs to another account."),
        tr("Choose the groups again from the account's own. Nothing of this batch was saved."),
        status_line(response),
    )


def _not_found(response: Response) -> Problem:
    # 404 is documented for an unknown user key, and is what an address that is not there answers too.
    return AccountProblem(
        tr("smsend does not know this account, or does not offer this service at its address."),
        tr(
            "Try the account first. If that works, choose the other “Address of the service” among the "
            "options, then upload again."
        ),
        status_line(response),
    )


def _not_signed_in(response: Response) -> Problem:
    return AccountProblem(
        tr("{provider} does not accept this account.", provider=_TITLE),
        tr("Check the name, the password, and that you chose the right brand or address. Then try again."),
        status_line(response),
    )
