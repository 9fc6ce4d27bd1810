"""The help window: stays beside the wizard, shows the page of a step, and leads to the others.

Shows our own pages only: it loads nothing from the network and opens no link that leads there.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from app.language import tr
from app.providers.known import PROVIDERS
from app.ui.help.pages import PROVIDER, STEPS, page_text, page_title
from app.ui.help.text import HelpBrowser, show_markdown
from app.ui.widgets.combos import ValueCombo
from app.ui.widgets.labels import Label, with_buddy
from app.ui.widgets.screen_room import open_within

_SIZE = (460, 600)


class HelpWindow(QDialog):
    """Not modal: one reads it while working. A `switch` stands below the text.

    `support_asked` follows when the user wants to save what a supporter needs.
    """

    support_asked = Signal()

    def __init__(self, parent: QWidget, switch: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Help"))
        self.setModal(False)
        open_within(self, *_SIZE)
        names = [*STEPS, *(PROVIDER.format(name=one.name) for one in PROVIDERS)]
        self.page: ValueCombo[str] = ValueCombo()
        self.page.fill([(page_title(name), name) for name in names], names[0])
        self.browser = HelpBrowser()
        self.browser.setOpenLinks(False)
        self.browser.anchorClicked.connect(self._follow)
        self.page.activated.connect(lambda: self.show_page(self.page.value or names[0]))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(with_buddy(Label(tr("Page")), self.page))
        layout.addWidget(self.page)
        layout.addWidget(self.browser, stretch=1)
        if switch is not None:
            layout.addWidget(switch)
        self.support = QPushButton(tr("Save details for support"), autoDefault=False)
        self.support.clicked.connect(self.support_asked)
        layout.addWidget(self.support, alignment=Qt.AlignmentFlag.AlignLeft)

    def show_step(self, step: str, provider: str) -> None:
        """Show the page of a step, with a link to the provider's where that helps, and come to the front; the
        keys scroll it."""
        self.show_page(step, provider)
        self.browser.setFocus()
        self.show()
        self.raise_()
        self.activateWindow()

    def show_page(self, name: str, provider: str = "") -> None:
        """Show the page called `name`."""
        self.page.choose(name)
        text = page_text(name)
        about = PROVIDER.format(name=provider)
        if provider and name != about:
            text += f"\n\n[{page_title(about)}]({about})\n"
        show_markdown(self.browser, text)
        self.browser.setAccessibleName(page_title(name))

    def _follow(self, link: QUrl) -> None:
        name = link.toString()
        if name in self.page.values:
            self.show_page(name)
