"""What a screen reader is told: hears every announcement at the place where Qt hands it to the system.

Qt for Python leaves that place out (QAccessible::installUpdateHandler), so it is found in Qt's own library,
by the name that compilers on Linux give it. Changes nothing of what is said.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QLibraryInfo
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent

_Handler = ctypes.CFUNCTYPE(None, ctypes.c_void_p)  # what gets a QAccessibleEvent*
_INSTALL = "_ZN11QAccessible20installUpdateHandlerEPFvP16QAccessibleEventE"


@contextmanager
def screen_reader() -> Iterator[list[str]]:
    """All that is announced meanwhile, in order; skips the test where there is no way to hear it."""
    if sys.platform != "linux":
        pytest.skip("Qt's place for it is found by its name on Linux")
    library = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.LibrariesPath)) / "libQt6Gui.so.6"
    install = getattr(ctypes.CDLL(str(library)), _INSTALL)
    install.argtypes, install.restype = [ctypes.c_void_p], ctypes.c_void_p
    heard: list[str] = []

    def hear(address: int) -> None:
        event: Any = shiboken6.wrapInstance(address, QAccessibleEvent)
        if event.type() is QAccessible.Event.Announcement:
            announcement: Any = shiboken6.wrapInstance(address, QAccessibleAnnouncementEvent)
            heard.append(announcement.message())

    handler, was_active = _Handler(hear), QAccessible.isActive()
    before = install(ctypes.cast(handler, ctypes.c_void_p))
    QAccessible.setActive(True)
    try:
        yield heard
    finally:
        QAccessible.setActive(was_active)
        install(before)
