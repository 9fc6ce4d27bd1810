"""How far an upload is, in a bar, a line of words and counts by outcome.

Shows what it is given; what goes on, and what can be done about it, the page says.
"""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.flow.watching import Seen
from app.language import tr
from app.ledger.outcomes import OutcomeTotals
from app.ui.upload_pace import UploadPace
from app.ui.upload_words import end_words, extra_words, far_words
from app.ui.widgets.labels import Label, Weight
from app.ui.widgets.outcome_bar import OutcomeBar
from app.ui.widgets.share_bar import ShareBar
from app.upload.upload import Ending, UploadEnd


class HowFar(QWidget):
    """Of one upload, which may take several runs."""

    def __init__(self) -> None:
        super().__init__()
        self._pace = UploadPace()
        self.bar = ShareBar()
        self.bar.setAccessibleName(tr("Progress of the upload"))
        self.words, self.extra = Label(weight=Weight.QUIET), Label(weight=Weight.QUIET)
        self.outcomes = OutcomeBar(legend_only=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.bar, self.words, self.extra):
            column.addWidget(widget)
        column.addSpacing(16)
        column.addWidget(self.outcomes)

    def begin(self) -> None:
        """A run begins, where the last one ended."""
        self._pace = UploadPace()
        self.bar.show()
        self.words.setText("")
        self.extra.say("")

    def show_moved(self, seen: Seen) -> None:
        """While it runs, with its pace."""
        progress = seen.progress
        self.bar.show_share(seen.share)
        self.outcomes.show_totals(progress.totals)
        self.words.setText(" ".join(filter(None, (far_words(progress.totals), self._pace.words(seen)))))
        self.extra.say(extra_words(progress.extra_requests))

    def show_totals(self, totals: OutcomeTotals) -> None:
        """Before and between runs."""
        self.outcomes.show_totals(totals)
        self.words.setText(far_words(totals))
        self.bar.show_share(totals.answered / max(1, totals.sum))

    def show_end(self, end: UploadEnd) -> None:
        """Once it has ended."""
        self.outcomes.show_totals(end.totals)
        self.words.setText(end_words(end))
        self.bar.setVisible(not end.nothing_sent)  # empty and standing still it looks like one that scrolls
        if end.ending is Ending.FINISHED:
            self.bar.show_share(1.0)
