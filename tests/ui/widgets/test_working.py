"""Work that goes on is stopped and begun again by keyboard, without looking for the button."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.ui.widgets.working import Working


def test_the_keyboard_stays_where_the_work_is_stopped_and_begun_again(qtbot: QtBot) -> None:
    working = Working("Stop", "Check again")
    qtbot.addWidget(working)
    working.resize(800, 100)
    working.stop_wanted.connect(lambda: working.end("The check was stopped."))
    working.again_wanted.connect(lambda: working.begin("Checking"))
    working.begin("Checking")
    with qtbot.waitActive(working):
        working.activateWindow()
    working.stop.setFocus()
    working.stop.click()
    assert working.again.hasFocus()
    assert working.again.width() < 400, "a button is as wide as its words"
    working.again.click()
    assert working.stop.hasFocus()
