"""Tests that the numbers we set are those that Qt gives its names."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QToolButton
from pytestqt.qtbot import QtBot

from app.ui.widgets.plain_numbers import (
    LEFT_MIDDLE,
    centre,
    never_sideways,
    show_plainly,
    take_focus,
    take_no_focus,
    words_beside_icon,
)


def test_words_stand_on_the_left_in_the_middle() -> None:
    assert int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) == LEFT_MIDDLE


def test_a_label_shows_plain_words_in_its_middle(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    show_plainly(label)
    centre(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.alignment() == Qt.AlignmentFlag.AlignCenter


def test_an_area_scrolls_up_and_down_only_and_is_passed_by(qtbot: QtBot) -> None:
    area = QScrollArea()
    qtbot.addWidget(area)
    never_sideways(area)
    take_no_focus(area)
    assert area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    assert area.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_a_button_shows_icon_and_words_and_takes_the_keyboard(qtbot: QtBot) -> None:
    button = QToolButton()
    qtbot.addWidget(button)
    words_beside_icon(button)
    take_focus(button)
    assert button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    assert button.focusPolicy() == Qt.FocusPolicy.StrongFocus
