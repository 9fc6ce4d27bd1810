"""Has the list that is being prepared noted as it changes, so that a crash loses nothing of it, and shows one
that a crash left where it was.

Knows when; what is noted is flow's, and whether it is offered again too.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.problems import Problem
from app.ui.job import Job
from app.ui.pages.choose_file import ChooseFilePage
from app.ui.wizard import FerryWizard, Step

if TYPE_CHECKING:
    from app.flow.draft import ImportDraft

log = logging.getLogger("app.window")

SOON = 300  # milliseconds; changes come in swarms
AGAIN = 3_000  # milliseconds after which what could not be noted is tried again: the ledger may be busy
_TRIES = 20  # in a row


class Keeping(QObject):
    """Follows a wizard's draft and page until the upload, which notes for itself what it takes to go on."""

    def __init__(self, wizard: FerryWizard) -> None:
        super().__init__(wizard)
        self._noted: tuple[ImportDraft, str] | None = None
        self._job = Job(wizard)  # so that the window waits for it before it erases anything
        self._job.done.connect(self._go_on)
        self._job.problem.connect(self._fail)
        self._job.crashed.connect(wizard.crashed)
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self._note)
        self._failed, self._told = 0, False  # times in a row; whether the log knows
        self._again = QTimer(self, singleShot=True, interval=AGAIN)
        self._again.timeout.connect(self._note)
        chooser = wizard.page_of(Step.CHOOSE_FILE)
        if isinstance(chooser, ChooseFilePage):
            chooser.taken_up.connect(self._show)
        wizard.session.changed.connect(self._note_soon)
        wizard.currentIdChanged.connect(self._note_soon)

    @property
    def waits(self) -> bool:
        """Whether something is still to be noted."""
        return self._soon.isActive() or self._job.running

    @property
    def tries_again(self) -> bool:
        """Whether what could not be noted is to be tried once more."""
        return self._again.isActive()

    def _show(self, page: str) -> None:
        """Go to the page that a list was left at, or the first one before it where something is missing."""
        wizard = self.parent()
        if not isinstance(wizard, FerryWizard):
            return
        wizard.page_of(Step.CHOOSE_FILE).enter()
        for step in Step:
            if step.name.lower() == page or wizard.currentId() != step or step is Step.CHECK_CONTACTS:
                break
            wizard.next()

    def _note_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _note(self) -> None:
        # Not held: in a circle with the wizard, it would be for the search for garbage to end both, and that
        # may come in any thread.
        wizard = self.parent()
        if not isinstance(wizard, FerryWizard) or self._job.running:
            return  # when what runs is done, the latest is looked at again
        if not wizard.isVisible():
            return  # another window has taken its place
        if wizard.session.file is None or not 0 <= wizard.currentId() <= Step.CHECK_CONTACTS:
            return
        draft, page = wizard.session.draft, Step(wizard.currentId()).name.lower()
        if self._noted is not None and self._noted[0] is draft and self._noted[1] == page:
            return

        def work(_: object, __: object) -> None:
            from app.flow.import_notes import note_preparation

            note_preparation(draft, page)

        self._noted = draft, page
        self._job.start(work)

    def _go_on(self) -> None:
        self._failed, self._told = 0, False
        self._note()

    def _fail(self, problem: Problem) -> None:
        from app.ledger.connection import LedgerBusy

        # What the user does goes on without; and the log says it once, of a list that is merely being checked
        # only if that never ends.
        self._noted = None
        self._failed += 1
        if not self._told and (self._failed >= _TRIES or not isinstance(problem, LedgerBusy)):
            self._told = True
            log.warning("the list that is being prepared is not noted: %s", problem.details)
        if self._failed < _TRIES:
            self._again.start()
