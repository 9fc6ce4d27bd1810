"""The Return key in a line of its own goes no further."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QVBoxLayout
from pytestqt.qtbot import QtBot

from app.table.protection import protect
from app.table.writing import write_table
from app.ui.pages.choose_file import ChooseFilePage
from app.ui.widgets.enter_line import EnterLine
from app.ui.wizard import FerryWizard, Step


def test_the_return_key_presses_no_button(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    layout, own, other, button = QVBoxLayout(dialog), EnterLine(), QLineEdit(), QPushButton("Go")
    button.setDefault(True)
    for widget in (own, other, button):
        layout.addWidget(widget)
    entered, pressed = list[bool](), list[bool]()
    own.entered.connect(lambda: entered.append(True))
    button.clicked.connect(lambda: pressed.append(True))
    dialog.show()
    QTest.keyClick(own, Qt.Key.Key_Return)
    assert (len(entered), len(pressed)) == (1, 0)
    QTest.keyClick(other, Qt.Key.Key_Return)
    assert (len(entered), len(pressed)) == (1, 1)


def test_a_password_that_was_typed_does_not_close_the_window(
    qtbot: QtBot, wizard: FerryWizard, tmp_path: Path
) -> None:
    plain, locked = tmp_path / "plain.xlsx", tmp_path / "locked.xlsx"
    write_table(plain, ("E-mail", "Phone"), [("anna@example.com", "+447700900001")])
    protect(plain, locked, "sesame")
    page = wizard.page_of(Step.CHOOSE_FILE)
    assert isinstance(page, ChooseFilePage)
    wizard.show()
    page.read(locked)
    qtbot.waitUntil(page.problem_box.isVisible)
    QTest.keyClicks(page.password.line, "wrong")
    QTest.keyClick(page.password.line, Qt.Key.Key_Return)
    assert wizard.isVisible()
    qtbot.waitUntil(page.problem_box.isVisible)
    QTest.keyClicks(page.password.line, "sesame")
    QTest.keyClick(page.password.line, Qt.Key.Key_Return)
    qtbot.waitUntil(page.isComplete)


def test_a_row_that_was_typed_for_the_header_neither_leads_on_nor_closes_the_window(
    qtbot: QtBot, wizard: FerryWizard, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Our customers;\nE-mail;Phone\nanna@example.com;+447700900001\n", encoding="utf-8")
    page = wizard.page_of(Step.CHOOSE_FILE)
    assert isinstance(page, ChooseFilePage)
    wizard.show()
    page.read(path)
    qtbot.waitUntil(page.isComplete)
    header = page.file_box.header_row
    header.setFocus()
    header.selectAll()
    QTest.keyClicks(header, "1")
    QTest.keyClick(header, Qt.Key.Key_Return)
    assert wizard.isVisible()
    assert wizard.currentId() == Step.CHOOSE_FILE
    qtbot.waitUntil(page.isComplete)
