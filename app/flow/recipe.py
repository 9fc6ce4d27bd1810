"""A recipe: everything decided about an import, as a TOML file that runs it again without a window.

Holds names of columns, fields and options; never a secret, and never a server address, so that a recipe from
a stranger can't point an account's key anywhere.

    format = 1
    provider = "name"
    account = "practice"            # or the name of a stored account
    default_country = "IT"
    phone_country = "Country"       # a column with the country of each row's numbers, if there is one
    duplicates = "keep_first"       # or "keep_last", or "fill_blanks" from the rows that are not sent
    send_consent = true             # needed where a column says who agreed to what
    agreed = ["overwrites"]         # needed where a provider destroys something without being asked

    [columns]                       # header = field, or [field, field]
    "E-mail" = "email"

    [fields]                        # what is more than one column: see recipe_fields
    custom1 = {always = "Newsletter 2026"}

    [cleaning.surname]              # what was decided about cells: see recipe_cleaning
    [options]                       # whatever is left out is at its default
    key = value
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast

from app.contacts.duplicates import DuplicatePolicy
from app.contacts.mapping import ColumnMapping
from app.contacts.rules import NO_RULES, Rules
from app.contacts.sources import ColumnSource, Source
from app.flow.draft import ImportDraft, ReadFile, new_draft
from app.flow.recipe_cleaning import rules_in, with_rules
from app.flow.recipe_fields import FieldRecipe, NotUnderstood, fields_in, source_of
from app.language import tr
from app.problems import RecipeProblem
from app.providers.contract import Acknowledgement, Provider
from app.providers.known import PROVIDERS, provider_named
from app.providers.options import Options, OptionValue

T = TypeVar("T")
FORMAT = 1
PRACTICE = "practice"
LARGEST_RECIPE = 1_000_000  # bytes
_KNOWN = frozenset(
    {
        *("format", "provider", "account", "default_country", "phone_country", "duplicates", "send_consent"),
        *("agreed", "columns", "fields", "cleaning", "options"),
    }
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a recipe file says. `columns` pairs headers with field keys, in the file's order; `fields` are
    filled in other ways; `phone_country` is a header or empty; `agreed` the keys of acknowledgements."""

    provider: str
    account: str = PRACTICE
    default_country: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    fields: tuple[FieldRecipe, ...] = ()
    phone_country: str = ""
    duplicates: DuplicatePolicy = DuplicatePolicy.KEEP_FIRST
    send_consent: bool = False
    agreed: tuple[str, ...] = ()
    options: Options = field(default_factory=Options)
    rules: Rules = NO_RULES


def load_recipe(path: Path) -> Recipe:
    """The recipe at `path`. Raises RecipeProblem that says what is wrong where."""
    try:
        if path.stat().st_size > LARGEST_RECIPE:
            raise _broken(path, tr("The file is far too large for a recipe."))
        content = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise RecipeProblem(
            tr("The recipe {name} can't be opened.", name=path.name),
            tr("Check that the file is there and that you may read it."),
            str(error),
        ) from error
    except (ValueError, RecursionError) as error:  # no TOML, no UTF-8, or made to hurt
        raise _broken(path, str(error)) from error
    return _understood(path, content)


def draft_from(recipe: Recipe, file: ReadFile) -> ImportDraft:
    """The recipe applied to a file.

    Raises RecipeProblem if the file lacks a column, fields are unknown or filled twice, or a field about
    consent is filled and the recipe does not say that it is to be sent.
    """
    draft = (
        new_draft(recipe.provider, recipe.default_country)
        .with_file(file)
        .with_options(Options({**_provider(recipe.provider).default_options(), **recipe.options}))
    )
    draft = draft.with_duplicates(recipe.duplicates).with_mapping(_mapping_of(recipe, draft, file))
    draft = with_rules(draft, recipe.rules)
    if draft.consent_fields and not recipe.send_consent:
        raise RecipeProblem(
            tr("The recipe fills a field that says who agreed: {fields}.", fields=_labels(draft)),
            tr("Add send_consent = true if it really does, or leave the field out."),
        )
    return draft.with_consent(recipe.send_consent and bool(draft.consent_fields))


def require_agreement(recipe: Recipe, draft: ImportDraft) -> tuple[Acknowledgement, ...]:
    """What the recipe agrees to of what this upload destroys. Raises RecipeProblem where it does not."""
    asked = draft.provider.acknowledgements(draft.options)
    missing = [one for one in asked if one.key not in recipe.agreed]
    if missing:
        keys = ", ".join(f'"{one.key}"' for one in asked)
        raise RecipeProblem(
            " ".join(tr(one.sentence) for one in missing),
            tr("If you agree, add this line at the top of the recipe: agreed = [{keys}]", keys=keys),
        )
    return asked


def _mapping_of(recipe: Recipe, draft: ImportDraft, file: ReadFile) -> ColumnMapping:
    def position_of(header: str) -> int:
        if header not in file.headers:
            raise RecipeProblem(
                tr('The recipe expects a column "{header}", which this file does not have.', header=header),
                tr("Columns of the file: {headers}.", headers=", ".join(file.headers)),
            )
        return file.headers.index(header)

    filled: list[tuple[str, Source]] = [
        (key, ColumnSource(position_of(header))) for header, key in recipe.columns
    ]
    filled += [(one.field, source_of(one, position_of)) for one in recipe.fields]
    mapping = ColumnMapping(phone_country=position_of(recipe.phone_country) if recipe.phone_country else None)
    for key, source in filled:
        if draft.schema.field(key) is None:
            known = ", ".join(one.key for one in draft.schema.fields)
            raise RecipeProblem(
                tr('{provider} has no field "{key}".', provider=draft.provider.title, key=key),
                tr("Fields it has: {fields}.", fields=known),
            )
        if mapping.source_of(key) is not None:
            raise RecipeProblem(
                tr('The recipe fills the field "{key}" from two columns.', key=key),
                tr("Keep one of them."),
            )
        mapping = mapping.with_source(key, source)
    return mapping


