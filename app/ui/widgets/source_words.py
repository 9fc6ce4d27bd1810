"""Says what fills a field where that is not simply one column, and shows what comes of it.

Words and examples only; reading a source is contacts/sources'.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.contacts.names import NamePart
from app.contacts.sources import (
    ColumnSource,
    ConstantSource,
    FirstFilled,
    JoinedSource,
    Source,
    SplitName,
)
from app.flow.draft import Recalled
from app.language import listed, tr
from app.ui.widgets.moments import day_words


def source_words(source: Source, headers: Sequence[str]) -> str:
    """For example: "First name + Last name"."""
    match source:
        case ColumnSource(position):
            return _header(headers, position)
        case JoinedSource(positions, _):
            return listed((_header(headers, one) for one in positions), " + ")
        case FirstFilled(positions):
            return listed((_header(headers, one) for one in positions), tr(" or "))
        case ConstantSource(text):
            return tr("Always “{text}”", text=text)
        case SplitName(position, NamePart.FIRST):
            return tr("First name in “{header}”", header=_header(headers, position))
        case SplitName(position, _):
            return tr("Last name in “{header}”", header=_header(headers, position))


def recalled_words(recalled: Recalled) -> str:
    """Why the columns are matched as they are, where a remembered recipe did it."""
    if recalled.learned:
        return tr("As in your import of {day}, “{name}”.", day=day_words(recalled.at), name=recalled.name)
    return tr("As in your recipe “{name}” of {day}.", day=day_words(recalled.at), name=recalled.name)


def recalled_reason(recalled: Recalled) -> str:
    """The same beside one field, where the whole was said above."""
    return tr("As in an earlier import.") if recalled.learned else tr("As in one of your recipes.")


def _header(headers: Sequence[str], position: int) -> str:
    return " ".join(headers[position].split()) if 0 <= position < len(headers) else "?"
