"""Asks for a country by its name in the user's language, with its dial code.

Knows names; what the country is needed for is the page's.
"""

from __future__ import annotations

from PySide6.QtCore import QLocale

from app import language
from app.contacts.countries import phone_countries
from app.language import tr
from app.ui.widgets.combos import ValueCombo


class CountryCombo(ValueCombo[str]):
    """Its value is an ISO 3166 code in capitals, or "" for none."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        named = [(country_name(one.region), one) for one in phone_countries()]
        named.sort(key=lambda entry: entry[0].casefold())
        entries = [
            (tr("{country}  +{code}", country=words, code=one.dial_code), one.region) for words, one in named
        ]
        self.fill([(tr("None: all numbers have one"), ""), *entries], "")


def country_name(region: str) -> str:
    """The country's name in the language in use where Qt knows it, else in English; else its code."""
    territory = QLocale.codeToTerritory(region)
    if territory is QLocale.Country.AnyTerritory:
        return region
    spoken = QLocale.codeToLanguage(language.current())
    there = QLocale(spoken, territory)
    if (
        spoken is not QLocale.Language.English
        and there.territory() == territory
        and there.language() == spoken
    ):
        return there.nativeTerritoryName()
    return tr(QLocale.territoryToString(territory))
