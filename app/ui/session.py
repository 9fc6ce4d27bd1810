"""What the pages of one window share: the draft, the user's preferences, and the parts main handed over.

Holds and announces; deciding is the user's, working is flow's.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.flow.parts import Parts
from app.problems import Problem
from app.settings.preferences import Preferences, change_preferences
from app.ui.job import in_turn

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.flow.draft import ImportDraft, ReadFile
    from app.flow.receipt import Agreement
    from app.ui.checking.review import Review
    from app.upload.upload import UploadEnd

log = logging.getLogger("app.window")


Beginning = Callable[[], "ImportDraft"]


class Session(QObject):
    """The draft of this window's import. Pages read `draft` and give back a changed one.

    A new draft may be handed over as a Beginning, which makes it when first asked for: a draft brings what
    knows of columns and options with it, and the window is shown before anybody needs those.
    Without `preferences` nothing is remembered beyond the window, as in a tour.
    """

    changed = Signal()

    def __init__(
        self,
        draft: ImportDraft | Beginning,
        parts: Parts,
        preferences: Preferences | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._draft = draft
        self._preferences = preferences or Preferences()
        self._remembers = preferences is not None
        self.parts = parts
        self.agreement: Agreement | None = None  # to what was told before sending; taken by the upload
        self.first_few: int | None = None  # contacts to send before the user is asked to look at them
        self.review: Review | None = None  # of the checked list, when it was left last
        self.frame: QWidget | None = None  # that holds the pages, once there is a window
        self.end: UploadEnd | None = None  # of the last run of the upload, for the report
        self._endings: list[Callable[[], None]] = []

    @property
    def draft(self) -> ImportDraft:
        if callable(self._draft):
            self._draft = self._draft()
        return self._draft

    @property
    def file(self) -> ReadFile | None:
        """The draft's file; a draft that is not begun has none."""
        return None if callable(self._draft) else self._draft.file

    @property
    def practice(self) -> bool:
        """Whether nothing goes to a real account, as it is where a draft is not begun."""
        return callable(self._draft) or self._draft.destination.practice

    @property
    def preferences(self) -> Preferences:
        return self._preferences

    @property
    def kept(self) -> Preferences | None:
        """The preferences if this session remembers them, for one that takes its place."""
        return self._preferences if self._remembers else None

    def prefer(self, preferences: Preferences) -> None:
        """Take `preferences` for the user's, and keep them for the next time if this session remembers."""
        if preferences == self._preferences:
            return
        before, self._preferences = self._preferences, preferences
        if not self._remembers:
            return
        try:
            change_preferences(self.parts.folders, before, preferences)
        except Problem as problem:
            # What the user is doing goes on without it; it only will not be remembered.
            log.warning("preferences not saved: %s", problem.details)

    def follow(self, former: Session) -> None:
        """Take the place of `former`, with what was set up in it for the upload."""
        self.first_few, self.review = former.first_few, former.review

    def leave_behind(self, ending: Callable[[], None]) -> None:
        """Work that was asked to end may still be at the ledger; `ending` waits until it is not."""
        self._endings.append(ending)

    def take_ending(self) -> Callable[[], None]:
        """What waits until nobody of before is at the ledger any more: for the next who works there, beside
        the window, which does not wait."""
        endings, self._endings = self._endings, []
        return in_turn(endings)

    def give(self, draft: ImportDraft) -> None:
        """Take `draft` for the one that stands."""
        if draft != self.draft:
            self._draft = draft
            self.changed.emit()
