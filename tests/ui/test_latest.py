"""Values come as often as an eye can follow, and the last one always comes."""

from __future__ import annotations

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.ui.latest import Latest


def test_the_first_comes_at_once_and_of_many_only_the_last(qtbot: QtBot) -> None:
    owner = QObject()
    latest, seen = Latest(owner), list[object]()
    latest.passed.connect(seen.append)
    for number in range(10):
        latest.take(number)
    assert seen == [0]
    with qtbot.waitSignal(latest.passed):
        pass
    assert seen == [0, 9]


def test_what_waits_can_be_had_at_once_or_forgotten(qtbot: QtBot) -> None:
    del qtbot
    owner = QObject()
    latest, seen = Latest(owner), list[object]()
    latest.passed.connect(seen.append)
    latest.take(1)
    latest.take(2)
    latest.flush()
    assert seen == [1, 2]
    latest.take(3)
    latest.forget()
    latest.flush()
    assert seen == [1, 2]
