"""A combo box shows words that have no room cut short, and the whole of them to whoever asks."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible, QHelpEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.combos import ValueCombo

LONG = "A header that somebody wrote on one line though it would have filled three <of them>"
WIDTH = 200


def combo_with(words: str, qtbot: QtBot) -> ValueCombo[int]:
    combo: ValueCombo[int] = ValueCombo("Column")
    qtbot.addWidget(combo)
    combo.fill([(words, 1), ("short", 2)], 1)
    combo.resize(WIDTH, 32)
    combo.show()
    return combo


def test_words_without_room_end_in_an_ellipsis(qtbot: QtBot) -> None:
    combo = combo_with(LONG, qtbot)
    assert combo.shown_words.endswith("\u2026")
    assert LONG.startswith(combo.shown_words[:-1])
    assert combo.currentText() == LONG
    assert combo.grab().toImage() == combo_with(combo.shown_words, qtbot).grab().toImage()


def test_words_with_room_are_shown_whole(qtbot: QtBot) -> None:
    combo = combo_with(LONG, qtbot)
    combo.choose(2)
    assert combo.shown_words == "short"
    combo.choose(1)
    combo.resize(2_000, 32)
    assert combo.shown_words == LONG


def test_a_screen_reader_hears_all_of_them(qtbot: QtBot) -> None:
    combo = combo_with(LONG, qtbot)
    heard = QAccessible.queryAccessibleInterface(combo)
    assert LONG in (heard.text(QAccessible.Text.Value), heard.text(QAccessible.Text.Name))


def test_the_tool_tip_says_all_of_them_and_no_markup(qtbot: QtBot) -> None:
    combo = combo_with(LONG, qtbot)
    place = QPoint(9, 9)
    QApplication.sendEvent(combo, QHelpEvent(QHelpEvent.Type.ToolTip, place, combo.mapToGlobal(place)))
    assert QToolTip.text() == LONG.replace("<", "\u2039")
    QToolTip.hideText()


def test_the_list_that_drops_down_is_as_wide_as_its_words(qtbot: QtBot) -> None:
    combo = combo_with(LONG, qtbot)
    combo.showPopup()
    needed = combo.fontMetrics().horizontalAdvance(LONG)
    assert combo.view().width() > needed
    combo.hidePopup()


def test_a_new_parent_does_not_make_the_list_that_drops_down(qtbot: QtBot) -> None:
    combo: ValueCombo[int] = ValueCombo("Column")
    holder = QWidget()
    qtbot.addWidget(holder)
    combo.setParent(holder)
    assert combo.findChildren(QAbstractItemView) == []


def test_the_narrow_space_of_french_stays(qtbot: QtBot) -> None:
    combo = combo_with(" Doublons\u202f:\n premi\u00e8re  ligne ", qtbot)
    assert combo.currentText() == "Doublons\u202f: premi\u00e8re ligne"
