"""Asks for a country by its name in the user's language, with its dial code.

Knows names; what the country is needed for is the page's.
"""

from __future__ import annotations

import tomllib
from functools import cache

from app import language
from app.contacts.countries import phone_countries
from app.contacts.folding import fold
from app.language import tr
from app.ui.widgets.combos import ValueCombo
from app.ui.widgets.icons import RESOURCES


class CountryCombo(ValueCombo[str]):
    """Its value is an ISO 3166 code in capitals, or "" for none. The countries come with the first choice: a
    page is made before it is needed, and with them in the same turn it would be felt."""

    def choose(self, value: str) -> None:
        if self.values:
            super().choose(value)
        else:
            self.fill(_countries(), value)


def _countries() -> list[tuple[str, str]]:
    named = [(country_name(one.region), one) for one in phone_countries()]
    named.sort(key=lambda entry: fold(entry[0]))  # É among the E
    entries = [
        (tr("{country}  +{code}", country=words, code=one.dial_code), one.region) for words, one in named
    ]
    return [(tr("None: all numbers have one"), ""), *entries]


def country_name(region: str) -> str:
    """The country's name in the language in use; its code where nobody gave it one."""
    return _names(language.current()).get(region, region)


@cache
def _names(code: str) -> dict[str, str]:
    """ISO 3166 code -> name, as CLDR has it: read when the first list of countries is made."""
    with (RESOURCES / "countries" / f"{code}.toml").open("rb") as file:
        return tomllib.load(file)
