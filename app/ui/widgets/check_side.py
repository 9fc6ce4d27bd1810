"""What stands beside the checked contacts: what the upload will do, or the chosen contact as it is sent.

Under both the ticks stay in sight, right above the button that needs them.
"""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QTabWidget, QVBoxLayout, QWidget

from app.flow.receipt import Receipt
from app.language import tr
from app.ui.widgets.receipt import ReceiptView, TickList
from app.ui.widgets.request_view import RequestView


class CheckSide(QWidget):
    """Two tabs over the ticks."""

    def __init__(self) -> None:
        super().__init__()
        self.receipt = ReceiptView()
        self.request_view = RequestView()
        self.ticks = TickList()
        self.tabs = QTabWidget(documentMode=True)
        self.tabs.addTab(self.receipt, tr("Before you upload"))
        self.tabs.addTab(self.request_view, tr("This contact"))
        line = QFrame()
        line.setFrameShape(QFrame.Shape.HLine)
        line.setFrameShadow(QFrame.Shadow.Sunken)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.tabs, stretch=1)
        column.addWidget(line)
        column.addWidget(self.ticks)

    def show_receipt(self, receipt: Receipt, can_count: bool) -> None:
        """Show what the upload will do, and ask for what it needs."""
        self.receipt.show_receipt(receipt, can_count)
        self.ticks.show_receipt(receipt)
        self.tabs.setCurrentWidget(self.receipt)

    def show_contact_tab(self) -> None:
        """The user looks at one contact."""
        self.tabs.setCurrentWidget(self.request_view)
