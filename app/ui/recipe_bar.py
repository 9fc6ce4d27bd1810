"""Says by which remembered recipe the columns were matched; lets one be saved, and opens their list.

Shows and hands drafts over; what a recipe holds is flow's.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.flow.matching import matched_afresh
from app.flow.recipe import Recipe, with_recipe
from app.language import tr
from app.problems import Problem
from app.ui.recipe_saving import RecipeSaving
from app.ui.recipes_dialog import RecipesDialog
from app.ui.session import Session
from app.ui.widgets.hues import Tone
from app.ui.widgets.labels import Label, Weight
from app.ui.widgets.source_words import recalled_words


class RecipeBar(QWidget):
    """`decided` brings another draft, `problem` a Problem. What it says stands in `words`, which the page
    finds a place for: beside the buttons there is none."""

    decided = Signal(object)  # ImportDraft
    problem = Signal(object)  # Problem

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.words = Label("", Weight.SMALL)
        self.afresh = QPushButton(tr("Match afresh"), autoDefault=False)
        self.save = QPushButton(tr("Save as a recipe..."), autoDefault=False)
        self.recipes = QPushButton(tr("Recipes..."), autoDefault=False)
        self.saving = RecipeSaving(session, self.save, self)
        self.dialog: RecipesDialog | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addStretch(1)
        for button in (self.afresh, self.save, self.recipes):
            row.addWidget(button)
        self.afresh.clicked.connect(lambda: self.decided.emit(matched_afresh(self._session.draft)))
        self.saving.saved.connect(self._say_saved)
        self.saving.problem.connect(self.problem)
        self.recipes.clicked.connect(self.show_recipes)

    def show_draft(self) -> None:
        """Say whether a recipe matched the columns."""
        draft = self._session.draft
        recalled = draft.recalled
        if recalled and not any(recalled.explains(one.field, one.reads) for one in draft.mapping.assignments):
            recalled = None  # nothing of it is left
        self.words.say(recalled_words(recalled) if recalled else "")
        self.words.set_tone(Tone.GOOD if recalled else None)
        self.afresh.setVisible(draft.recalled is not None)
        self.save.setEnabled(bool(draft.mapping.assignments))

    def _say_saved(self, words: str) -> None:
        self.words.say(words)
        self.words.set_tone(Tone.GOOD)

    def show_recipes(self) -> None:
        """Open the list of recipes."""
        self.dialog = RecipesDialog(self._session.parts.folders, self.window())
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.chosen.connect(self._use)
        self.dialog.open()

    def _use(self, recipe: Recipe) -> None:
        try:
            draft = with_recipe(self._session.draft, recipe)
        except Problem as problem:
            if self.dialog is not None:
                self.dialog.problem_box.show_problem(problem)
            return
        if self.dialog is not None:
            self.dialog.accept()
        self.decided.emit(draft)
