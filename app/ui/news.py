"""Shows what is new after an update: a small window beside the wizard, which waits for nobody.

Shows the text it is given; when to show it is main's to know.
"""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.language import tr
from app.ui.help.text import HelpBrowser, show_markdown
from app.ui.widgets.screen_room import open_within

SIZE = (520, 360)


class News(QDialog):
    """`text` is Markdown, `title` what the window says on top, `size` how large it opens. Not modal, and gone
    for good once closed."""

    def __init__(self, text: str, parent: QWidget, title: str = "", size: tuple[int, int] = SIZE) -> None:
        super().__init__(parent)
        self.setWindowTitle(title or tr("What is new"))
        self.browser = HelpBrowser()
        self.browser.setAccessibleName(self.windowTitle())
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.rejected.connect(self.reject)
        show_markdown(self.browser, text)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(16)
        layout.addWidget(self.browser)
        layout.addWidget(self.buttons)
        open_within(self, *size)
