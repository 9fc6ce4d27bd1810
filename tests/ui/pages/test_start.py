"""Tests what choose_file offers before a file is chosen: recent files, and uploads that were stopped."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.flow.draft import Destination, new_draft
from app.flow.import_notes import note_draft
from app.flow.parts import Parts
from app.flow.resuming import put_away
from app.flow.unfinished import UnfinishedImport, unfinished_imports
from app.ledger.ledger import Ledger
from app.ledger.lock import LedgerLock
from app.problems import FileProblem
from app.settings.accounts import Account, add_account, list_accounts
from app.settings.preferences import load_preferences
from app.ui.application import build_wizard
from app.ui.pages.choose_file import SAMPLE, ChooseFilePage
from app.ui.session import Session
from app.ui.wizard import FerryWizard, Step
from tests.ui.import_scene import checked_draft
from tests.ui.sheets import workbook

PATIENCE = 20.0  # seconds
PRACTICE, SHOP = Destination(), Destination(False, "0123456789abcdef")


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> Iterator[ChooseFilePage]:
    page = ChooseFilePage(session)
    qtbot.addWidget(page)
    page.enter()
    page.show()
    yield page
    page.leave()


def stop_an_upload(parts: Parts, to: Destination = PRACTICE) -> None:
    """Leave an import behind as if the program had ended while it was uploaded."""
    draft = replace(checked_draft(parts.folders.imports), destination=to)
    assert draft.file is not None
    with Ledger.open(draft.file.ledger) as ledger:
        note_draft(ledger, draft)


def read(qtbot: QtBot, page: ChooseFilePage, path: Path) -> None:
    page.read(path)
    qtbot.waitUntil(lambda: not page.working.isVisible())


def names(page: ChooseFilePage) -> list[str]:
    return [button.accessibleName() for button in page.start_view.recent.buttons]


def test_without_recent_files_there_is_no_list_of_them(page: ChooseFilePage) -> None:
    assert not page.start_view.recent.isVisible()


def test_a_file_that_was_read_is_offered_the_next_time(
    qtbot: QtBot, page: ChooseFilePage, parts: Parts, tmp_path: Path
) -> None:
    read(qtbot, page, workbook(tmp_path))
    kept, problem = load_preferences(parts.folders)
    assert problem is None
    again = ChooseFilePage(Session(page.draft.with_file(None), parts, kept))
    qtbot.addWidget(again)
    again.enter()
    assert names(again) == ["Open people.xlsx"]
    again.start_view.recent.buttons[0].click()
    qtbot.waitUntil(again.isComplete)
    assert again.file_box.name.text() == "people.xlsx"
    again.leave()


def test_the_sample_is_no_file_of_the_users(qtbot: QtBot, page: ChooseFilePage) -> None:
    read(qtbot, page, SAMPLE)
    assert page.session.preferences.recent_files == ()


def test_recent_files_can_be_forgotten(qtbot: QtBot, page: ChooseFilePage, tmp_path: Path) -> None:
    read(qtbot, page, workbook(tmp_path))
    page.session.give(page.draft.with_file(None))
    page.enter()
    assert page.start_view.recent.isVisible()
    page.start_view.recent.forget.click()
    assert not page.start_view.recent.isVisible()
    assert page.session.preferences.recent_files == ()


def test_a_recent_file_that_is_gone_is_named_and_dropped(
    qtbot: QtBot, page: ChooseFilePage, tmp_path: Path
) -> None:
    path = workbook(tmp_path)
    page.session.prefer(page.session.preferences.with_recent_file(path))
    page.enter()
    path.unlink()
    page.start_view.recent.buttons[0].click()
    qtbot.waitUntil(page.problem_box.isVisible)
    assert names(page) == []


def test_a_stopped_upload_is_offered_with_how_far_it_came(
    qtbot: QtBot, page: ChooseFilePage, parts: Parts
) -> None:
    stop_an_upload(parts)
    page.look_for_unfinished()
    qtbot.waitUntil(page.start_view.unfinished.isVisible)
    card = page.start_view.unfinished.cards[0]
    assert card.title.text() == "The upload of list.csv is not finished."
    assert "0 of 3 contacts are done" in card.words.text()


def test_a_stopped_upload_says_to_which_account_it_goes(
    qtbot: QtBot, page: ChooseFilePage, parts: Parts
) -> None:
    add_account(parts.folders, Account(SHOP.account, "smsend", "Shop in Bath"))
    stop_an_upload(parts, SHOP)
    page.look_for_unfinished()
    qtbot.waitUntil(page.start_view.unfinished.isVisible)
    card = page.start_view.unfinished.cards[0]
    assert card.words.text().startswith("smsend, account “Shop in Bath”: 0 of 3 contacts are done.")
    assert card.accessibleDescription() == card.words.text()


@pytest.mark.parametrize("content", [None, "{not whole"])
def test_an_account_that_is_not_known_is_left_to_be_told_where_one_is_chosen(
    content: str | None, qtbot: QtBot, page: ChooseFilePage, parts: Parts
) -> None:
    kept = parts.folders.settings / "accounts.json"
    if content is not None:
        kept.write_text(content, "utf-8")
    stop_an_upload(parts, SHOP)
    page.look_for_unfinished()
    qtbot.waitUntil(page.start_view.unfinished.isVisible)
    assert page.start_view.unfinished.cards[0].words.text().startswith("smsend: 0 of 3 contacts are done.")
    _, problem = list_accounts(parts.folders)
    assert (problem is None) == (content is None), "who is told of a broken file is told still"


def test_a_stopped_upload_can_be_given_up(qtbot: QtBot, page: ChooseFilePage, parts: Parts) -> None:
    stop_an_upload(parts)
    page.look_for_unfinished()
    qtbot.waitUntil(page.start_view.unfinished.isVisible)
    page.give_up(page.start_view.unfinished.cards[0].unfinished)
    qtbot.waitUntil(lambda: not page.start_view.unfinished.isVisible())
    assert not unfinished_imports(parts.folders.imports)
    assert not list(parts.folders.imports.glob("*.ledger"))


def test_continuing_goes_to_the_upload_at_once_and_ends_with_a_report(qtbot: QtBot, parts: Parts) -> None:
    stop_an_upload(parts)
    wizard = opened(qtbot, parts)
    page = wizard.page_of(Step.CHOOSE_FILE)
    assert isinstance(page, ChooseFilePage)
    qtbot.waitUntil(lambda: bool(page.start_view.unfinished.cards))
    page.start_view.unfinished.cards[0].go_on.click()
    qtbot.waitUntil(lambda: wizard.currentId() == Step.UPLOAD)
    qtbot.waitUntil(wizard.page_of(Step.UPLOAD).isComplete)
    assert wizard.session.end is not None
    assert wizard.session.end.totals.answered == 3
    wizard.next()
    assert wizard.currentId() == Step.REPORT
    wizard.accept()
    assert not list(parts.folders.imports.glob("*.ledger"))


def test_closing_keeps_an_upload_that_can_be_continued(qtbot: QtBot, parts: Parts) -> None:
    stop_an_upload(parts)
    draft = checked_draft(parts.folders.imports)
    assert draft.file is not None
    with Ledger.open(draft.file.ledger) as ledger:
        note_draft(ledger, draft)
    wizard = opened(qtbot, parts)
    wizard.session.give(draft)
    wizard.close()
    assert len(unfinished_imports(parts.folders.imports)) == 1


def test_starting_again_shows_the_first_page_without_a_file(
    qtbot: QtBot, parts: Parts, tmp_path: Path
) -> None:
    wizard, page = opened_with(workbook(tmp_path), qtbot, parts)
    wizard.next()
    wizard.start_again()
    assert wizard.currentId() == Step.CHOOSE_FILE
    assert page.start_view.isVisible()
    # It is erased beside the window, which does not wait.
    qtbot.waitUntil(lambda: not list(parts.folders.imports.glob("*.ledger")))


@pytest.mark.parametrize("ends", [None, FileProblem("Gone.", "Look."), RuntimeError("a mistake")], ids=str)
def test_nobody_looks_at_an_import_while_it_is_put_away(
    ends: Exception | None, qtbot: QtBot, parts: Parts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who looks holds it for a moment, and on Windows what is open can't be erased."""
    wizard, _ = opened_with(workbook(tmp_path), qtbot, parts)
    gone_on, told = threading.Event(), list[str]()

    def look(_: object) -> tuple[UnfinishedImport, ...]:
        told.append("looked")
        return ()

    def note(ledger: Path) -> bool:
        gone_on.wait(PATIENCE)
        told.append("put away")
        if ends is not None:
            raise ends
        return put_away(ledger)

    monkeypatch.setattr("app.ui.pages.choose_file.unfinished_in", look)
    monkeypatch.setattr("app.flow.resuming.put_away", note)
    wizard.send_elsewhere(wizard.session.draft.with_file(None))
    QApplication.processEvents()
    gone_on.set()
    qtbot.waitUntil(lambda: "looked" in told)
    assert told == ["put away", "looked"]