def _labels(draft: ImportDraft) -> str:
    return ", ".join(tr(field.label) for key in draft.consent_fields if (field := draft.schema.field(key)))


def _understood(path: Path, content: Mapping[str, object]) -> Recipe:
    unknown = sorted(set(content) - _KNOWN)
    if unknown:
        raise _broken(path, tr("Unknown: {names}.", names=", ".join(unknown)))
    if content.get("format", FORMAT) != FORMAT:
        raise _broken(path, tr("This program reads format {number}.", number=FORMAT))
    name = content.get("provider")
    if not isinstance(name, str) or provider_named(name) is None:
        known = ", ".join(provider.name for provider in PROVIDERS)
        raise _broken(path, tr("provider has to be one of: {names}.", names=known))
    return Recipe(
        provider=name,
        account=_text(path, content, "account") or PRACTICE,
        default_country=_country(path, content),
        columns=_columns(path, content.get("columns", {})),
        fields=_read(path, fields_in, content.get("fields", {})),
        phone_country=_text(path, content, "phone_country"),
        duplicates=_duplicates(path, content),
        send_consent=_send_consent(path, content),
        agreed=_agreed(path, _provider(name), content.get("agreed", [])),
        options=_options(path, _provider(name), content.get("options", {})),
        rules=_read(path, rules_in, content.get("cleaning", {})),
    )


def _columns(path: Path, table: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(table, dict):
        raise _broken(path, tr("[columns] has to be a table: header = field."))
    pairs: list[tuple[str, str]] = []
    for header, keys in table.items():
        several = [keys] if isinstance(keys, str) else keys
        if not isinstance(several, list) or not all(isinstance(key, str) for key in several):
            raise _broken(path, tr('The column "{header}" needs the name of a field.', header=header))
        pairs += [(str(header), key) for key in several]
    return tuple(pairs)


def _read(path: Path, read: Callable[[object], T], table: object) -> T:
    try:
        return read(table)
    except NotUnderstood as error:
        raise _broken(path, str(error)) from error


def _duplicates(path: Path, content: Mapping[str, object]) -> DuplicatePolicy:
    said = content.get("duplicates", DuplicatePolicy.KEEP_FIRST.value)
    known = {policy.value: policy for policy in DuplicatePolicy}
    if not isinstance(said, str) or said not in known:
        raise _broken(path, tr("duplicates has to be one of: {names}.", names=", ".join(known)))
    return known[said]


def _send_consent(path: Path, content: Mapping[str, object]) -> bool:
    said = content.get("send_consent", False)
    if not isinstance(said, bool):
        raise _broken(path, tr("send_consent has to be true or false."))
    return said


def _agreed(path: Path, provider: Provider, said: object) -> tuple[str, ...]:
    known = [one.key for one in provider.acknowledgements(provider.default_options())]
    if not isinstance(said, list) or not all(one in known for one in said):
        names = ", ".join(f'"{key}"' for key in known)
        raise _broken(path, tr("agreed has to be a list of: {names}.", names=names or "-"))
    return tuple(dict.fromkeys(map(str, said)))


def _options(path: Path, provider: Provider, table: object) -> Options:
    if not isinstance(table, dict):
        raise _broken(path, tr("[options] has to be a table: option = value."))
    by_key = {option.key: option for option in provider.options}
    decided: dict[str, OptionValue] = {}
    for key, value in table.items():
        option = by_key.get(key)
        if option is None:
            raise _broken(
                path,
                tr('{provider} has no option "{key}".', provider=provider.title, key=key)
                + " "
                + tr("Options it has: {names}.", names=", ".join(by_key)),
            )
        typed = tuple(value) if isinstance(value, list) else value
        if not option.accepts(typed):
            raise _broken(path, tr('The option "{key}" can\'t be {value}.', key=key, value=repr(value)))
        decided[key] = cast("OptionValue", typed)
    return Options(decided)


def _text(path: Path, content: Mapping[str, object], key: str) -> str:
    value = content.get(key, "")
    if not isinstance(value, str):
        raise _broken(path, tr("{key} has to be a text.", key=key))
    return value.strip()


def _country(path: Path, content: Mapping[str, object]) -> str:
    country = _text(path, content, "default_country").upper()
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise _broken(path, tr("default_country has to be two letters, such as IT."))
    from app.contacts.numbering import knows_region  # slow to import, and only needed here

    if country and not knows_region(country):
        raise _broken(path, tr("default_country is no country: {country}.", country=country))
    return country


def _provider(name: str) -> Provider:
    provider = provider_named(name)
    if provider is None:
        raise LookupError(name)
    return provider


def _broken(path: Path, why: str) -> RecipeProblem:
    return RecipeProblem(
        tr("The recipe {name} can't be used.", name=path.name),
        tr("{why} Correct it, or make a new one with the command: recipe.", why=why),
    )
