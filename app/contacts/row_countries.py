"""Which country the cell of a row names: by its names in five languages, by its codes, or as cars carry it.

Knows what a whole column is written in; refuses to know what the country is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.contacts.cells import is_placeholder, tidy
from app.contacts.choices import ChoiceReader
from app.contacts.fields import Field
from app.contacts.rules import FieldRule
from app.contacts.words import region_called, region_on_plates

_MOSTLY = 0.8  # of the cells that name something must be codes, before "D" is one
_LONGEST_CODE = 3


class RowCountries:
    """Reads a column of countries. `by_plates`: it consists of codes, among them "D" for Germany. Where it
    fills a `field` with choices, it may be written in the provider's values, and what the user decided about
    its words (`rule`) counts."""

    def __init__(
        self, by_plates: bool = False, field: Field | None = None, rule: FieldRule | None = None
    ) -> None:
        self._by_plates = by_plates
        choices = field.choices if field else ()
        self._of_value = {one.value: region for one in choices if (region := region_called(one.label))}
        decided = rule.words if rule else ()
        self._choices = ChoiceReader(choices, field.meaning if field else None, decided) if choices else None

    def region(self, text: str) -> str | None:
        """An ISO 3166 code; empty where the cell names no country, None where it names one that is not
        known."""
        tidied = tidy(text)
        if names_no_country(tidied):
            return ""
        return self._decided(tidied) or self._called(tidied) or self._chosen(tidied) or None

    def _called(self, text: str) -> str:
        return region_called(text) or (region_on_plates(text) if self._by_plates else "")

    def _decided(self, text: str) -> str:
        return self._chosen(text) if self._choices and self._choices.is_decided(text) else ""

    def _chosen(self, text: str) -> str:
        value = self._choices.read(text) if self._choices else None
        return self._of_value.get(value or "", "")


def names_no_country(text: str) -> bool:
    """Whether a cell says nothing, so that the country of the whole list counts."""
    return is_placeholder(tidy(text))


def has_plates(texts: Iterable[str]) -> bool:
    """Whether a column of countries consists of codes, so that "D" is one of them."""
    held = [cell for text in texts if not is_placeholder(cell := tidy(text))]
    codes = [cell for cell in held if len(cell) <= _LONGEST_CODE and _is_code(cell)]
    return bool(codes) and len(codes) >= _MOSTLY * len(held)


def _is_code(text: str) -> bool:
    return bool(region_on_plates(text) or region_called(text))
