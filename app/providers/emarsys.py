"""SAP Emarsys: people by field numbers, created as contacts, added to a contact list, or both.

Gathers what its other modules declare and read; knows nothing of other providers.
"""

from __future__ import annotations

from app.contacts.fields import ContactSchema
from app.language import mark
from app.problems import Problem
from app.providers.answers import not_understood, usual_problem
from app.providers.contract import Clock, OptionFault, Pace, Provider, Sentence, Server, Step, utc_now
from app.providers.emarsys_answers import reply_in
from app.providers.emarsys_fields import schema_for
from app.providers.emarsys_options import OAUTH2, OPTIONS, creates, faults_in, lists
from app.providers.emarsys_sentences import SENTENCES
from app.providers.emarsys_sign_in import OAuthSignIn, WsseSignIn
from app.providers.emarsys_steps import TITLE, AddToList, CreateContacts, refusal
from app.providers.options import Options
from app.providers.sign_in import SecretField, Secrets, SignIn, typed, typed_for_header
from app.providers.wire import Request, Response

_USERNAME = SecretField(
    "username", mark("API user name"), mark("The name of the API user, e.g. company001."), hidden=False
)
_SECRET = SecretField("secret", mark("API secret"))
_CLIENT_ID = SecretField("client_id", mark("Client ID"), hidden=False)
_CLIENT_SECRET = SecretField("client_secret", mark("Client secret"))


class Emarsys(Provider):
    """SAP Emarsys, https://dev.emarsys.com."""

    name = "emarsys"
    title = TITLE
    servers = (Server("SAP Emarsys", "https://api.emarsys.net"),)
    options = OPTIONS
    pace = Pace(requests_per_minute=1_000)

    def __init__(self, clock: Clock = utc_now) -> None:
        self._clock = clock

    def base_path(self, options: Options) -> str:
        return "/api/v3/" if _uses_tokens(options) else "/api/v2/"

    def token_address(self, options: Options) -> str:
        return "https://auth.emarsys.net/oauth2/token" if _uses_tokens(options) else ""

    def secrets(self, options: Options) -> tuple[SecretField, ...]:
        return (_CLIENT_ID, _CLIENT_SECRET) if _uses_tokens(options) else (_USERNAME, _SECRET)

    def sign_in(self, secrets: Secrets, options: Options, clock: Clock = utc_now) -> SignIn:
        if _uses_tokens(options):
            return OAuthSignIn(typed(secrets, _CLIENT_ID), typed(secrets, _CLIENT_SECRET), clock)
        return WsseSignIn(typed_for_header(secrets, _USERNAME), typed(secrets, _SECRET), clock)

    def schema(self, options: Options) -> ContactSchema:
        return schema_for(options)

    def steps(self, options: Options) -> tuple[Step, ...]:
        steps: tuple[Step, ...] = (CreateContacts(options, self._clock),) if creates(options) else ()
        return (*steps, AddToList(options, self._clock)) if lists(options) else steps

    def trial(self, options: Options) -> Request:
        return Request("GET", _trial_path(options))

    def problem_in(self, response: Response, options: Options) -> Problem | None:
        if response.status in (401, 403) and not response.looks_like_web_page:
            return refusal(response, options, self._clock, f"GET {_trial_path(options)}")
        problem = usual_problem(response, TITLE)
        if problem is None and reply_in(response).code != 0:
            return not_understood(TITLE, response)
        return problem

    def faults(self, options: Options) -> tuple[OptionFault, ...]:
        return faults_in(options)

    def sentence(self, code: str) -> Sentence | None:
        return SENTENCES.get(code)


def _uses_tokens(options: Options) -> bool:
    return options.text("sign_in") == OAUTH2


def _trial_path(options: Options) -> str:
    return "contactlist" if lists(options) else "field/translate/en"
