"""Days and times in the user's form: the system's, where that speaks the language in use.

Turns moments into words; which moment, and where it is shown, is the caller's.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QDateTime, QLocale

_WEEKDAY = re.compile(r"^dddd,?\s*|,?\s*dddd$")  # in a format of Qt's


def day_words(at: float) -> str:
    """The day of a moment (seconds since 1970): "3 March 2026", or "March 3, 2026"."""
    in_full = QLocale().dateFormat(QLocale.FormatType.LongFormat)
    return QLocale().toString(_local(at).date(), _WEEKDAY.sub("", in_full))


def moment_words(at: float) -> str:
    """A moment (seconds since 1970), short: "03/03/2026 12:00", which no line breaks."""
    return QLocale().toString(_local(at), QLocale.FormatType.ShortFormat).replace(" ", "\u00a0")


def full_moment_words(at: float) -> str:
    """A moment (seconds since 1970) in full, with its zone: it may be read years later."""
    return QLocale().toString(_local(at), QLocale.FormatType.LongFormat)


def _local(at: float) -> QDateTime:
    return QDateTime.fromSecsSinceEpoch(int(at))
