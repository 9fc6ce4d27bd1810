"""Keeps a press on the button that leads on while the list is being changed, until the change is settled.

Knows what the button said; refuses to press it where it says something else by then.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWizard

from app.language import tr
from app.problems import Problem
from app.ui.checking.list_changes import ListChanges
from app.ui.pages.page import DraftPage


class HeldPress(QObject):
    """Of the button of `page`, which says `words()` now; while `changes` run, the list is not settled, and
    whoever is `typing()` by then has gone on to something else."""

    def __init__(
        self, page: DraftPage, changes: ListChanges, words: Callable[[], str], typing: Callable[[], bool]
    ) -> None:
        super().__init__(page)
        self._page, self._changes, self._words, self._typing = page, changes, words, typing
        self._pressed = ""

    def hold(self) -> None:
        """The button was pressed; if that was only too early, it is not forgotten."""
        if self._changes.running:
            self._pressed = self._words()

    def forget(self) -> None:
        """What was pressed no longer counts."""
        self._pressed = ""

    def release(self) -> None:
        """A change is made and shown: go on, if that is still what was asked for."""
        if self._changes.running:
            return  # another follows
        pressed, self._pressed = self._pressed, ""
        if pressed and pressed != self._words():
            self._page.show_problem(
                Problem(
                    tr("The list changed just as you pressed the button."),
                    tr("Look at the numbers again. If they are right, press the button once more."),
                )
            )
        elif pressed:
            QTimer.singleShot(0, self, self._go_on)  # when everybody has heard of the change

    def _go_on(self) -> None:
        wizard: QWizard | None = self._page.wizard()  # none where a page stands alone, whatever its stub says
        ready = self._page.isVisible() and self._page.isComplete() and not self._typing()
        if wizard is not None and ready:
            wizard.next()
