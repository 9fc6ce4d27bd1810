"""What the user can do about an upload: pause it, stop it, go on, or change the account it goes to.

Shows the buttons that mean something just now; what they do is the page's.
"""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from app.language import tr
from app.ui.widgets.flow import FlowRow
from app.ui.widgets.primary import show_primary

_ROOM = 16


class UploadButtons(FlowRow):
    """`go_on` is the one that leads on wherever it is shown, unless another account is needed first."""

    def __init__(self) -> None:
        self.pause = QPushButton(tr("Pause"), autoDefault=False)
        self.stop = QPushButton(tr("Stop"), autoDefault=False)
        self.go_on = QPushButton(tr("Continue"), autoDefault=False)
        self.change_account = QPushButton(tr("Change the account"), autoDefault=False)
        show_primary(self.go_on)
        super().__init__(self.go_on, self.change_account, self.pause, self.stop)
        self.show_narrow(False)

    def show_narrow(self, narrow: bool) -> None:
        """A narrow window has no room around them."""
        room = 0 if narrow else _ROOM
        self.setContentsMargins(0, room, 0, room)

    def offer_account(self, offered: bool, first: bool = False) -> None:
        """Whether the account may have to be changed, and whether nothing else leads on."""
        self.change_account.setVisible(offered)
        show_primary(self.change_account, first)
        show_primary(self.go_on, not first)
        if first:
            self.change_account.setFocus()

    def show_running(self, running: bool) -> None:
        """What can be done while it runs, or once it has ended."""
        for button in (self.pause, self.stop):
            button.setVisible(running)
            button.setEnabled(running)
        self.go_on.setText(tr("Continue"))
        self.go_on.setVisible(not running)
        self.offer_account(False)
        if not running:
            self.go_on.setFocus()  # the keyboard was at a button that has gone
