"""The preview counts so that it adds up, shows exactly what will be sent, and lets no one send nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QLineEdit, QPushButton, QWizard
from pytestqt.qtbot import QtBot

from app.contacts.duplicates import DuplicatePolicy
from app.contacts.mapping import ColumnMapping
from app.flow.account import ExistingCount
from app.flow.draft import Destination
from app.flow.remembered import remembered_recipes
from app.ledger.contacts import Show
from app.settings.accounts import Account, add_account, new_account_id
from app.ui.checking.existing_question import existing_words
from app.ui.models.contact_table import FIELDS_FROM, ROW, STATUS
from app.ui.pages.check_contacts import CheckContactsPage
from app.ui.pages.choose_file import ChooseFilePage
from app.ui.widgets.contact_filters import FILTERS
from app.ui.widgets.primary import is_primary
from app.ui.wizard import LEAST, USUAL, FerryWizard, Step
from tests.ui.import_scene import Scene, messy_draft, scene_with
from tests.ui.sheets import workbook

CARLA = "E-mail\ncarla@example.com\n"  # a list of those who must not be written to


@pytest.fixture
def scene(tmp_path: Path, qapp: object) -> Iterator[Scene]:  # noqa: ARG001 - labels need an application
    with scene_with(messy_draft(tmp_path), tmp_path) as made:
        yield made


@pytest.fixture
def page(scene: Scene, qtbot: QtBot) -> Iterator[CheckContactsPage]:
    made = CheckContactsPage(scene.session)
    qtbot.addWidget(made)
    yield made
    made.leave()


def checked(page: CheckContactsPage, qtbot: QtBot) -> None:
    page.enter()
    qtbot.waitUntil(lambda: page.sum_line.isVisibleTo(page))


def lines(page: CheckContactsPage) -> list[str]:
    model = page.table.model()
    return [str(model.index(line, ROW).data()) for line in range(model.rowCount())]


def choose(page: CheckContactsPage, qtbot: QtBot, show: Show) -> None:
    number = [one for one, _ in FILTERS].index(show)
    with qtbot.waitSignal(page.filtered):
        page.filters.chips.chip(number).click()


def read_never(page: CheckContactsPage, folder: Path, text: str) -> None:
    """Begin to read a do-not-contact list."""
    path = folder / "never.csv"
    path.write_text(text, encoding="utf-8")
    page.excluding.read(path)


def test_the_totals_are_shown_as_a_sum(page: CheckContactsPage, qtbot: QtBot) -> None:
    checked(page, qtbot)
    said = page.sum_line.accessibleName()
    assert [int(word) for word in said.replace("=", "+").split() if word.isdigit()] == [6, 1, 1, 1, 3]


def test_the_button_says_how_many_will_be_uploaded(page: CheckContactsPage, qtbot: QtBot) -> None:
    checked(page, qtbot)
    assert page.isCommitPage()
    assert page.isComplete()
    assert page.buttonText(QWizard.WizardButton.CommitButton) == "Upload 3 contacts"


def test_every_row_that_is_not_blank_is_in_the_table(page: CheckContactsPage, qtbot: QtBot) -> None:
    checked(page, qtbot)
    assert lines(page) == ["2", "3", "4", "5", "7"]


@pytest.mark.parametrize(
    ("show", "rows"),
    [(Show.TO_SEND, ["2", "3", "7"]), (Show.LEFT_OUT, ["5"]), (Show.DUPLICATES, ["4"])],
)
def test_a_filter_shows_as_many_rows_as_its_count_says(
    page: CheckContactsPage, qtbot: QtBot, show: Show, rows: list[str]
) -> None:
    checked(page, qtbot)
    number = [one for one, _ in FILTERS].index(show)
    choose(page, qtbot, show)
    assert lines(page) == rows
    assert page.filters.chips.chip(number).text().endswith(f" {len(rows)}")


def test_a_kind_of_finding_narrows_the_filter(page: CheckContactsPage, qtbot: QtBot) -> None:
    checked(page, qtbot)
    texts = [page.filters.kinds.itemText(number) for number in range(page.filters.kinds.count())]
    number = next(place for place, text in enumerate(texts) if place and text.endswith("  1"))
    with qtbot.waitSignal(page.filtered):
        page.filters.kinds.setCurrentIndex(number)
        page.filters.kinds.activated.emit(number)
    assert len(lines(page)) == 1


def test_the_request_of_the_chosen_contact_is_shown_exactly(page: CheckContactsPage, qtbot: QtBot) -> None:
    checked(page, qtbot)
    page.table.selectRow(1)
    first, _, body = page.side.request_view.text.partition("\n")
    step = page.draft.provider.steps(page.draft.options)[0]
    assert first == "POST contact"
    said = json.loads(body)
    assert said["contacts"] == [{"email": "bob@example.com", "name": "Bob"}]
    assert said["updateExistingContact"] is True
    assert step.key == "add"


def test_a_contact_that_stays_behind_shows_why(page: CheckContactsPage, qtbot: QtBot) -> None:
    checked(page, qtbot)
    choose(page, qtbot, Show.LEFT_OUT)
    assert "POST" not in page.side.request_view.text
    assert "nobody at example" in page.side.request_view.text


def test_what_is_missing_is_named_and_shown_with_the_keys_at_its_cell(tmp_path: Path, qtbot: QtBot) -> None:
    draft = messy_draft(tmp_path).with_provider("octopush")
    mapping = ColumnMapping().with_field("first_name", 2).with_field("phone_number", 1)
    with scene_with(draft.with_mapping(mapping), tmp_path) as scene:
        page = CheckContactsPage(scene.session)
        qtbot.addWidget(page)
        checked(page, qtbot)
        phone = page.draft.schema.field("phone_number")
        assert phone is not None
        missing = f"“{phone.label}” is missing"
        assert any(missing in said for said in page.side.receipt.sentences)
        assert any(missing in label.text() for label in page.side.findings.findChildren(QLabel))
        assert any(missing in page.filters.kinds.itemText(at) for at in range(page.filters.kinds.count()))
        page.show()
        page.activateWindow()
        with qtbot.waitSignal(page.filtered):
            said = [
                one
                for one in page.side.findings.findChildren(QPushButton)
                if missing in one.accessibleDescription()
            ]
            said[0].click()
        assert lines(page) == ["3", "4", "5"]
        assert page.table.currentIndex().column() == FIELDS_FROM + [
            one.field for one in page.draft.mapping.assignments
        ].index("phone_number")
        assert page.focusWidget() is page.table
        page.leave()


def test_a_small_window_shows_the_list_first_and_leads_to_the_tick(
    wizard: FerryWizard, tmp_path: Path, qtbot: QtBot
) -> None:
    start = wizard.page_of(Step.CHOOSE_FILE)
    assert isinstance(start, ChooseFilePage)
    start.read(workbook(tmp_path))
    qtbot.waitUntil(start.isComplete)
    wizard.resize(*LEAST)
    for _ in range(Step.CHECK_CONTACTS):
        wizard.next()
    page = wizard.page_of(Step.CHECK_CONTACTS)
    assert isinstance(page, CheckContactsPage)
    qtbot.waitUntil(page.table.hasFocus)
    assert not page.view.agree.isVisible(), "practice needs no tick"
    wizard.back()
    account = Account(new_account_id(), "smsend", "Shop")
    wizard.session.give(wizard.session.draft.with_destination(Destination(False, account.id)))
    wizard.next()
    qtbot.waitUntil(page.view.agree.isVisible)
    qtbot.waitUntil(page.table.hasFocus)
    view = page.view
    assert not view.filters.isVisible()
    assert not view.rules.isVisible()
    assert not page.table.horizontalHeader().visibleRegion().isEmpty()
    view.agree.click()
    (tick,) = page.side.ticks.ticks.values()
    qtbot.waitUntil(lambda: not tick.visibleRegion().isEmpty())
    assert tick.hasFocus()
    tick.click()
    assert not view.agree.isVisible()
    view.tools.header.click()
    assert view.filters.isVisible()
    view.rules.show_rules(DuplicatePolicy.KEEP_FIRST, 36)
    qtbot.waitUntil(lambda: view.tools.y() < view.rules.y() < view.filters.y())
    assert view.rules.policy.shown_words == view.rules.policy.currentText(), "not beside so long a button"
    choose(page, qtbot, Show.TO_SEND)
    wizard.resize(*USUAL)
    assert view.filters.isVisible()
    assert view.rules.isVisible()
    assert not view.tools.isVisible()


def test_arrows_move_through_the_contacts(page: CheckContactsPage, qtbot: QtBot) -> None:
    checked(page, qtbot)
    before = page.side.request_view.text
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    assert page.side.request_view.text != before


def test_the_receipt_says_where_they_go_and_what_happens_there(page: CheckContactsPage, qtbot: QtBot) -> None:
    checked(page, qtbot)
    heading, *consequences = page.side.receipt.sentences
    assert "3 contacts go to a practice account of smsend" in heading
    assert "A contact that is already there is updated with what your file says." in consequences


def test_what_can_not_be_undone_is_said(page: CheckContactsPage, qtbot: QtBot) -> None:
    options = page.draft.options.with_value("keepExistingGroupsAndCampaigns", False)
    page.give(page.draft.with_options(options))
    checked(page, qtbot)
    assert "People who are already there lose their groups and campaigns." in page.side.receipt.sentences


def test_nothing_to_send_can_not_be_sent_and_says_so(tmp_path: Path, qtbot: QtBot) -> None:
    draft = messy_draft(tmp_path, "E-mail;Phone;First name\nno mail;;Anna\n")
    with scene_with(draft, tmp_path) as scene:
        page = CheckContactsPage(scene.session)
        qtbot.addWidget(page)
        checked(page, qtbot)
        assert not page.isComplete()
        assert "There is nothing to upload" in page.side.receipt.sentences[0]
        page.leave()


def test_a_stopped_check_can_be_done_again(page: CheckContactsPage, qtbot: QtBot) -> None:
    page.enter()
    page.working.stop.click()
    qtbot.waitUntil(lambda: page.working.again.isVisibleTo(page))
    assert not page.isComplete()
    assert is_primary(page.working.again)
    assert [page.has_primary] == [True]
    page.working.again.click()
    assert [page.has_primary] == [False]
    qtbot.waitUntil(page.isComplete)


def test_what_is_checked_is_not_checked_again(page: CheckContactsPage, qtbot: QtBot) -> None:
    checked(page, qtbot)
    before = page.draft
    page.leave()
    checked(page, qtbot)
    assert page.draft is before


def test_a_ledger_that_is_gone_is_a_problem_in_place(page: CheckContactsPage, qtbot: QtBot) -> None:
    file = page.draft.file
    assert file is not None
    file.ledger.unlink()
    page.enter()
    qtbot.waitUntil(lambda: page.problem_box.isVisibleTo(page))
    assert not page.isComplete()


def test_typing_searches_in_cells_and_cleaned_values(page: CheckContactsPage, qtbot: QtBot) -> None:
    checked(page, qtbot)
    with qtbot.waitSignal(page.filtered):
        QTest.keyClicks(page.filters.search, "ANNA")
    assert lines(page) == ["2"]
    with qtbot.waitSignal(page.filtered):
        page.filters.search.setText("nobody at")
    assert lines(page) == ["5"]
    with qtbot.waitSignal(page.filtered):
        page.filters.search.clear()
    assert lines(page) == ["2", "3", "4", "5", "7"]


def test_a_search_that_finds_nobody_offers_the_way_back(page: CheckContactsPage, qtbot: QtBot) -> None:
    checked(page, qtbot)
    with qtbot.waitSignal(page.filtered):
        page.filters.search.setText("nobody is called this")
    assert page.view.all_again.isVisibleTo(page)
    with qtbot.waitSignal(page.filtered):
        page.view.all_again.click()
    assert lines(page) == ["2", "3", "4", "5", "7"]
    assert page.filters.search.text() == ""


def test_return_in_the_search_box_searches_and_uploads_nobody(page: CheckContactsPage, qtbot: QtBot) -> None:
    checked(page, qtbot)
    page.filters.search.setText("anna")
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    with qtbot.waitSignal(page.filtered):
        QApplication.sendEvent(page.filters.search, event)
    assert event.isAccepted(), "the wizard would take it for its default button's"
    assert lines(page) == ["2"]


def test_return_in_the_table_edits_and_uploads_nobody(page: CheckContactsPage, qtbot: QtBot) -> None:
    checked(page, qtbot)
    page.show()
    page.table.setCurrentIndex(cell(page, 0, FIELDS_FROM))
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(page.table, event)
    assert event.isAccepted()
    assert page.table.state() is QAbstractItemView.State.EditingState
    editors = [one for one in page.table.viewport().children() if isinstance(one, QLineEdit)]
    column = page.table.model().headerData(FIELDS_FROM, Qt.Orientation.Horizontal)
    assert [one.accessibleName() for one in editors] == [column]


def test_practice_needs_no_tick_and_says_so(page: CheckContactsPage, qtbot: QtBot) -> None:
    checked(page, qtbot)
    assert list(page.side.ticks.ticks) == ["may_write"]
    assert page.isComplete()
    assert page.validatePage()
    assert page.session.agreement is not None
    assert not page.session.agreement.may_write


def test_a_real_account_needs_every_tick_and_keeps_what_was_agreed(
    page: CheckContactsPage, qtbot: QtBot
) -> None:
    account = Account(new_account_id(), "smsend", "Shop Berlin")
    add_account(page.session.parts.folders, account)
    page.give(page.draft.with_destination(Destination(False, account.id)))
    checked(page, qtbot)
    assert "account “Shop Berlin”" in page.side.receipt.sentences[0]
    assert not page.isComplete()
    assert not page.validatePage()
    with qtbot.waitSignal(page.complete_changed):
        page.side.ticks.ticks["may_write"].click()
    assert page.isComplete()
    assert page.validatePage()
    assert page.session.agreement is not None
    assert page.session.agreement.may_write
    assert page.session.agreement.told[0] == page.side.receipt.sentences[0]


def test_the_ticks_stay_for_the_same_questions_and_go_with_others(
    page: CheckContactsPage, qtbot: QtBot
) -> None:
    checked(page, qtbot)
    page.side.ticks.ticks["may_write"].click()
    page.leave()
    checked(page, qtbot)
    assert page.side.ticks.agreed == {"may_write"}
    page.leave()
    page.give(page.draft.with_options(page.draft.options.with_value("updateExistingContact", False)))
    checked(page, qtbot)
    assert not page.side.ticks.agreed


def test_the_window_does_not_wait_for_what_is_still_at_the_ledger_but_the_check_does(
    page: CheckContactsPage, qtbot: QtBot
) -> None:
    asked, let_go = Event(), Event()

    def wait() -> None:
        asked.set()
        let_go.wait(20)

    page.session.leave_behind(wait)
    page.enter()
    qtbot.waitUntil(asked.is_set)
    assert page.draft.checked is None
    let_go.set()
    qtbot.waitUntil(lambda: page.sum_line.isVisibleTo(page))


def test_going_back_leaves_the_check_behind_for_whoever_comes_next(
    page: CheckContactsPage, qtbot: QtBot
) -> None:
    page.enter()
    page.cleanupPage()
    assert page.draft.checked is None
    checked(page, qtbot)
    assert page.isComplete() or page.side.ticks.ticks


def test_a_click_on_the_words_ticks(page: CheckContactsPage, qtbot: QtBot) -> None:
    checked(page, qtbot)
    check = page.side.ticks.ticks["may_write"]
    words = next(one for one in page.side.ticks.findChildren(QLabel) if one.text() == check.accessibleName())
    QTest.mouseClick(words, Qt.MouseButton.LeftButton)
    assert check.isChecked()


def test_a_chosen_contact_is_shown_as_it_will_be_sent(page: CheckContactsPage, qtbot: QtBot) -> None:
    checked(page, qtbot)
    assert page.side.tabs.currentWidget() is page.side.receipt
    page.table.clicked.emit(page.table.model().index(0, 0))
    assert page.side.tabs.currentWidget() is page.side.request_view


def test_who_exists_is_asked_only_where_the_account_can_tell(page: CheckContactsPage, qtbot: QtBot) -> None:
    checked(page, qtbot)
    assert not page.side.receipt.count.isVisibleTo(page.side.receipt)


def test_the_account_says_how_many_exist(tmp_path: Path, qtbot: QtBot) -> None:
    draft = messy_draft(tmp_path).with_provider("emarsys")
    with scene_with(draft, tmp_path) as scene:
        page = CheckContactsPage(scene.session)
        qtbot.addWidget(page)
        checked(page, qtbot)
        page.side.receipt.count.click()
        qtbot.waitUntil(page.side.receipt.count.isEnabled)
        assert page.side.receipt.counted.text() == "0 contacts exist already. 3 are new."
        page.leave()


def test_numbers_of_existing_contacts_are_said_in_words() -> None:
    assert existing_words(ExistingCount(3120, 1, 2)) == (
        "3,120 contacts exist already. 1 is new. For 2 it can't be told."
    )


def test_the_first_few_can_go_alone(tmp_path: Path, qtbot: QtBot) -> None:
    people = "".join(f"p{number}@example.com;;P{number}\n" for number in range(7))
    draft = messy_draft(tmp_path, f"E-mail;Phone;First name\n{people}")
    with scene_with(draft, tmp_path) as scene:
        page = CheckContactsPage(scene.session)
        qtbot.addWidget(page)
        checked(page, qtbot)
        button = QWizard.WizardButton.CommitButton
        page.side.first_few.click()
        assert page.buttonText(button) == "Upload the first 5 contacts", "as many as go when it is pressed"
        page.side.first_few.click()
        assert page.buttonText(button) == "Upload 7 contacts"
        page.side.first_few.click()
        assert page.validatePage()
        assert scene.session.first_few == 5


def test_a_handful_of_contacts_goes_at_once(page: CheckContactsPage, qtbot: QtBot) -> None:
    checked(page, qtbot)
    assert not page.side.first_few.isVisibleTo(page)
    assert page.side.wanted_first is None


def cell(page: CheckContactsPage, line: int, column: int) -> QModelIndex:
    return page.table.model().index(line, column)


def test_a_cell_is_edited_as_the_sheet_has_it_and_checked_again(
    page: CheckContactsPage, qtbot: QtBot
) -> None:
    checked(page, qtbot)
    column = FIELDS_FROM  # e-mail
    place = cell(page, 3, column)
    assert place.data(Qt.ItemDataRole.EditRole) == "nobody at example"
    with qtbot.waitSignal(page.corrected):
        page.table.model().setData(place, "nobody@example.com")
    assert cell(page, 3, STATUS).data() == "To send"
    assert page.buttonText(QWizard.WizardButton.CommitButton) == "Upload 4 contacts"
    assert page.draft.checked is not None
    assert page.draft.checked.to_send == 4
    assert page.filters.undo.isEnabled()
    with qtbot.waitSignal(page.corrected):
        page.filters.undo.click()
    assert cell(page, 3, STATUS).data() == "Left out"
    assert not page.filters.undo.isEnabled()
    assert page.draft.checked.to_send == 3


def test_an_edit_that_changes_nothing_is_none(page: CheckContactsPage, qtbot: QtBot) -> None:
    checked(page, qtbot)
    model = page.table.model()
    assert not model.setData(cell(page, 0, FIELDS_FROM), "Anna@Example.com")
    assert not cell(page, 0, STATUS).flags() & Qt.ItemFlag.ItemIsEditable
    assert cell(page, 0, FIELDS_FROM).flags() & Qt.ItemFlag.ItemIsEditable
    assert page.isComplete()


def test_edits_made_at_once_are_all_kept(page: CheckContactsPage, qtbot: QtBot) -> None:
    checked(page, qtbot)
    model = page.table.model()
    model.setData(cell(page, 3, FIELDS_FROM), "nobody@example.com")
    assert not page.isComplete(), "what is not checked again yet must not be sent"
    model.setData(cell(page, 1, FIELDS_FROM + 2), "Robert")
    qtbot.waitUntil(page.isComplete)
    assert cell(page, 1, FIELDS_FROM + 2).data() == "Robert"
    assert cell(page, 3, FIELDS_FROM).data() == "nobody@example.com"


def test_a_tick_holds_after_a_correction(page: CheckContactsPage, qtbot: QtBot) -> None:
    checked(page, qtbot)
    page.side.ticks.ticks["may_write"].click()
    with qtbot.waitSignal(page.corrected):
        page.table.model().setData(cell(page, 3, FIELDS_FROM), "nobody@example.com")
    assert page.side.ticks.agreed == {"may_write"}


def test_another_rule_for_duplicates_checks_again(page: CheckContactsPage, qtbot: QtBot) -> None:
    checked(page, qtbot)
    page.rules.policy_chosen.emit(DuplicatePolicy.KEEP_LAST)
    qtbot.waitUntil(page.isComplete)
    choose(page, qtbot, Show.DUPLICATES)
    assert lines(page) == ["3"]


def test_people_of_a_do_not_contact_list_are_left_out(
    page: CheckContactsPage, tmp_path: Path, qtbot: QtBot
) -> None:
    checked(page, qtbot)
    read_never(page, tmp_path, "E-mail\nCARLA@example.com\ncarla at example\n")
    qtbot.waitUntil(lambda: page.draft.exclusions is not None and page.isComplete())
    assert page.rules.list.text() == "Remove the do-not-contact list (1)"
    assert page.rules.list.toolTip().startswith("1 cell of the do-not-contact list was not understood")
    choose(page, qtbot, Show.LEFT_OUT)
    assert lines(page) == ["5", "7"]
    page.rules.list.click()
    qtbot.waitUntil(lambda: page.draft.exclusions is None and page.isComplete())
    choose(page, qtbot, Show.LEFT_OUT)
    assert lines(page) == ["5"]


def test_nothing_is_uploaded_while_a_do_not_contact_list_is_being_read(
    page: CheckContactsPage, tmp_path: Path, qtbot: QtBot
) -> None:
    checked(page, qtbot)
    with qtbot.waitSignal(page.complete_changed):
        read_never(page, tmp_path, CARLA)
    assert not page.isComplete()
    assert not page.validatePage()
    assert page.view.reading.isVisibleTo(page)
    assert not page.rules.isEnabled()
    with qtbot.waitSignals([page.excluding.found, page.complete_changed]):
        pass
    qtbot.waitUntil(page.isComplete)
    assert page.draft.checked is not None
    assert page.draft.checked.to_send == 2
    assert page.rules.isEnabled()
    assert not page.view.reading.isVisibleTo(page)


def test_a_list_that_nobody_waited_for_is_read_when_the_page_comes_back(
    page: CheckContactsPage, tmp_path: Path, qtbot: QtBot
) -> None:
    checked(page, qtbot)
    read_never(page, tmp_path, CARLA)
    page.leave()
    assert page.rules.isEnabled()
    assert page.draft.exclusions is None
    page.enter()
    assert not page.isComplete()
    qtbot.waitUntil(lambda: page.draft.exclusions is not None and page.isComplete())
    page.leave()
    page.enter()
    assert not page.excluding.running  # it is known by now


def test_reading_a_do_not_contact_list_can_be_stopped(
    page: CheckContactsPage, tmp_path: Path, qtbot: QtBot
) -> None:
    checked(page, qtbot)
    read_never(page, tmp_path, CARLA)
    page.view.reading.stop.click()
    qtbot.waitUntil(lambda: not page.excluding.running)
    qtbot.waitUntil(page.isComplete)
    assert page.rules.isEnabled()


def test_a_list_without_people_is_a_problem_and_changes_nothing(
    page: CheckContactsPage, tmp_path: Path, qtbot: QtBot
) -> None:
    checked(page, qtbot)
    read_never(page, tmp_path, "Colour\nblue\n")
    qtbot.waitUntil(lambda: page.problem_box.isVisibleTo(page))
    assert page.isComplete()
    assert page.rules.isEnabled()
    assert not page.working.isVisibleTo(page)


def test_what_was_decided_is_saved_as_a_recipe(page: CheckContactsPage, scene: Scene) -> None:
    page.rules.save.click()
    assert page.saving.dialog is not None
    page.saving.dialog.setTextValue("Newsletter")
    page.saving.dialog.accept()
    kept, _ = remembered_recipes(scene.session.parts.folders)
    assert [one.name for one in kept] == ["Newsletter"]
    assert "Newsletter" in page.rules.save.toolTip()
