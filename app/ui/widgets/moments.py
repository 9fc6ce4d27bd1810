"""Days and times in the user's form, as the window's numbers are.

Turns moments into words; which moment, and where it is shown, is the caller's.
"""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QLocale

from app.language import tr


def day_words(at: float) -> str:
    """The day of a moment (seconds since 1970): "3 March 2026"."""
    return QLocale().toString(_local(at).date(), tr("d MMMM yyyy"))


def moment_words(at: float) -> str:
    """A moment (seconds since 1970), short: "03/03/2026 12:00"."""
    return QLocale().toString(_local(at), QLocale.FormatType.ShortFormat)


def full_moment_words(at: float) -> str:
    """A moment (seconds since 1970) in full, with its zone: it may be read years later."""
    return QLocale().toString(_local(at), QLocale.FormatType.LongFormat)


def _local(at: float) -> QDateTime:
    return QDateTime.fromSecsSinceEpoch(int(at))
