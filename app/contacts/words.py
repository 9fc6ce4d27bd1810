"""Words that mean the same to people in five languages, read once from resources.

Knows words only; which of them a provider understands is choices', and no provider is known here.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from app.contacts.fields import Meaning
from app.contacts.folding import fold

_FILE = Path(__file__).resolve().parent.parent.parent / "resources" / "words.toml"
_NAMES = _FILE.parent / "countries"
_BRACKETS = re.compile(r"([^(\[]+)[(\[]([^()\[\]]+)[)\]]\s*")
_BETWEEN = re.compile(r"\s+[-\u2013\u2014]\s+|\s*[/|,;]\s*")
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
    """The ISO 3166 code of the country called so in any of the languages, or empty.

    More words are understood where they agree: "UK (England)", "DE - Deutschland", "IT Italia". What stands
    in brackets may be no country ("Spain (Madrid)"), but not another one ("Georgia (USA)").
    """
    return _region(text) or _region_in_brackets(text) or _region_of_all(text)


def region_on_plates(text: str) -> str:
    """The ISO 3166 code of the country whose cars carry these letters, or empty; those that say it with
    words or an ISO code are `region_called`'s."""
    return _plates().get(fold(text), "")


def _region(text: str) -> str:
    folded = fold(text)
    return _regions().get(folded) or _regions_by_name().get(folded, "")


def _region_in_brackets(text: str) -> str:
    parted = _BRACKETS.fullmatch(text)
    if parted is None:
        return ""
    outside, inside = _region(parted[1]), _region(parted[2])
    return outside if inside in ("", outside) else ""


def _region_of_all(text: str) -> str:
    words = text.split()
    for parts in (
        _BETWEEN.split(text),
        (" ".join(words[:-1]), *words[-1:]),
        (*words[:1], " ".join(words[1:])),
    ):
        regions = {_region(part) for part in parts}
        if len(parts) > 1 and len(regions) == 1:
            return regions.pop()
    return ""


@cache
def _regions() -> Mapping[str, str]:
    return {fold(word): region for region, words in _read()[_COUNTRY].items() for word in (*words, region)}


@cache
def _regions_by_name() -> Mapping[str, str]:
    """By the names and codes that the CLDR has; a name of two countries is none."""
    found: dict[str, set[str]] = {}
    for path in sorted(_NAMES.glob("*.toml")):
        with path.open("rb") as file:
            for region, name in tomllib.load(file).items():
                for word in (name, region):
                    found.setdefault(fold(word), set()).add(region)
    return {word: regions.pop() for word, regions in found.items() if len(regions) == 1}


@cache
def _plates() -> Mapping[str, str]:
    return {fold(code): region for region, codes in _read()["plates"].items() for code in codes}


@cache
def _read() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    with _FILE.open("rb") as file:
        sections = tomllib.load(file)
    return {
        section: {key: tuple(words) for key, words in groups.items()} for section, groups in sections.items()
    }
