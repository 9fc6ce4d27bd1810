"""Views are as large as the one that is seen, whatever the others would take."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.views import Views


def test_only_the_view_that_is_seen_asks_for_room(qtbot: QtBot) -> None:
    low, high, views, outer = QLabel("low", wordWrap=True), QWidget(), Views(), QWidget()
    inside = QLabel("high", wordWrap=True)
    inside.setMinimumHeight(900)
    QVBoxLayout(high).addWidget(inside)
    QVBoxLayout(outer).addWidget(views)
    qtbot.addWidget(outer)
    for view in (low, high):
        views.addWidget(view)
    outer.show()
    assert views.currentWidget() is low
    assert outer.heightForWidth(400) < 100
    views.setCurrentWidget(high)
    assert outer.minimumSizeHint().height() > 900
    views.setCurrentWidget(low)
    assert outer.heightForWidth(400) < 100
