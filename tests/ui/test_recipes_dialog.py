"""Recipes are listed, saved as files the command line reads, taken from files, and forgotten when asked."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.contacts.mapping import ColumnMapping
from app.flow.draft import new_draft
from app.flow.recipe import Recipe
from app.flow.recipe_reading import load_recipe
from app.flow.remembered import learn_recipe, remembered_recipes, save_recipe
from app.settings.folders import Folders
from app.ui.recipes_dialog import RecipesDialog
from tests.flow.scene import read_file_with

MOMENT = 1_772_539_200.0  # 3 March 2026, at noon


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    made = Folders(tmp_path / "settings", tmp_path, tmp_path)
    draft = new_draft("smsend", "GB").with_file(read_file_with("Mail", "Name"))
    draft = draft.with_mapping(ColumnMapping().with_field("email", 0))
    save_recipe(made, draft, "Newsletter", lambda: MOMENT)
    learn_recipe(made, draft, lambda: MOMENT - 100_000)
    return made


@pytest.fixture
def dialog(folders: Folders, qtbot: QtBot) -> RecipesDialog:
    made = RecipesDialog(folders)
    qtbot.addWidget(made)
    return made


def test_each_recipe_is_a_line(dialog: RecipesDialog) -> None:
    lines = [dialog.list.topLevelItem(row) for row in range(dialog.list.topLevelItemCount())]
    told = [[line.text(column) for column in range(5)] for line in lines if line]
    assert told == [
        ["Newsletter", "smsend", "3 March 2026", "Saved by you", "2"],
        ["list.xlsx", "smsend", "2 March 2026", "Learned from an import", "2"],
    ]


def test_a_saved_file_is_a_recipe_like_any_other(dialog: RecipesDialog, tmp_path: Path) -> None:
    one = dialog.selected
    assert one is not None
    dialog.save_file(one, tmp_path / "r.toml")
    assert load_recipe(tmp_path / "r.toml") == one.recipe


def test_a_file_that_can_not_be_written_is_a_problem(dialog: RecipesDialog, tmp_path: Path) -> None:
    one = dialog.selected
    assert one is not None
    dialog.save_file(one, tmp_path / "nowhere" / "r.toml")
    assert not dialog.problem_box.isHidden()


def test_a_recipe_is_taken_from_a_file_only_if_it_is_one(dialog: RecipesDialog, tmp_path: Path) -> None:
    taken: list[Recipe] = []
    dialog.chosen.connect(taken.append)
    path = tmp_path / "r.toml"
    path.write_text('provider = "smsend"\nserver = "https://example.org"\n', "utf-8")
    dialog.use_file(path)
    assert not taken
    assert not dialog.problem_box.isHidden()
    path.write_text('provider = "smsend"\n[columns]\nMail = "email"\n', "utf-8")
    dialog.use_file(path)
    assert [one.columns for one in taken] == [(("Mail", "email"),)]


def test_one_is_forgotten(dialog: RecipesDialog, folders: Folders) -> None:
    dialog.forget.click()
    assert [one.name for one in remembered_recipes(folders)[0]] == ["list.xlsx"]
    dialog.forget.click()
    assert not dialog.forget.isEnabled()
    assert not dialog.erase.isEnabled()


def test_without_a_list_nothing_can_be_used(folders: Folders, qtbot: QtBot) -> None:
    made = RecipesDialog(folders, may_use=False)
    qtbot.addWidget(made)
    assert made.use.isHidden()
    assert made.open_file.isHidden()
