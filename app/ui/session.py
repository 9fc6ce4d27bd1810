"""What the pages of one window share: the draft as it stands, and the parts main handed over.

Holds and announces; deciding is the user's, working is flow's.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.flow.draft import ImportDraft
from app.flow.parts import Parts
from app.upload.upload import UploadEnd


class Session(QObject):
    """The draft of this window's import. Pages read `draft` and give back a changed one."""

    changed = Signal()

    def __init__(self, draft: ImportDraft, parts: Parts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.parts = parts
        self.end: UploadEnd | None = None  # of the last run of the upload, for the report

    @property
    def draft(self) -> ImportDraft:
        return self._draft

    def give(self, draft: ImportDraft) -> None:
        """Take `draft` for the one that stands."""
        if draft != self._draft:
            self._draft = draft
            self.changed.emit()
