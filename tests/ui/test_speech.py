"""Tests that another language brings the same import at the same step, with Qt speaking it too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import language
from app.flow.draft import new_draft
from app.flow.parts import Parts
from app.language import number
from app.settings.preferences import Preferences, load_preferences
from app.ui.application import Window, build_wizard
from app.ui.pages.check_contacts import CheckContactsPage
from app.ui.pages.choose_file import ChooseFilePage
from app.ui.speech import speak
from app.ui.wizard import FerryWizard, Step
from tests.ui.sheets import workbook

PATIENCE = 20_000  # milliseconds


@pytest.fixture(autouse=True)
def _english_again(qapp: QApplication) -> Iterator[None]:
    locale = QLocale()
    yield
    language.use("en")
    speak(qapp)
    QLocale.setDefault(locale)


def test_another_language_keeps_the_import_and_the_step(qtbot: QtBot, parts: Parts, tmp_path: Path) -> None:
    window = Window(build_wizard(new_draft("smsend", "GB"), parts, Preferences()))
    former = window.wizard
    former.show()
    page = former.page_of(Step.CHOOSE_FILE)
    assert isinstance(page, ChooseFilePage)
    page.read(workbook(tmp_path))
    qtbot.waitUntil(page.isComplete, timeout=PATIENCE)
    former.next()
    file = former.session.draft.file
    with qtbot.waitSignal(window.spoken, timeout=PATIENCE):
        window.speak("de")
    assert window.wizard is not former
    windows = [one for one in QApplication.topLevelWidgets() if isinstance(one, FerryWizard)]
    assert [one for one in windows if one.isVisible()] == [window.wizard]
    assert window.wizard.currentId() == Step.MAP_COLUMNS
    assert window.wizard.session.draft.file == file
    assert file is not None
    assert file.ledger.is_file()
    assert load_preferences(parts.folders)[0].language == "de"
    window.wizard.back()
    assert window.wizard.currentId() == Step.CHOOSE_FILE
    window.wizard.close()
    window.close()
    assert not list(parts.folders.imports.iterdir())


def test_another_language_still_sends_the_first_few_alone(qtbot: QtBot, parts: Parts, tmp_path: Path) -> None:
    window = Window(build_wizard(new_draft("smsend", "GB"), parts, Preferences()))
    window.wizard.show()
    start = window.wizard.page_of(Step.CHOOSE_FILE)
    assert isinstance(start, ChooseFilePage)
    start.read(workbook(tmp_path))
    qtbot.waitUntil(start.isComplete, timeout=PATIENCE)
    for _ in range(Step.CHECK_CONTACTS):
        window.wizard.next()
    qtbot.waitUntil(check_page(window).isComplete, timeout=PATIENCE)
    check_page(window).side.first_few.setChecked(True)
    with qtbot.waitSignal(window.spoken, timeout=PATIENCE):
        window.speak("de")
    qtbot.waitUntil(check_page(window).isComplete, timeout=PATIENCE)
    assert check_page(window).side.first_few.isChecked()
    window.wizard.close()
    window.close()


def check_page(window: Window) -> CheckContactsPage:
    page = window.wizard.page_of(Step.CHECK_CONTACTS)
    assert isinstance(page, CheckContactsPage)
    return page


def test_qt_speaks_with_us(qapp: QApplication) -> None:
    language.use("it")
    speak(qapp)
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Annulla"
    assert QLocale().language() is QLocale.Language.Italian
    language.use("en")
    speak(qapp)
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"


@pytest.mark.parametrize(("code", "written"), [("en", "1,234,567"), ("de", "1.234.567"), ("fr", "1 234 567")])
def test_thousands_are_separated_as_the_language_does_it(code: str, written: str) -> None:
    language.use(code)
    assert number(1_234_567).replace("\u00a0", " ") == written


def test_the_language_is_asked_where_there_is_a_choice_and_not_during_an_upload(
    qtbot: QtBot, parts: Parts
) -> None:
    wizard = build_wizard(new_draft("smsend", "GB"), parts)
    qtbot.addWidget(wizard)
    wizard.show()
    assert wizard.step_list.language.isVisible() == (len(language.shipped()) > 1)
    assert wizard.step_list.language.isEnabled()
    assert wizard.step_list.language.accessibleName() == "Language"
