"""Tests choose_provider against a real practice server: accounts, trying them, options and their faults."""

from __future__ import annotations

from threading import Event

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from app.contacts.mapping import ColumnMapping
from app.flow.draft import ReadFile, new_draft
from app.flow.matching import with_suggested_mapping
from app.flow.parts import Parts
from app.ledger.contacts import CheckedTotals
from app.practice.faults import HangUp, Silence
from app.practice.rooms import PRACTICE_SECRETS
from app.practice.server import PracticeServer
from app.problems import Problem
from app.providers.known import PROVIDERS
from app.providers.options import Place
from app.settings.accounts import list_accounts
from app.ui.pages.choose_provider import ChooseProviderPage
from app.ui.session import Session
from app.ui.widgets.account_box import PRACTICE
from app.ui.widgets.account_choices import AccountChoices
from app.ui.widgets.account_dialog import AccountDialog
from app.ui.widgets.option_rows import ChoiceRow, IntegerRow, SwitchRow, TextRow


@pytest.fixture
def page(qtbot: QtBot, parts: Parts, people: ReadFile) -> ChooseProviderPage:
    return opened("smsend", qtbot, parts, people)


def opened(provider: str, qtbot: QtBot, parts: Parts, people: ReadFile) -> ChooseProviderPage:
    session = Session(with_suggested_mapping(new_draft(provider, "GB").with_file(people)), parts)
    page = ChooseProviderPage(session)
    qtbot.addWidget(page)
    page.enter()
    page.show()
    return page


def dialog_of(page: ChooseProviderPage) -> AccountDialog:
    assert page.dialog is not None
    return page.dialog


def add_account(
    qtbot: QtBot, page: ChooseProviderPage, name: str, server: str, secrets: dict[str, str]
) -> None:
    page.accounts.add.click()
    dialog = dialog_of(page)
    dialog.name.setText(name)
    dialog.server.setEditText(server)
    for key, secret in secrets.items():
        dialog.secrets[key].setText(secret)
    with qtbot.waitSignal(dialog.accepted):
        dialog.save()


@pytest.mark.parametrize("provider", [one.name for one in PROVIDERS])
def test_the_practice_account_answers(provider: str, qtbot: QtBot, parts: Parts, people: ReadFile) -> None:
    page = opened(provider, qtbot, parts, people)
    page.accounts.try_it.click()
    assert not page.accounts.try_it.isEnabled()
    qtbot.waitUntil(page.accounts.try_it.isEnabled)
    assert page.accounts.result.text() == "The practice account answers."


def test_a_problem_makes_nothing_scroll_where_there_is_room(
    qtbot: QtBot, parts: Parts, people: ReadFile
) -> None:
    page = opened("emarsys", qtbot, parts, people)
    bar = page.findChildren(QScrollArea)[0].verticalScrollBar()
    page.show_problem(Problem("The provider can't be reached.", "Check your internet connection. " * 4))
    page.resize(1040, 660)
    for _ in range(5):
        QCoreApplication.processEvents()
    assert not bar.isVisible()
    page.resize(1040, 300)
    qtbot.waitUntil(bar.isVisible)


def test_practice_comes_first_and_is_chosen(page: ChooseProviderPage) -> None:
    assert page.accounts.account.values[0] == PRACTICE
    assert page.accounts.account.value == PRACTICE
    assert page.draft.destination.practice
    assert page.isComplete()


def test_an_added_account_is_stored_and_chosen(
    qtbot: QtBot, page: ChooseProviderPage, parts: Parts, practice_server: PracticeServer
) -> None:
    add_account(qtbot, page, "Our shop", practice_server.address, dict(PRACTICE_SECRETS["smsend"]))
    accounts, _ = list_accounts(parts.folders)
    assert [one.name for one in accounts] == ["Our shop"]
    destination = page.draft.destination
    assert (destination.practice, destination.account) == (False, accounts[0].id)
    assert destination.server == practice_server.address
    assert "until you close the program" in page.accounts.result.text()
    assert parts.credentials().read(accounts[0].id, "password") == PRACTICE_SECRETS["smsend"]["password"]


