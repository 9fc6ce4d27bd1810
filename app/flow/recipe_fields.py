"""The [fields] table of a recipe: fields filled from several columns, a constant, or part of a name.

Knows columns by their headers; refuses to know the rest of a recipe.

    [fields]
    name = {split = "Full name", part = "first"}            # or "last"
    address = {join = ["Street", "Number"], with = " "}     # blank cells are left out
    phoneNumber = {first_of = ["Mobile", "Phone"]}          # the first that is not blank
    custom1 = {always = "Newsletter 2026"}                  # the same for everybody
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import cast

import tomlkit
from tomlkit.items import InlineTable

from app.contacts.names import NamePart
from app.contacts.sources import (
    ColumnSource,
    ConstantSource,
    FirstFilled,
    JoinedSource,
    Source,
    SplitName,
    positions_of,
)
from app.language import tr


class SourceWord(Enum):
    """What a recipe calls a way to fill a field."""

    SPLIT = "split"
    JOIN = "join"
    FIRST_OF = "first_of"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class FieldRecipe:
    """`field` filled from the columns called `headers`; `text` is the part, the separator or the constant."""

    field: str
    word: SourceWord
    headers: tuple[str, ...] = ()
    text: str = ""


class NotUnderstood(ValueError):
    """A line of the table is not one of the forms; its text says which and why, for the user."""


def fields_in(table: object) -> tuple[FieldRecipe, ...]:
    """What the table says, in its order. Raises NotUnderstood."""
    if not isinstance(table, dict):
        raise NotUnderstood(tr("[fields] has to be a table: field = how it is filled."))
    return tuple(_understood(str(key), said) for key, said in table.items())


def source_of(recipe: FieldRecipe, position_of: Callable[[str], int]) -> Source:
    """The source, with `position_of` giving the place of a header (and raising what it likes)."""
    positions = tuple(position_of(header) for header in recipe.headers)
    match recipe.word:
        case SourceWord.SPLIT:
            return SplitName(positions[0], NamePart(recipe.text))
        case SourceWord.JOIN:
            return JoinedSource(positions, recipe.text)
        case SourceWord.FIRST_OF:
            return FirstFilled(positions)
        case SourceWord.ALWAYS:
            return ConstantSource(recipe.text)


def recipe_for(field: str, source: Source, headers: Sequence[str]) -> FieldRecipe:
    """The line for a field that is not filled from one plain column."""
    named = tuple(headers[position] for position in positions_of(source))
    match source:
        case SplitName(_, part):
            return FieldRecipe(field, SourceWord.SPLIT, named, part.value)
        case JoinedSource(_, separator):
            return FieldRecipe(field, SourceWord.JOIN, named, separator)
        case FirstFilled():
            return FieldRecipe(field, SourceWord.FIRST_OF, named)
        case ConstantSource(text):
            return FieldRecipe(field, SourceWord.ALWAYS, (), text)
        case ColumnSource():
            raise TypeError("a plain column stands in [columns]")


def as_toml(recipe: FieldRecipe) -> InlineTable:
    """The line's right side."""
    table = tomlkit.inline_table()
    match recipe.word:
        case SourceWord.SPLIT:
            table["split"], table["part"] = recipe.headers[0], recipe.text
        case SourceWord.JOIN:
            table["join"], table["with"] = list(recipe.headers), recipe.text
        case SourceWord.FIRST_OF:
            table["first_of"] = list(recipe.headers)
        case SourceWord.ALWAYS:
            table["always"] = recipe.text
    return table


def _understood(field: str, said: object) -> FieldRecipe:
    words = said if isinstance(said, dict) else {}
    match words:
        case {"split": str(header), "part": "first" | "last" as part} if len(words) == 2:
            return FieldRecipe(field, SourceWord.SPLIT, (header,), part)
        case {"join": list(headers)} if _are_texts(headers) and set(words) <= {"join", "with"}:
            separator = words.get("with", " ")
            if isinstance(separator, str):
                return FieldRecipe(field, SourceWord.JOIN, tuple(cast("list[str]", headers)), separator)
        case {"first_of": list(headers)} if _are_texts(headers) and len(words) == 1:
            return FieldRecipe(field, SourceWord.FIRST_OF, tuple(cast("list[str]", headers)))
        case {"always": str(text)} if text.strip() and len(words) == 1:
            return FieldRecipe(field, SourceWord.ALWAYS, (), text)
    raise NotUnderstood(_forms(field))


def _are_texts(headers: Sequence[object]) -> bool:
    return bool(headers) and all(isinstance(header, str) for header in headers)


def _forms(field: str) -> str:
    forms = (
        '{split = "…", part = "first"}',
        '{join = ["…", "…"], with = " "}',
        '{first_of = ["…", "…"]}',
        '{always = "…"}',
    )
    return tr('The field "{field}" needs one of: {forms}.', field=field, forms=", ".join(forms))
