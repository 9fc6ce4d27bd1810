"""A journey of the tour's own: in a window of its own, with the pictures that are asked for by name.

Opens and closes the window and waits for it; what there is to see on the way is others' to know.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Protocol

from PySide6.QtCore import QSize, QSizeF, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget

from app.flow.draft import new_draft
from app.flow.parts import Parts
from app.language import tr
from app.ui.application import build_wizard
from app.ui.journey import PATIENCE, Journey, TourStuck, page_as, wait_for
from app.ui.pages.choose_file import ChooseFilePage
from app.ui.pages.choose_provider import ChooseProviderPage
from app.ui.pages.map_columns import MapColumnsPage
from app.ui.wizard import Step

SCREEN = QSize(1280, 720)  # in the pixels that are seen
_LOOK = 20  # milliseconds between two looks


class Shoot(Protocol):
    """Takes a picture of a window: once it lies still, or at once."""

    def __call__(self, window: QWidget, name: str, still: bool = True) -> None: ...


def of_screen(window: QWidget) -> QSize:
    """As large as all of SCREEN, in device-independent pixels: at 200 % a quarter as much goes into it."""
    return (QSizeF(SCREEN) / window.devicePixelRatioF()).toSize()


class Way(Journey):
    """Takes the pictures that have a name here: a journey's name -> the picture's. Close it, or use it in a
    `with`."""

    def __init__(
        self, parts: Parts, provider: str, file: Path, shoot: Shoot, names: Mapping[str, str] | None = None
    ) -> None:
        wizard = build_wizard(new_draft(provider, ""), parts)
        super().__init__(wizard, file, provider)
        self._shoot, self._names = shoot, names or {}
        wizard.resize(of_screen(wizard))
        wizard.show()

    def __enter__(self) -> Way:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.wizard.tidy_up()
        self.wizard.close()

    @property
    def start_page(self) -> ChooseFilePage:
        return page_as(ChooseFilePage, self.wizard.page_of(Step.CHOOSE_FILE))

    @property
    def columns_page(self) -> MapColumnsPage:
        return page_as(MapColumnsPage, self.wizard.page_of(Step.MAP_COLUMNS))

    @property
    def provider_page(self) -> ChooseProviderPage:
        return page_as(ChooseProviderPage, self.wizard.page_of(Step.CHOOSE_PROVIDER))

    def picture(self, name: str) -> None:
        if name in self._names:
            self.see(self._names[name])

    def see(self, name: str, window: QWidget | None = None, still: bool = True) -> None:
        """A picture of the wizard, or of another window; as it lies `still`, or at once."""
        self._shoot(window or self.wizard, name, still)

    def go_to_checking(self) -> None:
        """The first three pages, as they are."""
        self.choose_file()
        self.choose_columns()
        self.choose_provider()

    def until(self, ready: Callable[[], bool]) -> None:
        """Let the window live until `ready()`. Raises TourStuck."""
        looks = QTimer(interval=_LOOK)
        looks.start()
        in_time = wait_for((looks.timeout,), ready, PATIENCE)
        looks.stop()
        page = self.wizard.currentPage()
        if not in_time:
            raise TourStuck(tr("“{page}” did not finish in time.", page=page.title()))

    def asked(self, name: str, act: Callable[[], object], agree: bool = False) -> None:
        """A picture of the question that comes of `act`, and an answer to it. Raises TourStuck."""
        seen: list[str] = []

        def look() -> None:
            box = QApplication.activeModalWidget()
            if isinstance(box, QMessageBox):
                seen.append(box.text())
                self.see(name, box)
                _answer(box, agree)

        QTimer.singleShot(0, look)
        act()
        if not seen:
            raise TourStuck(tr("No question came before something was lost: {name}", name=name))


def written(path: Path, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
    """A text file with these rows."""
    lines = (";".join(f'"{cell}"' for cell in row) for row in (headers, *rows))
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _answer(box: QMessageBox, agree: bool) -> None:
    role = QMessageBox.ButtonRole.DestructiveRole if agree else QMessageBox.ButtonRole.RejectRole
    for button in box.buttons():
        if box.buttonRole(button) == role and isinstance(button, QPushButton):
            button.click()
            return
