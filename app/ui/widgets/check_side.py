"""What stands beside the checked contacts: the receipt, what can be put right, one contact as sent.

Under both the ticks stay in sight, right above the button that needs them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from app.contacts.contact import CheckedContact, FindingKind, Level
from app.flow.draft import ImportDraft
from app.flow.preview import requests_for
from app.flow.receipt import Receipt
from app.flow.repairs import Repair, repair_for
from app.language import number, tr, trn
from app.ui.widgets.finding_list import FindingList, usual_level
from app.ui.widgets.receipt import ReceiptView, TickList
from app.ui.widgets.request_view import RequestView

FIRST_FEW = 5  # contacts: enough to see, few enough to delete by hand


class CheckSide(QWidget):
    """Three tabs over the ticks."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._to_send = 0
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.tabs = QTabWidget(self, documentMode=True, usesScrollButtons=False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)  # in a long language, rather than to scroll
        column.addWidget(self.tabs, stretch=1)
        self.receipt, self.findings, self.request_view = ReceiptView(), FindingList(), RequestView()
        self.tabs.addTab(self.receipt, tr("Before you upload"))
        self.tabs.addTab(self.findings, tr("Put right"))
        self.tabs.addTab(self.request_view, tr("This contact"))
        self._line = line = QFrame()
        line.setFrameShape(QFrame.Shape.HLine)
        line.setFrameShadow(QFrame.Shadow.Sunken)
        self.ticks = TickList()
        self.first_few = QCheckBox(
            trn("Send the first {count}, then ask me", "Send the first {count}, then ask me", FIRST_FEW)
        )
        for part in (line, self.ticks, self.first_few):
            column.addWidget(part)

    def minimumSizeHint(self) -> QSize:
        # A splitter asks for no height that goes with a width; the ticks' words wrap.
        return QSize(super().minimumSizeHint().width(), self._column.totalMinimumHeightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def show_receipt(self, receipt: Receipt, to_send: int, can_count: bool, keep: bool = False) -> None:
        """Show what the upload of so many contacts will do, and ask for what it needs; with `keep` the
        answers to the same questions hold though the numbers changed."""
        self._to_send = to_send
        self.first_few.setVisible(to_send > FIRST_FEW)
        self.receipt.show_receipt(receipt, can_count)
        self.ticks.show_receipt(receipt, keep)
        self.ticks.changed.emit()  # other answers may be missing
        for part in (self._line, self.ticks):
            part.setVisible(bool(receipt.ticks))
        for tick in self.ticks.ticks.values():
            QWidget.setTabOrder(tick, self.first_few)  # which stands under them

    def go_to_ticks(self) -> None:
        """Bring the keyboard, and what is seen, to the first tick that is missing."""
        missing = next((tick for tick in self.ticks.ticks.values() if not tick.isChecked()), None)
        if missing is None:
            return
        missing.setFocus(Qt.FocusReason.ShortcutFocusReason)
        around = self.parentWidget()
        while around is not None:
            if isinstance(around, QScrollArea):
                around.ensureWidgetVisible(missing)
            around = around.parentWidget()

    def show_contact(
        self, draft: ImportDraft, contact: CheckedContact | None, sentences: Sequence[str]
    ) -> None:
        """Show what will be sent of a contact, and what was found in it; None where there is none."""
        if contact is None:
            self.request_view.show_words(tr("What will be sent"), [])
        elif requests := requests_for(draft, contact):
            heading = tr("What will be sent for row {row}", row=number(contact.row))
            self.request_view.show_requests(heading, requests, sentences)
        else:
            self.request_view.show_words(tr("Row {row} stays behind", row=number(contact.row)), sentences)

    @property
    def commit_words(self) -> str:
        """What the button that sends them says: as many as go when it is pressed."""
        first = self.wanted_first
        if first is not None:
            return trn("Upload the first {count} contact", "Upload the first {count} contacts", first)
        count = self._to_send
        return trn("Upload {count} contact", "Upload {count} contacts", count) if count else tr("Upload")

    @property
    def wanted_first(self) -> int | None:
        """How many contacts to send before the user is asked; None for all of them."""
        return FIRST_FEW if self.first_few.isChecked() and not self.first_few.isHidden() else None

    def show_first_tab(self, found: Mapping[FindingKind, int]) -> None:
        """What the user looks at first: what can be put right, where there is something; else the whole."""
        open_kinds = [kind for kind in found if usual_level(kind) is not Level.FIXED]
        can_be_mended = any(repair_for(kind) not in (None, Repair.DUPLICATES) for kind in open_kinds)
        self.tabs.setCurrentWidget(self.findings if can_be_mended else self.receipt)

    def show_receipt_tab(self) -> None:
        """The user looks at the whole."""
        self.tabs.setCurrentWidget(self.receipt)

    def show_contact_tab(self) -> None:
        """The user looks at one contact."""
        self.tabs.setCurrentWidget(self.request_view)
