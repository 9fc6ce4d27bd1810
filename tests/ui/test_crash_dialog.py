"""Tests the crash dialog: it says what to do, shows where the mistake is, and never a person's data."""

from __future__ import annotations

import traceback

from pytestqt.qtbot import QtBot

from app.log import without_values
from app.ui.crash_dialog import CrashDialog


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
