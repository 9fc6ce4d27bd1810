"""The remembered recipes in a list: to be used for this list, saved as files, taken from files, forgotten.

Shows what flow/remembered keeps; what a recipe does to a draft is flow's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QPushButton, QWidget

from app.flow.recipe_reading import load_recipe
from app.flow.remembered import Remembered, forget_recipe, forget_recipes, remembered_recipes
from app.language import tr
from app.problems import FileProblem, Problem
from app.providers.known import provider_named
from app.settings.folders import Folders
from app.ui.widgets.confirm import confirm
from app.ui.widgets.kept_list import Cell, KeptList, lay_out
from app.ui.widgets.labels import Label, Weight
from app.ui.widgets.moments import day_words
from app.ui.widgets.problem_box import ProblemBox
from app.ui.widgets.saving_place import ask_for_place
from app.ui.widgets.screen_room import open_within

SIZE = (760, 440)


class RecipesDialog(QDialog):
    """`chosen` brings a Recipe that is to be used for the list at hand; without `may_use` there is none."""

    chosen = Signal(object)  # Recipe

    def __init__(self, folders: Folders, parent: QWidget | None = None, *, may_use: bool = True) -> None:
        super().__init__(parent)
        self._folders = folders
        self.recipes: tuple[Remembered, ...] = ()
        self.setWindowTitle(tr("Recipes"))
        open_within(self, *SIZE)
        self.problem_box = ProblemBox()
        note = Label(
            tr(
                "A recipe is used automatically for the next file with the same columns. It keeps the names "
                "of columns, what you typed and what you decided: nobody from your lists, and no account."
            ),
            Weight.QUIET,
        )
        headers = (tr("Name"), tr("Provider"), tr("When"), tr("How"), tr("Columns"))
        self.list = KeptList(tr("Recipes"), headers, wide=0)
        self.empty = Label(
            tr("A recipe is kept here when an import has ended, or when you save one at “Match columns”."),
            Weight.QUIET,
        )
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.list.itemSelectionChanged.connect(self._enable)
        self.use = QPushButton(tr("Use it for this list"), autoDefault=False)
        self.save = QPushButton(tr("Save as a file..."), autoDefault=False)
        self.open_file = QPushButton(tr("Use a file..."), autoDefault=False)
        self.forget = QPushButton(tr("Forget this one"), autoDefault=False)
        self.erase = QPushButton(tr("Forget all"), autoDefault=False)
        self.use.clicked.connect(self._use)
        self.save.clicked.connect(self._ask_where)
        self.open_file.clicked.connect(self._ask_which)
        self.forget.clicked.connect(self._forget)
        self.erase.clicked.connect(self._ask_to_erase)
        actions = (self.use, self.save, self.open_file, self.forget, self.erase)
        lay_out(self, (self.problem_box, note), (self.list, self.empty), actions, QPushButton(tr("Close")))
        self.use.setVisible(may_use)
        self.open_file.setVisible(may_use)
        self.show_recipes()

    def show_recipes(self) -> None:
        """Show what is kept now."""
        self.recipes, problem = remembered_recipes(self._folders)
        self.problem_box.show_problem(problem)
        self.list.show_lines(map(_line, self.recipes))
        self.list.setVisible(bool(self.recipes))
        self.empty.setVisible(not self.recipes)
        self._enable()

    def use_file(self, path: Path) -> None:
        """Take a recipe from a file, which may be a stranger's."""
        self._try(lambda: self.chosen.emit(load_recipe(path)))

    def save_file(self, one: Remembered, path: Path) -> None:
        """Save a recipe for the command line, or for another computer."""
        try:
            path.write_text(one.text, "utf-8")
        except OSError as error:
            self.problem_box.show_problem(
                FileProblem(
                    tr("The recipe can't be saved there."),
                    tr("Choose another folder, or check that the disk is not full."),
                    str(error),
                )
            )

    @property
    def selected(self) -> Remembered | None:
        """The recipe that is selected."""
        place = self.list.place
        return None if place is None else self.recipes[place]

    def _enable(self) -> None:
        for button in (self.use, self.save, self.forget):
            button.setEnabled(self.selected is not None)
        self.erase.setEnabled(bool(self.recipes))

    def _use(self) -> None:
        one = self.selected
        if one is not None:
            self._try(lambda: self.chosen.emit(one.recipe))

    def _ask_where(self) -> None:
        one = self.selected
        if one is None:
            return
        name = Path(f"{Path(one.name).stem or 'recipe'}.toml")
        path = ask_for_place(self, tr("Save the recipe"), name, {".toml": tr("Recipe (*.toml)")})
        if path is not None:
            self.save_file(one, path)

    def _ask_which(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Use a recipe"), "", tr("Recipe (*.toml)"))
        if chosen:
            self.use_file(Path(chosen))

    def _forget(self) -> None:
        one = self.selected
        if one is not None and self._try(lambda: forget_recipe(self._folders, one.id)):
            self.show_recipes()

    def _ask_to_erase(self) -> None:
        agreed = confirm(
            self,
            tr("Recipes"),
            tr("Forget all recipes?"),
            tr("Your next lists are matched without them."),
            do=tr("Forget all"),
            keep=tr("Keep them"),
        )
        if agreed and self._try(lambda: forget_recipes(self._folders)):
            self.show_recipes()

    def _try(self, act: Callable[[], None]) -> bool:
        try:
            act()
        except Problem as problem:
            self.problem_box.show_problem(problem)
            return False
        return True


def _line(one: Remembered) -> Sequence[Cell]:
    provider = provider_named(one.provider)
    title = provider.title if provider else one.provider
    how = tr("Learned from an import") if one.learned else tr("Saved by you")
    return (one.name, title, day_words(one.at), how, len(one.headers))
