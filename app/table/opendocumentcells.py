"""Decides what one stored cell of an .ods sheet shows.

LibreOffice stores the text it shows beside the value; which of the two a contact needs is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.table.dates import iso_text
from app.table.numbers import plain

_JUST_A_NUMBER = re.compile(r"-?\d{1,3}(?:[.,' \u00a0\u202f]\d{3})+(?:[.,]\d+)?|-?(?:0|[1-9]\d*)(?:[.,]\d+)?")
_CUT_SHORT = re.compile(r"#+|.*\dE[+-]?\d+|.*\.\.\.", re.IGNORECASE)
_TIME = re.compile(r"P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?")
_ERROR = re.compile(r"#[A-Z0-9/!?]+[!?A]?|Err:\d+")
_NUMBERS = ("float", "percentage", "currency")


class StoredCell:
    """A cell with its attributes by local name, and the text it shows. `covered`: under a merged one."""

    __slots__ = ("attributes", "covered", "shown")

    def __init__(self, attributes: Mapping[str, str], covered: bool) -> None:
        self.attributes = attributes
        self.covered = covered
        self.shown = ""

    @property
    def kind(self) -> str:
        return self.attributes.get("value-type", "")

    @property
    def is_empty(self) -> bool:
        return self.covered or not (self.kind or self.shown or "formula" in self.attributes)

    @property
    def is_error(self) -> bool:
        formula = "formula" in self.attributes
        return self.kind == "error" or (formula and _ERROR.fullmatch(self.shown) is not None)

    @property
    def is_unstored(self) -> bool:
        return "formula" in self.attributes and not self.kind and not self.shown


def shown_text(cell: StoredCell) -> str:
    """The text of a cell."""
    kind, attributes = cell.kind, cell.attributes
    if cell.is_error:
        return cell.shown
    if kind in _NUMBERS:
        return _number(attributes.get("value", ""), cell.shown)
    if kind == "date" and "date-value" in attributes:
        day = iso_text(attributes["date-value"])
        # A time of day that is not shown is not meant.
        return day.partition(" ")[0] if cell.shown and ":" not in cell.shown else day
    if kind == "time":
        return _clock(attributes.get("time-value", ""), cell.shown) or cell.shown
    if kind == "boolean":
        return "FALSE" if attributes.get("boolean-value") == "false" else "TRUE"
    return cell.shown or attributes.get("string-value", "")


def _number(value: str, shown: str) -> str:
    """What is shown, where that says more than the number: leading zeros, a prefix, a currency."""
    shown = shown.strip()
    if not value:
        return shown
    if not shown or _JUST_A_NUMBER.fullmatch(shown) or _CUT_SHORT.fullmatch(shown):
        return plain(value)
    return shown


def _clock(duration: str, shown: str) -> str:
    """A duration as hours; without its days where only the time of day is shown."""
    match = _TIME.fullmatch(duration)
    if match is None:
        return ""
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    hours += days * 24
    if hours >= 24 and shown and not shown.lstrip("-").startswith(str(hours)):
        hours %= 24
    text = f"{hours:02}:{minutes:02}"
    return f"{text}:{seconds:02}" if seconds else text
