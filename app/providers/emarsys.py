"""SAP Emarsys: people by field numbers, created as contacts, added to a contact list, or both.

Gathers what its other modules declare and read; knows nothing of other providers.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.batches import Batch
from app.contacts.fields import ContactSchema
from app.language import mark
from app.problems import Problem
from app.providers.account_fields import AccountFields
from app.providers.answers import not_understood, something_else, usual_problem
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
from app.providers.emarsys_account import Account
from app.providers.emarsys_answers import reply_in
from app.providers.emarsys_contacts import CreateContacts, CreateOrUpdate
from app.providers.emarsys_fields import schema_for
from app.providers.emarsys_list import AddToList
from app.providers.emarsys_options import OAUTH2, OPTIONS, creates, faults_in, lists, updates
from app.providers.emarsys_sentences import SENTENCES
from app.providers.emarsys_sign_in import OAuthSignIn, WsseSignIn
from app.providers.emarsys_steps import TITLE, refusal
from app.providers.emarsys_troubles import trial_forbidden_problem
from app.providers.options import OptionChoice, Options
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
    lists_fields = True
    tells_existing = True
    side_effects = (
        mark(
            "New and changed contacts, and people who join a list, can set off automated programs in "
            "Emarsys, such as welcome e-mails. Pause such programs first if nobody should be written to."
        ),
        mark("The number of contacts may count towards the limits of your Emarsys contract."),
    )

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

    def schema(self, options: Options, account_fields: AccountFields | None = None) -> ContactSchema:
        return schema_for(options, account_fields)

    def steps(self, options: Options) -> tuple[Step, ...]:
        steps: tuple[Step, ...] = ()
        if creates(options):
            kind = CreateOrUpdate if updates(options) else CreateContacts
            steps = (kind(options, self._clock),)
        return (*steps, AddToList(options, self._clock)) if lists(options) else steps

    def trial(self, options: Options) -> Request:
        return Request("GET", _trial_path(options), headers=(("Content-Type", "application/json"),))

    def problem_in(self, response: Response, options: Options) -> Problem | None:
        if response.status == 403 and not response.looks_like_web_page:
            return trial_forbidden_problem(f"GET {_trial_path(options)}", response)
        if response.status == 401 and not response.looks_like_web_page:
            return refusal(response, options, self._clock, f"GET {_trial_path(options)}")
        problem = usual_problem(response, TITLE)
        code = reply_in(response).code
        if problem is None and code is None:
            return something_else(TITLE, response)
        return not_understood(TITLE, response) if problem is None and code != 0 else problem

    def choices(self, option_key: str, options: Options) -> Conversation[tuple[OptionChoice, ...]] | None:
        account = Account(options, self._clock)
        if option_key == "list_id":
            return account.lists()
        if option_key == "key_id":
            return account.key_fields(with_ids=not creates(options))
        return account.sources() if option_key == "source_id" else None

    def creation(self, option_key: str, name: str, options: Options) -> Conversation[OptionChoice] | None:
        return Account(options, self._clock).new_list(name) if option_key == "list_id" else None

    def account_fields(self, options: Options) -> Conversation[AccountFields] | None:
        return Account(options, self._clock).fields()

    def existing(self, batch: Batch, options: Options) -> Conversation[Mapping[int, bool]] | None:
        return Account(options, self._clock).existing(batch)

    def preflight(self, options: Options) -> Conversation[Problem | None] | None:
        return Account(options, self._clock).missing_list() if lists(options) else None

    def irreversible(self, options: Options) -> tuple[str, ...]:
        told: list[str] = []
        if updates(options):
            told.append(
                mark(
                    "For people who are already contacts, what your file says replaces what Emarsys "
                    "has in the matched fields. The old values can't be brought back."
                )
            )
        if creates(options):
            told.append(mark("New contacts can't be taken out of Emarsys again by this program."))
        if lists(options):
            told.append(mark("People can't be taken out of the list again by this program."))
        return tuple(told)

    def faults(self, options: Options) -> tuple[OptionFault, ...]:
        return faults_in(options)

    def sentence(self, code: str) -> Sentence | None:
        return SENTENCES.get(code)


def _uses_tokens(options: Options) -> bool:
    return options.text("sign_in") == OAUTH2


def _trial_path(options: Options) -> str:
    return "contactlist" if lists(options) else "field/translate/en"
