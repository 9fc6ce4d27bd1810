"""Tests the help: a page for every step and provider, by F1 and by the button, with nothing from outside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWizard
from pytestqt.qtbot import QtBot

from app.flow.draft import new_draft
from app.flow.parts import Parts
from app.providers.known import PROVIDERS
from app.ui.application import Window, build_wizard
from app.ui.help.pages import FOLDER, PROVIDER, STEPS, page_text
from app.ui.help.window import HelpWindow
from app.ui.wizard import Step

PAGES = [*STEPS, *(PROVIDER.format(name=one.name) for one in PROVIDERS)]


@pytest.fixture
def window(qtbot: QtBot, parts: Parts) -> Iterator[Window]:
    made = Window(build_wizard(new_draft("smsend", "GB"), parts))
    qtbot.addWidget(made.wizard)
    made.wizard.show()
    yield made
    made.close()


def help_of(window: Window) -> HelpWindow:
    [found] = window.wizard.findChildren(HelpWindow)
    return found


@pytest.mark.parametrize("name", PAGES)
def test_every_step_and_provider_has_a_page(name: str) -> None:
    assert page_text(name).startswith("# ")


def test_there_is_no_page_that_nobody_can_reach() -> None:
    assert {path.stem for path in FOLDER.glob("*/*.md")} == set(PAGES)


def test_every_step_is_one_of_the_wizards() -> None:
    assert tuple(step.name.lower() for step in Step) == STEPS


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*/*.md")), ids=str)
def test_no_page_points_outside(path: Path) -> None:
    assert not re.search(r"https?:|!\[|<\w", path.read_text(encoding="utf-8"))


def test_headings_are_larger_than_what_stands_under_them(window: Window) -> None:
    QTest.keyClick(window.wizard, Qt.Key.Key_F1)
    document = help_of(window).browser.document()
    heights: dict[int, float] = {}
    block = document.begin()
    while block.isValid():
        level = block.blockFormat().headingLevel()
        heights.setdefault(level, block.layout().lineAt(0).height())
        block = block.next()
    assert heights[1] > heights[2] > heights[0]


def test_f1_shows_the_page_of_the_step(window: Window) -> None:
    QTest.keyClick(window.wizard, Qt.Key.Key_F1)
    shown = help_of(window)
    assert shown.isVisible()
    assert shown.page.value == "choose_file"
    assert "One person on each row" in shown.browser.toPlainText()


def test_the_button_shows_it_too_and_links_lead_to_the_provider(window: Window) -> None:
    window.wizard.button(QWizard.WizardButton.HelpButton).click()
    shown = help_of(window)
    assert "About smsend" in shown.browser.toPlainText()
    shown.browser.anchorClicked.emit(QUrl("provider_smsend"))
    assert shown.page.value == "provider_smsend"
    assert "What you need" in shown.browser.toPlainText()


def test_the_keys_scroll_the_page_at_once_and_tab_leads_to_the_list(window: Window) -> None:
    QTest.keyClick(window.wizard, Qt.Key.Key_F1)
    shown = help_of(window)
    bar = shown.browser.verticalScrollBar()
    assert shown.focusWidget() is shown.browser
    QTest.keyClick(shown.focusWidget(), Qt.Key.Key_PageDown)
    assert bar.value() > 0
    QTest.keyClick(shown.focusWidget(), Qt.Key.Key_Home)
    assert bar.value() == 0
    for _ in range(shown.browser.toMarkdown().count("](") + 1):  # links are on the way
        QTest.keyClick(shown.focusWidget(), Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert shown.focusWidget() is shown.page
    window.help()
    assert shown.focusWidget() is shown.browser, "who asks again wants to read again"


def test_a_page_is_called_by_its_title(window: Window) -> None:
    window.help()
    shown = help_of(window)
    assert spoken_name(shown) == "Choose file"
    shown.show_page("report")
    assert spoken_name(shown) == "Report"


def spoken_name(shown: HelpWindow) -> str:
    return QAccessible.queryAccessibleInterface(shown.browser).text(QAccessible.Text.Name)


def test_another_page_is_chosen_from_the_list(window: Window) -> None:
    window.help()
    shown = help_of(window)
    shown.page.pick("report")
    assert "row by row" in shown.browser.toPlainText()


def test_a_link_to_elsewhere_does_nothing(window: Window) -> None:
    window.help()
    shown = help_of(window)
    shown.browser.anchorClicked.emit(QUrl("https://example.com/"))
    assert shown.page.value == "choose_file"