def opened_with(file: Path, qtbot: QtBot, parts: Parts) -> tuple[FerryWizard, ChooseFilePage]:
    wizard = opened(qtbot, parts)
    page = wizard.page_of(Step.CHOOSE_FILE)
    assert isinstance(page, ChooseFilePage)
    page.read(file)
    qtbot.waitUntil(page.isComplete)
    return wizard, page


def opened(qtbot: QtBot, parts: Parts) -> FerryWizard:
    wizard = build_wizard(new_draft("smsend", "GB"), parts)
    qtbot.addWidget(wizard)
    wizard.show()
    return wizard


def test_the_keyboard_goes_through_the_page_as_the_eye_does(
    qtbot: QtBot, page: ChooseFilePage, parts: Parts, tmp_path: Path
) -> None:
    stop_an_upload(parts)
    page.session.prefer(page.session.preferences.with_recent_file(workbook(tmp_path)))
    page.enter()
    view = page.start_view
    qtbot.waitUntil(lambda: "unfinished" in view.__dict__ and bool(view.unfinished.cards))
    card = view.unfinished.cards[0]
    way = [card.give_up, card.go_on, view.drop_area, view.sample, view.recent.buttons[0], view.recent.forget]
    walked: list[QWidget] = [card.give_up]
    while (following := walked[-1].nextInFocusChain()) not in (None, card.give_up):
        walked.append(following)
    assert [one for one in walked if one in way] == way


def test_why_an_upload_can_not_be_given_up_is_said_though_the_page_looks_again_meanwhile(
    qtbot: QtBot, page: ChooseFilePage, parts: Parts
) -> None:
    stop_an_upload(parts)
    page.look_for_unfinished()
    qtbot.waitUntil(page.start_view.unfinished.isVisible)
    unfinished = page.start_view.unfinished.cards[0].unfinished
    with LedgerLock(unfinished.ledger):  # as another window does that uploads it
        page.give_up(unfinished)
        page.look_for_unfinished()  # as when the import before this one is put away by now
        qtbot.waitUntil(page.problem_box.isVisible)


def test_looking_again_offers_nothing_that_is_being_given_up(
    qtbot: QtBot, page: ChooseFilePage, parts: Parts
) -> None:
    stop_an_upload(parts)
    page.look_for_unfinished()
    qtbot.waitUntil(page.start_view.unfinished.isVisible)
    page.give_up(page.start_view.unfinished.cards[0].unfinished)
    page.look_for_unfinished()
    qtbot.waitUntil(lambda: not page.start_view.unfinished.isVisible())
    page.part()()
    assert not list(parts.folders.imports.glob("*.ledger"))
