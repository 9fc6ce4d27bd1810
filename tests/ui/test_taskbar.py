"""The task bar is told how far it is, where there is one, and asked no more where that fails."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from app.ui.aside import Aside
from app.ui.taskbar import TaskBar

ROOT = Path(__file__).resolve().parents[2]
TELLS = """
import sys
from PySide6.QtCore import QCoreApplication
from PySide6.QtDBus import QDBusConnection
from PySide6.QtWidgets import QApplication
from app.ui.taskbar import SPEAKERS
application = QApplication([])
SPEAKERS["linux"](0.41)
SPEAKERS["linux"](None)
QDBusConnection.sessionBus().interface().isValid()
"""
LISTENS = """
dbus-monitor --session "interface='com.canonical.Unity.LauncherEntry'" > "$1" &
monitor=$!
while ! grep -q NameAcquired "$1"; do sleep 0.05; done
"$2" -c "$3"
while ! grep -q "boolean false" "$1"; do sleep 0.05; done
kill $monitor
"""


class Bar:
    """A task bar that notes what it is told."""

    def __init__(self, fails: bool = False) -> None:
        self.told: list[float | None] = []
        self._fails = fails

    def __call__(self, window: QWidget, share: float | None) -> None:
        assert window.isVisible()
        self.told.append(share)
        if self._fails:
            raise OSError("there is none")


def test_it_is_told_and_told_again_that_it_is_over(window: QWidget) -> None:
    bar = Bar()
    task_bar = TaskBar(Aside(), "anywhere", {"anywhere": bar})
    task_bar.show(window, 0.4)
    task_bar.hide(window)
    assert bar.told == [0.4, None]


def test_one_that_fails_is_asked_no_more(window: QWidget) -> None:
    bar = Bar(fails=True)
    task_bar = TaskBar(Aside(), "anywhere", {"anywhere": bar})
    task_bar.show(window, 0.4)
    task_bar.show(window, 0.5)
    assert bar.told == [0.4]


def test_another_program_is_told_beside_the_window_and_no_more_where_that_fails(window: QWidget) -> None:
    told: list[tuple[float | None, str]] = []

    def fails(share: float | None) -> None:
        told.append((share, threading.current_thread().name))
        raise OSError("there is no bus")

    aside = Aside()
    task_bar = TaskBar(aside, "anywhere", {}, {"anywhere": fails})
    task_bar.show(window, 0.4)
    task_bar.show(window, 0.5)
    aside.finish()
    assert [share for share, _ in told] == [0.4]
    assert told[0][1] != threading.current_thread().name


def test_a_system_without_one_is_left_alone(window: QWidget) -> None:
    TaskBar(Aside(), "elsewhere").show(window, 0.4)


@pytest.mark.skipif(
    not (shutil.which("dbus-run-session") and shutil.which("dbus-monitor")), reason="there is no bus here"
)
def test_a_launcher_on_the_bus_hears_it(tmp_path: Path) -> None:
    heard = tmp_path / "heard"
    heard.touch()
    subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", LISTENS, "sh", str(heard), sys.executable, TELLS],
        check=True,
        timeout=60,
        cwd=ROOT,
    )
    words = heard.read_text()
    assert "application://contact-ferry.desktop" in words
    assert "double 0.41" in words
    assert words.index("boolean true") < words.index("boolean false")
