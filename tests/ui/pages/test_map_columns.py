"""Tests map_columns on a real file: what is suggested, what the user changes, and what is said about it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.contacts.names import NamePart
from app.contacts.sources import ConstantSource, FirstFilled, JoinedSource, SplitName
from app.flow.draft import ReadFile, new_draft
from app.flow.matching import with_suggested_mapping
from app.flow.parts import Parts
from app.practice.exchange import PracticeResponse
from app.practice.faults import Refuse
from app.practice.server import PracticeServer
from app.ui.pages.map_columns import MapColumnsPage
from app.ui.session import Session
from app.ui.widgets.combos import ValueCombo
from app.ui.widgets.field_row import NOTHING, OTHERWISE
from app.ui.widgets.source_dialog import SourceDialog, Way


@pytest.fixture
def page(qtbot: QtBot, session: Session, people: ReadFile) -> MapColumnsPage:
    return opened(qtbot, session, people)


def opened(qtbot: QtBot, session: Session, people: ReadFile) -> MapColumnsPage:
    session.give(with_suggested_mapping(session.draft.with_file(people)))
    page = MapColumnsPage(session)
    qtbot.addWidget(page)
    page.enter()
    page.show()
    return page


def for_provider(name: str, qtbot: QtBot, parts: Parts, people: ReadFile) -> MapColumnsPage:
    return opened(qtbot, Session(new_draft(name, "GB"), parts), people)


def test_a_row_shows_column_values_and_reason(page: MapColumnsPage) -> None:
    row = page.fields.rows["email"]
    assert row.combo.value == 3
    assert "anna@example.com" in row.examples.text()
    assert row.note.text() == "Filled in every row. “email” is a usual name for this."


def test_the_share_that_is_filled_is_told(page: MapColumnsPage) -> None:
    row = next(row for row in page.fields.rows.values() if row.combo.value == 4)
    assert row.note.text().startswith("Filled in 75% of the rows")


def test_needed_fields_stand_first_and_say_so(page: MapColumnsPage) -> None:
    first = list(page.fields.rows.values())[:2]
    needed = {key for group in page.draft.schema.one_of for key in group}
    assert {row.key for row in first} == needed
    assert all("Needed" in row.combo.accessibleDescription() for row in first)


def test_choosing_a_column_changes_the_draft(page: MapColumnsPage) -> None:
    page.fields.rows["email"].combo.pick(0)
    assert page.draft.mapping.position_of("email") == 0


def test_leaving_a_field_empty_takes_it_out_of_the_draft(page: MapColumnsPage) -> None:
    page.fields.rows["email"].combo.pick(NOTHING)
    assert page.draft.mapping.position_of("email") is None


def test_what_is_needed_and_missing_is_named(page: MapColumnsPage) -> None:
    assert page.missing.text() == "Everything needed is matched."
    for key in {key for group in page.draft.schema.one_of for key in group}:
        page.fields.rows[key].combo.pick(NOTHING)
    assert page.missing.text().startswith("Still needed: ")
    assert "E-mail" in page.missing.text()


def test_unused_columns_are_listed(page: MapColumnsPage) -> None:
    assert "Shoe size" in page.unused.text()
    assert page.coverage.text().endswith("of 6 columns used")


def test_with_no_column_matched_the_page_is_not_complete(page: MapColumnsPage) -> None:
    assert page.isComplete()
    for key in [one.field for one in page.draft.mapping.assignments]:
        page.fields.rows[key].combo.pick(NOTHING)
    assert not page.isComplete()


def test_another_provider_brings_its_own_fields_with_columns_matched(page: MapColumnsPage) -> None:
    page.provider.pick("emarsys")
    assert page.draft.provider_name == "emarsys"
    assert page.fields.rows["3"].combo.value == 3
    assert page.fields.more.isVisible()
    assert not page.fields.more.is_open


def test_the_default_country_goes_into_the_draft(page: MapColumnsPage) -> None:
    assert page.country.value == "GB"
    page.country.pick("IT")
    assert page.draft.default_country == "IT"
    assert page.country.currentText() == "Italy +39"


def test_a_column_becomes_an_extra_field_by_its_header(qtbot: QtBot, parts: Parts, people: ReadFile) -> None:
    page = for_provider("sociocs", qtbot, parts, people)
    page.fields.free.column.choose(5)
    page.fields.free.add.click()
    assert page.draft.mapping.position_of("extra_fields.Shoe size") == 5
    row = page.fields.rows["extra_fields.Shoe size"]
    row.removed.emit(row.key)
    assert page.draft.mapping.position_of("extra_fields.Shoe size") is None


def test_all_unused_columns_can_be_kept_at_once(qtbot: QtBot, parts: Parts, people: ReadFile) -> None:
    page = for_provider("sociocs", qtbot, parts, people)
    page.fields.free.add_all.click()
    assert page.coverage.text() == "6 of 6 columns used"
    assert not page.unused.isVisible()


def test_a_field_is_added_by_its_number(qtbot: QtBot, parts: Parts, people: ReadFile) -> None:
    page = for_provider("emarsys", qtbot, parts, people)
    free = page.fields.free
    free.column.choose(5)
    free.key.setText("shoe")
    free.add.click()
    assert free.fault.isVisible()
    free.key.setText("4711")
    free.add.click()
    assert page.draft.mapping.position_of("4711") == 5
    assert not free.fault.isVisible()


def test_every_combo_box_has_a_name(page: MapColumnsPage) -> None:
    assert all(combo.accessibleName() for combo in page.findChildren(ValueCombo))


def test_tab_goes_through_the_fields_from_top_to_bottom(page: MapColumnsPage) -> None:
    combos = [row.combo for row in page.fields.rows.values() if row.isVisible()]
    combos[0].setFocus()
    for combo in combos[1:]:
        QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Tab)
        assert page.window().focusWidget() is combo


def source_dialog(page: MapColumnsPage, key: str) -> SourceDialog:
    page.fields.rows[key].combo.pick(OTHERWISE)
    assert page.dialog is not None
    return page.dialog


def test_two_columns_are_joined_in_the_order_given(page: MapColumnsPage) -> None:
    dialog = source_dialog(page, "address")
    dialog.choose_columns((4, 0))
    dialog.separator.pick(", ")
    assert dialog.preview.text().startswith("For example: Milano, Anna")
    dialog.accept()
    assert page.draft.mapping.source_of("address") == JoinedSource((4, 0), ", ")
    row = page.fields.rows["address"]
    assert row.combo.currentText() == "City + First name"
    assert row.examples.text().startswith("Milano, Anna")
    assert "City" not in page.unused.text()


def test_the_order_of_joined_columns_can_be_changed_by_keyboard(page: MapColumnsPage) -> None:
    dialog = source_dialog(page, "address")
    dialog.choose_columns((0, 1))
    dialog.columns.setCurrentRow(1)
    dialog.up.click()
    assert dialog.source == JoinedSource((1, 0), " ")
    dialog.reject()


def test_one_text_fills_every_row(page: MapColumnsPage) -> None:
    dialog = source_dialog(page, "city")
    dialog.way.pick(Way.CONSTANT)
    assert dialog.source is None
    dialog.text.setText("Roma")
    dialog.accept()
    assert page.draft.mapping.source_of("city") == ConstantSource("Roma")
    assert page.fields.rows["city"].combo.currentText() == "Always “Roma”"


def test_a_full_name_is_taken_apart(page: MapColumnsPage) -> None:
    dialog = source_dialog(page, "surname")
    dialog.way.pick(Way.SPLIT)
    dialog.name_column.pick(0)
    dialog.part.pick(NamePart.LAST)
    dialog.accept()
    assert page.draft.mapping.source_of("surname") == SplitName(0, NamePart.LAST)


def test_what_is_filled_otherwise_can_be_changed_and_taken_back(page: MapColumnsPage) -> None:
    dialog = source_dialog(page, "city")
    dialog.way.pick(Way.FIRST)
    dialog.choose_columns((4, 1))
    dialog.accept()
    again = source_dialog(page, "city")
    assert again.way.value is Way.FIRST
    assert again.source == FirstFilled((4, 1))
    again.reject()
    assert page.draft.mapping.source_of("city") == FirstFilled((4, 1))
    page.fields.rows["city"].combo.pick(4)
    assert page.draft.mapping.position_of("city") == 4
    assert page.fields.rows["city"].combo.currentText() == "City"


def test_leaving_the_dialog_changes_nothing(page: MapColumnsPage) -> None:
    before = page.draft
    dialog = source_dialog(page, "email")
    dialog.reject()
    assert page.draft == before
    assert page.fields.rows["email"].combo.value == 3


def test_the_numbers_of_a_column_are_examined(qtbot: QtBot, page: MapColumnsPage) -> None:
    row = page.fields.rows["phoneNumber"]
    assert row.check.isVisible()
    assert not page.fields.rows["email"].check.isVisible()
    row.check.click()
    qtbot.waitUntil(lambda: "sound" in row.damage.text())
    assert row.damage.text() == "4 numbers were looked at. All are sound."
    row.combo.pick(NOTHING)
    assert not row.damage.isVisible()


def test_the_accounts_own_fields_are_loaded(qtbot: QtBot, parts: Parts, people: ReadFile) -> None:
    page = for_provider("emarsys", qtbot, parts, people)
    assert page.own_fields.isVisible()
    page.own_fields.button.click()
    qtbot.waitUntil(lambda: page.draft.account_fields is not None)
    assert "were read from the account" in page.own_fields.words.text()
    assert page.draft.mapping.position_of("3") == 3


def test_an_account_that_forbids_reading_its_fields_is_a_problem_here(
    qtbot: QtBot, parts: Parts, people: ReadFile, practice_server: PracticeServer
) -> None:
    practice_server.fault = lambda _: Refuse(PracticeResponse(403, {}, b""))
    page = for_provider("emarsys", qtbot, parts, people)
    page.own_fields.button.click()
    qtbot.waitUntil(page.problem_box.isVisible)
    assert page.own_fields.button.isEnabled()
    assert page.draft.account_fields is None


def test_only_providers_whose_accounts_have_fields_offer_to_load_them(page: MapColumnsPage) -> None:
    assert not page.own_fields.isVisible()


def test_consent_is_sent_only_after_its_own_switch(qtbot: QtBot, parts: Parts, people: ReadFile) -> None:
    page = for_provider("emarsys", qtbot, parts, people)
    assert not page.consent.isVisible()
    page.fields.rows["31"].combo.pick(5)
    assert page.consent.isVisible()
    assert not page.consent.check.isChecked()
    assert "stays in the account as it is" in page.consent.words.text()
    page.consent.check.click()
    assert page.draft.consent_confirmed
    assert "signed off" in page.consent.words.text()
    page.fields.rows["31"].combo.pick(NOTHING)
    assert not page.consent.isVisible()
