"""A saved report opened again: its columns are matched as they were chosen, whatever their headers are.

What a workbook says about itself may come from anybody, so it is read like a stranger's recipe: it can name
no address and no secret, agrees to nothing, and turns on nothing that can't be undone.
"""

from __future__ import annotations

import logging
from dataclasses import replace

from app.flow.draft import ImportDraft, ReadFile
from app.flow.recipe import Recipe, with_recipe
from app.flow.recipe_reading import recipe_in
from app.flow.recipe_text import recipe_of, recipe_text
from app.problems import RecipeProblem
from app.providers.known import provider_named
from app.providers.options import Options, Place

log = logging.getLogger("app.flow")

_NAME = "report"


def text_for_report(draft: ImportDraft) -> str:
    """What a report says of how its columns were matched."""
    return recipe_text(recipe_of(draft))


def reopened(before: ImportDraft, file: ReadFile) -> ImportDraft | None:
    """The draft for a report of this program as it was decided when it was saved, with what `before` says of
    everything else; None if the file is no such report, or its columns are others by now."""
    if not file.shape.appendix:
        return None
    try:
        recipe = recipe_in(file.shape.appendix, _NAME)
        restored = with_recipe(before.with_file(file), _harmless(_still_there(recipe, file)))
    except RecipeProblem as problem:
        log.info("a report says nothing of use about itself: %s", type(problem).__name__)
        return None
    return restored if restored.mapping.assignments else None


def _still_there(recipe: Recipe, file: ReadFile) -> Recipe:
    """Without what is filled from columns that somebody has taken away or renamed."""
    there = frozenset(file.headers)
    return replace(
        recipe,
        columns=tuple(pair for pair in recipe.columns if pair[0] in there),
        fields=tuple(one for one in recipe.fields if there.issuperset(one.headers)),
        phone_country=recipe.phone_country if recipe.phone_country in there else "",
    )


def _harmless(recipe: Recipe) -> Recipe:
    provider = provider_named(recipe.provider)
    if provider is None:
        raise LookupError(recipe.provider)
    defaults = provider.default_options()
    by_default = frozenset(provider.irreversible(defaults))
    account = {option.key for option in provider.options if option.place is Place.ACCOUNT}
    kept = {
        key: value
        for key, value in recipe.options.items()
        if key not in account
        and by_default.issuperset(provider.irreversible(Options({**defaults, key: value})))
    }
    return replace(recipe, options=Options(kept), send_consent=False, agreed=(), clear_empty=())
