"""Wherever the wizard leads, the keyboard is at something that is seen, and at the end at what leads on."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget, QWizard
from pytestqt.qtbot import QtBot

from app.flow.parts import Parts
from app.ui.pages.check_contacts import CheckContactsPage
from app.ui.pages.map_columns import MapColumnsPage
from app.ui.wizard import Step
from tests.ui.test_reach import journey


def test_the_keyboard_is_never_at_something_that_has_gone(qtbot: QtBot, parts: Parts, tmp_path: Path) -> None:
    for wizard in journey(qtbot, parts, tmp_path, "smsend"):
        wizard.activateWindow()
        page = wizard.page_of(Step(wizard.currentId()))
        if isinstance(page, CheckContactsPage):
            qtbot.waitUntil(page.table.hasFocus)
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


def test_tab_goes_over_a_page_as_it_is_read(qtbot: QtBot, parts: Parts, tmp_path: Path) -> None:
    for wizard in journey(qtbot, parts, tmp_path, "smsend"):
        page = wizard.page_of(Step(wizard.currentId()))
        if isinstance(page, MapColumnsPage):
            assert page.fields.rows, "made one by one while one looks"
            page.consent.show()
            QApplication.processEvents()
        stops = [one for one in _chain(page) if one.isVisible() and one.isEnabled() and _takes_keys(one)]
        places = [QRect(one.mapTo(page, QPoint()), one.size()) for one in stops]
        for (one, place), (other, following) in pairwise(zip(stops, places, strict=True)):
            above, left_of = following.bottom() < place.top(), following.right() < place.left()
            beside = following.top() <= place.bottom() and place.top() <= following.bottom()
            told = (wizard.currentId(), one, one.accessibleName(), other, other.accessibleName())
            # Where all is in one column, nothing above may follow; elsewhere what stands beside it.
            in_one = isinstance(page, MapColumnsPage)
            assert not above or (following.left() > place.right() and not in_one), told
            assert not (beside and left_of), told


def _chain(page: QWidget) -> list[QWidget]:
    """What is on the page, in the order in which the keyboard goes."""
    chain: list[QWidget] = []
    at = page.nextInFocusChain()
    while at is not None and at is not page:
        if page.isAncestorOf(at):
            chain.append(at)
        at = at.nextInFocusChain()
    return chain


def _takes_keys(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & widget.focusPolicy().TabFocus)