def test_a_stored_account_can_be_tried(
    qtbot: QtBot, page: ChooseProviderPage, practice_server: PracticeServer
) -> None:
    add_account(qtbot, page, "Our shop", practice_server.address, dict(PRACTICE_SECRETS["smsend"]))
    page.try_it()
    qtbot.waitUntil(page.accounts.try_it.isEnabled)
    assert page.accounts.result.text() == "The account works."


def test_a_wrong_key_is_a_problem_on_this_page(
    qtbot: QtBot, page: ChooseProviderPage, practice_server: PracticeServer
) -> None:
    add_account(qtbot, page, "Wrong", practice_server.address, {"username": "nobody", "password": "nothing"})
    page.try_it()
    qtbot.waitUntil(page.accounts.try_it.isEnabled)
    assert page.problem_box.isVisible()


def test_changing_an_account_keeps_the_keys_that_are_not_typed_again(
    qtbot: QtBot, page: ChooseProviderPage, parts: Parts, practice_server: PracticeServer
) -> None:
    add_account(qtbot, page, "Our shop", practice_server.address, dict(PRACTICE_SECRETS["smsend"]))
    page.accounts.change.click()
    dialog = dialog_of(page)
    dialog.name.setText("Our new shop")
    with qtbot.waitSignal(dialog.accepted):
        dialog.save()
    accounts, _ = list_accounts(parts.folders)
    assert [one.name for one in accounts] == ["Our new shop"]
    assert parts.credentials().read(accounts[0].id, "password") == PRACTICE_SECRETS["smsend"]["password"]


def test_removing_an_account_erases_its_keys_and_goes_back_to_practice(
    qtbot: QtBot, page: ChooseProviderPage, parts: Parts, practice_server: PracticeServer
) -> None:
    add_account(qtbot, page, "Our shop", practice_server.address, dict(PRACTICE_SECRETS["smsend"]))
    accounts, _ = list_accounts(parts.folders)
    page.remove_account(accounts[0])
    qtbot.waitUntil(lambda: page.draft.destination.practice)
    assert list_accounts(parts.folders) == ((), None)
    assert parts.credentials().read(accounts[0].id, "password") is None


def test_an_incomplete_account_is_not_stored(page: ChooseProviderPage, parts: Parts) -> None:
    page.accounts.add.click()
    dialog = dialog_of(page)
    dialog.save()
    assert dialog.problem_box.isVisible()
    assert list_accounts(parts.folders) == ((), None)
    dialog.reject()


def test_an_address_without_encryption_is_refused(page: ChooseProviderPage) -> None:
    page.accounts.add.click()
    dialog = dialog_of(page)
    dialog.server.setEditText("http://sms.example.com")
    for line in dialog.secrets.values():
        line.setText("something")
    dialog.save()
    assert dialog.problem_box.isVisible()
    dialog.reject()
    assert all(not line.text() for line in dialog.secrets.values())


def test_how_an_account_signs_in_decides_what_is_asked(qtbot: QtBot, parts: Parts, people: ReadFile) -> None:
    page = opened("emarsys", qtbot, parts, people)
    page.accounts.add.click()
    dialog = dialog_of(page)
    before = set(dialog.secrets)
    assert not dialog.token_server.isVisible()
    row = dialog.sign_in.rows["sign_in"]
    assert isinstance(row, ChoiceRow)
    row.buttons["oauth2"].click()
    assert set(dialog.secrets) != before
    assert dialog.token_server.isVisible()
    dialog.reject()


def test_a_switch_says_what_happens_as_it_stands(page: ChooseProviderPage) -> None:
    row = page.options.form(Place.EXISTING).rows["updateExistingContact"]
    assert isinstance(row, SwitchRow)
    before = row.consequence.text()
    row.check.click()
    assert page.draft.options.flag("updateExistingContact") is False
    assert row.consequence.text() != before
    assert "deleted" in row.consequence.text()


