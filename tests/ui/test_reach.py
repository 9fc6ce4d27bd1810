"""Every control says its name to a screen reader, the whole way can be gone by keys, and nothing is cut off.

Not in a long language either, on a screen of 1280 by 720 at 100 to 200 %; there, nothing but tables has to be
scrolled sideways.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QWidget,
    QWizard,
)
from pytestqt.qtbot import QtBot

from app import language
from app.flow.draft import new_draft
from app.flow.parts import Parts
from app.practice.server import PracticeServer
from app.providers.known import NAMES, provider_named
from app.settings.folders import Folders
from app.ui.application import build_wizard
from app.ui.crash_dialog import CrashDialog
from app.ui.help.window import HelpWindow
from app.ui.history_dialog import HistoryDialog
from app.ui.pages.choose_file import ChooseFilePage
from app.ui.pages.report import ReportPage
from app.ui.pages.upload import UploadPage
from app.ui.tour.dialogs import dialogs as all_dialogs
from app.ui.widgets.account_dialog import AccountDialog
from app.ui.widgets.labels import ShortLabel
from app.ui.widgets.primary import is_primary
from app.ui.widgets.source_dialog import SourceDialog, Way
from app.ui.wizard import LEAST, FerryWizard, Step
from tests.ui.sheets import workbook

USUAL = (1280, 720)
SMALL = (640, 360)  # the same screen at 200 %
MOST_TABS = 120
LONGEST_WORD = 16  # letters


class Long(gettext.NullTranslations):
    """A pretend language whose sentences are longer by two fifths, as German and French may be; the longest
    of its words are German ones."""

    def gettext(self, message: str) -> str:
        more = "é" * (len(message) * 2 // 5)
        words = [more[at : at + LONGEST_WORD] for at in range(0, len(more), LONGEST_WORD)]
        return " ".join((message, *words))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@pytest.fixture
def long_language() -> Iterator[None]:
    language.use("en", Long())
    yield
    language.use("en")


def journey(qtbot: QtBot, parts: Parts, folder: Path, provider: str) -> Iterator[FerryWizard]:
    """The wizard at each of its steps, with a file, up to the report."""
    wizard = build_wizard(new_draft(provider, "GB"), parts)
    qtbot.addWidget(wizard)
    wizard.show()
    page = wizard.page_of(Step.CHOOSE_FILE)
    assert isinstance(page, ChooseFilePage)
    yield wizard
    page.read(workbook(folder))
    for step in Step:
        assert wizard.currentId() == step
        reached = wizard.page_of(step)
        qtbot.waitUntil(reached.isComplete)
        if isinstance(reached, ReportPage):
            qtbot.waitUntil(reached.save_all.isEnabled)
        yield wizard
        wizard.next()
    wizard.close()


def dialogs(wizard: FerryWizard, parts: Parts, provider: str) -> Iterator[QWidget]:
    """What opens beside the wizard."""
    known, file = provider_named(provider), wizard.session.draft.file
    assert known is not None
    assert file is not None
    account = AccountDialog(known, None, parts, wizard)
    yield account
    account.save()  # with everything missing
    yield account
    yield SourceDialog("Address", file, None, Way.JOIN, wizard)
    yield SourceDialog("Address", file, None, Way.SPLIT, wizard)
    yield HistoryDialog(parts.folders, wizard)
    yield CrashDialog("Traceback", wizard)
    yield HelpWindow(wizard)
    nowhere = Folders(*3 * [parts.folders.logs])
    yield from (dialog for _, dialog in all_dialogs(wizard, parts, wizard.session.draft, nowhere))


@pytest.mark.parametrize("provider", NAMES)
def test_every_control_says_its_name(qtbot: QtBot, parts: Parts, tmp_path: Path, provider: str) -> None:
    for wizard in journey(qtbot, parts, tmp_path, provider):
        assert [_described(one) for one in _controls(wizard) if not _name(one)] == []
        if wizard.currentId() == Step.CHECK_CONTACTS:
            for dialog in dialogs(wizard, parts, provider):
                dialog.show()
                assert [_described(one) for one in _controls(dialog) if not _name(one)] == []
                dialog.close()


@pytest.mark.usefixtures("long_language")
@pytest.mark.parametrize("size", [USUAL, (1024, 540), LEAST], ids=["100 %", "125 %", "200 %"])
@pytest.mark.parametrize("provider", NAMES)
def test_nothing_is_cut_off_in_a_long_language(
    qtbot: QtBot, parts: Parts, tmp_path: Path, provider: str, size: tuple[int, int]
) -> None:
    for wizard in journey(qtbot, parts, tmp_path, provider):
        wizard.resize(*size)
        _settle()
        assert (wizard.width(), wizard.height()) == size
        assert [_described(one) for one in _words(wizard) if _is_cut(one)] == []
        assert _scrolled_sideways(wizard) == []
        if wizard.currentId() == Step.CHECK_CONTACTS:
            for dialog in dialogs(wizard, parts, provider):
                dialog.show()
                dialog.resize(QSize(*size) if size == LEAST else dialog.size().boundedTo(QSize(*size)))
                _settle()
                assert dialog.width() <= size[0], dialog
                assert dialog.height() <= size[1], dialog
                assert [_described(one) for one in _words(dialog) if _is_cut(one)] == []
                assert _scrolled_sideways(dialog) == []
                dialog.close()


def test_what_leads_on_is_seen_at_once_on_a_small_screen(qtbot: QtBot, parts: Parts, tmp_path: Path) -> None:
    for wizard in journey(qtbot, parts, tmp_path, "smsend"):
        wizard.resize(*SMALL)
        _settle()
        leading = [one for one in wizard.findChildren(QPushButton) if one.isVisible() and is_primary(one)]
        assert len(leading) == 1, wizard.currentPage().title()
        assert leading[0].visibleRegion().boundingRect() == leading[0].rect(), _described(leading[0])


def test_the_way_can_be_gone_by_keys(qtbot: QtBot, parts: Parts, practice_server: PracticeServer) -> None:
    wizard = build_wizard(new_draft("smsend", "IT"), parts)
    qtbot.addWidget(wizard)
    wizard.show()
    wizard.activateWindow()
    start = wizard.page_of(Step.CHOOSE_FILE)
    assert isinstance(start, ChooseFilePage)
    assert wizard.focusWidget() is start.drop_area
    tab_to(wizard, start.sample_button)
    QTest.keyClick(start.sample_button, Qt.Key.Key_Space)
    qtbot.waitUntil(start.isComplete)
    which = QWizard.WizardButton
    assert wizard.focusWidget() is wizard.button(which.NextButton), "Return leads on"
    for step in (Step.CHOOSE_FILE, Step.MAP_COLUMNS, Step.CHOOSE_PROVIDER):
        assert wizard.currentId() == step
        press(wizard, wizard.button(which.NextButton))
    qtbot.waitUntil(wizard.page_of(Step.CHECK_CONTACTS).isComplete)
    press(wizard, wizard.button(which.CommitButton))
    qtbot.waitUntil(wizard.page_of(Step.UPLOAD).isComplete)
    press(wizard, wizard.button(which.NextButton))
    report = wizard.page_of(Step.REPORT)
    assert isinstance(report, ReportPage)
    qtbot.waitUntil(lambda: report.totals is not None)
    assert practice_server.rooms["smsend"].contacts()
    tab_to(wizard, report.save_all)
    tab_to(wizard, report.history)


def test_every_dialog_can_be_gone_through_and_left_by_keys(
    qtbot: QtBot, parts: Parts, tmp_path: Path
) -> None:
    for wizard in journey(qtbot, parts, tmp_path, "emarsys"):
        if wizard.currentId() == Step.CHECK_CONTACTS:
            for dialog in dialogs(wizard, parts, "emarsys"):
                dialog.show()
                dialog.activateWindow()
                _settle()
                reached = _tabbed(dialog)
                assert [_described(one) for one in _controls(dialog) if _wants_keys(one, reached)] == []
                QTest.keyClick(dialog, Qt.Key.Key_Escape)
                assert not dialog.isVisible(), dialog


def test_how_far_it_is_and_how_it_ended_is_told_to_screen_readers(
    qtbot: QtBot, parts: Parts, tmp_path: Path
) -> None:
    for wizard in journey(qtbot, parts, tmp_path, "smsend"):
        if wizard.currentId() == Step.UPLOAD:
            page = wizard.page_of(Step.UPLOAD)
            assert isinstance(page, UploadPage)
            bar = QAccessible.queryAccessibleInterface(page.far.bar)
            assert bar.role() == QAccessible.Role.ProgressBar
            assert bar.text(QAccessible.Text.Name)
            assert bar.valueInterface().currentValue() == page.far.bar.maximum()
            assert page.far.outcomes.accessibleDescription()


def press(wizard: FerryWizard, button: QAbstractButton) -> None:
    """Come to it with the Tab key, and press it with the space bar."""
    tab_to(wizard, button)
    QTest.keyClick(button, Qt.Key.Key_Space)


def tab_to(wizard: FerryWizard, wanted: QWidget) -> None:
    for _ in range(MOST_TABS):
        if wizard.focusWidget() is wanted:
            return
        QTest.keyClick(wizard.windowHandle(), Qt.Key.Key_Tab)  # to whatever has the focus, as a keyboard does
    pytest.fail(f"{_described(wanted)} is out of reach")


def _tabbed(dialog: QWidget) -> set[QWidget]:
    """Everything that the Tab key comes to."""
    reached: set[QWidget] = set()
    for _ in range(MOST_TABS):
        focus = dialog.focusWidget()
        if focus is not None:
            reached.add(focus)
        QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_Tab)
    return reached


def _wants_keys(control: QWidget, reached: set[QWidget]) -> bool:
    """Whether it takes the keyboard and the Tab key does not come to it. Of radio buttons it comes to one."""
    takes = control.isEnabled() and bool(control.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return takes and not isinstance(control, QRadioButton) and control not in reached


def _settle() -> None:
    for _ in range(10):
        QCoreApplication.processEvents()


def _controls(window: QWidget) -> list[QWidget]:
    kinds = (QAbstractButton, QComboBox, QLineEdit, QAbstractSpinBox)
    return [
        one
        for one in window.findChildren(QWidget)
        if isinstance(one, kinds)
        and one.isVisible()
        and not isinstance(one.parentWidget(), (QComboBox, QAbstractSpinBox))
        and not one.objectName().startswith("qt_")
    ]


def _words(window: QWidget) -> list[QWidget]:
    labels = [one for one in window.findChildren(QLabel) if one.text() and not isinstance(one, ShortLabel)]
    buttons = [one for one in window.findChildren(QAbstractButton) if one.text()]
    return [one for one in (*labels, *buttons) if one.isVisible()]


def _is_cut(widget: QWidget) -> bool:
    """Whether it has less room than it needs, or stands where nobody can see it or scroll to it."""
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.height() < widget.heightForWidth(widget.width())
    needed = min(widget.sizeHint().width(), widget.minimumSizeHint().width())
    return widget.width() < needed or _is_beyond(widget)


def _scrolled_sideways(window: QWidget) -> list[str]:
    """What has to be, besides tables."""
    areas = [one for one in window.findChildren(QScrollArea) if one.isVisible()]
    return [_described(one) for one in areas if one.horizontalScrollBar().maximum() > 0]


def _is_beyond(widget: QWidget) -> bool:
    """Whether its right end is beyond what holds it, all the way up to where one can scroll sideways."""
    holder = widget.parentWidget()
    while holder is not None:
        area = holder.parentWidget()
        is_viewport = isinstance(area, QAbstractScrollArea) and area.viewport() is holder
        if isinstance(area, QAbstractScrollArea) and is_viewport and area.horizontalScrollBar().maximum() > 0:
            return False
        if widget.mapTo(holder, widget.rect().topRight()).x() > holder.width():
            return True
        holder = None if holder.isWindow() else holder.parentWidget()
    return False


def _name(widget: QWidget) -> str:
    told = QAccessible.queryAccessibleInterface(widget)
    return told.text(QAccessible.Text.Name)


def _described(widget: QWidget) -> str:
    text = getattr(widget, "text", str)()
    return f"{type(widget).__name__} {widget.objectName()} “{text}” in {type(widget.parentWidget()).__name__}"
