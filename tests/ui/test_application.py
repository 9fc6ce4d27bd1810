"""Tests the door to the window: it opens, reads a file it was given, and leaves nothing behind."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.flow.draft import new_draft
from app.flow.parts import Parts
from app.ui.application import open_application, run_window
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
