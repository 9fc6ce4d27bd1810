"""Reads a recipe, and says plainly what is wrong with one: it may come from anybody.

Knows TOML and what a recipe may say; what follows from it for a file is recipe's.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar, cast

from app.contacts.duplicates import DuplicatePolicy
from app.flow.recipe import FORMAT, PRACTICE, Recipe
from app.flow.recipe_cleaning import rules_in
from app.flow.recipe_fields import NotUnderstood, fields_in
from app.language import tr
from app.problems import RecipeProblem
from app.providers.contract import Provider
from app.providers.known import PROVIDERS, provider_named
from app.providers.options import Options, OptionValue

LARGEST_RECIPE = 1_000_000  # bytes
MOST_DOTS = 1_000  # in one name; a header may have some
T = TypeVar("T")
_KNOWN = frozenset(
    {
        *("format", "provider", "account", "default_country", "phone_country", "duplicates", "send_consent"),
        *("agreed", "clear_empty", "columns", "fields", "cleaning", "options"),
    }
)


def load_recipe(path: Path) -> Recipe:
    """The recipe at `path`. Raises RecipeProblem that says what is wrong where."""
    try:
        if path.stat().st_size > LARGEST_RECIPE:
            raise _broken(path.name, tr("The file is far too large for a recipe."))
        text = path.read_text("utf-8")
    except OSError as error:
        raise RecipeProblem(
            tr("The recipe {name} can't be opened.", name=path.name),
            tr("Check that the file is there and that you may read it."),
            str(error),
        ) from error
    except ValueError as error:  # no UTF-8
        raise _broken(path.name, str(error)) from error
    return recipe_in(text, path.name)


def recipe_in(text: str, name: str) -> Recipe:
    """The recipe that is written in `text`; `name` is what it is called. Raises RecipeProblem."""
    try:
        if any(line.partition("=")[0].count(".") > MOST_DOTS for line in text.splitlines()):
            raise ValueError("a name with too many dots")  # each costs the reader as long as all before it
        content = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # no TOML, or made to hurt
        raise _broken(name, str(error)) from error
    return _understood(name, content)


def _understood(name: str, content: Mapping[str, object]) -> Recipe:
    unknown = sorted(set(content) - _KNOWN)
    if unknown:
        raise _broken(name, tr("Unknown: {names}.", names=", ".join(unknown)))
    if content.get("format", FORMAT) != FORMAT:
        raise _broken(name, tr("This program reads format {number}.", number=FORMAT))
    said = content.get("provider")
    provider = provider_named(said) if isinstance(said, str) else None
    if provider is None:
        known = ", ".join(provider.name for provider in PROVIDERS)
        raise _broken(name, tr("provider has to be one of: {names}.", names=known))
    return Recipe(
        provider=provider.name,
        account=_text(name, content, "account") or PRACTICE,
        default_country=_country(name, content),
        columns=_columns(name, content.get("columns", {})),
        fields=_read(name, fields_in, content.get("fields", {})),
        phone_country=_text(name, content, "phone_country"),
        duplicates=_duplicates(name, content),
        send_consent=_send_consent(name, content),
        agreed=_agreed(name, provider, content.get("agreed", [])),
        clear_empty=_clear_empty(name, content.get("clear_empty", [])),
        options=_options(name, provider, content.get("options", {})),
        rules=_read(name, rules_in, content.get("cleaning", {})),
    )


def _columns(name: str, table: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(table, dict):
        raise _broken(name, tr("[columns] has to be a table: header = field."))
    pairs: list[tuple[str, str]] = []
    for header, keys in table.items():
        several = [keys] if isinstance(keys, str) else keys
        if not isinstance(several, list) or not all(isinstance(key, str) for key in several):
            raise _broken(name, tr('The column "{header}" needs the name of a field.', header=header))
        pairs += [(str(header), key) for key in several]
    return tuple(pairs)


def _read(name: str, read: Callable[[object], T], table: object) -> T:
    try:
        return read(table)
    except NotUnderstood as error:
        raise _broken(name, str(error)) from error


def _duplicates(name: str, content: Mapping[str, object]) -> DuplicatePolicy:
    said = content.get("duplicates", DuplicatePolicy.KEEP_FIRST.value)
    known = {policy.value: policy for policy in DuplicatePolicy}
    if not isinstance(said, str) or said not in known:
        raise _broken(name, tr("duplicates has to be one of: {names}.", names=", ".join(known)))
    return known[said]


def _send_consent(name: str, content: Mapping[str, object]) -> bool:
    said = content.get("send_consent", False)
    if not isinstance(said, bool):
        raise _broken(name, tr("send_consent has to be true or false."))
    return said


def _agreed(name: str, provider: Provider, said: object) -> tuple[str, ...]:
    known = [one.key for one in provider.acknowledgements(provider.default_options())]
    if not isinstance(said, list) or not all(one in known for one in said):
        names = ", ".join(f'"{key}"' for key in known)
        raise _broken(name, tr("agreed has to be a list of: {names}.", names=names or "-"))
    return tuple(dict.fromkeys(map(str, said)))


def _clear_empty(name: str, said: object) -> tuple[str, ...]:
    if not isinstance(said, list) or not all(isinstance(one, str) for one in said):
        raise _broken(name, tr("clear_empty has to be a list of fields."))
    return tuple(dict.fromkeys(said))


def _options(name: str, provider: Provider, table: object) -> Options:
    if not isinstance(table, dict):
        raise _broken(name, tr("[options] has to be a table: option = value."))
    by_key = {option.key: option for option in provider.options}
    decided: dict[str, OptionValue] = {}
    for key, value in table.items():
        option = by_key.get(key)
        if option is None:
            raise _broken(
                name,
                tr('{provider} has no option "{key}".', provider=provider.title, key=key)
                + " "
                + tr("Options it has: {names}.", names=", ".join(by_key)),
            )
        typed = tuple(value) if isinstance(value, list) else value
        if not option.accepts(typed):
            raise _broken(name, tr('The option "{key}" can\'t be {value}.', key=key, value=repr(value)))
        decided[key] = cast("OptionValue", typed)
    return Options(decided)


def _text(name: str, content: Mapping[str, object], key: str) -> str:
    value = content.get(key, "")
    if not isinstance(value, str):
        raise _broken(name, tr("{key} has to be a text.", key=key))
    return value.strip()


def _country(name: str, content: Mapping[str, object]) -> str:
    country = _text(name, content, "default_country").upper()
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise _broken(name, tr("default_country has to be two letters, such as IT."))
    from app.contacts.numbering import knows_region  # slow to import, and only needed here

    if country and not knows_region(country):
        raise _broken(name, tr("default_country is no country: {country}.", country=country))
    return country


def _broken(name: str, why: str) -> RecipeProblem:
    return RecipeProblem(
        tr("The recipe {name} can't be used.", name=name),
        tr("{why} Correct it, or make a new one with the command: recipe.", why=why),
    )
