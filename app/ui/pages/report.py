"""report: what happened, in one sentence, one picture and a list of reasons; saves it as a sheet.

Shows what the ledger holds; what each reason means is the provider's to say, writing is app/report's.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton, QSizePolicy

from app.flow.draft import ImportDraft
from app.language import tr, trn
from app.ledger.outcomes import OutcomeTotals
from app.problems import Problem
from app.progress import Progress
from app.report import ImportTotals, Which
from app.ui.closing import does_without_report
from app.ui.history_dialog import HistoryDialog
from app.ui.job import in_turn
from app.ui.notice import announce
from app.ui.pages.page import DraftPage
from app.ui.recipes_dialog import RecipesDialog
from app.ui.report_reasons import reason_groups
from app.ui.report_words import accepted_words, left_out_words, place, save_rest_words, told, unsaved_words
from app.ui.report_work import Results, copying, reading_results, report_name, saving_report
from app.ui.session import Session
from app.ui.widgets.flow import FlowRow
from app.ui.widgets.labels import Label, Weight
from app.ui.widgets.outcome_bar import OutcomeBar
from app.ui.widgets.primary import show_primary
from app.ui.widgets.reason_list import ReasonList
from app.ui.widgets.saving_place import ask_for_place, table_kinds
from app.ui.widgets.sum_line import SumLine
from app.ui.widgets.working import Working
from app.upload.upload import Ending
from app.wording import halfway_words

_ALL = 1_000  # of the room, beside a stretch of 1


class ReportPage(DraftPage):
    """The last page. `ready` follows when the results are shown, and when a report is saved.

    `totals` are what is shown, or None before; `saved_path` is where the report was saved last, or None.
    """

    ready = Signal()
    again_wanted = Signal()  # another list
    elsewhere_wanted = Signal(object)  # ImportDraft: the same list, for another provider

    def __init__(self, session: Session) -> None:
        super().__init__(
            session,
            tr("Report"),
            tr("What became of every row of your file."),
        )
        self.totals: ImportTotals | None = None
        self.history_dialog: HistoryDialog | None = None
        self.saved_path: Path | None = None
        self._saving_to: Path | None = None
        self._reading = self.job(self._show_results)
        self._saving, self._copying = self.job(self._show_saved), self.job(self._show_copied)
        for job, show in ((self._saving, self._show_saving), (self._copying, self._show_copying)):
            job.moved.connect(show)
            job.stopped.connect(self._show_not_saved)
            job.problem.connect(self._show_not_saved)
        self._build()

    def _build(self) -> None:
        self.sentence = Label(weight=Weight.HEADING)
        self.unfinished, self.unsaved = Label(), Label()
        self.sum_line = SumLine()
        self.outcomes = OutcomeBar()
        self.accepted = Label(weight=Weight.SMALL)
        self.reasons = ReasonList()
        self.working = Working(tr("Stop"), tr("Close"))
        self.working.stop_wanted.connect(self._saving.ask_to_stop)
        self.working.stop_wanted.connect(self._copying.ask_to_stop)
        self.working.again_wanted.connect(self.working.hide)
        self.content.setSpacing(16)
        for words in (self.sentence, self.unfinished, self.unsaved):
            self.content.addWidget(words)
        for widget in (self.sum_line, self.outcomes, self.accepted):
            self.content.addWidget(widget)
        self.content.addWidget(self.reasons, stretch=_ALL)
        self.content.addStretch(1)  # where everyone has arrived there are no reasons to take the room
        self.content.addWidget(self.working)
        self._add_saving()
        self._add_ways_on()

    def _add_saving(self) -> None:
        self.save_all = QPushButton(tr("Save report..."), autoDefault=False)
        self.save_rest = QPushButton(autoDefault=False)
        self.open_folder = QPushButton(tr("Open the folder"), autoDefault=False)
        self.saved = Label(weight=Weight.QUIET)
        self.saved.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.save_all.clicked.connect(lambda: self._ask_where(Which.ALL))
        self.save_rest.clicked.connect(lambda: self._ask_where(Which.TO_MEND))
        self.open_folder.clicked.connect(self._open_folder)
        self._pressed = self.save_all
        self._buttons = FlowRow(self.save_all, self.save_rest, self.open_folder, self.saved)
        self.content.addWidget(self._buttons)

    def _add_ways_on(self) -> None:
        self.elsewhere = QPushButton(tr("Send the same list to another provider"), autoDefault=False)
        self.again = QPushButton(tr("Start again"), autoDefault=False)
        self.history = QPushButton(tr("Past imports and receipts"), autoDefault=False)
        self.elsewhere.clicked.connect(lambda: self._go_on(self.send_elsewhere))
        self.again.clicked.connect(lambda: self._go_on(self.again_wanted.emit))
        self.recipes = QPushButton(tr("Recipes..."), autoDefault=False)
        self.history.clicked.connect(self.show_history)
        self.recipes.clicked.connect(
            lambda: RecipesDialog(self.session.parts.folders, self.window(), may_use=False).open()
        )
        self.content.addWidget(FlowRow(self.elsewhere, self.again, self.history, self.recipes))

    # What the wizard asks.

    def show_narrow(self, narrow: bool) -> None:
        self.put_after(self._buttons, self.unsaved if narrow else self.working)

    def enter(self) -> None:
        self.show_problem(None)
        self.totals = self.saved_path = None
        self.saved.say(tr("The report is not kept here: save it to have it later."))
        self._enable_saving(False)
        self._weigh_saving()
        self.save_rest.hide()
        self.open_folder.hide()
        self._reading.start(reading_results(self.draft, self.session.end, self.session.parts.folders))

    def part(self) -> Callable[[], None]:
        return in_turn([job.part() for job in (self._reading, self._saving, self._copying)])

    def may_close(self) -> bool:
        # Who is unsure or was not sent is offered again; who was refused is noted nowhere else.
        refused = self.totals.refused if self.totals and self.draft.file else 0
        is_kept = not self._saving.running and (self.saved_path is not None or not refused)
        return is_kept or does_without_report(self)

    def _go_on(self, way: Callable[[], object]) -> None:
        """To another import, which ends this one."""
        if self.may_close():
            way()

    @property
    def has_primary(self) -> bool:
        """Until it is saved, saving it is what is left to do."""
        return self.saved_path is None

    def _weigh_saving(self) -> None:
        show_primary(self.save_all, self.has_primary)
        self.primary_changed.emit()

    # What happened.

    def _show_results(self, results: Results) -> None:
        self.totals = totals = results.totals
        where = place(self.draft.provider.title, self.draft.destination.practice)
        self.sentence.setText(" ".join((told(totals, where), left_out_words(totals))))
        announce(self.sentence, self.sentence.text())
        self._show_unfinished(totals)
        self.unsaved.say(unsaved_words(results.unsaved) if results.unsaved else "")
        self.sum_line.show_list(totals, sent=True)
        self.outcomes.show_totals(_outcomes(totals))
        self.accepted.say(accepted_words(totals, where))
        self.reasons.show_groups(reason_groups(results, self.draft))
        self.reasons.setVisible(not totals.all_arrived)
        self._enable_saving(True)
        self.save_rest.setVisible(not totals.all_arrived)
        self.save_rest.setText(save_rest_words(totals))
        if self.isVisible():  # until now there was nothing to save, and the keys were at a button below
            self.save_all.setFocus()
            self.show_top()
        self.ready.emit()

    def _show_unfinished(self, totals: ImportTotals) -> None:
        end = self.session.end
        stopped = end is not None and end.ending is not Ending.FINISHED
        self.unfinished.setVisible(stopped)
        if end is not None and stopped:
            left = trn(
                "The upload did not finish: {count} contact was not sent.",
                "The upload did not finish: {count} contacts were not sent.",
                totals.not_sent,
            )
            said = (left, halfway_words(totals.halfway), end.problem.title if end.problem else "")
            self.unfinished.setText(" ".join(filter(None, said)))

    # Saving.

    def _ask_where(self, which: Which) -> None:
        path = ask_for_place(self, tr("Save report"), report_name(self.draft, which), table_kinds())
        if path is not None:
            self.save(path, which)

    def save(self, path: Path, which: Which = Which.ALL) -> None:
        """Save the report to `path`, beside the window."""
        self._saving_to = path
        self.saved.say("")
        self._begin(tr("Saving the report"), self.save_all if which is Which.ALL else self.save_rest)
        self._saving.start(saving_report(self.draft, self.session.end, path, which))

    def _show_saving(self, progress: Progress) -> None:
        self.working.show_progress(
            progress, trn("{count} row looked through", "{count} rows looked through", progress.done)
        )

    def _show_saved(self, _: object) -> None:
        self.saved_path = self._saving_to
        self.open_folder.show()
        self._end(keys=self.open_folder)
        self._weigh_saving()
        name = self.saved_path.name if self.saved_path else ""
        self.saved.say(tr("Saved as {name}.", name=name))
        announce(self.saved, self.saved.text())
        self.bring_into_sight(self.saved)
        self.ready.emit()

    def _show_not_saved(self, _: Problem | None = None) -> None:
        self._end(keys=self._pressed)

    def _begin(self, doing: str, pressed: QPushButton) -> None:
        self.show_problem(None)
        self._pressed = pressed
        self._enable_saving(False)
        self.working.begin(doing)

    def _end(self, keys: QPushButton) -> None:
        """The keyboard was at a button that could not be pressed meanwhile, or has gone."""
        self.working.hide()
        self._enable_saving(True)
        keys.setFocus()

    def _enable_saving(self, enabled: bool) -> None:
        for button in (self.save_all, self.save_rest, self.elsewhere, self.again):
            button.setEnabled(enabled)

    def _open_folder(self) -> None:
        if self.saved_path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.saved_path.parent)))

    # What may come next.

    def send_elsewhere(self) -> None:
        """Prepare the same list for another provider; `elsewhere_wanted` follows."""
        self._begin(tr("Preparing the same list once more"), self.elsewhere)
        self._copying.start(copying(self.draft, self.session.parts.folders.imports))

    def show_history(self) -> None:
        """Open the list of past imports."""
        self.history_dialog = HistoryDialog(self.session.parts.folders, self.window())
        self.history_dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.history_dialog.open()

    def _show_copying(self, progress: Progress) -> None:
        self.working.show_progress(progress)

    def _show_copied(self, draft: ImportDraft) -> None:
        self._end(keys=self.elsewhere)
        self.elsewhere_wanted.emit(draft)


def _outcomes(totals: ImportTotals) -> OutcomeTotals:
    return OutcomeTotals(
        totals.created, totals.updated, totals.accepted, totals.refused, totals.unsure, totals.not_sent
    )
