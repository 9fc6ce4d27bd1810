"""The receipt before sending: where the contacts go, what happens there, and what can't be undone.

Shows a draft; what its options mean is the provider's to say.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.contacts.contact import Level
from app.flow.consequences import Consequence, consequences
from app.flow.draft import ImportDraft
from app.language import mark, tr, trn
from app.ui.widgets.labels import Label, Weight
from app.ui.widgets.marks import level_icon

_FINAL = mark("This can't be undone.")
TALLEST = 132
ICON = 16


class Receipt(QFrame):
    """One strong line, then a line for each consequence; what destroys comes first and is marked."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("receipt")
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setAccessibleName(tr("Before you upload"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.sentences: tuple[str, ...] = ()

    def show_draft(self, draft: ImportDraft, to_send: int) -> None:
        """Show what uploading so many contacts of `draft` will do."""
        telling = consequences(draft.provider, draft.options) if to_send else ()
        heading = _heading(draft, to_send)
        self.sentences = (heading, *(_words(one) for one in telling))
        lines = QWidget()
        grid = QGridLayout(lines)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.addWidget(Label(heading, Weight.STRONG), 0, 0, 1, 2)
        for number, one in enumerate(telling, start=1):
            sign = QLabel("\u2022")
            if one.destroys:
                sign.setPixmap(level_icon(Level.WARNING).pixmap(ICON, ICON))
            sign.setFixedWidth(ICON)
            grid.addWidget(sign, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(_words(one)), number, 1)
        lines.setMinimumHeight(1)  # or the scroll area asks for the height the lines need when narrow
        self._scroll.setWidget(lines)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As tall as the lines need at this width, up to a limit; then it scrolls."""
        lines = self._scroll.widget()
        layout = lines.layout() if lines is not None else None
        if layout is not None:
            needed = layout.totalHeightForWidth(self.width())
            self._scroll.setFixedHeight(min(TALLEST, needed))


def _heading(draft: ImportDraft, to_send: int) -> str:
    title = draft.provider.title
    if not to_send:
        return tr("There is nothing to upload: no row of your file can be sent. The table says why.")
    if draft.destination.practice:
        return trn(
            "{count} contact goes to a practice account of {provider}; nothing leaves this computer.",
            "{count} contacts go to a practice account of {provider}; nothing leaves this computer.",
            to_send,
            provider=title,
        )
    return trn(
        "{count} contact goes to {provider}, account {account}.",
        "{count} contacts go to {provider}, account {account}.",
        to_send,
        provider=title,
        account=draft.destination.account,
    )


def _words(one: Consequence) -> str:
    return f"{one.sentence} {tr(_FINAL)}" if one.destroys else one.sentence
