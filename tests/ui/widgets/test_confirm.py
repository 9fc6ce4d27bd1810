"""Only the button that says so does it: Enter and Esc keep everything, and words are shown as they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from app.ui.look import dressed
from app.ui.tour.looks import dark_palette
from app.ui.widgets.confirm import confirm
from app.ui.widgets.primary import is_primary

MARGIN = 16  # pixels, at the least


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_enter_and_escape_keep_it(qtbot: QtBot, key: Qt.Key) -> None:
    assert not _asked(qtbot, lambda box: QTest.keyClick(box, key))


def test_the_named_button_does_it(qtbot: QtBot) -> None:
    def press(box: QMessageBox) -> None:
        next(button for button in box.buttons() if button.text() == "Erase").click()

    assert _asked(qtbot, press)


def test_what_keeps_everything_is_the_button_that_leads_on(qtbot: QtBot) -> None:
    marked: list[str] = []

    def look(box: QMessageBox) -> None:
        marked.extend(button.text() for button in box.buttons() if is_primary(button))
        box.reject()

    _asked(qtbot, look)
    assert marked == ["Keep it"]


def test_a_file_name_with_markup_stays_text(qtbot: QtBot) -> None:
    formats: list[Qt.TextFormat] = []

    def look(box: QMessageBox) -> None:
        formats.append(box.textFormat())
        box.reject()

    _asked(qtbot, look)
    assert formats == [Qt.TextFormat.PlainText]


def test_the_sign_is_ours_in_a_colour_of_the_theme(qtbot: QtBot) -> None:
    signs: list[QImage] = []

    def look(box: QMessageBox) -> None:
        assert box.icon() is QMessageBox.Icon.NoIcon, "Qt's own are yellow in every theme"
        signs.append(box.iconPixmap().toImage())
        box.reject()

    _asked(qtbot, look, warn=True)
    before = QApplication.palette()
    QApplication.setPalette(dressed(dark_palette()))
    _asked(qtbot, look, warn=True)
    QApplication.setPalette(before)
    light, dark = signs
    assert not light.isNull()
    assert light != dark


def test_a_question_longer_than_what_follows_from_it_is_not_cut(qtbot: QtBot) -> None:
    def look(box: QMessageBox) -> None:
        label = box.findChild(QLabel, "qt_msgbox_label")
        assert isinstance(label, QLabel)
        if not label.wordWrap():
            seen.append(label.width() >= label.sizeHint().width())
        box.reject()

    seen: list[bool] = []
    _asked(qtbot, look, question="Remove the account of the shop in Springfield?")
    assert seen == [True]


def test_wide_buttons_stay_within_the_margins(qtbot: QtBot) -> None:
    def look(box: QMessageBox) -> None:
        places.extend(button.mapTo(box, QPoint()).x() for button in box.buttons())
        box.reject()

    places: list[int] = []
    _asked(qtbot, look, keep="Keep all of it just as it has been until now")
    assert min(places) >= MARGIN


def _asked(
    qtbot: QtBot,
    answer: Callable[[QMessageBox], None],
    question: str = "Erase <b>x</b>.csv?",
    *,
    warn: bool = False,
    keep: str = "Keep it",
) -> bool:
    parent = QWidget()
    qtbot.addWidget(parent)

    def act() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        answer(box)

    QTimer.singleShot(0, parent, act)
    words = ("Erase", question, "It is gone then.")
    return confirm(parent, *words, do="Erase", keep=keep, warn=warn)
