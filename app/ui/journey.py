"""A user's way through the real wizard, widget by widget: for the tour, and for whoever measures the window.

Drives widgets as a user would and waits for their signals; knows no shortcut past a page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEventLoop, Qt, QTimer, SignalInstance
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWizard

from app.language import tr
from app.ledger.contacts import Show
from app.providers.known import provider_named
from app.ui.pages.check_contacts import CheckContactsPage
from app.ui.pages.choose_file import ChooseFilePage
from app.ui.pages.map_columns import MapColumnsPage
from app.ui.pages.page import DraftPage
from app.ui.pages.report import ReportPage
from app.ui.pages.upload import UploadPage
from app.ui.widgets.contact_filters import FILTERS
from app.ui.wizard import FerryWizard, Step

PATIENCE = 60.0  # seconds for any one step

PageT = TypeVar("PageT", bound=DraftPage)


class TourStuck(Exception):
    """A page did not get as far as a user needs it to."""


class Journey:
    """A user's way through the six pages, step by step; `picture` is called at each state worth one."""

    def __init__(self, wizard: FerryWizard, sample: Path, provider: str) -> None:
        self.wizard = wizard
        self.provider = provider
        self._sample = sample
        self._crashes: list[str] = []
        wizard.crashed.connect(self._crashes.append)

    def picture(self, name: str) -> None:
        """Something worth a picture is shown."""

    @property
    def check_page(self) -> CheckContactsPage:
        return page_as(CheckContactsPage, self.wizard.page_of(Step.CHECK_CONTACTS))

    @property
    def upload_page(self) -> UploadPage:
        return page_as(UploadPage, self.wizard.page_of(Step.UPLOAD))

    def choose_file(self) -> None:
        """Drop the file and go on when it is read."""
        page = page_as(ChooseFilePage, self.wizard.page_of(Step.CHOOSE_FILE))
        page.drop_area.dropped.emit(self._sample)
        self.wait(page, page.complete_changed, page.isComplete)
        self.picture("01-choose-file")
        self.press(QWizard.WizardButton.NextButton, Step.MAP_COLUMNS)

    def choose_columns(self) -> None:
        """Choose the provider by keyboard and take the columns as they were matched."""
        page = page_as(MapColumnsPage, self.wizard.page_of(Step.MAP_COLUMNS))
        chosen = provider_named(self.provider)
        if chosen is not None and page.draft.provider_name != self.provider:
            page.provider.setFocus()
            QTest.keyClicks(page.provider, chosen.title)
        if page.draft.provider_name != self.provider:
            raise TourStuck(tr("The provider can't be chosen."))
        self.picture("02-map-columns")
        self.press(QWizard.WizardButton.NextButton, Step.CHOOSE_PROVIDER)

    def choose_provider(self) -> None:
        """Stay with the practice account."""
        page = self.wizard.page_of(Step.CHOOSE_PROVIDER)
        if not page.draft.destination.practice:
            raise TourStuck(tr("A new import does not begin with the practice account."))
        self.picture("03-choose-provider")
        self.press(QWizard.WizardButton.NextButton, Step.CHECK_CONTACTS)

    def check_contacts(self) -> None:
        """Wait until all are checked."""
        self.wait(self.check_page, self.check_page.complete_changed, self.check_page.isComplete)
        self.picture("04-check-contacts")

    def show_only(self, show: Show, picture: str = "") -> None:
        """Choose a filter, if it shows anybody."""
        page = self.check_page
        chip = page.filters.chips.chip([one for one, _ in FILTERS].index(show))
        if chip.isEnabled():
            chip.click()
            self.wait(page, page.filtered, lambda: not page.filtering.running)
            if picture:
                self.picture(picture)

    def search(self, text: str, picture: str = "") -> None:
        """Look for a text."""
        page = self.check_page
        page.filters.search.setText(text)
        QTest.keyClick(page.filters.search, Qt.Key.Key_Return)
        self.wait(page, page.filtered, lambda: not page.filtering.running)
        if picture:
            self.picture(picture)

    def upload(self) -> None:
        """Send them and go on to the report."""
        self.press(QWizard.WizardButton.CommitButton, Step.UPLOAD)
        self.watch_upload()

    def watch_upload(self) -> None:
        """Wait until they are sent."""
        page = self.upload_page
        if page.is_busy:
            self.wait(page, page.shown, lambda: page.far.bar.value() > 0)
            self.picture("05a-uploading")
        self.wait(page, page.complete_changed, page.isComplete)
        self.picture("05-upload")
        self.press(QWizard.WizardButton.NextButton, Step.REPORT)

    def report(self) -> ReportPage:
        """Wait for the report."""
        page = page_as(ReportPage, self.wizard.page_of(Step.REPORT))
        self.wait(page, page.ready, lambda: page.totals is not None)
        self.picture("06-report")
        return page

    def press(self, which: QWizard.WizardButton, then: Step) -> None:
        button = self.wizard.button(which)
        if not (button.isVisible() and button.isEnabled()):
            problem = self.wizard.page_of(Step(self.wizard.currentId())).problem_box.accessibleName()
            raise TourStuck(
                tr(
                    "“{button}” can't be pressed before {step}. {problem}",
                    button=button.text(),
                    step=then.name,
                    problem=problem,
                )
            )
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        if self.wizard.currentId() != then:
            raise TourStuck(tr("“{button}” did not lead on.", button=button.text()))

    def wait(self, page: DraftPage, signal: SignalInstance, ready: Callable[[], bool]) -> None:
        """Wait until `ready()`, looking whenever `signal` comes or the page shows a Problem."""

        def settled() -> bool:
            return page.problem_box.isVisible() or bool(self._crashes) or ready()

        if not wait_for((signal, self.wizard.crashed), settled, PATIENCE):
            raise TourStuck(tr("“{page}” did not finish in time.", page=page.title()))
        if self._crashes:
            raise TourStuck(tr("“{page}” met a mistake in the program.", page=page.title()))
        if page.problem_box.isVisible():
            said = f"{page.problem_box.accessibleName()} {page.problem_box.accessibleDescription()}"
            raise TourStuck(said)


def wait_for(signals: Sequence[SignalInstance], ready: Callable[[], bool], seconds: float) -> bool:
    """Let the window live until `ready()`, looking at once and whenever a signal comes; False if too late."""
    if ready():
        return True
    loop = QEventLoop()
    timer = QTimer(singleShot=True)
    timer.timeout.connect(lambda: loop.exit(1))

    def look() -> None:
        if ready():
            loop.exit(0)

    def look_soon(*_: object) -> None:
        QTimer.singleShot(0, look)  # what else the page does at this signal is then done

    connections = [(signal, signal.connect(look_soon)) for signal in signals]
    timer.start(round(seconds * 1000))
    in_time = loop.exec() == 0
    timer.stop()
    for signal, connection in connections:
        signal.disconnect(connection)
    return in_time


def page_as(kind: type[PageT], page: DraftPage) -> PageT:
    """`page`, which is one of that kind. Raises TypeError."""
    if not isinstance(page, kind):
        raise TypeError(f"expected a {kind.__name__}")
    return page
