"""Shows in the system's task bar or dock how far something is, where the system has a place for it.

A table with one way for each system, and one of ways that lead to another program, which are gone beside the
window; a way that fails leaves the window title to tell. Knows a share only.
"""

from __future__ import annotations

import ctypes
import logging
import sys
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.ui.aside import Aside

log = logging.getLogger("app.window")

Way = Callable[[QWidget, float | None], None]
"""Shows the share (0.0 to 1.0) at the window's entry, or with None nothing any more. Raises OSError."""

Speaker = Callable[[float | None], None]
"""Tells another program the share. Raises OSError. It takes no window: none may end on another thread."""

DESKTOP_FILE = "application://contact-ferry.desktop"
_FINE = 1000


class TaskBar:
    """`show` and `hide`, on the window's thread; after a failure it does nothing more. `aside` has what is
    told to other programs."""

    def __init__(
        self,
        aside: Aside,
        platform: str = sys.platform,
        ways: Mapping[str, Way] | None = None,
        speakers: Mapping[str, Speaker] | None = None,
    ) -> None:
        self._aside = aside
        self._way = (WAYS if ways is None else ways).get(platform)
        self._speaker = (SPEAKERS if speakers is None else speakers).get(platform)

    def show(self, window: QWidget, share: float) -> None:
        """How far it is."""
        self._tell(window, share)

    def hide(self, window: QWidget) -> None:
        """Nothing is under way."""
        self._tell(window, None)

    def _tell(self, window: QWidget, share: float | None) -> None:
        if not window.isVisible():
            return
        if self._speaker is not None:
            self._aside.do(lambda: self._speak(share))
        if self._way is None:
            return
        try:
            self._way(window, share)
        except OSError as error:
            log.info("no progress in the task bar: %s", type(error).__name__)
            self._way = None

    def _speak(self, share: float | None) -> None:
        try:
            if self._speaker is not None:
                self._speaker(share)
        except OSError as error:
            log.info("no progress at the launcher: %s", type(error).__name__)
            self._speaker = None


def _in_the_windows_task_bar(window: QWidget, share: float | None) -> None:
    entry = _TaskBarList()
    entry.set_state(int(window.winId()), 0 if share is None else 2)  # TBPF_NOPROGRESS, TBPF_NORMAL
    if share is not None:
        entry.set_value(int(window.winId()), round(share * _FINE), _FINE)
    entry.release()


def _on_the_dock(window: QWidget, share: float | None) -> None:
    del window  # a program has one tile
    program = QGuiApplication.instance()
    if isinstance(program, QGuiApplication):
        program.setBadgeNumber(round((share or 0.0) * 100))  # in percent; 0 takes it away


def _at_the_launcher(share: float | None) -> None:
    """The signal that Ubuntu's dock, KDE's task manager and others listen to (Unity's LauncherEntry), which
    know a program by the name of its desktop file."""
    from PySide6.QtDBus import QDBusConnection, QDBusMessage  # few need it, and only now

    path, interface = "/com/canonical/unity/launcherentry/1", "com.canonical.Unity.LauncherEntry"
    message = QDBusMessage.createSignal(path, interface, "Update")
    properties = {"progress": float(share or 0.0), "progress-visible": share is not None}
    message.setArguments([DESKTOP_FILE, properties])
    bus = QDBusConnection.sessionBus()
    if not bus.isConnected() or not bus.send(message):
        raise OSError("there is no session bus")


class _TaskBarList:
    """ITaskbarList3 (shobjidl_core.h), as much of it as is needed. Raises OSError."""

    _CLASS = "{56FDF344-FD6D-11d0-958A-006097C9A090}"
    _INTERFACE = "{EA1AFB91-9E28-4B86-90E9-9E9F8A5EEFAF}"
    _RELEASE, _INIT, _SET_VALUE, _SET_STATE = 2, 3, 9, 10  # places in its table of functions
    _IN_PROCESS = 1

    def __init__(self) -> None:
        ole: Any = getattr(ctypes, "oledll").ole32  # noqa: B009 - only Windows has it; raises OSError itself
        class_id, interface_id = (ctypes.create_string_buffer(16) for _ in range(2))
        ole.CLSIDFromString(ctypes.c_wchar_p(self._CLASS), class_id)
        ole.CLSIDFromString(ctypes.c_wchar_p(self._INTERFACE), interface_id)
        self._this = ctypes.c_void_p()
        ole.CoCreateInstance(class_id, None, self._IN_PROCESS, interface_id, ctypes.byref(self._this))
        self._call(self._INIT)

    def set_state(self, window: int, state: int) -> None:
        self._call(self._SET_STATE, ctypes.c_void_p(window), ctypes.c_int(state))

    def set_value(self, window: int, done: int, whole: int) -> None:
        self._call(
            self._SET_VALUE, ctypes.c_void_p(window), ctypes.c_ulonglong(done), ctypes.c_ulonglong(whole)
        )

    def release(self) -> None:
        self._call(self._RELEASE)

    def _call(self, place: int, *values: Any) -> None:
        table = ctypes.cast(self._this, ctypes.POINTER(ctypes.POINTER(ctypes.c_void_p))).contents
        kind: Any = getattr(ctypes, "WINFUNCTYPE")  # noqa: B009 - only Windows has it
        made = kind(ctypes.c_long, ctypes.c_void_p, *(type(one) for one in values))
        made(table[place] or 0)(self._this, *values)


WAYS: Mapping[str, Way] = {
    "win32": _in_the_windows_task_bar,
    "darwin": _on_the_dock,
}
SPEAKERS: Mapping[str, Speaker] = {"linux": _at_the_launcher}
