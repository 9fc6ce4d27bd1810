"""Tests the wizard with its real pages: steps, band, buttons, going back, and what is left when it closes."""

from __future__ import annotations

from pathlib import Path
from threading import Event

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget, QWizard
from pytestqt.qtbot import QtBot

from app.contacts.mapping import ColumnMapping
from app.flow.draft import Destination
from app.flow.parts import Parts
from app.practice.faults import Silence
from app.practice.server import PracticeServer
from app.ui.pages.choose_file import ChooseFilePage
from app.ui.pages.choose_provider import ChooseProviderPage
from app.ui.pages.map_columns import MapColumnsPage
from app.ui.pages.report import ReportPage
from app.ui.step_list import Stage
from app.ui.wizard import NARROW, FerryWizard, Step
from tests.ui.sheets import workbook


class Counter(QObject):
    """Counts how often what it is installed on has an event of this kind."""

    def __init__(self, kind: QEvent.Type) -> None:
        super().__init__()
        self._kind = kind
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        self.count += event.type() is self._kind
        return super().eventFilter(watched, event)


class Widths(QObject):
    """Notes how wide a widget is whenever it is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self._widget = widget
        self.painted: list[int] = []
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Paint:
            self.painted.append(self._widget.width())
        return super().eventFilter(watched, event)


def read(qtbot: QtBot, wizard: FerryWizard, path: Path) -> ChooseFilePage:
    page = wizard.page_of(Step.CHOOSE_FILE)
    assert isinstance(page, ChooseFilePage)
    page.read(path)
    qtbot.waitUntil(page.isComplete)
    return page


def test_the_steps_show_done_now_and_next(qtbot: QtBot, wizard: FerryWizard, tmp_path: Path) -> None:
    assert wizard.step_list.stages() == (Stage.NOW, *[Stage.NEXT] * 5)
    read(qtbot, wizard, workbook(tmp_path))
    wizard.next()
    assert wizard.step_list.stages() == (Stage.DONE, Stage.NOW, *[Stage.NEXT] * 4)


def test_the_button_that_leads_on_has_the_accent_from_the_first_look(
    qtbot: QtBot, wizard: FerryWizard, tmp_path: Path
) -> None:
    read(qtbot, wizard, workbook(tmp_path))
    following = wizard.button(QWizard.WizardButton.NextButton)
    wizard.button(QWizard.WizardButton.CancelButton).setFocus()
    seen = following.grab().toImage().pixelColor(8, following.height() // 2)
    assert seen.name() == QApplication.palette().highlight().color().name()


def test_next_waits_for_a_file(qtbot: QtBot, wizard: FerryWizard, tmp_path: Path) -> None:
    button = wizard.button(QWizard.WizardButton.NextButton)
    assert not button.isEnabled()
    read(qtbot, wizard, workbook(tmp_path))
    assert button.isEnabled()


def test_nothing_is_hidden_when_a_page_becomes_complete(
    qtbot: QtBot, wizard: FerryWizard, tmp_path: Path
) -> None:
    """QWizard's own way hides and shows all there is in it: a blink, and lost keys."""
    page, hidden = wizard.page_of(Step.CHOOSE_FILE), Counter(QEvent.Type.Hide)
    page.installEventFilter(hidden)
    read(qtbot, wizard, workbook(tmp_path))
    page.removeEventFilter(hidden)
    assert hidden.count == 0


def test_turning_a_page_paints_the_window_once(qtbot: QtBot, wizard: FerryWizard, tmp_path: Path) -> None:
    read(qtbot, wizard, workbook(tmp_path))
    wizard.next()
    QApplication.processEvents()
    painted = Counter(QEvent.Type.Paint)
    wizard.step_list.installEventFilter(painted)
    wizard.back()
    QApplication.processEvents()
    wizard.step_list.removeEventFilter(painted)
    assert painted.count == 1


def test_a_window_that_becomes_narrow_or_wide_is_right_from_its_first_painting(
    qtbot: QtBot, wizard: FerryWizard
) -> None:
    page = wizard.page_of(Step.CHOOSE_FILE)
    watch = Widths(page)
    for width in (NARROW - 60, NARROW + 300):
        watch.painted.clear()
        wizard.resize(width, 640)
        qtbot.waitUntil(lambda: bool(watch.painted))
        for _ in range(10):
            QApplication.processEvents()
        assert set(watch.painted) == {page.width()}
    page.removeEventFilter(watch)


