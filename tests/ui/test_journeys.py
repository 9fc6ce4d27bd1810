"""What people come for, from the first page to the last: one story each, through the real window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWizard
from pytestqt.qtbot import QtBot

from app.flow.draft import new_draft
from app.flow.parts import Parts
from app.practice.faults import Meddle
from app.practice.server import PracticeServer
from app.report import Which
from app.ui.application import build_wizard
from app.ui.journey import Journey
from app.ui.pages.choose_file import ChooseFilePage
from app.ui.tour.doors import Doors
from app.ui.tour.line import TourLine
from app.ui.widgets.check_side import FIRST_FEW
from app.ui.wizard import FerryWizard, Step

HEADER = "Vorname;E-Mail;Handy\n"
GOOD = "".join(f"Anna{n};anna{n}@example.com;+49 1512 346{n:04}\n" for n in range(20))
FAULTY = "Nobody;;\n"
CLICKS_AT_MOST = 9

Open = Callable[[Parts, str], Journey]


@dataclass
class Clicks(QObject):
    """Counts what a person would press."""

    def __post_init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.MouseButtonRelease and watched.isWidgetType():
            self.count += 1
        return False


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[Open]:
    made: list[FerryWizard] = []

    def window(parts: Parts, text: str) -> Journey:
        path = tmp_path / "list.csv"
        path.write_text(text, encoding="utf-8")
        wizard = build_wizard(new_draft("smsend", "DE"), parts)
        made.append(wizard)
        qtbot.addWidget(wizard)
        wizard.show()
        return Journey(wizard, path, "smsend")

    yield window
    for wizard in made:
        wizard.tidy_up()


def before_sending(journey: Journey) -> Journey:
    journey.choose_file()
    journey.choose_columns()
    journey.choose_provider()
    journey.check_contacts()
    return journey


def emails(server: PracticeServer, room: str = "smsend") -> list[str]:
    return sorted(str(one["email"]) for one in server.rooms[room].contacts())


def test_a_first_upload_takes_nine_clicks_at_most(
    opened: Open, parts: Parts, practice_server: PracticeServer, qapp: QApplication
) -> None:
    clicks = Clicks()
    journey = opened(parts, HEADER + GOOD)
    qapp.installEventFilter(clicks)
    before_sending(journey)
    journey.upload()
    qapp.removeEventFilter(clicks)
    ticks = len(journey.check_page.side.ticks.ticks)  # a real account wants them ticked
    dropped = 1
    assert clicks.count >= 5
    assert dropped + clicks.count + ticks <= CLICKS_AT_MOST
    report = journey.report()
    assert report.totals is not None
    assert report.totals.all_arrived
    assert len(emails(practice_server)) == 20


def test_what_stayed_behind_is_mended_and_sent_after(
    opened: Open, parts: Parts, practice_server: PracticeServer, tmp_path: Path
) -> None:
    journey = before_sending(opened(parts, HEADER + GOOD + FAULTY))
    journey.upload()
    report = journey.report()
    rest = tmp_path / "rest.xlsx"
    report.save(rest, Which.TO_MEND)
    journey.wait(report, report.ready, lambda: report.saved_path is not None)
    mend(rest, "E-Mail", "nobody@example.com")
    report.again.click()
    again = Journey(journey.wizard, rest, "smsend")
    before_sending(again).upload()
    totals = again.report().totals
    assert totals is not None
    assert (totals.to_send, totals.all_arrived) == (1, True)
    assert len(emails(practice_server)) == 21
    assert "nobody@example.com" in emails(practice_server)


def test_an_upload_that_was_stopped_goes_on_another_day(
    opened: Open, parts: Parts, practice_server: PracticeServer, qtbot: QtBot
) -> None:
    journey = before_sending(opened(parts, HEADER + GOOD))
    journey.check_page.side.first_few.click()
    journey.press(QWizard.WizardButton.CommitButton, Step.UPLOAD)
    page = journey.upload_page
    qtbot.waitUntil(lambda: not page.is_busy)
    sent = len(emails(practice_server))
    assert 0 < sent < 20
    journey.wizard.tidy_up()
    journey.wizard.hide()

    later = opened(parts, HEADER)
    start = later.wizard.page_of(Step.CHOOSE_FILE)
    assert isinstance(start, ChooseFilePage)
    qtbot.waitUntil(lambda: bool(start.start_view.unfinished.cards))
    with qtbot.waitSignal(start.resumed):
        start.start_view.unfinished.cards[0].go_on.click()
    assert later.wizard.currentId() == Step.UPLOAD
    later.watch_upload()
    totals = later.report().totals
    assert totals is not None
    assert totals.all_arrived
    assert len(emails(practice_server)) == 20


def test_one_list_goes_to_two_providers(
    opened: Open, parts: Parts, practice_server: PracticeServer, qtbot: QtBot
) -> None:
    journey = before_sending(opened(parts, HEADER + GOOD))
    journey.upload()
    report = journey.report()
    with qtbot.waitSignal(report.elsewhere_wanted):
        report.elsewhere.click()
    assert journey.wizard.currentId() == Step.MAP_COLUMNS
    second = Journey(journey.wizard, Path(), "octopush")
    second.choose_columns()
    second.choose_provider()
    second.check_contacts()
    second.upload()
    totals = second.report().totals
    assert totals is not None
    assert totals.all_arrived
    assert len(emails(practice_server)) == 20
    assert len(practice_server.rooms["octopush"].contacts()) == 20


def test_a_wrong_key_is_mended_on_the_spot_and_the_first_few_still_come_first(
    opened: Open, parts: Parts, practice_server: PracticeServer, qtbot: QtBot
) -> None:
    keys = Doors(replace(parts))
    journey = before_sending(opened(keys.parts, HEADER + GOOD))
    journey.check_page.side.first_few.click()
    keys.wrong = True
    journey.press(QWizard.WizardButton.CommitButton, Step.UPLOAD)
    page = journey.upload_page
    qtbot.waitUntil(lambda: not page.is_busy)
    assert page.problem_box.isVisible()
    assert emails(practice_server) == []
    keys.wrong = False
    page.buttons.go_on.click()
    qtbot.waitUntil(lambda: not page.is_busy)
    assert len(emails(practice_server)) == FIRST_FEW, "the first few come first, whatever the key was"
    page.buttons.go_on.click()
    journey.watch_upload()
    assert len(emails(practice_server)) == 20


def test_an_upload_under_way_shows_what_was_counted_last(
    opened: Open, parts: Parts, practice_server: PracticeServer
) -> None:
    def meddle(fault: Meddle | None) -> None:
        practice_server.fault = fault

    line = TourLine(meddle)
    many = "".join(f"Carl{n};carl{n}@example.com;+49 1512 347{n:04}\n" for n in range(60))
    journey = before_sending(opened(parts, HEADER + many))
    line.hold_after(0)
    journey.press(QWizard.WizardButton.CommitButton, Step.UPLOAD)
    page = journey.upload_page
    journey.wait(page, line.held, lambda: line.holds)
    assert page.is_busy
    assert page.buttons.pause.isVisible()
    assert journey.wizard.windowTitle().startswith("0%")
    line.let_go()
    journey.watch_upload()
    assert not journey.wizard.windowTitle().startswith("0%")


def mend(path: Path, header: str, value: str) -> None:
    """Fill the empty cells of a column, as one does in Excel."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    column = [cell.value for cell in sheet[1]].index(header) + 1
    for row in range(2, sheet.max_row + 1):
        if not sheet.cell(row, column).value:
            sheet.cell(row, column).value = value
    book.save(path)
