"""Tests that another language brings the same import at the same step, with Qt speaking it too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import language
from app.flow.draft import new_draft
from app.flow.parts import Parts
from app.flow.receipt import CONSENT
from app.language import number
from app.ledger.contacts import Show
from app.settings.preferences import Preferences, load_preferences
from app.ui.application import Window, build_wizard
from app.ui.models.contact_table import ContactTable
from app.ui.pages.check_contacts import CheckContactsPage
from app.ui.pages.choose_file import ChooseFilePage
from app.ui.speech import speak
from app.ui.widgets.contact_filters import FILTERS, Wanted
from app.ui.wizard import FerryWizard, Step
from tests.ui.sheets import workbook


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
    qtbot.waitUntil(page.isComplete)
    former.next()
    file = former.session.draft.file
    with qtbot.waitSignal(window.spoken):
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
    window, page = checked_in_english(qtbot, parts, tmp_path)
    page.side.first_few.setChecked(True)
    spoken(qtbot, window, "de")
    qtbot.waitUntil(check_page(window).isComplete)
    assert check_page(window).side.first_few.isChecked()
    window.wizard.close()
    window.close()


def test_another_language_keeps_what_is_shown_and_what_was_agreed_to(
    qtbot: QtBot, parts: Parts, tmp_path: Path
) -> None:
    window, page = checked_in_english(qtbot, parts, tmp_path)
    page.side.ticks.ticks[CONSENT].click()
    with qtbot.waitSignal(page.filtered):
        page.filters.chips.chip([one for one, _ in FILTERS].index(Show.TO_SEND)).click()
    with qtbot.waitSignal(page.filtered):
        QTest.keyClicks(page.filters.search, "example")
    wanted, shown = page.filters.wanted, list(model_of(page).rows)
    spoken(qtbot, window, "it")
    page = check_page(window)
    assert page.filters.wanted == wanted == Wanted(Show.TO_SEND, None, "example")
    assert list(model_of(page).rows) == shown
    assert page.side.ticks.agreed == {CONSENT}
    assert page.filters.search.placeholderText() != "Search names, addresses, numbers"
    window.wizard.close()
    window.close()


def test_what_was_agreed_to_does_not_hold_for_anything_else(
    qtbot: QtBot, parts: Parts, tmp_path: Path
) -> None:
    window, page = checked_in_english(qtbot, parts, tmp_path)
    page.side.ticks.ticks[CONSENT].click()
    window.wizard.back()
    provider = window.wizard.page_of(Step.CHOOSE_PROVIDER)
    provider.give(
        provider.draft.with_options(provider.draft.options.with_value("updateExistingContact", False))
    )
    spoken(qtbot, window, "it")
    window.wizard.next()
    qtbot.waitUntil(check_page(window).isComplete)
    assert check_page(window).side.ticks.agreed == frozenset()
    window.wizard.close()
    window.close()


def checked_in_english(qtbot: QtBot, parts: Parts, folder: Path) -> tuple[Window, CheckContactsPage]:
    window = Window(build_wizard(new_draft("smsend", "GB"), parts, Preferences()))
    window.wizard.show()
    start = window.wizard.page_of(Step.CHOOSE_FILE)
    assert isinstance(start, ChooseFilePage)
    start.read(workbook(folder))
    qtbot.waitUntil(start.isComplete)
    for _ in range(Step.CHECK_CONTACTS):
        window.wizard.next()
    qtbot.waitUntil(check_page(window).table.isVisible)
    qtbot.waitUntil(check_page(window).isComplete)
    return window, check_page(window)


def spoken(qtbot: QtBot, window: Window, code: str) -> None:
    with qtbot.waitSignal(window.spoken):
        window.speak(code)
    if window.wizard.currentId() == Step.CHECK_CONTACTS:
        qtbot.waitUntil(check_page(window).table.isVisible)


def model_of(page: CheckContactsPage) -> ContactTable:
    model = page.table.model()
    assert isinstance(model, ContactTable)
    return model


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
