"""What is put where it scrolls is scrolled only where there is no room for it."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.labels import Label
from app.ui.widgets.scrolling import ScrollArea

WORDS = "Words that go on and on, and would be very high in a very narrow window. " * 6


def test_words_scroll_only_where_they_need_more_room_at_the_width_they_have(qtbot: QtBot) -> None:
    inside, words = QWidget(), Label()
    words.setText(WORDS)
    column = QVBoxLayout(inside)
    column.addWidget(words)
    column.addStretch(1)
    area = ScrollArea(stretches=True)
    area.hold(inside)
    qtbot.addWidget(area)
    area.resize(700, inside.heightForWidth(700) + 8)
    area.show()
    QApplication.processEvents()
    assert not area.verticalScrollBar().isVisible()
    area.resize(700, 30)
    qtbot.waitUntil(area.verticalScrollBar().isVisible)
