"""What it takes to be a provider: data for the forms, and a few pure functions.

Everything above this room knows providers only through these words.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from app.batches import Batch, Passenger
from app.contacts.fields import ContactSchema
from app.problems import Problem
from app.providers.account_fields import AccountFields
from app.providers.options import Option, OptionChoice, Options, matters
from app.providers.sign_in import SecretField, Secrets, SignIn
from app.providers.verdicts import Verdict
from app.providers.wire import Request, Response

Clock = Callable[[], datetime]
Found = TypeVar("Found")
Conversation = Generator[Request, Response, Found]
"""Questions to an account, one at a time, each yielded and its answer received; ends with what was found.

Raises the Problem that says what to do where the account forbids it, and MalformedAnswer. It never sends
anything itself (the shape of SignIn.flow), asks a bounded number of times, and holds no secret.
"""


def utc_now() -> datetime:
    """The time now, with its zone."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Server:
    """One of a provider's addresses: a brand or region with its https address."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a provider may be spoken to; None where no figure is known."""

    requests_per_minute: int | None
    in_flight: int = 1


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a reason code means, and what the user can do (both marked)."""

    reason: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class OptionFault:
    """An option that can't stay as it is: its key and why (a marked sentence; {limit} may be filled in)."""

    option: str
    why: str
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """Something that has to be agreed to before an upload, with its own tick. The sentence is marked."""

    key: str
    sentence: str


class Step(ABC):
    """One pass over the contacts: a way to ask, and to read the answer.

    `repeatable` says that sending the same request twice does no more than sending it once; `repeat_tells`
    that then the second answer is as good as the first, for whoever the first left unsure.
    """

    key: str
    title: str
    batch_size: int
    max_body_bytes: int
    repeatable: bool
    repeat_tells: bool = False
    decided_by: tuple[str, ...] = ()
    """Options that may be answered otherwise as long as nothing of this step was sent."""

    @abstractmethod
    def request_for(self, batch: Batch) -> Request:
        """The request that carries this batch, unsigned."""

    @abstractmethod
    def verdict_on(self, response: Response, batch: Batch) -> Verdict:
        """What the answer means for this batch. Never raises for anything a server may answer."""

    def apart(self, passenger: Passenger) -> tuple[str, ...]:  # noqa: ARG002 - for steps that know a key
        """What the provider recognises this contact by: two that share one should not share a batch."""
        return ()


class Provider(ABC):
    """A messaging provider, as everything above this room sees it.

    `name` is the word in recipes; `title` the name people know. `servers` lists its addresses, the usual one
    first, each as scheme and host only ("https://api.example.com"): `base_path` is appended to it, because
    the path may depend on how the account signs in.
    """

    name: str
    title: str
    servers: tuple[Server, ...]
    options: tuple[Option, ...]
    pace: Pace
    lists_fields = False
    """Whether the account can list its own fields."""
    tells_existing = False
    """Whether the account can be asked who exists already, before anything is sent."""
    side_effects: tuple[str, ...] = ()
    """What an upload may set off in the account beyond storing contacts (marked sentences)."""

    @abstractmethod
    def base_path(self, options: Options) -> str:
        """The documented path all requests start with, e.g. "/API/v1.0/REST/"."""

    def token_address(self, options: Options) -> str:  # noqa: ARG002 - most have none
        """Where access tokens are issued by default; empty where the API itself does it, or nobody."""
        return ""

    @abstractmethod
    def secrets(self, options: Options) -> tuple[SecretField, ...]:
        """What has to be known to sign in, given how."""

    @abstractmethod
    def sign_in(self, secrets: Secrets, options: Options, clock: Clock = utc_now) -> SignIn:
        """The way to sign this account's requests."""

    @abstractmethod
    def schema(self, options: Options, account_fields: AccountFields | None = None) -> ContactSchema:
        """The fields, and what a contact needs at the least, given the options.

        With `account_fields` (where the provider lists them) they are the account's own, types and choices
        included; without, what the provider documents.
        """

    @abstractmethod
    def steps(self, options: Options) -> tuple[Step, ...]:
        """What has to be done, in order. Contacts with a good outcome go on to the next step."""

    @abstractmethod
    def trial(self, options: Options) -> Request:
        """A harmless request that proves the account works."""

    @abstractmethod
    def problem_in(self, response: Response, options: Options) -> Problem | None:
        """What the answer to the trial says is wrong with the account, or None."""

    @abstractmethod
    def faults(self, options: Options) -> tuple[OptionFault, ...]:
        """What has to be decided otherwise before anything can be sent."""

    @abstractmethod
    def sentence(self, code: str) -> Sentence | None:
        """What a reason code of this provider's outcomes means."""

    def choices(self, option_key: str, options: Options) -> Conversation[tuple[OptionChoice, ...]] | None:  # noqa: ARG002
        """Ask the account for the answers to an option; None unless the option is `fetched`."""
        return None

    def creation(self, option_key: str, name: str, options: Options) -> Conversation[OptionChoice] | None:  # noqa: ARG002
        """Make a new list or group called `name`; None unless the option is `creatable`."""
        return None

    def account_fields(self, options: Options) -> Conversation[AccountFields] | None:  # noqa: ARG002
        """Ask the account for its own fields; None unless the provider `lists_fields`."""
        return None

    def existing(self, batch: Batch, options: Options) -> Conversation[Mapping[int, bool]] | None:  # noqa: ARG002
        """Ask which rows exist already; a row that can't be told is absent. None unless `tells_existing`.

        The batch may be as large as the first step's batches.
        """
        return None

    def preflight(self, options: Options) -> Conversation[Problem | None] | None:  # noqa: ARG002
        """Look, before anything is sent, for what would stop an upload half way: a Problem only for what is
        certain. None where there is nothing to look for. It only reads."""
        return None

    def irreversible(self, options: Options) -> tuple[str, ...]:  # noqa: ARG002
        """What an upload with these options does that can't be undone (marked sentences)."""
        return ()

    def acknowledgements(self, options: Options) -> tuple[Acknowledgement, ...]:  # noqa: ARG002
        """What has to be agreed to before an upload with these options."""
        return ()

    def default_options(self) -> Options:
        """Every option at its default: the choices that destroy nothing."""
        return Options({option.key: option.default for option in self.options})

    def options_that_matter(self, options: Options) -> tuple[Option, ...]:
        """The options that have an effect, given the others."""
        return tuple(option for option in self.options if matters(option, options))
