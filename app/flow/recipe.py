"""A recipe: everything decided about an import, as a TOML file that runs it again without a window.

The one form in which that is kept: in files, among the remembered recipes, in the notes of a ledger. Reading
it is recipe_reading's, writing it recipe_text's. Holds names of columns, fields and options; never a secret,
and never a server address, so that a recipe from a stranger can't point an account's key anywhere.

    format = 1
    provider = "name"
    account = "practice"            # or the name of a stored account
    default_country = "IT"
    phone_country = "Country"       # a column with the country of each row's numbers, if there is one
    duplicates = "keep_first"       # or "keep_last", or "fill_blanks" from the rows that are not sent
    send_consent = true             # needed where a column says who agreed to what
    agreed = ["overwrites"]         # needed where a provider destroys something without being asked
    clear_empty = ["11"]            # fields that an empty cell clears; elsewhere it says nothing

    [columns]                       # header = field, or [field, field]
    "E-mail" = "email"

    [fields]                        # what is more than one column: see recipe_fields
    custom1 = {always = "Newsletter 2026"}

    [cleaning.surname]              # what was decided about cells: see recipe_cleaning
    [options]                       # whatever is left out is at its default
    key = value
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from app.contacts.duplicates import DuplicatePolicy
from app.contacts.fields import ContactSchema
from app.contacts.mapping import ColumnMapping
from app.contacts.rules import NO_RULES, Rules
from app.contacts.sources import ColumnSource, Source
from app.flow.draft import ImportDraft, ReadFile, new_draft
from app.flow.recipe_cleaning import with_rules
from app.flow.recipe_fields import FieldRecipe, source_of
from app.language import tr
from app.problems import RecipeProblem
from app.providers.contract import Acknowledgement, Provider
from app.providers.known import provider_named
from app.providers.options import Options, OptionValue, Place

FORMAT = 1
PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a recipe file says. `columns` pairs headers with field keys, in the file's order; `fields` are
    filled in other ways; `phone_country` is a header or empty; `agreed` the keys of acknowledgements;
    `clear_empty` the keys of fields."""

    provider: str
    account: str = PRACTICE
    default_country: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    fields: tuple[FieldRecipe, ...] = ()
    phone_country: str = ""
    duplicates: DuplicatePolicy = DuplicatePolicy.KEEP_FIRST
    send_consent: bool = False
    agreed: tuple[str, ...] = ()
    clear_empty: tuple[str, ...] = ()
    options: Options = field(default_factory=Options)
    rules: Rules = NO_RULES


def draft_from(recipe: Recipe, file: ReadFile) -> ImportDraft:
    """The recipe applied to a file, by whoever has no window to look at it.

    Raises RecipeProblem if the file lacks a column, fields are unknown or filled twice, or a field about
    consent is filled and the recipe does not say that it is to be sent.
    """
    fresh = new_draft(recipe.provider).with_file(file)
    fresh = fresh.with_options(Options({**fresh.options, **_sign_in(recipe.options, fresh)}))
    draft = with_recipe(fresh, recipe)
    if draft.consent_fields and not recipe.send_consent:
        raise RecipeProblem(
            tr("The recipe fills a field that says who agreed: {fields}.", fields=_labels(draft)),
            tr("Add send_consent = true if it really does, or leave the field out."),
        )
    return draft


def with_recipe(draft: ImportDraft, recipe: Recipe, *, own: bool = False) -> ImportDraft:
    """The draft, which has a file, decided as the recipe says; its account stays, with how that signs in, and
    nothing is checked.

    With `own`, the recipe was written by this program for this very file, and its fields are taken as they
    are: the account that has them may not be at hand. Raises RecipeProblem as `draft_from` does, but for
    consent: unless the recipe says that it is sent, it is not.
    """
    file = draft.file
    if file is None:
        raise LookupError("there is no file")
    draft = draft.with_provider(recipe.provider).with_country(recipe.default_country)
    stays = {} if own else _sign_in(draft.options, draft)
    draft = draft.with_options(Options({**draft.provider.default_options(), **recipe.options, **stays}))
    draft = draft.with_duplicates(recipe.duplicates)
    if own:
        draft = replace(draft, mapping=mapping_of(recipe, draft, file), rules=recipe.rules)
    else:
        draft = draft.with_mapping(mapping_of(recipe, draft, file, draft.schema))
        draft = with_rules(draft, recipe.rules)
    return draft.with_consent(recipe.send_consent and bool(draft.consent_fields))


def _sign_in(options: Options, draft: ImportDraft) -> dict[str, OptionValue]:
    """Of some options, those that say how the draft's account signs in."""
    asked = [option.key for option in draft.provider.options if option.place is Place.ACCOUNT]
    return {key: options[key] for key in asked if key in options}


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


def mapping_of(
    recipe: Recipe,
    draft: ImportDraft,
    file: ReadFile,
    schema: ContactSchema | None = None,
    alike: Callable[[str], str] = str,
) -> ColumnMapping:
    """The recipe's columns as places in the file; its fields have to be in `schema`, if one is given.

    Headers for which `alike` gives the same text are the same. Raises RecipeProblem.
    """
    columns = _Columns(file.headers, alike)
    filled: list[tuple[str, Source]] = [
        (key, ColumnSource(columns.place_of(header))) for header, key in recipe.columns
    ]
    filled += [(one.field, source_of(one, columns.place_of)) for one in recipe.fields]
    country = columns.place_of(recipe.phone_country) if recipe.phone_country else None
    mapping = ColumnMapping(phone_country=country)
    for key, source in filled:
        if schema is not None:
            _require_field(key, schema, draft.provider)
        if mapping.source_of(key) is not None:
            raise RecipeProblem(
                tr('The recipe fills the field "{key}" from two columns.', key=key),
                tr("Keep one of them."),
            )
        mapping = mapping.with_source(key, source)
    for key in recipe.clear_empty:
        if schema is not None and key not in draft.clearable(mapping):
            raise RecipeProblem(
                tr('The recipe lets empty cells clear "{key}", which can\'t be cleared so.', key=key),
                tr("Leave it out of clear_empty, or fill it from a column and choose to change people."),
            )
        mapping = mapping.with_clearing(key, True)
    return mapping


class _Columns:
    """Where a file's headers stand; of two that are alike, the first."""

    def __init__(self, headers: Sequence[str], alike: Callable[[str], str]) -> None:
        self._headers, self._alike = headers, alike
        self._places = {alike(header): place for place, header in reversed(list(enumerate(headers)))}

    def place_of(self, header: str) -> int:
        place = self._places.get(self._alike(header))
        if place is None:
            raise RecipeProblem(
                tr('The recipe expects a column "{header}", which this file does not have.', header=header),
                tr("Columns of the file: {headers}.", headers=", ".join(self._headers)),
            )
        return place


def _require_field(key: str, schema: ContactSchema, provider: Provider) -> None:
    if schema.field(key) is None:
        known = ", ".join(one.key for one in schema.fields)
        raise RecipeProblem(
            tr('{provider} has no field "{key}".', provider=provider.title, key=key),
            tr("Fields it has: {fields}.", fields=known),
        )


def _labels(draft: ImportDraft) -> str:
    return ", ".join(tr(field.label) for key in draft.consent_fields if (field := draft.schema.field(key)))


def provider_of(recipe: Recipe) -> Provider:
    """The provider a recipe is for."""
    found = provider_named(recipe.provider)
    if found is None:
        raise LookupError(recipe.provider)
    return found
