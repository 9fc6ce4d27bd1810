"""Makes small batches and reads request bodies, for the tests of this folder.

Knows the words of the pipe and no provider.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from app.batches import Batch, Passenger
from app.contacts.contact import Value
from app.providers.contract import Conversation, Found, Provider, Step
from app.providers.options import Options, OptionValue
from app.providers.verdicts import Answered, Outcome
from app.providers.wire import Request, Response


def batch_of(*contacts: Mapping[str, Value], step: str = "add") -> Batch:
    """A batch of these contacts, from row 2 of the sheet on."""
    return Batch(step, tuple(Passenger(row, values) for row, values in enumerate(contacts, start=2)))


def options_of(provider: Provider, **decided: OptionValue) -> Options:
    """The provider's defaults with some options decided otherwise."""
    return Options({**provider.default_options(), **decided})


def step_of(provider: Provider, key: str = "", **decided: OptionValue) -> Step:
    """The provider's only step, or the one called `key`."""
    steps = provider.steps(options_of(provider, **decided))
    return next(step for step in steps if key in ("", step.key))


def body_of(request: Request) -> Any:
    """The JSON that a request carries."""
    return json.loads(request.body or b"")


def answer(status: int, content: object = "", **headers: str) -> Response:
    """A response: texts as they are, anything else as JSON. `retry_after` names the header Retry-After."""
    body = content if isinstance(content, str) else json.dumps(content)
    named = {name.replace("_", "-").lower(): value for name, value in headers.items()}
    return Response(status, named, body.encode())


def outcomes(step: Step, response: Response, batch: Batch) -> list[Outcome]:
    """What a step's answer means for each contact of a batch, in the order of its rows."""
    verdict = step.verdict_on(response, batch)
    assert isinstance(verdict, Answered), verdict
    told = verdict.by_row(batch)
    return [told[row] for row in sorted(told)]


def ask(conversation: Conversation[Found] | None, *answers: Response) -> tuple[Found, list[Request]]:
    """What a conversation ends with if it hears these answers, the last one over and over; what was asked."""
    assert conversation is not None
    asked = []
    try:
        request = next(conversation)
        for turn in range(1_000):
            asked.append(request)
            request = conversation.send(answers[min(turn, len(answers) - 1)])
    except StopIteration as end:
        found: Found = end.value
        return found, asked
    raise AssertionError("the conversation goes on and on")
