"""What the rest of the computer sees of an upload: it stays awake, the title and the task bar say how far it
is, and a notification says how it ended.

Knows a share and a sentence; refuses to know what is uploaded. What starts programs or speaks with other ones
is done on a thread beside the window, one thing after the other: nobody knows how long those take.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.language import percent, tr
from app.ui.aside import Aside
from app.ui.awake import Awake
from app.ui.notice import notify
from app.ui.taskbar import TaskBar


class Outside:
    """`page` is any widget of the window. Call `begin`, `show_share`, `end`; `end` may come twice."""

    def __init__(
        self,
        page: QWidget,
        aside: Aside | None = None,
        awake: Awake | None = None,
        bar: TaskBar | None = None,
    ) -> None:
        self._page = page
        self._aside = aside or Aside()
        self._awake = awake or Awake()
        self._bar = bar or TaskBar(self._aside)

    def begin(self) -> None:
        """An upload is under way."""
        # Nothing that is done aside may hold a widget: its last holder ends it, and must not be that thread.
        awake, why = self._awake, tr("Contacts are being uploaded")
        self._aside.do(lambda: awake.keep(why))
        self.show_share(0.0)

    def show_share(self, share: float) -> None:
        """How far it is, from 0.0 to 1.0."""
        name = tr("Contact Ferry")
        self._page.window().setWindowTitle(f"{percent(share)} \u2013 {name}")
        self._bar.show(self._page.window(), share)

    def end(self, words: str = "") -> None:
        """None is under way any more; `words` say how it ended, to whoever looks elsewhere."""
        self._aside.do(self._awake.let_go)
        self._bar.hide(self._page.window())
        self._page.window().setWindowTitle(tr("Contact Ferry"))
        if words:
            notify(self._page, tr("Contact Ferry"), words)
