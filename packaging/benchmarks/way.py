"""A longer way through the wizard than the journey's: whatever a user may ask of the window, once each.

It plays through the real widgets and waits for their signals; it refuses to know how long anything takes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget, QWizard

from app.contacts.duplicates import DuplicatePolicy
from app.flow.decisions import Decisions
from app.flow.repairs import Repair
from app.ledger.contacts import Show
from app.ui.application import Window, prepare_pages
from app.ui.journey import Journey, wait_for
from app.ui.models.contact_table import FIELDS_FROM
from app.ui.pages.map_columns import MapColumnsPage
from app.ui.pages.report import ReportPage
from app.ui.recipes_dialog import RecipesDialog
from app.ui.tour.way import SCREEN
from app.ui.widgets.field_row import NOTHING
from app.ui.wizard import Step

PATIENCE = 1_800.0  # seconds for one step: a million rows take their time
LOOK = 0.2  # seconds in which what was opened is seen
PAGES_SCROLLED = 40
LINES = 20  # that the keyboard goes down, one by one
_KEYS = (Qt.Key.Key_PageDown, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_Home)

Play = Callable[[], object]


class Way:
    """`steps` gives names and what to play, in an order in which each finds what it needs. `sample` is the
    list that is imported, `wide` one of many columns that is begun after it."""

    def __init__(self, window: Window, sample: Path, wide: Path, provider: str) -> None:
        self._window = window
        self._sample, self._wide = sample, wide
        self._journey = Journey(window.wizard, sample, provider)

    def steps(self) -> Iterator[tuple[str, Play]]:
        """From a file to the report, and to the next file."""
        journey = self._journey
        yield "look for a file", self._look_for_a_file
        yield "choose_file", journey.choose_file
        yield "match anew", self._match_anew
        yield "recipes", self._recipes
        yield "map_columns", journey.choose_columns
        yield "choose_provider", journey.choose_provider
        yield "check_contacts", journey.check_contacts
        yield "scroll", self._scroll
        yield "keys", self._press_keys
        yield "filter", self._filter
        yield "search", lambda: journey.search("ann99")
        yield "search for all", lambda: journey.search("")
        yield "type a search", self._type_a_search
        yield "sizes", self._sizes
        yield from self._changes()
        yield "back", lambda: self._go(QWizard.WizardButton.BackButton)
        yield "forth", lambda: self._go(QWizard.WizardButton.NextButton)
        yield "another language", lambda: self._speak("it")
        yield "our language", lambda: self._speak("en")
        yield "help", self._help
        yield "support", self._support
        yield from self._sending()

    def _changes(self) -> Iterator[tuple[str, Play]]:
        """Whatever changes the checked list."""
        changes = self._journey.check_page.changes
        yield "correct", self._correct
        yield "undo", lambda: self._change(changes.undo)
        yield "redo", lambda: self._change(changes.redo)
        yield "leave out", self._leave_out
        yield "undo leaving out", lambda: self._change(changes.undo)
        yield "decide", lambda: self._change(lambda: changes.decide(self._otherwise()))
        yield "undo deciding", lambda: self._change(changes.undo)
        yield "repair", lambda: self._see_dialog(lambda: changes.repair(Repair.COUNTRY))
        yield "replace", lambda: self._see_dialog(self._journey.check_page.side.findings.replace.click)

    def _sending(self) -> Iterator[tuple[str, Play]]:
        """The upload, its report, and the next list."""
        yield "upload", self._journey.upload
        yield "report", self._journey.report
        yield "save the report", self._save
        yield "history", self._history
        yield "start again", lambda: self._report.again.click()
        wide = Journey(self._window.wizard, self._wide, self._journey.provider)
        yield "a wide list", wide.choose_file
        yield "match a wide list", wide.choose_columns

    @property
    def _report(self) -> ReportPage:
        page = self._window.wizard.page_of(Step.REPORT)
        if not isinstance(page, ReportPage):
            raise LookupError(Step.REPORT)
        return page

    def _look_for_a_file(self) -> None:
        """Longer than it takes to get the other pages ready, as after every start."""
        wizard, ready = self._window.wizard, list[bool]()
        wizard.prepared.connect(lambda: ready.append(True))
        prepare_pages(wizard)
        wait_for((wizard.prepared,), lambda: bool(ready), PATIENCE)

    def _match_anew(self) -> None:
        """Give a field no column, and the one it had."""
        page = self._window.wizard.page_of(Step.MAP_COLUMNS)
        if not isinstance(page, MapColumnsPage):
            raise LookupError(Step.MAP_COLUMNS)
        _look()  # the last rows are made
        key, row = next((key, row) for key, row in page.fields.made.items() if row.combo.value != NOTHING)
        had = row.combo.value
        for position in (NOTHING, had):
            if position is not None:
                page.fields.made[key].combo.pick(position)
            _look()

    def _recipes(self) -> None:
        wizard = self._window.wizard
        with _seen(RecipesDialog(wizard.session.parts.folders, wizard)):
            _look()

    def _scroll(self) -> None:
        """Page by page, to the end and back; then to the side."""
        table = self._journey.check_page.table
        down, aside = table.verticalScrollBar(), table.horizontalScrollBar()
        for part in (*range(PAGES_SCROLLED + 1), 0):
            down.setValue(down.maximum() * part // PAGES_SCROLLED)
            QCoreApplication.processEvents()
        for place in (aside.maximum(), 0):
            aside.setValue(place)
            QCoreApplication.processEvents()

    def _press_keys(self) -> None:
        """Line by line, which shows each contact beside the table; then far."""
        table = self._journey.check_page.table
        table.setFocus()
        self._journey.check_page.side.show_contact_tab()
        for key in (*(Qt.Key.Key_Down,) * LINES, *_KEYS):
            QTest.keyClick(table, key)
            QCoreApplication.processEvents()

    def _filter(self) -> None:
        for show in (*Show, Show.ALL):
            self._journey.show_only(show)

    def _type_a_search(self) -> None:
        """Letter by letter; what was typed is looked up when the typing pauses."""
        page, found = self._journey.check_page, list[bool]()
        connection = page.filtered.connect(lambda: found.append(True))
        for letter in "rossi":
            QTest.keyClicks(page.filters.search, letter)
            QCoreApplication.processEvents()
        self._journey.wait(page, page.filtered, lambda: bool(found))
        page.filtered.disconnect(connection)
        self._journey.search("")

    def _sizes(self) -> None:
        """A small window, and the one before."""
        for size in ((800, 480), (SCREEN.width(), SCREEN.height())):
            self._window.wizard.resize(*size)
            _look()

    def _correct(self) -> None:
        """Type a cell anew."""
        model = self._journey.check_page.table.model()
        self._change(lambda: model.setData(model.index(0, FIELDS_FROM), "someone.else@example.com"))

    def _leave_out(self) -> None:
        """All that are chosen with a key."""
        page = self._journey.check_page
        page.table.selectAll()
        self._change(page.table.leave_out_wanted.emit)

    def _change(self, act: Play) -> None:
        page, changed = self._journey.check_page, list[bool]()
        connection = page.corrected.connect(lambda: changed.append(True))
        act()
        self._journey.wait(page, page.corrected, lambda: bool(changed) and not page.changes.running)
        page.corrected.disconnect(connection)

    def _otherwise(self) -> Decisions:
        """Another of the decisions that are about every row."""
        decisions = self._journey.check_page.draft.decisions
        return replace(decisions, duplicates=DuplicatePolicy.KEEP_LAST)

    def _see_dialog(self, act: Play) -> None:
        """Open a dialog of the checked list, and close it."""
        changes = self._journey.check_page.changes
        act()
        while changes.dialog is None:
            _look()
        _look()
        changes.dialog.reject()
        _look()

    def _go(self, which: QWizard.WizardButton) -> None:
        """Three pages back, or forth again."""
        step = 1 if which is QWizard.WizardButton.NextButton else -1
        for _ in range(3):
            self._journey.press(which, Step(self._window.wizard.currentId() + step))
            _look()
        if step > 0:
            self._journey.check_contacts()

    def _speak(self, code: str) -> None:
        spoken: list[bool] = []
        connection = self._window.spoken.connect(lambda: spoken.append(True))
        self._window.speak(code)
        wait_for((self._window.spoken,), lambda: bool(spoken), PATIENCE)
        self._window.spoken.disconnect(connection)
        self._journey.wizard = self._window.wizard
        self._journey.check_contacts()
        _look()

    def _help(self) -> None:
        self._window.help()
        _look()

    def _support(self) -> None:
        self._window.support()
        _look()
        for dialog in _dialogs(self._window.wizard):
            dialog.close()
            _look()

    def _save(self) -> None:
        page = self._report
        page.save(self._sample.with_name("report.xlsx"))
        self._journey.wait(page, page.ready, lambda: page.saved_path is not None)

    def _history(self) -> None:
        self._report.show_history()
        _look()
        if self._report.history_dialog is not None:
            self._report.history_dialog.close()
        _look()


def _look() -> None:
    """Let the window live for a moment."""
    wait_for((), lambda: False, LOOK)


@contextmanager
def _seen(dialog: QWidget) -> Iterator[None]:
    dialog.show()
    try:
        yield
    finally:
        dialog.close()
        dialog.deleteLater()
        _look()


def _dialogs(wizard: QWidget) -> list[QWidget]:
    return [one for one in wizard.findChildren(QWidget) if one.isWindow() and one.isVisible()]
