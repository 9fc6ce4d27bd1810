"""Plays the real wizard on a list with a practice account, takes pictures, and checks what came of it.

Drives widgets as a user would and waits for their signals; knows no shortcut past a page.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import (
    QCoreApplication,
    QEventLoop,
    QMessageLogContext,
    Qt,
    QTimer,
    QtMsgType,
    SignalInstance,
    qInstallMessageHandler,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWizard

from app.flow.audit import Check, account_checks, report_check, totals_check
from app.flow.draft import new_draft
from app.flow.parts import Parts
from app.language import tr
from app.ledger.contacts import Show
from app.ledger.ledger import Ledger
from app.providers.known import provider_named
from app.ui.application import build_wizard, open_application
from app.ui.pages.check_contacts import CheckContactsPage
from app.ui.pages.choose_file import ChooseFilePage
from app.ui.pages.map_columns import MapColumnsPage
from app.ui.pages.page import DraftPage
from app.ui.pages.report import ReportPage
from app.ui.pages.upload import UploadPage
from app.ui.widgets.contact_filters import FILTERS
from app.ui.wizard import FerryWizard, Step

SIZE = (1280, 720)
PATIENCE = 60.0  # seconds for any one step
COUNTRY = "IT"  # of phone numbers without one, as in the sample
PLATFORM_SAYS = ("This plugin does not support", "QFontDatabase: Cannot find font directory")

PageT = TypeVar("PageT", bound=DraftPage)
RoomContacts = Callable[[str], Sequence[Mapping[str, object]]]
"""Provider name -> what its practice account holds now."""


class TourStuck(Exception):
    """A page did not get as far as a user needs it to."""


def play_tour(
    parts: Parts, sample: Path, screenshots: Path | None, provider_name: str, room_contacts: RoomContacts
) -> int:
    """Play it, print a line for each check, and return 0 if all hold, else 1.

    Pictures and the report go to `screenshots`, or to a new temporary folder.
    """
    folder = screenshots or Path(tempfile.mkdtemp(prefix="contact-ferry-tour-"))
    folder.mkdir(parents=True, exist_ok=True)
    if provider_named(provider_name) is None:
        print(tr("There is no provider called {name}.", name=provider_name))
        return 1
    heard = _Heard()
    open_application()
    wizard = build_wizard(new_draft("", COUNTRY), parts)
    wizard.crashed.connect(heard.lines.append)
    try:
        checks = _Tour(wizard, sample, folder, provider_name, room_contacts).play()
    except TourStuck as stuck:
        checks = [Check(str(stuck), holds=False)]
    finally:
        wizard.tidy_up()
        wizard.close()
        heard.end()
    checks.append(Check(tr("The window said nothing unexpected."), not heard.lines, "; ".join(heard.lines)))
    for check in checks:
        print(check)
    print(tr("Pictures and report: {folder}", folder=str(folder)))
    return 0 if all(check.holds for check in checks) else 1


class _Tour:
    def __init__(
        self, wizard: FerryWizard, sample: Path, folder: Path, provider: str, room: RoomContacts
    ) -> None:
        self._wizard = wizard
        self._sample = sample
        self._folder = folder
        self._provider = provider
        self._room = room
        self._crashes: list[str] = []
        wizard.crashed.connect(self._crashes.append)

    def play(self) -> list[Check]:
        """All six pages. Raises TourStuck."""
        before = len(self._room(self._provider))
        self._wizard.resize(*SIZE)
        self._wizard.show()
        self._choose_file()
        self._map_columns()
        self._choose_provider()
        self._check_contacts()
        self._upload()
        return self._report(before)

    def _choose_file(self) -> None:
        page = _as(ChooseFilePage, self._wizard.page_of(Step.CHOOSE_FILE))
        self._picture("01a-start")
        page.drop_area.dropped.emit(self._sample)
        self._wait_for(page, page.completeChanged, page.isComplete)
        self._picture("01-choose-file")
        self._press(QWizard.WizardButton.NextButton, Step.MAP_COLUMNS)

    def _map_columns(self) -> None:
        page = _as(MapColumnsPage, self._wizard.page_of(Step.MAP_COLUMNS))
        chosen = provider_named(self._provider)
        if chosen is not None and page.draft.provider_name != self._provider:
            page.provider.setFocus()
            QTest.keyClicks(page.provider, chosen.title)
        if page.draft.provider_name != self._provider:
            raise TourStuck(tr("The provider can't be chosen."))
        self._picture("02-map-columns")
        self._press(QWizard.WizardButton.NextButton, Step.CHOOSE_PROVIDER)

    def _choose_provider(self) -> None:
        page = self._wizard.page_of(Step.CHOOSE_PROVIDER)
        if not page.draft.destination.practice:
            raise TourStuck(tr("A new import does not begin with the practice account."))
        self._picture("03-choose-provider")
        self._press(QWizard.WizardButton.NextButton, Step.CHECK_CONTACTS)

    def _check_contacts(self) -> None:
        page = _as(CheckContactsPage, self._wizard.page_of(Step.CHECK_CONTACTS))
        self._wait_for(page, page.completeChanged, page.isComplete)
        self._picture("04-check-contacts")
        for number, (show, _) in enumerate(FILTERS):
            if show in (Show.LEFT_OUT, Show.ALL) and page.filters.chips.chip(number).isEnabled():
                page.filters.chips.chip(number).click()
                self._wait_for(page, page.filtered, lambda: not page.is_filtering)
                if show is Show.LEFT_OUT:
                    self._picture("04a-left-out")
        QTest.keyClick(page.table, Qt.Key.Key_Down)
        self._press(QWizard.WizardButton.CommitButton, Step.UPLOAD)

    def _upload(self) -> None:
        page = _as(UploadPage, self._wizard.page_of(Step.UPLOAD))
        if page.is_busy:
            self._wait_for(page, page.shown, lambda: page.bar.value() > 0)
            self._picture("05a-uploading")
        self._wait_for(page, page.completeChanged, page.isComplete)
        self._picture("05-upload")
        self._press(QWizard.WizardButton.NextButton, Step.REPORT)

    def _report(self, before: int) -> list[Check]:
        page = _as(ReportPage, self._wizard.page_of(Step.REPORT))
        self._wait_for(page, page.ready, lambda: page.totals is not None)
        self._picture("06-report")
        saved = self._folder / "report.xlsx"
        page.save(saved)
        self._wait_for(page, page.ready, lambda: page.saved_path is not None)
        self._picture("06a-saved")
        draft, totals = page.draft, page.totals
        if draft.file is None or totals is None:
            raise TourStuck(tr("There is nothing to report."))
        with Ledger.open(draft.file.ledger) as ledger:
            account = list(account_checks(draft, ledger, before, self._room(self._provider)))
        return [totals_check(totals), *account, report_check(saved, totals)]

    def _press(self, which: QWizard.WizardButton, then: Step) -> None:
        button = self._wizard.button(which)
        if not (button.isVisible() and button.isEnabled()):
            problem = self._wizard.page_of(Step(self._wizard.currentId())).problem_box.accessibleName()
            raise TourStuck(
                tr(
                    "“{button}” can't be pressed before {step}. {problem}",
                    button=button.text(),
                    step=then.name,
                    problem=problem,
                )
            )
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        if self._wizard.currentId() != then:
            raise TourStuck(tr("“{button}” did not lead on.", button=button.text()))

    def _wait_for(self, page: DraftPage, signal: SignalInstance, ready: Callable[[], bool]) -> None:
        """Wait until `ready()`, looking whenever `signal` comes or the page shows a Problem."""

        def settled() -> bool:
            return page.problem_box.isVisible() or bool(self._crashes) or ready()

        if not wait_for((signal, self._wizard.crashed), settled, PATIENCE):
            raise TourStuck(tr("“{page}” did not finish in time.", page=page.title()))
        if self._crashes:
            raise TourStuck(tr("“{page}” met a mistake in the program.", page=page.title()))
        if page.problem_box.isVisible():
            said = f"{page.problem_box.accessibleName()} {page.problem_box.accessibleDescription()}"
            raise TourStuck(said)

    def _picture(self, name: str) -> None:
        QCoreApplication.processEvents()  # what was shown just now gets its place
        self._wizard.grab().save(str(self._folder / f"{name}.png"))


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


def _as(kind: type[PageT], page: DraftPage) -> PageT:
    if not isinstance(page, kind):
        raise TypeError(f"expected a {kind.__name__}")
    return page


class _Heard:
    """What Qt complained about since this was made."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._before = qInstallMessageHandler(self._hear)

    def end(self) -> None:
        qInstallMessageHandler(self._before)

    def _hear(self, kind: QtMsgType, _: QMessageLogContext, words: str) -> None:
        if kind != QtMsgType.QtDebugMsg and not words.startswith(PLATFORM_SAYS):
            self.lines.append(words)
