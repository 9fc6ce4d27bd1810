"""A row of widgets goes on in another where there is no room, and notices when one of them has changed."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.flow import Flow


def rows(buttons: list[QPushButton]) -> int:
    return len({button.y() for button in buttons if button.isVisible()})


def test_what_grows_or_goes_is_placed_anew(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    flow = Flow()
    window.setLayout(flow)
    buttons = [QPushButton(words) for words in ("One", "Two", "Three")]
    for button in buttons:
        flow.addWidget(button)
    window.resize(3 * buttons[2].sizeHint().width() + 40, 200)
    window.show()
    QCoreApplication.processEvents()
    assert rows(buttons) == 1
    buttons[0].setText("One that needs as much room as all the others of them together")
    QCoreApplication.processEvents()
    assert rows(buttons) == 2
    buttons[0].hide()
    QCoreApplication.processEvents()
    assert rows(buttons) == 1
