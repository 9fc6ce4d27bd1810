"""What was agreed to for one list is not said of another, however alike the two are."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWizard
from pytestqt.qtbot import QtBot

from app.flow.receipt import CONSENT
from app.ui.pages.check_contacts import CheckContactsPage
from app.ui.pages.choose_file import ChooseFilePage
from app.ui.wizard import FerryWizard, Step


def three_of(folder: Path, who: str) -> Path:
    path = folder / f"{who}.csv"
    lines = (f"{who}{number}@example.com;{who}" for number in range(3))
    path.write_text("\n".join(("E-mail;Name", *lines, "")), encoding="utf-8")
    return path


def looked_at(qtbot: QtBot, wizard: FerryWizard, path: Path) -> CheckContactsPage:
    """The check page, with the list of that file."""
    start = wizard.page_of(Step.CHOOSE_FILE)
    assert isinstance(start, ChooseFilePage)
    start.read(path)
    qtbot.waitUntil(start.isComplete)
    return checked(qtbot, wizard)


def checked(qtbot: QtBot, wizard: FerryWizard) -> CheckContactsPage:
    while wizard.currentId() < Step.CHECK_CONTACTS:
        wizard.next()
    page = wizard.page_of(Step.CHECK_CONTACTS)
    assert isinstance(page, CheckContactsPage)
    qtbot.waitUntil(page.table.hasFocus)
    return page


def agreed_to(qtbot: QtBot, wizard: FerryWizard, path: Path) -> CheckContactsPage:
    page = looked_at(qtbot, wizard, path)
    page.side.ticks.ticks[CONSENT].click()
    assert page.side.ticks.agreed == {CONSENT}
    return page


def test_another_file_with_the_same_numbers_is_agreed_to_anew(
    qtbot: QtBot, wizard: FerryWizard, tmp_path: Path
) -> None:
    before = agreed_to(qtbot, wizard, three_of(tmp_path, "anna")).side.receipt.sentences
    while wizard.currentId() > Step.CHOOSE_FILE:
        wizard.back()
    page = looked_at(qtbot, wizard, three_of(tmp_path, "bruno"))
    assert page.side.receipt.sentences == before, "only the people differ"
    assert page.side.ticks.agreed == frozenset()


def test_the_next_import_is_agreed_to_anew(qtbot: QtBot, wizard: FerryWizard, tmp_path: Path) -> None:
    agreed_to(qtbot, wizard, three_of(tmp_path, "anna"))
    wizard.button(QWizard.WizardButton.CommitButton).click()
    qtbot.waitUntil(wizard.page_of(Step.UPLOAD).isComplete)
    wizard.start_again()
    page = looked_at(qtbot, wizard, three_of(tmp_path, "bruno"))
    assert page.side.ticks.agreed == frozenset()


def test_a_step_back_and_forth_keeps_what_was_agreed_to(
    qtbot: QtBot, wizard: FerryWizard, tmp_path: Path
) -> None:
    agreed_to(qtbot, wizard, three_of(tmp_path, "anna"))
    wizard.back()
    wizard.button(QWizard.WizardButton.NextButton).setFocus()
    assert checked(qtbot, wizard).side.ticks.agreed == {CONSENT}


def test_a_change_that_was_given_up_keeps_what_was_agreed_to(
    qtbot: QtBot, wizard: FerryWizard, tmp_path: Path
) -> None:
    page = agreed_to(qtbot, wizard, three_of(tmp_path, "anna"))
    page.changes.given_up.emit()
    page.side.first_few.setFocus()
    qtbot.waitUntil(lambda: page.isComplete() and page.table.hasFocus())
    assert page.side.ticks.agreed == {CONSENT}
