"""The row of buttons under the pages: which there are, what they say, and which of them leads on.

Knows QWizard's buttons and what a page says of itself; moving between pages is the wizard's.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QPushButton, QWizard

from app.language import tr
from app.ui.pages.page import DraftPage
from app.ui.widgets.primary import primary_button, show_primary

_MARGINS = (16, 12, 16, 12)
_LEADING = (
    QWizard.WizardButton.NextButton,
    QWizard.WizardButton.CommitButton,
    QWizard.WizardButton.FinishButton,
)


class ButtonRow(QObject):
    """Makes them when it is made; `lay`, `weigh` and `let_on` follow the page that is shown."""

    def __init__(self, wizard: QWizard) -> None:
        super().__init__(wizard)
        button = QWizard.WizardButton
        for leading in _LEADING:
            wizard.setButton(leading, primary_button())  # most pages have none of their own
        wizard.setButtonLayout(
            [button.CancelButton, button.HelpButton, button.Stretch, button.BackButton, *_LEADING]
        )
        wizard.setOption(QWizard.WizardOption.HaveHelpButton)
        for kind, words in (
            (button.HelpButton, tr("Help")),
            (button.BackButton, tr("Back")),
            (button.NextButton, tr("Next")),
            (button.CommitButton, tr("Upload")),
            (button.FinishButton, tr("Close")),
            (button.CancelButton, tr("Close")),
        ):
            wizard.setButtonText(kind, words)

    def lay(self, frame: QObject) -> None:
        """Give the row, which stands in `frame`, the distances that pages have."""
        following = self._wizard.button(QWizard.WizardButton.NextButton)
        for grid in frame.children():
            for row in grid.children() if isinstance(grid, QGridLayout) else ():
                if isinstance(row, QHBoxLayout) and row.indexOf(following) >= 0:
                    row.setContentsMargins(*_MARGINS)
                    row.setSpacing(8)

    def weigh(self) -> None:
        """One button leads on: the page's own where it has one, else the wizard's."""
        page = self._wizard.currentPage()
        leads = not (isinstance(page, DraftPage) and page.has_primary)
        for button in self._leading():
            show_primary(button, leads)
            if isinstance(button, QPushButton) and button.isVisible():
                button.setDefault(leads)

    def let_on(self) -> None:
        """The page may be complete now, or not any more."""
        page = self._wizard.currentPage()
        for button in self._leading():
            button.setEnabled(isinstance(page, DraftPage) and page.isComplete())

    @property
    def _wizard(self) -> QWizard:
        """Not held: in a circle with its wizard, it would be for the search for garbage to end both."""
        wizard = self.parent()
        if not isinstance(wizard, QWizard):
            raise LookupError(wizard)
        return wizard

    def _leading(self) -> Iterator[QAbstractButton]:
        return map(self._wizard.button, _LEADING)
