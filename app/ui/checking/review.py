"""What the user has set up while looking at a checked list: which contacts are shown, what is agreed to.

Holds for that very list and nothing else; showing it again is the page's.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from app.flow.draft import ImportDraft
from app.ui.widgets.contact_filters import Wanted


@dataclass(frozen=True, slots=True)
class Review:
    """`agreed` are keys of ticks. Without a draft nothing was set up."""

    draft: ImportDraft | None = None
    wanted: Wanted = field(default_factory=Wanted)
    agreed: frozenset[str] = frozenset()

    def for_draft(self, draft: ImportDraft) -> Review:
        """The same, or nothing where `draft` is another one: other contacts, or something else is done."""
        return self if self.draft is not None and self.draft == draft else Review()
