"""Tries the window that shows what is new."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QWidget
from pytestqt.qtbot import QtBot

from app.ui.news import News


def test_the_news_are_shown_beside_the_window_and_close(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    news = News("## 2.0\n\n- Faster", parent)
    news.show()
    assert not news.isModal()
    assert "Faster" in news.browser.toPlainText()
    QTest.mouseClick(news.buttons.button(QDialogButtonBox.StandardButton.Close), Qt.MouseButton.LeftButton)
    assert not news.isVisible()
