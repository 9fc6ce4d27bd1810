"""Words that mean the same to people in five languages, read once from resources/words.toml.

Knows words only; which of them a provider understands is choices', and no provider is known here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from app.contacts.fields import Meaning
from app.contacts.folding import fold

_FILE = Path(__file__).resolve().parent.parent.parent / "resources" / "words.toml"
_SECTIONS = {
    Meaning.GENDER: "gender",
    Meaning.SALUTATION: "salutation",
    Meaning.TITLE: "title",
    Meaning.LANGUAGE: "language",
    Meaning.COUNTRY: "country",
    Meaning.OPT_IN: "yes_no",
}
_COUNTRY = "country"


def words_alike(meaning: Meaning | None) -> tuple[tuple[str, ...], ...]:
    """Groups of words that mean the same in a field of this meaning; yes and no where it has no words."""
    if meaning is not None and meaning not in _SECTIONS:
        return ()
    section = _read()[_SECTIONS[meaning] if meaning else "yes_no"]
    return tuple((key, *words) if meaning is Meaning.COUNTRY else words for key, words in section.items())


def women() -> tuple[str, ...]:
    """The words that say of a person that she is a woman."""
    return _read()[_SECTIONS[Meaning.GENDER]]["female"]


def words_beside(who: str) -> tuple[str, ...]:
    """The words beside which the letter M is a "man", or a "woman"."""
    return _read()["m_beside"][who]


@cache
def region_called(text: str) -> str:
    """The ISO 3166 code of the country called so in any of the languages, or empty."""
    return _regions().get(fold(text), "")


@cache
def _regions() -> Mapping[str, str]:
    return {fold(word): region for region, words in _read()[_COUNTRY].items() for word in (*words, region)}


@cache
def _read() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    with _FILE.open("rb") as file:
        sections = tomllib.load(file)
    return {
        section: {key: tuple(words) for key, words in groups.items()} for section, groups in sections.items()
    }
