"""Plays the real wizard on a list with a practice account, takes pictures, and checks what came of it.

The way is ui/journey's; this adds pictures of every state, a wrong key, and a look into the account.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMessageLogContext, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget, QWizard

from app.flow.audit import Check, account_checks, report_check, totals_check
from app.flow.draft import new_draft
from app.flow.parts import Parts
from app.language import tr
from app.ledger.contacts import Show
from app.ledger.ledger import Ledger
from app.practice.faults import Meddle
from app.providers.known import provider_named
from app.settings.folders import Folders, make_private
from app.ui.application import build_wizard
from app.ui.journey import PATIENCE, Journey, TourStuck, wait_for
from app.ui.tour.checks import TourChecks
from app.ui.tour.choices import TourChoices
from app.ui.tour.doors import Doors
from app.ui.tour.endings import TourEndings
from app.ui.tour.kept import TourKept
from app.ui.tour.line import TourLine
from app.ui.tour.lists import TourLists
from app.ui.tour.looks import AS_IT_IS, TourLook, take_on
from app.ui.tour.states import TourStates
from app.ui.tour.way import of_screen
from app.ui.tour.workbooks import TourWorkbooks
from app.ui.wizard import FerryWizard, Step

COUNTRY = "IT"  # of phone numbers without one, as in the sample
PLATFORM_SAYS = ("This plugin does not support", "QFontDatabase: Cannot find font directory")

LAYOUT_ROUNDS = 5  # of the event loop, until a picture shows what a person would see
LOOKS = 60  # at most, until two are the same; an upload under way never lies still

RoomContacts = Callable[[str], Sequence[Mapping[str, object]]]
"""Provider name -> what its practice account holds now."""

Meddler = Callable[[Meddle | None], None]
"""Takes what should go wrong with the requests that follow, or None for nothing."""


def play_tour(
    parts: Parts,
    sample: Path,
    screenshots: Path | None,
    provider_name: str,
    room_contacts: RoomContacts,
    look: TourLook = AS_IT_IS,
    meddler: Meddler | None = None,
) -> int:
    """Play it, print a line for each check, and return 0 if all hold, else 1.

    Pictures and the report go to `screenshots`, or to a new temporary folder. With a `meddler` the upload is
    also seen under way, paused and stopped.
    """
    folder = screenshots or Path(tempfile.mkdtemp(prefix="contact-ferry-tour-"))
    folder.mkdir(parents=True, exist_ok=True)
    if provider_named(provider_name) is None:
        print(tr("There is no provider called {name}.", name=provider_name))
        return 1
    heard = _Heard()
    take_on(look)
    # A tour is nothing to remember in the history, and what somebody left unfinished is nothing to tour.
    own = Folders(folder / "settings", folder / "imports", parts.folders.logs)
    make_private(own.imports)
    doors = Doors(replace(parts, folders=own))
    wizard = build_wizard(new_draft("", COUNTRY), doors.parts)
    wizard.crashed.connect(heard.lines.append)
    try:
        checks = Tour(wizard, sample, folder, provider_name, room_contacts, doors, TourLine(meddler)).play()
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


class Tour(Journey):
    """The journey with a picture of every page and state, and checks of what came of it."""

    def __init__(
        self,
        wizard: FerryWizard,
        sample: Path,
        folder: Path,
        provider: str,
        room: RoomContacts,
        doors: Doors,
        line: TourLine,
    ) -> None:
        super().__init__(wizard, sample, provider)
        self._line = line
        self._folder = folder
        self._room = room
        self._doors = doors

    def play(self) -> list[Check]:
        """All six pages. Raises TourStuck."""
        before = len(self._room(self.provider))
        self.wizard.resize(of_screen(self.wizard))
        self.wizard.show()
        self.picture("01a-start")
        self.choose_file()
        self.choose_columns()
        self.choose_provider()
        self.check_contacts()
        self._look_at_contacts()
        self._upload()
        return self._report(before)

    def picture(self, name: str) -> None:
        self.shoot(self.wizard, name)

    def shoot(self, window: QWidget, name: str, still: bool = True) -> None:
        """Save a picture of the window as it lies still, or as it is."""
        seen = window.grab().toImage()
        for _ in range(LOOKS if still else 0):  # parts are made one by one while nothing else is to be done
            for _ in range(LAYOUT_ROUNDS):  # what was shown gets its place, and then what is around it
                QCoreApplication.processEvents()
            before, seen = seen, window.grab().toImage()
            if seen == before:
                break
        seen.save(str(self._folder / f"{name}.png"))

    def _look_at_contacts(self) -> None:
        page = self.check_page
        self.show_only(Show.LEFT_OUT, "04a-left-out")
        self.show_only(Show.ALL)
        self.search("nobody is called this", "04c-nothing-found")
        self.search("")
        QTest.mouseClick(
            page.table.viewport(),
            Qt.MouseButton.LeftButton,
            pos=page.table.visualRect(page.table.model().index(1, 0)).center(),
        )
        self.picture("04b-this-contact")
        page.side.show_receipt_tab()
        for tick in page.side.ticks.ticks.values():
            tick.click()
        page.side.first_few.click()
        self.picture("04d-agreed")

    def _upload(self) -> None:
        page = self.upload_page
        self._doors.wrong = True
        self.press(QWizard.WizardButton.CommitButton, Step.UPLOAD)
        if not wait_for((page.complete_changed,), lambda: not page.is_busy, PATIENCE):
            raise TourStuck(tr("“{page}” did not finish in time.", page=page.title()))
        if not page.problem_box.isVisible():
            raise TourStuck(tr("A wrong key was not noticed."))
        self.picture("05b-wrong-key")
        self._doors.wrong = False
        page.buttons.go_on.click()
        self._until_it_ends()
        self.picture("05c-first-few")
        self._look_at_sending()
        while page.buttons.go_on.isVisible():
            page.buttons.go_on.click()
            self._until_it_ends()
        self.watch_upload()

    def _look_at_sending(self) -> None:
        """Under way, paused, and stopped with a request out: as far as there is enough to send."""
        page = self.upload_page
        if self._go_on_and_hold():
            self.picture("05a-uploading")
            page.buttons.pause.click()
            self.picture("05d-pausing")
            self._line.let_go()
            self._until_it_ends()
        if page.buttons.go_on.isVisible():
            self.picture("05e-paused")
        if self._go_on_and_hold():
            page.buttons.stop.click()
            self._until_it_ends()
            self.picture("05f-stopped")
            while page.doubt_box.isVisible():
                page.doubt_box.there.click()  # it has taken them before it fell silent
                self.wait(page, page.shown, lambda: not page.is_settling)
        self._line.let_go()

    def _go_on_and_hold(self) -> bool:
        """Continue until a request is out and not answered; False if there is none to hold."""
        page, draft = self.upload_page, self.wizard.session.draft
        if not page.buttons.go_on.isVisible() or not self._line.can_hold:
            return False
        steps, end = draft.provider.steps(draft.options), self.wizard.session.end
        left = end.totals.not_sent if end else 0
        self._line.hold_after(1 if left > 2 * steps[0].batch_size else 0)
        page.buttons.go_on.click()
        settled = (self._line.held, page.shown, page.complete_changed)
        if not wait_for(settled, lambda: self._shows_the_hold() or not page.is_busy, PATIENCE):
            raise TourStuck(tr("“{page}” did not finish in time.", page=page.title()))
        return self._line.holds

    def _shows_the_hold(self) -> bool:
        """Whether a request is out, and the page says so."""
        return self._line.holds and self.upload_page.phase.text() != tr("Preparing")

    def _until_it_ends(self) -> None:
        page = self.upload_page
        self.wait(page, page.shown, lambda: not page.is_busy and not page.is_settling)

    def _report(self, before: int) -> list[Check]:
        page = self.report()
        saved = self._folder / "report.xlsx"
        page.save(saved)
        self.wait(page, page.ready, lambda: page.saved_path is not None)
        self.picture("06a-saved")
        page.show_history()
        if page.history_dialog is not None:
            self.shoot(page.history_dialog, "06b-history")
            page.history_dialog.close()
        draft, totals = page.draft, page.totals
        TourStates(self._doors.parts, self._sample, self.provider, self._folder, self.shoot).show(draft)
        if draft.file is None or totals is None:
            raise TourStuck(tr("There is nothing to report."))
        with Ledger.open(draft.file.ledger) as ledger:
            account = list(account_checks(draft, ledger, before, self._room(self.provider)))
        # After the account was looked at: these send somebody too.
        TourLists(self._doors.parts, self.provider, self.shoot).show()
        TourChoices(self._doors, self._line, self.provider, self._sample, self.shoot).show()
        TourChecks(self._doors.parts, self.provider, self.shoot).show()
        TourEndings(self._doors, self._line, self.provider, self.shoot).show()
        TourWorkbooks(self._doors.parts, self.provider, self.shoot).show()
        TourKept(self._doors.parts, self._line, self.provider, self._sample, self.shoot).show()
        return [totals_check(totals), *account, report_check(saved, totals)]


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
