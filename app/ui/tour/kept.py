"""Pictures of what the program keeps and is asked to forget, and of the notice that a newer one is out.

Ticks, presses and answers as a user does; that a newer version is out says the practice server.
"""

from __future__ import annotations

from pathlib import Path

from app.flow.newer import Releases
from app.flow.parts import Parts
from app.practice.exchange import json_answer
from app.practice.faults import Refuse
from app.ui.help.window import HelpWindow
from app.ui.newer import NewerSwitch, look_for_newer
from app.ui.news import News
from app.ui.tour.line import TourLine
from app.ui.tour.way import Shoot, Way, of_screen

_PAGE = "https://example.com/contact-ferry/releases"
_NEWER = Refuse(json_answer(200, {"tag_name": "v99.0.0"}))
_EVERY_REQUEST = b""


class TourKept:
    """`show` goes through them. The recipes of the tour are gone afterwards."""

    def __init__(self, parts: Parts, line: TourLine, provider: str, file: Path, shoot: Shoot) -> None:
        self._parts, self._line, self._provider = parts, line, provider
        self._file, self._shoot = file, shoot

    def show(self) -> None:
        """Take them all; no version is out without a way to meddle. Raises TourStuck."""
        with Way(self._parts, self._provider, self._file, self._shoot) as way:
            way.choose_file()
            self._recipes(way)
            if self._line.can_hold:
                self._newer(way)

    def _recipes(self, way: Way) -> None:
        bar = way.columns_page.recipe
        bar.recipes.click()
        dialog = bar.dialog
        if dialog is None:
            raise LookupError("no dialog")
        way.asked("17g-forget-recipes", dialog.erase.click, agree=True)
        way.see("17h-recipes-forgotten", dialog)
        dialog.close()

    def _newer(self, way: Way) -> None:
        """Ticked at the foot of the help; then told when the window is opened the next time."""
        switch = NewerSwitch(way.wizard.session)
        help_window = HelpWindow(way.wizard, switch)
        help_window.show_step("choose_file", self._provider)
        help_window.resize(help_window.size().boundedTo(of_screen(help_window)))
        switch.click()
        way.see("17j-look-for-newer", help_window)
        help_window.close()
        self._line.fail(_EVERY_REQUEST, _NEWER)
        try:
            address = self._parts.practice(self._provider).address
            look_for_newer(way.wizard, Releases(f"{address}/releases/latest", _PAGE))
            way.until(lambda: bool(way.wizard.findChildren(News)))
        finally:
            self._line.let_go()
        news = way.wizard.findChildren(News)[0]
        news.resize(news.size().boundedTo(of_screen(news)))
        way.see("17k-newer-version", news)
        news.close()
