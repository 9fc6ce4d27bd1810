"""Pictures of what a smooth way through the wizard never shows: empty, waiting and troubled states, dialogs.

Each state is brought about as a user would, or by showing a widget the values that it is for.
"""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.flow.draft import ImportDraft, new_draft
from app.flow.parts import Parts
from app.flow.unfinished import UnfinishedImport
from app.language import tr
from app.ledger.outcomes import OutcomeTotals
from app.providers.known import provider_named
from app.settings.folders import Folders
from app.table.faults import password_protected
from app.ui.application import build_wizard
from app.ui.crash_dialog import CrashDialog
from app.ui.help.pages import PROVIDER, STEPS
from app.ui.help.window import HelpWindow
from app.ui.history_dialog import HistoryDialog
from app.ui.job import Job
from app.ui.journey import PATIENCE, wait_for
from app.ui.pages.choose_file import ChooseFilePage
from app.ui.tour.dialogs import dialogs
from app.ui.tour.way import Shoot, of_screen
from app.ui.widgets.account_dialog import AccountDialog
from app.ui.widgets.source_dialog import SourceDialog, Way
from app.ui.wizard import FerryWizard, Step

_WRONG_ADDRESS = "http://example.com"
_TRACE = 'Traceback (most recent call last):\n  File "app/ui/pages/report.py", line 1\nValueError\n'


class TourStates:
    """`show` goes through them; everything it opens is closed again."""

    def __init__(self, parts: Parts, sample: Path, provider: str, folder: Path, shoot: Shoot) -> None:
        self._parts, self._sample, self._provider = parts, sample, provider
        self._folder, self._shoot = folder, shoot

    def show(self, read: ImportDraft) -> None:
        """Take them all; `read` is a draft whose file was read."""
        wizard = build_wizard(new_draft(self._provider, ""), self._parts)
        wizard.resize(of_screen(wizard))
        wizard.show()
        try:
            self._start(wizard)
            self._dialogs(wizard, read)
            for number, page in enumerate((*STEPS, PROVIDER.format(name=self._provider))):
                self._help(wizard, number, page)
        finally:
            wizard.end_work()
            wizard.close()

    def _start(self, wizard: FerryWizard) -> None:
        page = wizard.page_of(Step.CHOOSE_FILE)
        if not isinstance(page, ChooseFilePage):
            raise TypeError("the first page is another one")
        jobs = page.findChildren(Job)
        ended = [signal for job in jobs for signal in (job.done, job.problem)]
        wait_for(ended, lambda: not any(job.running for job in jobs), PATIENCE)
        page.start_view.show_unfinished(self._left())
        page.start_view.show_recent([Path("newsletter.csv"), Path("customers 2026.xlsx")])
        self._shoot(wizard, "07a-unfinished")
        page.read(self._sample)
        self._shoot(wizard, "07b-reading")
        wait_for((page.complete_changed,), page.isComplete, PATIENCE)
        page.leave()
        broken = self._folder / "broken.xlsx"
        broken.write_bytes(b"PK\x03\x04 and nothing that a workbook would need")
        page.read(broken)
        wait_for((page.complete_changed,), page.problem_box.isVisible, PATIENCE)
        self._shoot(wizard, "07c-not-readable")
        broken.unlink()
        page.show_problem(password_protected(Path("customers 2026.xlsx")))
        page.password.show()
        page.password.line.setFocus()
        self._shoot(wizard, "07d-password")
        page.password.hide()

    def _dialogs(self, wizard: FerryWizard, read: ImportDraft) -> None:
        provider = provider_named(self._provider)
        if provider is None or read.file is None:
            raise LookupError(self._provider)
        account = AccountDialog(provider, None, self._parts, wizard)
        self._see(account, "08a-account")
        account.show()
        account.save()
        self._see(account, "08b-account-incomplete")
        for line in account.secrets.values():
            line.setText("0000")
        account.server.setEditText(_WRONG_ADDRESS)
        account.show()
        account.save()
        self._see(account, "08c-account-address")
        account.reject()
        way = SourceDialog(tr("Address"), read.file, None, Way.JOIN, wizard)
        way.choose_columns((0, 1))
        self._see(way, "08d-otherwise")
        self._see(CrashDialog(_TRACE, wizard), "08e-mistake")
        nowhere = Folders(self._folder, self._folder, self._folder)
        self._see(HistoryDialog(nowhere, wizard), "08f-no-history")
        for name, dialog in dialogs(wizard, self._parts, read, nowhere):
            self._see(dialog, f"10-{name}")

    def _help(self, wizard: FerryWizard, number: int, page: str) -> None:
        window = HelpWindow(wizard)
        window.show_page(page, "" if page.startswith("provider") else self._provider)
        self._see(window, f"09{'abcdefg'[number]}-help-{page.replace('_', '-')}")

    def _see(self, window: QWidget, name: str) -> None:
        window.show()
        window.resize(window.size().boundedTo(of_screen(window)))
        self._shoot(window, name)
        window.hide()

    def _left(self) -> tuple[UnfinishedImport, ...]:
        """An upload that was stopped, and a list that a crash left half prepared."""
        totals = OutcomeTotals(accepted=3_120, refused=4, not_sent=1_688)
        ledger, then = self._folder / f"{UUID(int=7).hex}.ledger", time.time() - 7200
        stopped = UnfinishedImport(ledger, "customers.xlsx", self._provider, False, "", then, totals)
        prepared = replace(stopped, file_name="newsletter.csv", page="check_contacts", corrected=12, aside=3)
        return stopped, prepared
