"""Tests map_columns on a real file: what is suggested, what the user changes, and what is said about it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.flow.draft import ReadFile, new_draft
from app.flow.matching import with_suggested_mapping
from app.flow.parts import Parts
from app.ui.pages.map_columns import MapColumnsPage
from app.ui.session import Session
from app.ui.widgets.combos import ValueCombo
from app.ui.widgets.field_row import NOTHING


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
    assert row.note.text() == "Filled in every row. The header says so."


def test_the_share_that_is_filled_is_told(page: MapColumnsPage) -> None:
    row = next(row for row in page.fields.rows.values() if row.combo.value == 4)
    assert row.note.text().startswith("Filled in 75 % of the rows")


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
