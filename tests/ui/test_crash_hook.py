"""Tests what catches our own mistakes: they are shown and logged, and the window lives."""

from __future__ import annotations

import sys

import pytest
from pytestqt.qtbot import QtBot

from app.ui.crash_hook import CrashHook


@pytest.mark.logs_expected
def test_a_mistake_in_the_window_is_shown_and_the_window_lives(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    hook = CrashHook()
    hook.install()
    try:
        error = ValueError("anna@example.com")
        sys.excepthook(ValueError, error, None)
        qtbot.waitUntil(lambda: hook.showing is not None)
        shown = hook.showing
        assert shown is not None
        assert shown.isVisible()
        shown.reject()
        qtbot.waitUntil(lambda: hook.showing is None)
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
