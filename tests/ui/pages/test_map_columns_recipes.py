"""The columns are matched as before, recipes are saved and used, empty cells clear, rows have countries."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.contacts.mapping import ColumnMapping
from app.contacts.names import NamePart
from app.contacts.sources import SplitName
from app.flow.draft import ReadFile, new_draft
from app.flow.matching import with_suggested_mapping
from app.flow.parts import Parts
from app.flow.remembered import learn_recipe, remembered_recipes, save_recipe
from app.providers.options import Options
from app.ui.pages.map_columns import MapColumnsPage
from app.ui.session import Session
from app.ui.widgets.field_row import NOTHING, OTHERWISE
from app.ui.widgets.primary import is_primary
from tests.flow.scene import read_file_with

MOMENT = 1_772_539_200.0  # 3 March 2026, at noon


def opened(qtbot: QtBot, parts: Parts, people: ReadFile, provider: str = "smsend") -> MapColumnsPage:
    """The page, as it is after the file was read."""
    draft = new_draft(provider, "GB").with_file(people)
    if provider == "emarsys":
        draft = draft.with_options(Options({**draft.options, "action": "create_or_update"}))
    kept, _ = remembered_recipes(parts.folders)
    page = MapColumnsPage(Session(with_suggested_mapping(draft, kept), parts))
    qtbot.addWidget(page)
    page.enter()
    page.show()
    return page


@pytest.fixture
def page(qtbot: QtBot, parts: Parts, people: ReadFile) -> MapColumnsPage:
    return opened(qtbot, parts, people)


def test_a_recipe_is_saved_by_its_name_and_recognised(
    page: MapColumnsPage, qtbot: QtBot, parts: Parts, people: ReadFile
) -> None:
    page.fields.rows["custom3"].combo.pick(4)
    page.recipe.save.click()
    assert page.recipe.saving.dialog is not None
    buttons = page.recipe.saving.dialog.findChildren(QPushButton)
    assert [one.text() for one in buttons if is_primary(one)] == ["Save the recipe"]
    page.recipe.saving.dialog.setTextValue("Newsletter list")
    page.recipe.saving.dialog.accept()
    assert page.recipe.words.text() == "Saved as the recipe “Newsletter list”."
    again = opened(qtbot, parts, people)
    assert again.draft.mapping.position_of("custom3") == 4
    assert again.recipe.words.text().startswith("As in your recipe “Newsletter list” of ")
    assert again.fields.rows["custom3"].note.text().endswith("As in one of your recipes.")


def test_what_was_learned_says_of_which_import(qtbot: QtBot, parts: Parts, people: ReadFile) -> None:
    draft = new_draft("smsend", "GB").with_file(people)
    learn_recipe(parts.folders, draft.with_mapping(ColumnMapping().with_field("custom1", 3)), lambda: MOMENT)
    page = opened(qtbot, parts, people)
    assert page.recipe.words.text() == f"As in your import of 3 March 2026, “{people.shape.path.name}”."
    for one in page.draft.mapping.assignments:
        page.fields.chosen.emit(one.field, NOTHING)
    assert (page.recipe.words.text(), page.recipe.afresh.isVisible()) == ("", True), "nothing of it is left"
    page.recipe.afresh.click()
    assert page.draft.mapping.position_of("email") == 3
    assert (page.recipe.words.text(), page.recipe.afresh.isVisible()) == ("", False)


def test_another_choice_is_no_longer_as_before(
    page: MapColumnsPage, qtbot: QtBot, parts: Parts, people: ReadFile
) -> None:
    save_recipe(parts.folders, page.draft, "One")
    again = opened(qtbot, parts, people)
    again.fields.rows["email"].combo.pick(0)
    assert "recipe" not in again.fields.rows["email"].note.text()


def test_a_recipe_from_the_list_is_used_whole(page: MapColumnsPage, parts: Parts) -> None:
    other = page.draft.with_mapping(ColumnMapping().with_field("custom2", 3)).with_country("IT")
    other = other.with_options(Options({**other.options, "updateExistingContact": True}))
    save_recipe(parts.folders, other, "Other")
    page.recipe.recipes.click()
    assert page.recipe.dialog is not None
    page.recipe.dialog.use.click()
    assert page.draft.mapping == other.mapping
    assert (page.draft.default_country, page.draft.options) == ("IT", other.options)
    assert page.fields.rows["custom2"].combo.value == 3


def test_a_recipe_for_another_file_is_refused_in_its_list(page: MapColumnsPage, parts: Parts) -> None:
    file = page.draft.file
    assert file is not None
    columns = (replace(file.shape.columns[0], name="Elsewhere"),)
    strange = replace(page.draft, file=replace(file, shape=replace(file.shape, columns=columns)))
    save_recipe(parts.folders, strange.with_mapping(ColumnMapping().with_field("name", 0)), "Strange")
    before = page.draft
    page.recipe.recipes.click()
    assert page.recipe.dialog is not None
    page.recipe.dialog.use.click()
    assert page.recipe.dialog.problem_box.isVisible()
    assert page.draft == before
    page.recipe.dialog.reject()


def test_an_empty_cell_clears_only_where_it_is_offered_and_chosen(
    qtbot: QtBot, parts: Parts, people: ReadFile, page: MapColumnsPage
) -> None:
    assert page.fields.rows["city"].clears.isHidden()  # nobody knows whether smsend can
    emarsys = opened(qtbot, parts, people, "emarsys")
    row = emarsys.fields.rows["11"]
    assert not row.clears.isHidden()
    assert not row.clears.isChecked()
    assert emarsys.fields.rows["3"].clears.isHidden()  # it says who is meant
    row.clears.click()
    assert emarsys.draft.cleared_fields == ("11",)
    row.combo.pick(NOTHING)
    assert row.clears.isHidden()
    assert emarsys.draft.mapping.clearing == ()


def test_each_rows_country_comes_from_the_column_chosen(page: MapColumnsPage) -> None:
    assert page.row_country.value == NOTHING
    page.row_country.pick(4)
    assert page.draft.mapping.phone_country == 4
    page.row_country.pick(NOTHING)
    assert page.draft.mapping.phone_country is None


def test_a_field_that_is_filled_is_not_filled_again_without_a_decision(
    qtbot: QtBot, parts: Parts, people: ReadFile
) -> None:
    page = opened(qtbot, parts, people, "emarsys")
    free = page.fields.free
    free.key.setText("11")
    free.column.pick(0)
    free.add.click()
    assert free.fault.text().startswith("“11” is filled already")
    assert page.draft.mapping.position_of("11") == 4


def test_whole_names_are_offered_to_be_taken_apart(qtbot: QtBot, parts: Parts) -> None:
    rows = (
        ("ann@example.com", "Ann de Luca"),
        ("bob@example.com", "Ray, Bob"),
        ("eve@example.com", "Eve Lee"),
    )
    page = opened(qtbot, parts, read_file_with("E-mail", "Full name", rows=rows))
    assert "whole names" in page.fields.rows["name"].note.text()
    for key in ("name", "surname"):
        page.fields.rows[key].combo.pick(OTHERWISE)
        assert page.dialog is not None
        page.dialog.accept()
    assert page.draft.mapping.source_of("name") == SplitName(1, NamePart.FIRST)
    assert page.draft.mapping.source_of("surname") == SplitName(1, NamePart.LAST)
    assert page.fields.rows["surname"].examples.text().split("   \u00b7   ") == ["de Luca", "Ray", "Lee"]
