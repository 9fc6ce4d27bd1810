"""What is played in turns lets the window answer between them, and ends with its owner."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from app.ui.turns import BREATH, play_in_turns


def test_the_window_answers_between_two_turns(qtbot: QtBot) -> None:
    owner, seen = QObject(), list[str]()

    def work() -> Iterator[None]:
        seen.append("first")
        QTimer.singleShot(0, owner, lambda: seen.append("answer"))
        yield
        seen.append("second")

    play_in_turns(work(), owner)
    assert seen == ["first"], "the first turn is played at once"
    qtbot.waitUntil(lambda: "second" in seen)
    assert seen == ["first", "answer", "second"]


def test_nothing_is_played_for_an_owner_that_has_gone(qtbot: QtBot) -> None:
    owner, seen = QObject(), list[str]()

    def work() -> Iterator[None]:
        yield
        seen.append("too late")

    play_in_turns(work(), owner)
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()
    later = QTimer(singleShot=True, interval=3 * BREATH)
    with qtbot.waitSignal(later.timeout):
        later.start()
    assert seen == []
