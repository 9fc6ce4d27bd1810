"""No part of a page or a dialog ever flashes by as a window of its own, which would take the keyboard along.

A widget that is shown before anything holds it is such a window for a moment.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget, QWizard
from pytestqt.qtbot import QtBot

from app.flow.parts import Parts
from app.providers.known import NAMES
from app.ui.wizard import Step
from tests.ui.test_reach import dialogs, journey


class _Strays(QObject):
    """Remembers every window that is shown and is neither a dialog nor one that floats by its nature."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            plain = watched.windowType() == watched.windowType().Window
            if plain and not isinstance(watched, (QDialog, QWizard)):
                words = watched.text() if isinstance(watched, QLabel) else ""
                self.seen.append(f"{type(watched).__name__} “{words}”")
        return False


@pytest.fixture
def strays(qapp: QApplication) -> Iterator[_Strays]:
    strays = _Strays()
    qapp.installEventFilter(strays)
    yield strays
    qapp.removeEventFilter(strays)


@pytest.mark.parametrize("provider", NAMES)
def test_nothing_but_windows_is_shown_as_one(
    qtbot: QtBot, parts: Parts, tmp_path: Path, provider: str, strays: _Strays
) -> None:
    for wizard in journey(qtbot, parts, tmp_path, provider):
        if wizard.currentId() == Step.CHECK_CONTACTS:
            for dialog in dialogs(wizard, parts, provider):
                dialog.show()
                dialog.close()
    assert strays.seen == []
