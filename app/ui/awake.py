"""Keeps the machine awake while there is something to wait for, as far as its system lets a program.

A table with one way for each system; where a way fails the machine sleeps as it would have anyway, and what
was under way can be continued. Refuses to know what is waited for.
"""

from __future__ import annotations

import ctypes
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress

log = logging.getLogger("app.awake")

Release = Callable[[], None]
Way = Callable[[str], Release]
"""Takes why, for whoever asks the system; gives what lets the machine sleep again. Raises OSError."""

_CONTINUOUS, _SYSTEM_REQUIRED = 0x80000000, 0x00000001
"""ES_CONTINUOUS and ES_SYSTEM_REQUIRED of SetThreadExecutionState (winbase.h)."""

_PATIENCE = 2.0  # seconds for a child to end


class Awake:
    """`keep` and `let_go`, each any number of times, from one thread: Windows keeps the wish by thread."""

    def __init__(self, platform: str = sys.platform, ways: Mapping[str, Way] | None = None) -> None:
        self._way = (WAYS if ways is None else ways).get(platform)
        self._release: Release | None = None

    @property
    def kept(self) -> bool:
        """Whether the system was asked, and did not refuse at once."""
        return self._release is not None

    def keep(self, why: str) -> None:
        """Let the machine not fall asleep by itself; the screen may."""
        if self._way is None or self._release is not None:
            return
        try:
            self._release = self._way(why)
        except OSError as error:
            log.info("the machine may fall asleep: %s", type(error).__name__)

    def let_go(self) -> None:
        """The machine may sleep again."""
        if self._release is not None:
            self._release()
            self._release = None


def _on_windows(why: str) -> Release:
    del why  # this call has no place for it
    state: Callable[[int], int] = ctypes.WinDLL("kernel32").SetThreadExecutionState  # type: ignore[attr-defined,unused-ignore]
    if not state(_CONTINUOUS | _SYSTEM_REQUIRED):
        raise OSError("SetThreadExecutionState refused")

    def release() -> None:
        state(_CONTINUOUS)

    return release


def _on_mac(why: str) -> Release:
    del why
    # -i: no idle sleep; -w: ends with us, even if we can't end it.
    return _child("caffeinate", "-i", "-w", str(os.getpid()))


def _on_linux(why: str) -> Release:
    # The lock lasts as long as the child, and the child as long as our end of its input.
    what = ("--what=idle:sleep", "--who=Contact Ferry", f"--why={why}", "--mode=block")
    return _child("systemd-inhibit", *what, "cat")


def _child(name: str, *arguments: str) -> Release:
    """Start a program of the system that keeps the machine awake as long as it runs."""
    found = shutil.which(name)
    if found is None:
        raise FileNotFoundError(name)
    quiet = subprocess.DEVNULL
    child = subprocess.Popen(
        [found, *arguments], stdin=subprocess.PIPE, stdout=quiet, stderr=quiet, env=_without_secrets()
    )

    def release() -> None:
        if child.stdin is not None:
            with suppress(OSError):
                child.stdin.close()
        child.terminate()
        try:
            child.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()

    return release


def _without_secrets() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if "_SECRET_" not in name}


WAYS: Mapping[str, Way] = {"win32": _on_windows, "darwin": _on_mac, "linux": _on_linux}
