"""smsend and its sister brands: contacts by e-mail or phone number, all or nothing per request.

Written from the public documents ("Add multiple contacts"); knows nothing of other providers.
"""

from __future__ import annotations

import re

from app.batches import Batch, Passenger
from app.contacts.fields import ContactSchema
from app.language import mark, tr
from app.problems import AccountProblem, Problem
from app.providers.answers import shortened, status_line, usual_problem, usual_verdict
from app.providers.contract import Clock, OptionFault, Pace, Provider, Sentence, Server, Step, utc_now
from app.providers.options import Option, OptionChoice, OptionKind, Options, Place
from app.providers.sign_in import SecretField, Secrets, SignIn, typed
from app.providers.smsend_fields import FIELDS, SCHEMA, written
from app.providers.smsend_sign_in import Scheme, SmsendSignIn
from app.providers.verdicts import Answered, Halt, Outcome, OutcomeKind, Split, Unclear, Verdict, same_for_all
from app.providers.wire import Request, Response, json_request

_TITLE = "smsend"
_MOST_CONTACTS = 1_000  # nothing is documented; more would make one bad contact stop too many others
_COUNT = re.compile(r'"?\s*(\d{1,9})\s*"?')

_USERNAME = SecretField("username", mark("User name"), hidden=False)
_PASSWORD = SecretField(
    "password", mark("Password"), mark("The password for the API, if your account has one of its own.")
)

_OPTIONS = (
    Option(
        "sign_in",
        mark("Sign in with"),
        OptionKind.CHOICE,
        "session",
        Place.ACCOUNT,
        choices=(
            OptionChoice(
                "session",
                mark("A session"),
                mark("The program signs in for this upload, and again if the session ends. This suits most."),
            ),
            OptionChoice(
                "token",
                mark("A user token"),
                mark("The program asks for the user's lasting token. Choose it if sessions are refused."),
            ),
        ),
    ),
    Option(
        "groupIds",
        mark("Group ids"),
        OptionKind.TEXTS,
        (),
        Place.DESTINATION,
        consequence=mark("Everyone is put into these groups, besides any groups your file names."),
        wire_name="groupIds",
    ),
    Option(
        "updateExistingContact",
        mark("Update contacts that already exist"),
        OptionKind.SWITCH,
        True,
        Place.EXISTING,
        when_on=mark("A contact that is already there is updated with what your file says."),
        when_off=mark("A contact that is already there is deleted and added anew, with only your data."),
        wire_name="updateExistingContact",
        destroys_when=False,
    ),
    Option(
        "keepExistingGroupsAndCampaigns",
        mark("Keep groups and campaigns"),
        OptionKind.SWITCH,
        True,
        Place.EXISTING,
        when_on=mark("A contact that is already there stays in its groups and campaigns."),
        when_off=mark("A contact that is already there is taken out of all its groups and campaigns."),
        wire_name="keepExistingGroupsAndCampaigns",
        destroys_when=False,
    ),
    Option(
        "batch_size",
        mark("Contacts per request"),
        OptionKind.INTEGER,
        200,
        Place.MORE,
        consequence=mark("smsend does not say how many it takes at once; 200 is a careful number."),
    ),
)

