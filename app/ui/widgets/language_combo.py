"""Asks for the language of the window, each called as its own speakers call it.

Lists the languages that came with the program; speaking another one is the application's.
"""

from __future__ import annotations

from app import language
from app.language import tr
from app.ui.widgets.combos import ValueCombo

NAMES = {"en": "English", "it": "Italiano", "fr": "Français", "de": "Deutsch", "es": "Español"}


class LanguageCombo(ValueCombo[str]):
    """Its value is one of language.LANGUAGES. Hidden while there is only one."""

    def __init__(self) -> None:
        super().__init__(tr("Language"))
        spoken = language.shipped()
        self.setToolTip(tr("Language"))
        self.fill([(NAMES[code], code) for code in spoken], language.current())
        if len(spoken) == 1:
            self.hide()
