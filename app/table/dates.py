"""Shows date and time cells as ISO text (2024-02-29, 2024-02-29 14:30, 14:30), from day counts.

It knows the calendar of spreadsheets (1900 with its 29th of February, 1904) and no time zones.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

_EPOCH_1900 = date(1899, 12, 30).toordinal()
_EPOCH_1904 = date(1904, 1, 1).toordinal()
_LAST_DAY = 2_958_465
_DAY = 86_400


def date_renderer(
    letters: str, elapsed: bool, from_1904: bool, otherwise: Callable[[str], str]
) -> Callable[[str], str]:
    """The function that shows a day count under a date format made of `letters` (out of y, m, d, h, s).

    What the format does not show is not shown: a time only where it has h or s, a date only where it has
    y, d, or months. A number outside the calendar (a phone number formatted as a date) goes to `otherwise`.
    """
    clock = "h" in letters or "s" in letters
    calendar = "y" in letters or "d" in letters or not clock
    whole_days = calendar and not clock and not elapsed

    def show(text: str) -> str:
        if whole_days and text.isdigit() and len(text) < 7:
            return _calendar(int(text), from_1904)
        try:
            serial = float(text)
        except ValueError:
            return otherwise(text)
        if not 0 <= serial < _LAST_DAY + 1:
            return otherwise(text)
        days, seconds = divmod(round(serial * _DAY), _DAY)
        if elapsed:
            return _clock(days * _DAY + seconds)
        if not calendar or (serial < 1 and clock):
            return _clock(seconds)
        if not clock:
            days = int(serial)
            return _calendar(days, from_1904)
        return _calendar(days, from_1904) + (" " + _clock(seconds) if seconds else "")

    return show


def iso_text(text: str) -> str:
    """A date stored as ISO 8601 text, without zone, fraction or an empty time of day."""
    day, separator, clock = text.strip().removesuffix("Z").partition("T")
    if not separator and ":" in day:
        day, clock = "", day
    elif not separator:
        return day
    clock = clock.partition(".")[0].partition("+")[0]
    hours, _, rest = clock.partition(":")
    clock = f"{hours}:{rest}".removesuffix(":00") if rest.count(":") == 1 else clock
    if not day:
        return clock
    return day if clock in ("", "00:00") else f"{day} {clock}"


def _calendar(days: int, from_1904: bool) -> str:
    if from_1904:
        return date.fromordinal(min(_EPOCH_1904 + days, date.max.toordinal())).isoformat()
    if days == 60:
        return "1900-02-29"  # Excel believes in this day, as Lotus did.
    return date.fromordinal(_EPOCH_1900 + days + (days < 60)).isoformat()


def _clock(seconds: int) -> str:
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}:{second:02}" if second else f"{hour:02}:{minute:02}"
