"""Wherever the wizard leads, the keyboard is at something that is seen, and at the end at what leads on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QScrollArea, QWidget, QWizard
from pytestqt.qtbot import QtBot

from app.flow.parts import Parts
from app.ui.pages.check_contacts import CheckContactsPage
from app.ui.wizard import Step
from tests.ui.test_reach import PATIENCE, journey


def test_the_keyboard_is_never_at_something_that_has_gone(qtbot: QtBot, parts: Parts, tmp_path: Path) -> None:
    for wizard in journey(qtbot, parts, tmp_path, "smsend"):
        wizard.activateWindow()
        page = wizard.page_of(Step(wizard.currentId()))
        if isinstance(page, CheckContactsPage):
            qtbot.waitUntil(page.table.hasFocus, timeout=PATIENCE)
        keys = wizard.focusWidget()
        assert keys is not None
        assert keys.isVisible(), (wizard.currentId(), keys)
        if wizard.currentId() == Step.UPLOAD:
            assert keys is wizard.button(QWizard.WizardButton.NextButton)


def test_what_the_keyboard_comes_to_has_a_name_even_if_it_only_scrolls(
    qtbot: QtBot, parts: Parts, tmp_path: Path
) -> None:
    for wizard in journey(qtbot, parts, tmp_path, "smsend"):
        areas = [one for one in wizard.findChildren(QScrollArea) if one.isVisible() and _takes_keys(one)]
        assert [one for one in areas if not one.accessibleName()] == []


def _takes_keys(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & widget.focusPolicy().TabFocus)
