"""Writes what was decided about an import as a recipe, each option with what it does beside it.

Knows TOML; reading a recipe, and what one may say, is recipe.py's.
"""

from __future__ import annotations

import tomlkit

from app.contacts.rules import NO_RULES
from app.flow.draft import ImportDraft
from app.flow.recipe import FORMAT, PRACTICE, Recipe, provider_of
from app.flow.recipe_cleaning import cleaning_table
from app.flow.recipe_fields import as_toml, recipe_for
from app.language import tr
from app.providers.contract import Provider
from app.providers.options import Option, OptionKind


def recipe_of(draft: ImportDraft, account: str = PRACTICE) -> Recipe:
    """The draft as a recipe."""
    headers = draft.file.headers if draft.file else ()
    mapping = draft.mapping
    plain = [one for one in mapping.assignments if one.source is None]
    others = [one for one in mapping.assignments if one.source is not None]
    return Recipe(
        draft.provider_name,
        account,
        draft.default_country,
        tuple((headers[one.position], one.field) for one in plain),
        tuple(recipe_for(one.field, one.reads, headers) for one in others),
        "" if mapping.phone_country is None else headers[mapping.phone_country],
        draft.duplicates,
        draft.consent_confirmed,
        clear_empty=draft.cleared_fields,
        options=draft.options,
        rules=draft.rules,
    )


def recipe_text(recipe: Recipe) -> str:
    """The recipe as TOML, each option with what it does beside it."""
    provider = provider_of(recipe)
    document = tomlkit.document()
    document["format"] = FORMAT
    document["provider"] = recipe.provider
    document["account"] = recipe.account
    document["default_country"] = recipe.default_country
    if recipe.phone_country:
        document["phone_country"] = recipe.phone_country
    document["duplicates"] = recipe.duplicates.value
    if recipe.send_consent:
        document["send_consent"] = True
    _ask_for_agreement(document, provider, recipe)
    if recipe.clear_empty:
        document["clear_empty"] = list(recipe.clear_empty)
    columns = tomlkit.table()
    for header in dict.fromkeys(header for header, _ in recipe.columns):
        keys = [key for other, key in recipe.columns if other == header]
        columns[header] = keys[0] if len(keys) == 1 else keys
    document["columns"] = columns
    if recipe.fields:
        fields = tomlkit.table()
        for one in recipe.fields:
            fields[one.field] = as_toml(one)
        document["fields"] = fields
    if recipe.rules != NO_RULES:
        document["cleaning"] = cleaning_table(recipe.rules)
    options = tomlkit.table()
    for option in provider.options:
        for line in _explained(option):
            options.add(tomlkit.comment(line))
        value = recipe.options.get(option.key, option.default)
        options[option.key] = list(value) if isinstance(value, tuple) else value
    document["options"] = options
    return tomlkit.dumps(document)


def _ask_for_agreement(document: tomlkit.TOMLDocument, provider: Provider, recipe: Recipe) -> None:
    """Whoever writes the key has read the sentence: it is never filled in for them."""
    asked = provider.acknowledgements(recipe.options)
    for one in asked:
        document.add(tomlkit.comment(tr(one.sentence)))
        document.add(tomlkit.comment(tr("If you agree, write “{key}” between the brackets.", key=one.key)))
    if asked:
        document["agreed"] = list(recipe.agreed)


def _explained(option: Option) -> list[str]:
    lines = [tr(option.label)]
    if option.choices:
        lines += [f'"{one.value}": {tr(one.label)}. {tr(one.consequence)}'.strip() for one in option.choices]
    if option.kind is OptionKind.SWITCH:
        lines += [f"true: {tr(option.when_on)}", f"false: {tr(option.when_off)}"]
    elif option.consequence:
        lines.append(tr(option.consequence))
    if option.nothing:
        lines.append(f"0: {tr(option.nothing)}")
    return lines
