"""What stands beside the checked contacts: what the upload will do, or the chosen contact as it is sent.

Under both the ticks stay in sight, right above the button that needs them.
"""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QFrame, QTabWidget, QVBoxLayout, QWidget

from app.flow.receipt import Receipt
from app.language import tr, trn
from app.ui.widgets.receipt import ReceiptView, TickList
from app.ui.widgets.request_view import RequestView

FIRST_FEW = 5  # contacts: enough to see, few enough to delete by hand


class CheckSide(QWidget):
    """Two tabs over the ticks."""

    def __init__(self) -> None:
        super().__init__()
        self.receipt = ReceiptView()
        self.request_view = RequestView()
        self.ticks = TickList()
        self.first_few = QCheckBox(
            trn("Send the first {count}, then ask me", "Send the first {count}, then ask me", FIRST_FEW)
        )
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
        column.addWidget(self.first_few)

    def show_receipt(self, receipt: Receipt, to_send: int, can_count: bool, keep: bool = False) -> None:
        """Show what the upload of so many contacts will do, and ask for what it needs; with `keep` the
        answers to the same questions hold though the numbers changed."""
        self.first_few.setVisible(to_send > FIRST_FEW)
        self.receipt.show_receipt(receipt, can_count)
        self.ticks.show_receipt(receipt, keep)

    @property
    def wanted_first(self) -> int | None:
        """How many contacts to send before the user is asked; None for all of them."""
        return FIRST_FEW if self.first_few.isChecked() and not self.first_few.isHidden() else None

    def show_receipt_tab(self) -> None:
        """The user looks at the whole."""
        self.tabs.setCurrentWidget(self.receipt)

    def show_contact_tab(self) -> None:
        """The user looks at one contact."""
        self.tabs.setCurrentWidget(self.request_view)