def test_the_band_says_when_it_is_practice(wizard: FerryWizard) -> None:
    assert wizard.band.isVisible()
    assert wizard.band.width() == wizard.width()
    wizard.session.give(wizard.session.draft.with_destination(Destination(False, "0" * 16)))
    assert not wizard.band.isVisible()


def test_the_window_fits_small_screens(wizard: FerryWizard) -> None:
    wizard.resize(960, 600)
    assert (wizard.width(), wizard.height()) == (960, 600)
    assert wizard.minimumSizeHint().width() <= 960
    assert wizard.minimumSizeHint().height() <= 600


def test_a_page_shows_the_draft_as_it_is_when_reached_backwards(
    qtbot: QtBot, wizard: FerryWizard, tmp_path: Path
) -> None:
    read(qtbot, wizard, workbook(tmp_path))
    wizard.next()
    wizard.next()
    wizard.session.give(wizard.session.draft.with_provider("octopush"))
    wizard.back()
    page = wizard.page_of(Step.MAP_COLUMNS)
    assert isinstance(page, MapColumnsPage)
    assert page.provider.value == "octopush"


def test_who_is_sent_back_for_a_field_finds_the_keyboard_at_it(
    qtbot: QtBot, wizard: FerryWizard, tmp_path: Path
) -> None:
    read(qtbot, wizard, workbook(tmp_path))
    wizard.activateWindow()
    wizard.next()
    page = wizard.page_of(Step.MAP_COLUMNS)
    assert isinstance(page, MapColumnsPage)
    mapping = page.draft.mapping.with_field("email", None).with_field("phoneNumber", None)
    page.give(page.draft.with_mapping(mapping))
    wizard.next()
    following = wizard.page_of(Step.CHOOSE_PROVIDER)
    assert isinstance(following, ChooseProviderPage)
    assert following.missing.isVisible()
    assert not following.isComplete()
    wizard.back()
    assert wizard.focusWidget() is page.fields.rows["email"].combo


def test_escape_does_not_throw_the_import_away(wizard: FerryWizard) -> None:
    QTest.keyClick(wizard, Qt.Key.Key_Escape)
    assert wizard.isVisible()


def test_closing_erases_what_was_read(
    qtbot: QtBot, wizard: FerryWizard, parts: Parts, tmp_path: Path
) -> None:
    read(qtbot, wizard, workbook(tmp_path))
    assert list(parts.folders.imports.iterdir())
    wizard.close()
    assert not wizard.isVisible()
    assert not list(parts.folders.imports.iterdir())


def test_closing_while_reading_ends_the_reading(wizard: FerryWizard, parts: Parts, tmp_path: Path) -> None:
    page = wizard.page_of(Step.CHOOSE_FILE)
    assert isinstance(page, ChooseFilePage)
    page.read(workbook(tmp_path))
    wizard.close()
    assert not wizard.isVisible()
    assert not list(parts.folders.imports.iterdir())


def test_what_was_reviewed_can_not_be_changed_any_more(wizard: FerryWizard) -> None:
    assert wizard.page_of(Step.CHECK_CONTACTS).isCommitPage()


def test_the_whole_way_ends_with_a_report(
    qtbot: QtBot, wizard: FerryWizard, parts: Parts, tmp_path: Path
) -> None:
    read(qtbot, wizard, workbook(tmp_path))
    for step in (Step.MAP_COLUMNS, Step.CHOOSE_PROVIDER, Step.CHECK_CONTACTS):
        wizard.next()
        assert wizard.currentId() == step
    qtbot.waitUntil(wizard.page_of(Step.CHECK_CONTACTS).isComplete)
    assert wizard.button(QWizard.WizardButton.CommitButton).text() == "Upload 4 contacts"
    wizard.next()
    assert wizard.currentId() == Step.UPLOAD
    assert not wizard.button(QWizard.WizardButton.BackButton).isEnabled()
    qtbot.waitUntil(wizard.page_of(Step.UPLOAD).isComplete)
    wizard.next()
    assert wizard.currentId() == Step.REPORT
    assert wizard.session.end is not None
    assert (wizard.session.end.totals.answered, wizard.session.end.totals.refused) == (4, 0)
    wizard.accept()
    assert not list(parts.folders.imports.iterdir())