def test_a_fault_is_named_and_keeps_the_page_back(qtbot: QtBot, parts: Parts, people: ReadFile) -> None:
    page = opened("octopush", qtbot, parts, people)
    row = page.options.form(Place.DESTINATION).rows["list_name"]
    assert isinstance(row, TextRow)
    QTest.keyClicks(row.line, "x" * 31)
    assert row.fault.text() == "A name may have 30 characters at the most."
    assert row.count.text() == "31 of 30"
    assert not page.isComplete()
    row.line.setText("")
    QTest.keyClicks(row.line, "Shop")
    assert not row.fault.isVisible()
    assert page.isComplete()


def test_an_answer_brings_the_questions_that_follow_from_it(
    qtbot: QtBot, parts: Parts, people: ReadFile
) -> None:
    page = opened("emarsys", qtbot, parts, people)
    form = page.options.form(Place.DESTINATION)
    assert "list_id" not in form.rows
    action = form.rows["action"]
    assert isinstance(action, ChoiceRow)
    action.buttons["create_and_list"].click()
    number = form.rows["list_id"]
    assert isinstance(number, IntegerRow)
    assert not page.isComplete()
    number.line.clear()
    QTest.keyClicks(number.line, "42")
    assert page.draft.options.number("list_id") == 42
    assert page.isComplete()


def test_missing_fields_are_named_with_what_to_do(page: ChooseProviderPage) -> None:
    page.session.give(page.draft.with_mapping(ColumnMapping().with_field("firstName", 0)))
    page.enter()
    assert page.missing.isVisible()
    assert "Match columns" in page.missing.text()
    assert not page.isComplete()


def test_another_provider_matches_the_columns_anew(page: ChooseProviderPage) -> None:
    page.provider.pick("octopush")
    assert page.draft.provider_name == "octopush"
    assert not page.draft.missing_fields
    assert page.draft.destination.practice


def test_another_key_for_the_account_leaves_what_was_checked_true(
    qtbot: QtBot, page: ChooseProviderPage, practice_server: PracticeServer
) -> None:
    add_account(qtbot, page, "Our shop", practice_server.address, dict(PRACTICE_SECRETS["smsend"]))
    page.session.give(page.draft.with_checked(CheckedTotals(4, 0, 0, 0, 4, {})))
    page.change_account()
    dialog = dialog_of(page)
    row = dialog.sign_in.rows["sign_in"]
    assert isinstance(row, ChoiceRow)
    row.buttons["token"].click()
    with qtbot.waitSignal(dialog.accepted):
        dialog.save()
    assert page.draft.options.text("sign_in") == "token"
    assert page.draft.checked is not None


def test_an_account_can_be_mended_from_an_upload_that_was_taken_up_again(
    qtbot: QtBot, page: ChooseProviderPage, parts: Parts, practice_server: PracticeServer
) -> None:
    add_account(qtbot, page, "Our shop", practice_server.address, dict(PRACTICE_SECRETS["smsend"]))
    checked = page.draft.with_checked(CheckedTotals(4, 0, 0, 0, 4, {}))
    never_shown = ChooseProviderPage(Session(checked, parts))
    qtbot.addWidget(never_shown)
    never_shown.change_account()
    dialog = dialog_of(never_shown)
    dialog.secrets["password"].setText("another")
    with qtbot.waitSignal(dialog.accepted):
        dialog.save()
    assert never_shown.draft == checked
    assert parts.credentials().read(checked.destination.account, "password") == "another"


def test_signing_in_another_way_erases_the_keys_of_the_way_before(
    qtbot: QtBot, parts: Parts, people: ReadFile, practice_server: PracticeServer
) -> None:
    page = opened("emarsys", qtbot, parts, people)
    add_account(qtbot, page, "Shop", practice_server.address, {"username": "shop001", "secret": "old"})
    page.change_account()
    dialog = dialog_of(page)
    row = dialog.sign_in.rows["sign_in"]
    assert isinstance(row, ChoiceRow)
    row.buttons["oauth2"].click()
    dialog.save()
    assert dialog.problem_box.isVisible()  # there are no such keys yet
    for key in ("client_id", "client_secret"):
        dialog.secrets[key].setText("new")
    with qtbot.waitSignal(dialog.accepted):
        dialog.save()
    account = page.draft.destination.account
    assert kept(parts, account) == {"client_id": "new", "client_secret": "new"}


