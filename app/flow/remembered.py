"""The recipes this computer remembers: saved under a name, or learned from an upload that was completed.

Keeps what a recipe file holds (names of columns and fields, and texts the user typed) and whose shape of file
it fits; never an account, never a consent that was given, and of cells only what a saved recipe decided
about single words.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from app.contacts.fields import Meaning
from app.contacts.folding import squash
from app.contacts.mapping import ColumnMapping
from app.contacts.rules import NO_RULES, FieldRule, Rules
from app.flow.draft import ImportDraft
from app.flow.recipe import Recipe, mapping_of
from app.flow.recipe_reading import recipe_in
from app.flow.recipe_text import recipe_of, recipe_text
from app.problems import Problem, RecipeProblem
from app.providers.options import Options, Place
from app.settings import stored
from app.settings.folders import Folders
from app.settings.stored import Broken, text_at

FILE_NAME = "recipes.json"
MOST_KEPT = 200
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Remembered:
    """One recipe. `at` is in seconds since 1970; `learned` says that nobody saved it by hand, then `name` is
    the file's; `headers` are folded, in the file's order; `text` is the recipe's."""

    id: str
    name: str
    at: float
    learned: bool
    provider: str
    headers: tuple[str, ...]
    text: str

    @property
    def recipe(self) -> Recipe:
        """Raises RecipeProblem where the text is none, or of another version."""
        return recipe_in(self.text, self.name)


def save_recipe(
    folders: Folders, draft: ImportDraft, name: str, now: Callable[[], float] = time.time
) -> Remembered:
    """Remember what the draft decides, in the place of a recipe of that name. Raises FileProblem."""
    called = " ".join(name.split())[:LONGEST_NAME]
    saved = _remembered(draft, called, now(), recipe_to_keep(draft))
    _change(folders, lambda kept: [saved, *(one for one in kept if one.learned or one.name != called)])
    return saved


def learn_recipe(folders: Folders, draft: ImportDraft, now: Callable[[], float] = time.time) -> Remembered:
    """Remember how a completed import was decided, in the place of what was learned from a file of the same
    shape. Raises FileProblem."""
    keep = recipe_to_keep(draft)
    name = draft.file.shape.path.name if draft.file else ""
    # Nobody looks at what is learned: words that stand in cells stay out of it.
    found = _remembered(draft, name, now(), replace(keep, rules=_without_words(keep.rules)), learned=True)

    def others(kept: Sequence[Remembered]) -> Iterable[Remembered]:
        same = (True, found.provider, found.headers)
        return (one for one in kept if (one.learned, one.provider, one.headers) != same)

    _change(folders, lambda kept: [found, *others(kept)])
    return found


def remembered_recipes(folders: Folders) -> tuple[tuple[Remembered, ...], Problem | None]:
    """The recipes, the latest first; with a Problem to show if the file was of no use."""
    return stored.load(folders.settings / FILE_NAME, _understand, ())


def forget_recipe(folders: Folders, recipe_id: str) -> None:
    """Erase one. Raises FileProblem."""
    _change(folders, lambda kept: [one for one in kept if one.id != recipe_id])


def forget_recipes(folders: Folders) -> None:
    """Erase them all. Raises FileProblem."""
    _change(folders, lambda _: [])


def fitting(draft: ImportDraft, kept: Sequence[Remembered]) -> tuple[Remembered, ColumnMapping] | None:
    """The recipe for a file of this shape at this provider, and its columns in this file; None without one.

    The same columns in the same order go before the same columns in another; the latest before the others.
    Who agreed to what is left out of the columns, and nothing is cleared: neither happens unasked.
    """
    if draft.file is None:
        return None
    headers = _folded(draft.file.headers)
    alike = [
        one for one in kept if one.provider == draft.provider_name and sorted(one.headers) == sorted(headers)
    ]
    for one in sorted(alike, key=lambda one: (one.headers != headers, -one.at)):
        mapping = _unasked(one, draft)
        if mapping is not None and mapping.assignments:
            return one, mapping
    return None


def recipe_to_keep(draft: ImportDraft) -> Recipe:
    """What of a draft's recipe may be kept: nothing about the account, and no consent."""
    recipe = recipe_of(draft)
    of_account = {one.key for one in draft.provider.options if one.place is Place.ACCOUNT}
    options = Options({key: value for key, value in recipe.options.items() if key not in of_account})
    return replace(recipe, options=options, send_consent=False, agreed=())


def _remembered(
    draft: ImportDraft, name: str, at: float, recipe: Recipe, *, learned: bool = False
) -> Remembered:
    headers = _folded(draft.file.headers if draft.file else ())
    text = recipe_text(recipe)
    return Remembered(uuid.uuid4().hex, name, at, learned, draft.provider_name, headers, text)


def _folded(headers: Iterable[str]) -> tuple[str, ...]:
    return tuple(squash(header) or header for header in headers)


def _unasked(one: Remembered, draft: ImportDraft) -> ColumnMapping | None:
    """The recipe's columns in the draft's file, as far as its fields are there."""
    if draft.file is None:
        return None
    try:
        recipe = one.recipe
        named = replace(recipe, clear_empty=())
        mapping = mapping_of(named, draft, draft.file, alike=squash)
    except RecipeProblem:
        return None  # of another version, or tampered with
    schema = draft.schema
    fields = [schema.field(each.field) for each in mapping.assignments]
    return mapping.only(field.key for field in fields if field and field.meaning is not Meaning.OPT_IN)


def _without_words(rules: Rules) -> Rules:
    kept = NO_RULES
    for key, rule in rules.by_field:
        bare = replace(rule, words=())
        if bare != FieldRule():
            kept = kept.with_rule(key, bare)
    return kept


def _change(folders: Folders, change: Callable[[Sequence[Remembered]], Sequence[Remembered]]) -> None:
    path = folders.settings / FILE_NAME
    with stored.alone(path):
        kept, problem = remembered_recipes(folders)
        # A damaged file was set aside, and a new one begins; one that can't be read must not be written over.
        if problem is not None and path.exists():
            raise problem
        latest = sorted(change(kept), key=lambda one: -one.at)[:MOST_KEPT]
        stored.save(path, {"recipes": [asdict(one) for one in latest]})


def _understand(content: Mapping[str, object]) -> tuple[Remembered, ...]:
    recipes = content.get("recipes")
    if not isinstance(recipes, list):
        raise Broken("recipes: a list expected")
    return tuple(map(_one, recipes))


def _one(content: object) -> Remembered:
    if not isinstance(content, dict):
        raise Broken("recipe: an object expected")
    at, headers = content.get("at"), content.get("headers")
    if isinstance(at, bool) or not isinstance(at, int | float):
        raise Broken("at: a number expected")
    if not isinstance(headers, list) or not all(isinstance(one, str) for one in headers):
        raise Broken("headers: texts expected")
    return Remembered(
        id=text_at(content, "id"),
        name=text_at(content, "name"),
        at=float(at),
        learned=content.get("learned") is True,
        provider=text_at(content, "provider"),
        headers=tuple(headers),
        text=text_at(content, "text"),
    )
