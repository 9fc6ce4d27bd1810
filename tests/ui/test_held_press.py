"""A press on the button that uploads is never lost, and never means other contacts than it said."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWizard
from pytestqt.qtbot import QtBot

from app.flow.receipt import CONSENT
from app.practice.server import PracticeServer
from app.ui.models.contact_table import FIELDS_FROM
from app.ui.pages.check_contacts import CheckContactsPage
from app.ui.pages.choose_file import ChooseFilePage
from app.ui.wizard import FerryWizard, Step
from tests.ui.sheets import workbook

COMMIT = QWizard.WizardButton.CommitButton


@pytest.fixture
def page(qtbot: QtBot, wizard: FerryWizard, tmp_path: Path) -> CheckContactsPage:
    start = wizard.page_of(Step.CHOOSE_FILE)
    assert isinstance(start, ChooseFilePage)
    start.read(workbook(tmp_path))
    qtbot.waitUntil(start.isComplete)
    for _ in range(Step.CHECK_CONTACTS):
        wizard.next()
    page = wizard.page_of(Step.CHECK_CONTACTS)
    assert isinstance(page, CheckContactsPage)
    qtbot.waitUntil(page.table.hasFocus)
    page.side.ticks.ticks[CONSENT].click()
    return page


def first_name(page: CheckContactsPage, text: str) -> None:
    """Type into the first line, as the editor in the table does when it is left."""
    fields = [one.field for one in page.draft.mapping.assignments]
    index = page.table.model().index(0, FIELDS_FROM + fields.index("name"))
    page.table.model().setData(index, text)
    assert page.changes.running


def uploaded(qtbot: QtBot, wizard: FerryWizard) -> None:
    """Wait until the wizard has gone on by itself, and everybody is sent."""
    qtbot.waitUntil(lambda: wizard.currentId() == Step.UPLOAD)
    qtbot.waitUntil(wizard.page_of(Step.UPLOAD).isComplete)


def test_a_press_while_a_cell_is_being_changed_leads_on_when_it_is(
    qtbot: QtBot, wizard: FerryWizard, page: CheckContactsPage, practice_server: PracticeServer
) -> None:
    first_name(page, "Annie")
    wizard.button(COMMIT).click()
    assert wizard.currentId() == Step.CHECK_CONTACTS
    uploaded(qtbot, wizard)
    assert "Annie" in [one.get("name") for one in practice_server.rooms["smsend"].contacts()]


def test_a_press_waits_for_the_changes_that_wait_themselves(
    qtbot: QtBot, wizard: FerryWizard, page: CheckContactsPage, practice_server: PracticeServer
) -> None:
    first_name(page, "Annie")
    first_name(page, "Annika")
    wizard.button(COMMIT).click()
    uploaded(qtbot, wizard)
    assert "Annika" in [one.get("name") for one in practice_server.rooms["smsend"].contacts()]


def test_a_press_that_would_send_others_than_the_button_said_is_asked_for_again(
    qtbot: QtBot, wizard: FerryWizard, page: CheckContactsPage
) -> None:
    page.changes.leave_out([2])
    assert wizard.button(COMMIT).text() == "Upload 4 contacts"
    with qtbot.waitSignal(page.corrected):
        wizard.button(COMMIT).click()
    qtbot.waitUntil(page.isComplete)
    assert wizard.currentId() == Step.CHECK_CONTACTS
    assert page.problem_box.isVisible()
    assert wizard.button(COMMIT).text() == "Upload 3 contacts"
    wizard.button(COMMIT).click()
    uploaded(qtbot, wizard)


def typed(page: CheckContactsPage, text: str) -> None:
    """Type into the first name of the list, and leave the editor open."""
    fields = [one.field for one in page.draft.mapping.assignments]
    page.table.setCurrentIndex(page.table.model().index(0, FIELDS_FROM + fields.index("name")))
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    editor = page.table.findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    QTest.keyClicks(editor, text)


def test_a_press_that_takes_no_focus_sends_what_is_being_typed(
    qtbot: QtBot, wizard: FerryWizard, page: CheckContactsPage, practice_server: PracticeServer
) -> None:
    typed(page, "Annie")
    wizard.button(COMMIT).click()  # as by a screen reader, or with the mouse on a Mac
    uploaded(qtbot, wizard)
    assert "Annie" in [one.get("name") for one in practice_server.rooms["smsend"].contacts()]


def test_a_press_is_forgotten_where_the_user_types_by_then(
    qtbot: QtBot, wizard: FerryWizard, page: CheckContactsPage
) -> None:
    first_name(page, "Annie")
    wizard.button(COMMIT).click()
    with qtbot.waitSignal(page.corrected):
        typed(page, "An")
    with qtbot.waitCallback() as by_then:  # after the turn in which it would have gone on
        QTimer.singleShot(0, by_then)
    assert wizard.currentId() == Step.CHECK_CONTACTS
    assert page.table.is_typed_in