def test_removing_an_account_erases_the_keys_of_every_way_to_sign_in(
    qtbot: QtBot, parts: Parts, people: ReadFile, practice_server: PracticeServer
) -> None:
    page = opened("emarsys", qtbot, parts, people)
    add_account(qtbot, page, "Shop", practice_server.address, {"username": "shop001", "secret": "key"})
    account = list_accounts(parts.folders)[0][0]
    for key in ("client_id", "client_secret"):  # as an account may have that was changed in former versions
        parts.credentials().write(account.id, key, "left behind")
    page.remove_account(account)
    qtbot.waitUntil(lambda: page.draft.destination.practice)
    assert kept(parts, account.id) == {}


def kept(parts: Parts, account: str) -> dict[str, str]:
    keys = ("username", "secret", "client_id", "client_secret")
    read = {key: parts.credentials().read(account, key) for key in keys}
    return {key: secret for key, secret in read.items() if secret}


def chooser(page: ChooseProviderPage, key: str) -> AccountChoices:
    account = page.options.rows()[key].account
    assert account is not None
    return account


def test_a_list_is_chosen_from_the_account_by_its_name(qtbot: QtBot, parts: Parts, people: ReadFile) -> None:
    page = opened("sociocs", qtbot, parts, people)
    choices = chooser(page, "list_id")
    assert not choices.combo.isVisible()
    choices.fetch.click()
    assert not choices.fetch.isEnabled()
    qtbot.waitUntil(choices.combo.isVisible)
    assert choices.fetch.text() == "Ask again"
    choices.combo.pick(1)
    chosen = page.draft.options.number("list_id")
    assert chosen > 0
    assert str(chosen) in choices.combo.currentText()
    row = page.options.rows()["list_id"]
    assert isinstance(row, IntegerRow)
    assert row.line.text() == str(chosen)


def test_what_the_account_lists_is_remembered_for_the_window(
    qtbot: QtBot, parts: Parts, people: ReadFile
) -> None:
    page = opened("sociocs", qtbot, parts, people)
    chooser(page, "list_id").fetch.click()
    qtbot.waitUntil(chooser(page, "list_id").combo.isVisible)
    page.provider.pick("smsend")
    page.provider.pick("sociocs")
    qtbot.waitUntil(chooser(page, "list_id").combo.isVisible)


def test_groups_that_are_chosen_add_up(qtbot: QtBot, page: ChooseProviderPage) -> None:
    choices = chooser(page, "groupIds")
    choices.fetch.click()
    qtbot.waitUntil(choices.combo.isVisible)
    choices.combo.pick(0)
    choices.combo.pick(1)
    assert len(page.draft.options.texts("groupIds")) == 2


def test_a_group_of_one_account_is_not_taken_to_another(
    qtbot: QtBot, page: ChooseProviderPage, practice_server: PracticeServer
) -> None:
    choices = chooser(page, "groupIds")
    choices.fetch.click()
    qtbot.waitUntil(choices.combo.isVisible)
    choices.combo.pick(0)
    (listed,) = page.draft.options.texts("groupIds")
    page.options.answered.emit("groupIds", (listed, "typed by hand"))
    add_account(qtbot, page, "Our shop", practice_server.address, dict(PRACTICE_SECRETS["smsend"]))
    assert page.draft.options.texts("groupIds") == ("typed by hand",)


def test_a_list_of_one_account_is_not_taken_to_another(
    qtbot: QtBot, parts: Parts, people: ReadFile, practice_server: PracticeServer
) -> None:
    page = opened("sociocs", qtbot, parts, people)
    before = page.draft.options["list_id"]
    choices = chooser(page, "list_id")
    choices.fetch.click()
    qtbot.waitUntil(choices.combo.isVisible)
    choices.combo.pick(1)
    assert page.draft.options["list_id"] != before
    add_account(qtbot, page, "Our shop", practice_server.address, dict(PRACTICE_SECRETS["sociocs"]))
    assert page.draft.options["list_id"] == before
    row = page.options.rows()["list_id"]
    assert isinstance(row, IntegerRow)
    assert row.line.text() in ("", str(before))


