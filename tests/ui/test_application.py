"""Tests the door to the window: it opens, reads a file it was given, and leaves nothing behind."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
from pathlib import Path
from weakref import ref

import pytest
from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.flow.draft import new_draft
from app.flow.parts import Parts
from app.ui.application import Window, build_wizard, open_application, prepare_pages, run_window
from app.ui.wizard import FerryWizard, Step
from tests.ui.sheets import workbook


@pytest.mark.usefixtures("qapp")
def test_the_window_reads_the_file_it_was_given_and_closes_tidily(parts: Parts, tmp_path: Path) -> None:
    hook = sys.excepthook
    seen: list[str] = []
    look = QTimer()
    look.setInterval(20)

    def close_when_read() -> None:
        for window in QApplication.topLevelWidgets():
            if isinstance(window, FerryWizard) and window.isVisible():
                if window.page_of(Step.CHOOSE_FILE).isComplete():
                    file = window.session.draft.file
                    seen.append(file.shape.path.name if file else "")
                    look.stop()
                    window.close()
                return

    look.timeout.connect(close_when_read)
    look.start()
    assert run_window(new_draft("smsend", "GB"), parts, file=workbook(tmp_path)) == 0
    assert seen == ["people.xlsx"]
    assert not list(parts.folders.imports.iterdir())
    assert sys.excepthook == hook


def test_there_is_only_one_application(qapp: QApplication) -> None:
    assert open_application() is qapp


def test_only_the_first_page_is_made_before_the_window_is_shown(qtbot: QtBot, parts: Parts) -> None:
    wizard = build_wizard(new_draft("smsend", "GB"), parts, None)
    qtbot.addWidget(wizard)
    wizard.show()
    assert wizard.pageIds() == [Step.CHOOSE_FILE]
    assert wizard.nextId() == Step.MAP_COLUMNS
    wizard.prepare(lambda _, __: None)
    qtbot.waitUntil(lambda: wizard.pageIds() == list(Step))


def test_a_window_may_get_its_size_while_it_is_made(
    qtbot: QtBot, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Windows does it, where a least size is given."""
    fix = FerryWizard.setMinimumSize

    def sized(wizard: FerryWizard, wide: int, high: int) -> None:
        fix(wizard, wide, high)
        wizard.resizeEvent(QResizeEvent(QSize(wide, high), QSize()))

    monkeypatch.setattr(FerryWizard, "setMinimumSize", sized)
    wizard = build_wizard(new_draft("smsend", "GB"), parts, None)
    qtbot.addWidget(wizard)
    wizard.show()
    assert wizard.band.isVisible()


def test_garbage_is_searched_for_in_the_windows_thread_only(qtbot: QtBot, parts: Parts) -> None:
    class Knot:
        def __init__(self) -> None:
            self.me = self

    kept: list[list[int]] = []
    searched_in: set[int] = set()

    def fill() -> None:
        kept.extend([one] for one in range(2 * gc.get_threshold()[0]))

    def note(_: str, __: dict[str, int]) -> None:
        searched_in.add(threading.get_ident())

    window = Window(build_wizard(new_draft("smsend", "GB"), parts, None))
    qtbot.addWidget(window.wizard)
    gc.callbacks.append(note)
    try:
        first = ref(Knot())
        reading = threading.Thread(target=fill)
        reading.start()
        reading.join()
        assert not searched_in, "else Python may end a widget wherever a file is read"

        def ended() -> bool:
            fill()  # again each time, because what else ends meanwhile counts against it
            return first() is None

        qtbot.waitUntil(ended)
        assert searched_in == {threading.get_ident()}
    finally:
        gc.callbacks.remove(note)
        window.close()
    assert gc.isenabled()


def test_what_a_start_made_is_not_searched_for_garbage(qtbot: QtBot, parts: Parts) -> None:
    wizard = build_wizard(new_draft("smsend", "GB"), parts, None)
    qtbot.addWidget(wizard)
    wizard.show()
    gc.unfreeze()
    try:
        with qtbot.waitSignal(wizard.prepared):
            prepare_pages(wizard)
        assert gc.get_freeze_count() > len(sys.modules)
    finally:
        gc.unfreeze()


HEAVY = (
    *("httpx", "sqlite3", "keyring", "openpyxl", "phonenumbers", "email_validator"),
    *("multiprocessing", "logging.handlers", "locale", "app.flow.draft", "app.contacts", "app.providers"),
    *("app.ui.crash_dialog", "app.ui.proxy_dialog", "app.ui.widgets.problem_box"),
)
START = f"""
import sys
from PySide6 import QtCore, QtWidgets
QtWidgets.QApplication.exec = lambda *_: QtWidgets.QApplication.processEvents() or 0
from app.main import main
main([])
print(*(set({HEAVY}) & set(sys.modules)))
print(*({{"QCalendarWidget", "QProxyStyle", "QStyle"}} & set(vars(QtWidgets))))
print(*({{"Qt"}} & set(vars(QtCore))))  # each made by PySide6 when first asked for, which takes its time
"""


@pytest.mark.skipif(sys.platform == "win32", reason="only there locale is asked for the language")
def test_a_start_imports_and_makes_nothing_that_it_can_do_without(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", START],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "CONTACT_FERRY_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"},
    )
    assert told.stdout.split() == []
