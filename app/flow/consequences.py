"""What an upload is going to do with the account, in the plain sentences its provider declared.

Reads options as data; refuses to know any provider by name.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.language import tr
from app.providers.contract import Provider
from app.providers.options import Option, OptionKind, Options, OptionValue, Place


@dataclass(frozen=True, slots=True)
class Consequence:
    """One sentence in the user's language, and what part of the account it is about; `destroys` says that
    something in the account can't be undone."""

    sentence: str
    place: Place
    destroys: bool


def consequences(provider: Provider, options: Options) -> tuple[Consequence, ...]:
    """What happens to the destination and to contacts that are already there; what destroys comes first."""
    telling = [
        Consequence(
            sentence,
            option.place,
            option.destroys_when is not None and options[option.key] == option.destroys_when,
        )
        for option in provider.options_that_matter(options)
        if option.place in (Place.DESTINATION, Place.EXISTING)
        and (sentence := _sentence(option, options[option.key]))
    ]
    return tuple(sorted(telling, key=lambda one: not one.destroys))


def _sentence(option: Option, value: OptionValue) -> str:
    """What this answer means; empty where nothing was answered or there is nothing to say."""
    if option.kind is OptionKind.SWITCH:
        return tr(option.when_on if value else option.when_off)
    if option.kind is OptionKind.CHOICE:
        chosen = next((choice for choice in option.choices if choice.value == value), None)
        return tr(chosen.consequence) if chosen else ""
    written = ", ".join(value) if isinstance(value, tuple) else str(value).strip()
    if option.is_nothing(value):
        written = tr(option.nothing)
    if not written:
        return ""
    answer = tr("{count}: {what}", count=tr(option.label), what=f"{written}.")
    return f"{answer} {tr(option.consequence)}".strip()
