"""What one cell of a table shows, whoever paints it."""

from __future__ import annotations

from typing import NamedTuple

from app.contacts.contact import Level


class CellLook(NamedTuple):
    """One line of text, the worst level of what was found there, whether the text is lost, for it can't be
    sent, and whether it stands at the right. Made for each cell of each painting."""

    text: str
    level: Level | None = None
    lost: bool = False
    right: bool = False
