"""Asks an account about itself: whether it works, what it can list, and who is in it already.

Speaks through one open sender, and changes nothing but by `create_choice`. What is asked, and what the
answers mean, is the provider's; what stands in the way is a Problem that says what to do.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.batches import Batch
from app.flow.access import Access, require_secrets
from app.flow.draft import ImportDraft
from app.language import tr
from app.ledger.ledger import Ledger
from app.problems import NetworkProblem, Problem
from app.progress import Progress, Stop, Stopped, Tell
from app.providers.account_fields import AccountFields
from app.providers.answers import seconds_to_wait
from app.providers.contract import Conversation, Found
from app.providers.options import OptionChoice
from app.providers.wire import MalformedAnswer, Request, Response
from app.upload.pacing import TokenBucket
from app.upload.sending import NoAnswer, NotSent, Patience, Sender
from app.upload.setbacks import not_reached

log = logging.getLogger("app.account")

MOST_QUESTIONS = 1_000  # in one conversation; every provider's own bounds are lower
TRIES_WHEN_BUSY = 3
LONGEST_WAIT = 70.0  # seconds; a minute's quota is over by then

_USUAL = Patience()
_LOOKING = Patience(silence=10.0, whole=15.0)  # a look beforehand is worth no more waiting


@dataclass(frozen=True, slots=True)
class ExistingCount:
    """How many of the contacts to send exist in the account, how many are new, and of how many that can't be
    told."""

    exist: int = 0
    new: int = 0
    unknown: int = 0


def try_account(draft: ImportDraft, access: Access, stop: Stop | None = None) -> None:
    """Make one harmless call. Returns if the account works; raises the Problem that says why it doesn't."""
    with _talk(draft, access, stop or Stop()) as talk:
        response = talk.answer_to(draft.provider.trial(draft.options))
    problem = draft.provider.problem_in(response, draft.options)
    if problem is not None:
        raise problem


def fetch_choices(
    draft: ImportDraft, access: Access, option_key: str, stop: Stop
) -> tuple[OptionChoice, ...]:
    """What the account lists as answers to a `fetched` option. Raises Problem, Stopped."""
    conversation = draft.provider.choices(option_key, draft.options)
    if conversation is None:
        raise LookupError(option_key)
    with _talk(draft, access, stop) as talk:
        return talk.converse(conversation)


def create_choice(draft: ImportDraft, access: Access, option_key: str, name: str, stop: Stop) -> OptionChoice:
    """Make a new list or group in the account for a `creatable` option. Raises Problem, Stopped."""
    name = name.strip()
    if not name:
        raise Problem(tr("A new list or group needs a name."), tr("Type a name, then try again."))
    conversation = draft.provider.creation(option_key, name, draft.options)
    if conversation is None:
        raise LookupError(option_key)
    with _talk(draft, access, stop) as talk:
        return talk.converse(conversation)


def look_before(draft: ImportDraft, access: Access, stop: Stop) -> Problem | None:
    """What would certainly stop the upload half way, where the provider can be asked; None else.

    That it can't be found out stops nothing: the upload itself will tell. Raises Stopped.
    """
    conversation = draft.provider.preflight(draft.options)
    if conversation is None:
        return None
    try:
        with _talk(draft, access, stop, _LOOKING) as talk:
            return talk.converse(conversation)
    except Problem as problem:
        log.info("not looked beforehand: %s", type(problem).__name__)
        return None


def fetch_fields(draft: ImportDraft, access: Access, stop: Stop) -> AccountFields:
    """The account's own fields, where the provider `lists_fields`. Raises Problem, Stopped."""
    conversation = draft.provider.account_fields(draft.options)
    if conversation is None:
        raise LookupError(draft.provider_name)
    with _talk(draft, access, stop) as talk:
        return talk.converse(conversation)


def count_existing(
    ledger_path: Path, draft: ImportDraft, access: Access, tell: Tell, stop: Stop
) -> ExistingCount:
    """Ask about every contact that is not sent yet, where the provider `tells_existing`.

    Raises LedgerProblem and every other Problem, Stopped.
    """
    provider, options = draft.provider, draft.options
    if not provider.tells_existing:
        raise LookupError(draft.provider_name)
    total = draft.checked.to_send if draft.checked else None
    step = provider.steps(options)[0]
    size = min(step.batch_size, 1_000)
    exist = new = asked = last = 0
    with Ledger.open(ledger_path) as ledger, _talk(draft, access, stop) as talk:
        while passengers := ledger.contacts.passengers(0, last, size):
            conversation = provider.existing(Batch(step.key, passengers), options)
            known = talk.converse(conversation) if conversation is not None else {}
            exist += sum(known.values())
            new += len(known) - sum(known.values())
            asked, last = asked + len(passengers), passengers[-1].row
            tell(Progress(asked, total))
    return ExistingCount(exist, new, asked - exist - new)


class _Talk:
    """One open line to the account, at the provider's pace."""

    def __init__(self, draft: ImportDraft, sender: Sender, stop: Stop) -> None:
        self._title = draft.provider.title
        self._sender = sender
        self._stop = stop
        self._bucket = TokenBucket(draft.provider.pace.requests_per_minute)

    def converse(self, conversation: Conversation[Found]) -> Found:
        """Ask what the conversation asks, until it ends. Raises Problem, Stopped."""
        why = f"still not at an end after {MOST_QUESTIONS} questions"
        try:
            request = next(conversation)
            for _ in range(MOST_QUESTIONS):
                request = conversation.send(self.answer_to(request))
        except StopIteration as end:
            found: Found = end.value
            return found
        except MalformedAnswer as fault:
            why = str(fault)
        raise Problem(
            tr("{provider} answered in a way this program can't read.", provider=self._title),
            tr("Type by hand what the program would have looked up. The upload itself is not affected."),
            why,
        )

    def answer_to(self, request: Request) -> Response:
        """The answer, after waiting a few times where the account is asked too much."""
        for turn in range(1, TRIES_WHEN_BUSY):
            response = self._answer_to(request)
            if response.status != 429:
                return response
            asked = seconds_to_wait(response)
            self._wait(min(5.0 * turn if asked is None else asked, LONGEST_WAIT))
        return self._answer_to(request)

    def _answer_to(self, request: Request) -> Response:
        self._wait(self._bucket.seconds_until_next(time.monotonic()))
        self._bucket.take(time.monotonic())
        try:
            return self._sender.send(request, self._stop)
        except NotSent as fault:
            self._stop.check()
            raise not_reached(str(fault)) from fault
        except NoAnswer as fault:
            self._stop.check()
            raise NetworkProblem(
                tr("{provider} did not answer.", provider=self._title),
                tr("Wait a moment, then try again. Nothing was sent but this question."),
                str(fault),
            ) from fault

    def _wait(self, seconds: float) -> None:
        self._stop.check()
        if seconds > 0 and self._stop.wait(seconds):
            raise Stopped


@contextmanager
def _talk(draft: ImportDraft, access: Access, stop: Stop, patience: Patience = _USUAL) -> Iterator[_Talk]:
    require_secrets(draft, access)
    sign_in = draft.provider.sign_in(access.secrets, draft.options)
    with Sender(access.addresses, sign_in, patience) as sender:
        yield _Talk(draft, sender, stop)
