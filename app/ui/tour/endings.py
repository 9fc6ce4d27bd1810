"""Pictures of uploads that meet with trouble, of their reports, and of the questions before a window closes.

Sends a few people to the practice account and lets the line or the account go wrong; what is said is the
pages'.
"""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QWizard

from app.ledger.lock import LedgerLock
from app.practice.exchange import json_answer
from app.practice.faults import HangUp, Refuse
from app.providers.options import OptionKind
from app.ui.journey import page_as
from app.ui.pages.report import ReportPage
from app.ui.tour.doors import Doors
from app.ui.tour.line import TourLine
from app.ui.tour.way import Shoot, Way, written
from app.ui.wizard import Step

_HEADERS = ("E-mail", "Mobile", "First name")
_PEOPLE = tuple(
    (f"{name.lower()}@example.com", f"+44 7700 9002{n:02}", name)
    for n, name in enumerate(("Annabel", "Annalisa", "Annegret", "Anneliese", "Annunziata"), start=1)
)
_THEM = b"77009002"  # in every request that carries some of them
_ASKS_TO_WAIT = Refuse(json_answer(429, {"error": "Too many requests"}, {"Retry-After": "90"}))
_REFUSES = Refuse(json_answer(400, {"error": "The contact is not acceptable."}))
_LONG_WAIT = re.compile("[5-9][0-9]")  # seconds; before, it waits a moment because it found no connection
_BUTTON = QWizard.WizardButton


class TourEndings:
    """`show` goes through them with the practice account of one provider."""

    def __init__(self, doors: Doors, line: TourLine, provider: str, shoot: Shoot) -> None:
        self._doors, self._line, self._provider, self._shoot = doors, line, provider, shoot

    def show(self) -> None:
        """Take them all; nothing goes wrong without a way to meddle. Raises TourStuck."""
        if not self._line.can_hold:
            return
        with TemporaryDirectory() as name:
            file = written(Path(name) / "customers.csv", _HEADERS, _PEOPLE)
            for go in (self._cut_off, self._refused, self._in_doubt):
                with Way(self._doors.parts, self._provider, file, self._shoot) as way:
                    try:
                        go(way)
                    finally:
                        self._line.let_go()

    def _cut_off(self, way: Way) -> None:
        """No connection; another window at the same import; a provider that asks to wait; stopped."""
        page = way.upload_page
        with self._doors.shut():
            self._begin(way)
            way.see("15a-no-connection")
        file = page.draft.file
        if file is not None:
            with LedgerLock(file.ledger):
                page.buttons.go_on.click()
                way.until(lambda: not page.is_busy and not page.is_settling)
                way.see("15b-elsewhere")
        self._line.fail(_THEM, _ASKS_TO_WAIT)
        page.buttons.go_on.click()
        way.until(lambda: _LONG_WAIT.search(page.phase.text()) is not None)
        way.see("15c-asked-to-wait")
        way.asked("15d-close-while-uploading", way.wizard.button(_BUTTON.CancelButton).click)
        page.buttons.stop.click()
        way.until(lambda: not page.is_busy)
        way.see("15e-stopped-before")
        report = self._report(way)
        way.see("16a-not-finished")
        report.again.click()
        self._give_up(way)

    def _refused(self, way: Way) -> None:
        """Everybody, one by one; and leaving without the report."""
        self._line.fail(_THEM, _REFUSES)
        self._begin(way)
        way.see("15f-all-refused")
        report = self._report(way)
        self._line.let_go()
        way.see("16b-all-refused")
        way.asked("16c-not-saved", way.wizard.button(_BUTTON.FinishButton).click)
        way.asked("16d-again-not-saved", report.again.click)
        way.asked("16f-elsewhere-not-saved", report.elsewhere.click)
        self._forget(way, report)

    def _forget(self, way: Way, report: ReportPage) -> None:
        """All past imports."""
        report.show_history()
        dialog = report.history_dialog
        if dialog is None:
            raise LookupError("no dialog")
        way.see("16g-past-imports", dialog)
        way.asked("17i-forget-imports", dialog.erase.click, agree=True)
        dialog.close()

    def _in_doubt(self, way: Way) -> None:
        """Only where there is a way to send that must not be repeated."""
        way.choose_file()
        way.choose_columns()
        if not self._choose_unrepeatable(way):
            return
        page = way.upload_page
        way.choose_provider()
        self._line.fail(_THEM, HangUp(acted=True))
        self._send(way)
        way.until(page.doubt_box.isVisible)
        way.see("15g-in-doubt")
        page.doubt_box.missing.click()
        way.until(lambda: not page.is_settling)
        way.see("15h-not-there")
        page.buttons.go_on.click()
        way.until(lambda: not page.is_busy and page.doubt_box.isVisible())
        self._report(way)
        way.see("16e-unsure")
        page_as(ReportPage, way.wizard.page_of(Step.REPORT)).again.click()
        self._give_up(way)

    def _begin(self, way: Way) -> None:
        way.go_to_checking()
        self._send(way)

    def _send(self, way: Way) -> None:
        """Agree to all that is asked, and send them until it ends."""
        way.check_contacts()
        for tick in way.check_page.side.ticks.ticks.values():
            tick.click()
        way.press(_BUTTON.CommitButton, Step.UPLOAD)
        page = way.upload_page
        way.until(lambda: not page.is_busy and not page.is_settling)

    def _report(self, way: Way) -> ReportPage:
        way.press(_BUTTON.NextButton, Step.REPORT)
        page = page_as(ReportPage, way.wizard.page_of(Step.REPORT))
        way.until(lambda: page.totals is not None)
        return page

    def _give_up(self, way: Way) -> None:
        """What was stopped is offered on the first page; there it is given up."""
        view = way.start_page.start_view
        way.until(lambda: bool(view.unfinished.cards))
        unsure = view.unfinished.cards[0].unfinished.totals.unsure
        name = "07g-unsure" if unsure else "07e-stopped"
        way.see(name)  # the folder may be looked through once more meanwhile
        way.asked(f"{name}-given-up", view.unfinished.cards[0].give_up.click, agree=True)
        way.until(lambda: not view.unfinished.cards)

    def _choose_unrepeatable(self, way: Way) -> bool:
        draft = way.provider_page.draft
        provider = draft.provider
        for option in provider.options_that_matter(draft.options):
            if option.kind is OptionKind.SWITCH:
                other = draft.options.with_value(option.key, not draft.options[option.key])
                if not all(step.repeatable for step in provider.steps(other)):
                    way.provider_page.options.answered.emit(option.key, other[option.key])
                    return True
        return False