_SENTENCES = {
    "smsend.accepted": Sentence(
        mark("smsend saved this contact; it does not say whether it was new or already there.")
    ),
    "smsend.count_below": Sentence(
        mark("smsend saved fewer contacts of this batch than it was sent, and does not say which."),
        mark("Look in your smsend address book. Sending these contacts again updates those that are there."),
    ),
    "smsend.400": Sentence(
        mark("smsend refused this contact."),
        mark(
            "Read what smsend said about it. Usual reasons: the e-mail address, or a group that does not "
            "belong to this account. Correct the row and send it again."
        ),
    ),
    "smsend.413": Sentence(
        mark("This contact is too large for smsend."), mark("Shorten its texts, and send it again.")
    ),
}


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
    options = _OPTIONS
    pace = Pace(requests_per_minute=None)

    def base_path(self, options: Options) -> str:  # noqa: ARG002 - always the same
        return "/API/v1.0/REST/"

    def secrets(self, options: Options) -> tuple[SecretField, ...]:  # noqa: ARG002 - always the same
        return (_USERNAME, _PASSWORD)

    def sign_in(self, secrets: Secrets, options: Options, clock: Clock = utc_now) -> SignIn:  # noqa: ARG002
        scheme = Scheme.TOKEN if options.text("sign_in") == "token" else Scheme.SESSION
        return SmsendSignIn(scheme, typed(secrets, _USERNAME), typed(secrets, _PASSWORD))

    def schema(self, options: Options) -> ContactSchema:  # noqa: ARG002 - always the same
        return SCHEMA

    def steps(self, options: Options) -> tuple[Step, ...]:
        return (_AddContacts(options),)

    def trial(self, options: Options) -> Request:  # noqa: ARG002 - always the same
        return Request("GET", "status")

    def problem_in(self, response: Response, options: Options) -> Problem | None:  # noqa: ARG002
        if response.status in (401, 404) and not response.looks_like_web_page:
            return _not_signed_in(response)
        return usual_problem(response, _TITLE)

    def faults(self, options: Options) -> tuple[OptionFault, ...]:
        if 1 <= options.number("batch_size") <= _MOST_CONTACTS:
            return ()
        return (OptionFault("batch_size", mark("Choose a number from 1 to {limit}."), _MOST_CONTACTS),)

    def sentence(self, code: str) -> Sentence | None:
        return _SENTENCES.get(code)


class _AddContacts(Step):
    """POST contact, with many contacts: if one is badly formatted none are saved, hence Split."""

    key = "add"
    title = mark("Add contacts")
    max_body_bytes = 1_000_000  # no figure is documented; what many servers take unless told otherwise

    def __init__(self, options: Options) -> None:
        self.batch_size = options.number("batch_size")
        self._groups = options.texts("groupIds")
        self._update = options.flag("updateExistingContact")
        self._keep = options.flag("keepExistingGroupsAndCampaigns")
        # Dropping and inserting twice may lose what came between, so only an update may be repeated.
        self.repeatable = self._update

    def request_for(self, batch: Batch) -> Request:
        content = {
            "contacts": [_contact(passenger, self._groups) for passenger in batch.passengers],
            "updateExistingContact": self._update,
            "keepExistingGroupsAndCampaigns": self._keep,
        }
        return json_request("POST", "contact", content)

    def verdict_on(self, response: Response, batch: Batch) -> Verdict:
        usual = usual_verdict(response, _TITLE, too_large="smsend.413")
        if usual is not None:
            return usual
        if response.status < 300:
            return _counted(response, batch)
        if response.status in (401, 403, 404):
            return Halt(_not_signed_in(response))
        return Split(Outcome(OutcomeKind.REFUSED, "smsend.400", shortened(response.text)))


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


def _counted(response: Response, batch: Batch) -> Verdict:
    """The verdict on 200, whose body is the "number of contacts correctly created"."""
    found = _COUNT.fullmatch(response.text)
    if found is None or int(found[1]) > len(batch):
        return Unclear(shortened(response.text))
    count = int(found[1])
    if count == len(batch):
        return same_for_all(batch, Outcome(OutcomeKind.ACCEPTED, "smsend.accepted"))
    detail = f"{count} / {len(batch)}"
    outcome = Outcome(OutcomeKind.UNSURE, "smsend.count_below", detail)
    return Answered({passenger.row: outcome for passenger in batch.passengers})


def _not_signed_in(response: Response) -> Problem:
    return AccountProblem(
        tr("{provider} does not accept this account.", provider=_TITLE),
        tr("Check the name, the password, and that you chose the right brand or address. Then try again."),
        status_line(response),
    )
