"""Says what fills a field where that is not simply one column, and shows what comes of it.

Words and examples only; reading a source is contacts/sources'.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QDateTime, QLocale

from app.contacts.names import NamePart
from app.contacts.sources import (
    ColumnSource,
    ConstantSource,
    FirstFilled,
    JoinedSource,
    Source,
    SplitName,
    reading_of,
)
from app.flow.draft import ReadFile, Recalled
from app.language import current, tr

_EXAMPLES = 3


def source_words(source: Source, headers: Sequence[str]) -> str:
    """For example: "First name + Last name"."""
    match source:
        case ColumnSource(position):
            return _header(headers, position)
        case JoinedSource(positions, _):
            return " + ".join(_header(headers, one) for one in positions)
        case FirstFilled(positions):
            return tr(" or ").join(_header(headers, one) for one in positions)
        case ConstantSource(text):
            return tr("Always “{text}”", text=text)
        case SplitName(position, NamePart.FIRST):
            return tr("First name in “{header}”", header=_header(headers, position))
        case SplitName(position, _):
            return tr("Last name in “{header}”", header=_header(headers, position))


def day_words(at: float) -> str:
    """The day of a moment (seconds since 1970), as the language in use writes it: "3 March 2026"."""
    day = QDateTime.fromSecsSinceEpoch(int(at)).date()
    return QLocale(current()).toString(day, tr("d MMMM yyyy"))


def recalled_words(recalled: Recalled) -> str:
    """Why the columns are matched as they are, where a remembered recipe did it."""
    if recalled.learned:
        return tr("As in your import of {day}, “{name}”.", day=day_words(recalled.at), name=recalled.name)
    return tr("As in your recipe “{name}” of {day}.", day=day_words(recalled.at), name=recalled.name)


def source_examples(source: Source, file: ReadFile) -> tuple[str, ...]:
    """A few distinct texts that come of it in the first rows."""
    read = reading_of(source)
    found: dict[str, None] = {}
    for row in file.first:
        text = read(row.cells).strip()
        if text:
            found.setdefault(text)
        if len(found) == _EXAMPLES:
            break
    return tuple(found)


def source_share(source: Source, file: ReadFile) -> float:
    """The share, from 0.0 to 1.0, of the first rows in which it gives something."""
    read = reading_of(source)
    filled = sum(1 for row in file.first if read(row.cells).strip())
    return filled / len(file.first) if file.first else 0.0


def _header(headers: Sequence[str], position: int) -> str:
    return " ".join(headers[position].split()) if 0 <= position < len(headers) else "?"
