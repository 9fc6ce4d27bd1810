"""What the rest of the computer sees of an upload: it stays awake, the title and the task bar say how far it
is, and a notification says how it ended.

Knows a share and a sentence; refuses to know what is uploaded.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.language import tr
from app.ui.awake import Awake
from app.ui.notice import notify
from app.ui.taskbar import TaskBar


class Outside:
    """`page` is any widget of the window. Call `begin`, `show_share`, `end`; `end` may come twice."""

    def __init__(self, page: QWidget) -> None:
        self._page = page
        self._awake = Awake()
        self._bar = TaskBar()

    def begin(self) -> None:
        """An upload is under way."""
        self._awake.keep(tr("Contacts are being uploaded"))
        self.show_share(0.0)

    def show_share(self, share: float) -> None:
        """How far it is, from 0.0 to 1.0."""
        name = tr("Contact Ferry")
        self._page.window().setWindowTitle(f"{share:.0%} \u2013 {name}")
        self._bar.show(self._page.window(), share)

    def end(self, words: str = "") -> None:
        """None is under way any more; `words` say how it ended, to whoever looks elsewhere."""
        self._awake.let_go()
        self._bar.hide(self._page.window())
        self._page.window().setWindowTitle(tr("Contact Ferry"))
        if words:
            notify(self._page, tr("Contact Ferry"), words)
