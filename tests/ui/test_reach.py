"""Every control says its name to a screen reader, and nothing is cut off in a long language."""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app import language
from app.flow.draft import new_draft
from app.flow.parts import Parts
from app.providers.known import NAMES
from app.ui.application import build_wizard
from app.ui.pages.choose_file import ChooseFilePage
from app.ui.widgets.labels import ShortLabel
from app.ui.wizard import FerryWizard, Step
from tests.ui.sheets import workbook

PATIENCE = 20_000  # milliseconds
STEPS = (Step.CHOOSE_FILE, Step.MAP_COLUMNS, Step.CHOOSE_PROVIDER)


class Long(gettext.NullTranslations):
    """A pretend language whose sentences are longer by two fifths, as German and French may be."""

    def gettext(self, message: str) -> str:
        return f"{message} {'é' * (len(message) * 2 // 5)}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@pytest.fixture
def long_language() -> Iterator[None]:
    language.use("en", Long())
    yield
    language.use("en")


def journey(qtbot: QtBot, parts: Parts, folder: Path, provider: str) -> Iterator[FerryWizard]:
    """The wizard at each of its first steps, with a file."""
    wizard = build_wizard(new_draft(provider, "GB"), parts)
    qtbot.addWidget(wizard)
    wizard.show()
    page = wizard.page_of(Step.CHOOSE_FILE)
    assert isinstance(page, ChooseFilePage)
    page.read(workbook(folder))
    qtbot.waitUntil(page.isComplete, timeout=PATIENCE)
    for step in STEPS:
        assert wizard.currentId() == step
        yield wizard
        wizard.next()
    wizard.close()


@pytest.mark.parametrize("provider", NAMES)
def test_every_control_says_its_name(qtbot: QtBot, parts: Parts, tmp_path: Path, provider: str) -> None:
    for wizard in journey(qtbot, parts, tmp_path, provider):
        assert [_described(one) for one in _controls(wizard) if not _name(one)] == []


@pytest.mark.usefixtures("long_language")
@pytest.mark.parametrize("provider", NAMES)
def test_nothing_is_cut_off_in_a_long_language(
    qtbot: QtBot, parts: Parts, tmp_path: Path, provider: str
) -> None:
    for wizard in journey(qtbot, parts, tmp_path, provider):
        wizard.resize(1280, 720)
        for _ in range(10):  # the layout settles
            QCoreApplication.processEvents()
        assert (wizard.width(), wizard.height()) == (1280, 720)
        assert [_described(one) for one in _words(wizard) if _is_cut(one)] == []


def _controls(wizard: FerryWizard) -> list[QWidget]:
    kinds = (QAbstractButton, QComboBox, QLineEdit, QAbstractSpinBox)
    return [
        one
        for one in wizard.findChildren(QWidget)
        if isinstance(one, kinds)
        and one.isVisible()
        and not isinstance(one.parentWidget(), (QComboBox, QAbstractSpinBox))
        and not one.objectName().startswith("qt_")
    ]


def _words(wizard: FerryWizard) -> list[QWidget]:
    labels = [one for one in wizard.findChildren(QLabel) if one.text() and not isinstance(one, ShortLabel)]
    buttons = [one for one in wizard.findChildren(QAbstractButton) if one.text()]
    return [one for one in (*labels, *buttons) if one.isVisible()]


def _is_cut(widget: QWidget) -> bool:
    """Whether it has less room than it needs, or stands beyond the window's edge."""
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.height() < widget.heightForWidth(widget.width())
    beyond = widget.mapTo(widget.window(), widget.rect().topRight()).x() > widget.window().width()
    return beyond or widget.width() < min(widget.sizeHint().width(), widget.minimumSizeHint().width())


def _name(widget: QWidget) -> str:
    told = QAccessible.queryAccessibleInterface(widget)
    return told.text(QAccessible.Text.Name)


def _described(widget: QWidget) -> str:
    text = getattr(widget, "text", str)()
    return f"{type(widget).__name__} {widget.objectName()} “{text}” in {type(widget.parentWidget()).__name__}"
