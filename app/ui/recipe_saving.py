"""Asks for a name and saves what the session's draft decides as a recipe under it.

What a recipe holds is flow's.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialogButtonBox, QInputDialog, QPushButton, QToolTip, QWidget

from app.flow.remembered import save_recipe
from app.language import tr
from app.problems import Problem
from app.ui.session import Session
from app.ui.widgets.fitting import give_margins
from app.ui.widgets.primary import show_primary


class RecipeSaving(QObject):
    """Begins when `button` is pressed. `saved` brings the sentence that says so, `problem` a Problem."""

    saved = Signal(str)
    problem = Signal(object)  # Problem

    def __init__(self, session: Session, button: QPushButton, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._page, self._button = parent, button
        self.dialog: QInputDialog | None = None
        button.clicked.connect(self.ask)

    def ask(self) -> None:
        """Ask what the recipe is to be called."""
        draft = self._session.draft
        self.dialog = QInputDialog(self._page.window())
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.setWindowTitle(tr("Save as a recipe"))
        self.dialog.setLabelText(tr("Name of the recipe"))
        self.dialog.setOkButtonText(tr("Save the recipe"))
        self.dialog.setCancelButtonText(tr("Cancel"))
        self.dialog.setTextValue(draft.file.shape.path.stem if draft.file else "")
        self.dialog.textValueSelected.connect(self.save_as)
        for box in self.dialog.findChildren(QDialogButtonBox):
            show_primary(box.button(QDialogButtonBox.StandardButton.Ok))
        give_margins(self.dialog)
        self.dialog.open()

    def save_as(self, name: str) -> None:
        """Remember the draft under this name."""
        if not name.strip():
            return
        try:
            kept = save_recipe(self._session.parts.folders, self._session.draft, name)
        except Problem as problem:
            self.problem.emit(problem)
            return
        words = tr("Saved as the recipe “{name}”.", name=kept.name)
        self._button.setToolTip(words)
        self._button.setAccessibleDescription(words)
        QToolTip.showText(self._button.mapToGlobal(self._button.rect().bottomLeft()), words)
        self.saved.emit(words)
