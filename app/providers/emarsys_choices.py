"""The answers that Emarsys' own single-choice fields know, read from resources when first asked for.

Only reads its file; which field has which answers is emarsys_fields.py's. The ids are those of a live
account (accounts can differ).
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from app.contacts.fields import Choice

_FILE = Path(__file__).resolve().parents[2] / "resources" / "emarsys" / "choices.toml"


@cache
def choices_of(name: str) -> tuple[Choice, ...]:
    """The answers called `name` in the file, e.g. "country". KeyError is a bug."""
    listed = _read()[name]
    return tuple(Choice(value, words[0], tuple(words[1:])) for value, words in listed.items())


@cache
def _read() -> dict[str, dict[str, list[str]]]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)
