"""Tests the crash dialog: it says what to do, shows where the mistake is, and never a person's data."""

from __future__ import annotations

import sys
import traceback

import pytest
from pytestqt.qtbot import QtBot

from app.log import without_values
from app.ui.crash_dialog import CrashDialog, CrashHook


def trace_of_a_mistake() -> str:
    try:
        raise KeyError("Maria Rossi, maria@example.com")
    except KeyError:
        return traceback.format_exc()


def test_details_name_the_mistake_but_not_the_person(qtbot: QtBot) -> None:
    dialog = CrashDialog(trace_of_a_mistake())
    qtbot.addWidget(dialog)
    shown = dialog.details.toPlainText()
    assert "KeyError" in shown
    assert "trace_of_a_mistake" in shown
    assert "Maria Rossi" not in shown.replace('raise KeyError("Maria Rossi', "")
    assert "@example.com" not in shown


def test_a_text_of_several_lines_is_left_out() -> None:
    assert without_values("ValueError: Anna\nBruno\nCarla").splitlines()[1:] == ["ValueError"]


@pytest.mark.logs_expected
def test_a_mistake_in_the_window_is_shown_and_the_window_lives(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    hook = CrashHook()
    hook.install()
    try:
        error = ValueError("anna@example.com")
        sys.excepthook(ValueError, error, None)
        qtbot.waitUntil(lambda: hook.showing is not None, timeout=5_000)
        shown = hook.showing
        assert shown is not None
        assert shown.isVisible()
        shown.reject()
        qtbot.waitUntil(lambda: hook.showing is None, timeout=5_000)
    finally:
        hook.remove()
    assert "ValueError" in caplog.text
    assert "anna" not in caplog.text


def test_the_hook_gives_back_what_it_found() -> None:
    before = sys.excepthook
    hook = CrashHook()
    hook.install()
    assert sys.excepthook != before
    hook.remove()
    assert sys.excepthook == before
