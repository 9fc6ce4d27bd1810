"""Asks for the language of the window, each called as its own speakers call it.

Lists the languages that came with the program; speaking another one is the application's.
"""

from __future__ import annotations

from app import language
from app.language import tr
from app.ui.widgets.combos import ValueCombo

_SHORT, _LONG = 2, 12  # letters
NAMES = {"en": "English", "it": "Italiano", "fr": "Français", "de": "Deutsch", "es": "Español"}


class LanguageCombo(ValueCombo[str]):
    """Its value is one of language.LANGUAGES. Hidden while there is only one."""

    def __init__(self) -> None:
        super().__init__(tr("Language"))
        self.setToolTip(tr("Language"))
        self.show_codes(False)
        if len(self.values) == 1:
            self.hide()

    def show_codes(self, short: bool) -> None:
        """Show the languages by their codes, where there is no room for names, or by their names."""
        spoken = [(code.upper() if short else NAMES[code], code) for code in language.shipped()]
        self.fill(spoken, language.current())
        self.setMinimumContentsLength(_SHORT if short else _LONG)
        self.updateGeometry()