def test_a_new_list_is_made_in_the_account_and_chosen(qtbot: QtBot, parts: Parts, people: ReadFile) -> None:
    page = opened("sociocs", qtbot, parts, people)
    before = page.draft.options.number("list_id")
    choices = chooser(page, "list_id")
    choices.new.click()
    assert choices.name.isVisible()
    QTest.keyClicks(choices.name, "Autumn guests")
    QTest.keyClick(choices.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.draft.options.number("list_id") != before)
    assert "Autumn guests" in choices.combo.currentText()
    assert not choices.name.isVisible()


def test_an_account_that_does_not_answer_is_a_problem_and_typing_stays_possible(
    qtbot: QtBot, parts: Parts, people: ReadFile, practice_server: PracticeServer
) -> None:
    page = opened("sociocs", qtbot, parts, people)
    practice_server.fault = lambda _: HangUp(acted=False)
    choices = chooser(page, "list_id")
    choices.fetch.click()
    qtbot.waitUntil(page.problem_box.isVisible)
    assert choices.fetch.isEnabled()
    row = page.options.rows()["list_id"]
    assert isinstance(row, IntegerRow)
    row.line.clear()
    QTest.keyClicks(row.line, "10001")
    assert page.draft.options.number("list_id") == 10001


def test_leaving_while_the_account_is_asked_ends_the_asking(
    qtbot: QtBot, parts: Parts, people: ReadFile, practice_server: PracticeServer
) -> None:
    page = opened("sociocs", qtbot, parts, people)
    released = Event()
    practice_server.fault = lambda _: Silence(released)
    chooser(page, "list_id").fetch.click()
    page.leave()
    released.set()
    assert chooser(page, "list_id").fetch.isEnabled()


def test_the_account_that_was_used_last_is_chosen_beforehand(
    qtbot: QtBot, parts: Parts, people: ReadFile
) -> None:
    first = opened("octopush", qtbot, parts, people)
    for name in ("Shop", "Other"):
        add_account(qtbot, first, name, "https://api.octopush.com", {"api_login": "a", "api_key": "b"})
    shop = next(one for one in list_accounts(parts.folders)[0] if one.name == "Shop")
    first.choose_account(shop.id)
    kept = first.session.preferences
    assert kept.last_account == shop.id
    draft = with_suggested_mapping(new_draft("octopush", "GB").with_file(people))
    again = ChooseProviderPage(Session(draft, parts, kept))
    qtbot.addWidget(again)
    again.enter()
    assert again.draft.destination.account == shop.id
    assert again.accounts.account.value == shop.id
    again.choose_account(PRACTICE)
    again.enter()
    assert again.draft.destination.practice


def test_typed_keys_are_gone_from_the_dialog_whichever_way_it_ends(
    qtbot: QtBot, parts: Parts, people: ReadFile
) -> None:
    page = opened("emarsys", qtbot, parts, people)
    page.accounts.add.click()
    dialog = dialog_of(page)
    former = dict(dialog.secrets)
    for line in former.values():
        line.setText("sesame-77")
    dialog.sign_in.answered.emit("sign_in", "oauth2")
    assert set(dialog.secrets) == {"client_id", "client_secret"}
    typed = [*former.values(), *dialog.secrets.values()]
    for line in dialog.secrets.values():
        line.setText("sesame-78")
    dialog.reject()
    assert [line.text() for line in typed if line.text()] == []
    page.accounts.add.click()
    again = dialog_of(page)
    assert again.secrets["secret"].echoMode() is again.secrets["secret"].EchoMode.Password
    for line in again.secrets.values():
        line.setText("sesame-79")
    with qtbot.waitSignal(again.accepted):
        again.save()
    assert [line.text() for line in again.secrets.values() if line.text()] == []


def test_groups_that_are_chosen_are_shown_by_their_names(
    qtbot: QtBot, parts: Parts, people: ReadFile
) -> None:
    page = opened("smsend", qtbot, parts, people)
    row = page.options.rows()["groupIds"]
    assert row.account is not None
    row.account.fetch.click()
    qtbot.waitUntil(lambda: row.account is not None and row.account.combo.count() > 2)
    row.account.combo.pick(0)
    assert "Newsletter" in row.account.chosen.text()
    assert row.account.chosen.isVisibleTo(row)
