"""Reads what accounts list about themselves, in whichever of several shapes: named things with an id.

Knows JSON and no provider; which keys to look under is each provider's.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.language import tr
from app.problems import Problem
from app.providers.answers import status_line, texts_in
from app.providers.options import OptionChoice
from app.providers.wire import MalformedAnswer, Response


def listed_under(found: object, keys: Iterable[str]) -> list[object]:
    """The array in `found`: itself, or under the first of `keys` that holds one. Raises MalformedAnswer."""
    if isinstance(found, list):
        return found
    if isinstance(found, dict):
        for key in keys:
            inner = found.get(key)
            if isinstance(inner, list):
                return inner
            if isinstance(inner, dict):
                return listed_under(inner, keys)
    raise MalformedAnswer(f"expected an array, got {type(found).__name__}")


def choices_in(
    listed: Iterable[object], ids: Iterable[str], names: Iterable[str]
) -> tuple[OptionChoice, ...]:
    """One choice for each listed object with an id; its name, or else the id, is the label.

    Raises MalformedAnswer if something is listed and nothing of it has an id.
    """
    ids, names = tuple(ids), tuple(names)
    choices: dict[str, OptionChoice] = {}
    listed = tuple(listed)
    for one in listed:
        found = texts_in(one, ids)
        if found:
            choices.setdefault(found[0], OptionChoice(found[0], next(iter(texts_in(one, names)), found[0])))
    if listed and not choices:
        raise MalformedAnswer("nothing that is listed has an id")
    return tuple(choices.values())


def may_not_read(title: str, endpoint: str, response: Response) -> Problem:
    """The account is accepted, and may not use an endpoint that only reads or makes lists (403)."""
    return Problem(
        tr(
            "{provider} accepts this account, but does not let it use “{endpoint}”.",
            provider=title,
            endpoint=endpoint,
        ),
        tr(
            "Ask the administrator of your {provider} account to switch “{endpoint}” on, or type by hand "
            "what the program would have looked up. The upload itself may work all the same.",
            provider=title,
            endpoint=endpoint,
        ),
        status_line(response),
    )