def test_closing_while_uploading_asks_first(
    qtbot: QtBot, wizard: FerryWizard, practice_server: PracticeServer, tmp_path: Path
) -> None:
    read(qtbot, wizard, workbook(tmp_path))
    for _ in range(3):
        wizard.next()
    qtbot.waitUntil(wizard.page_of(Step.CHECK_CONTACTS).isComplete)
    practice_server.fault = lambda _: Silence(Event())
    wizard.next()
    answers = ["Keep uploading", "Stop and close"]
    asked: list[str] = []

    def answer() -> None:
        question = QApplication.activeModalWidget()
        if isinstance(question, QMessageBox):
            asked.append(question.text())
            wanted = answers[len(asked) - 1]
            next(button for button in question.buttons() if button.text() == wanted).click()

    QTimer.singleShot(100, wizard, answer)
    wizard.close()
    assert wizard.isVisible()
    QTimer.singleShot(100, wizard, answer)
    wizard.close()
    assert not wizard.isVisible()
    assert asked == ["The upload is not finished."] * 2


def uploaded(qtbot: QtBot, wizard: FerryWizard, path: Path) -> ReportPage:
    """All the way to the report."""
    read(qtbot, wizard, path)
    for _ in range(5):
        qtbot.waitUntil(wizard.page_of(Step(wizard.currentId())).isComplete)
        wizard.next()
    page = wizard.page_of(Step.REPORT)
    assert isinstance(page, ReportPage)
    qtbot.waitUntil(lambda: page.totals is not None)
    return page


def test_the_same_list_goes_to_another_provider(qtbot: QtBot, wizard: FerryWizard, tmp_path: Path) -> None:
    page = uploaded(qtbot, wizard, workbook(tmp_path))
    before = wizard.session.draft
    page.elsewhere.click()
    qtbot.waitUntil(lambda: wizard.currentId() == Step.MAP_COLUMNS)
    draft = wizard.session.draft
    assert draft.file is not None
    assert before.file is not None
    assert draft.file.shape == before.file.shape
    assert draft.mapping == before.mapping
    assert draft.checked is None
    ledger = before.file.ledger
    qtbot.waitUntil(lambda: not ledger.exists())
    assert wizard.step_list.stages() == (Stage.DONE, Stage.NOW, *[Stage.NEXT] * 4)


def test_the_columns_are_not_done_while_the_provider_lacks_one(
    qtbot: QtBot, wizard: FerryWizard, tmp_path: Path
) -> None:
    read(qtbot, wizard, workbook(tmp_path))
    wizard.next()
    wizard.next()
    assert wizard.currentId() == Step.CHOOSE_PROVIDER
    draft = wizard.session.draft
    assert wizard.step_list.stages()[Step.MAP_COLUMNS] is Stage.DONE
    wizard.session.give(draft.with_mapping(ColumnMapping().with_field("firstName", 0)))
    assert wizard.step_list.stages()[Step.MAP_COLUMNS] is Stage.OPEN
    wizard.session.give(draft)
    assert wizard.step_list.stages()[Step.MAP_COLUMNS] is Stage.DONE


def test_a_new_import_begins_where_the_last_one_ended(
    qtbot: QtBot, wizard: FerryWizard, parts: Parts, tmp_path: Path
) -> None:
    page = uploaded(qtbot, wizard, workbook(tmp_path))
    page.again.click()
    assert wizard.currentId() == Step.CHOOSE_FILE
    assert wizard.session.draft.file is None
    imports = parts.folders.imports
    qtbot.waitUntil(lambda: not list(imports.glob("*.ledger")))


def test_every_page_is_made_where_it_will_stand(wizard: FerryWizard) -> None:
    assert wizard.session.frame is not None
    assert {wizard.page_of(step).parentWidget() for step in Step} == {wizard.session.frame}
