"""Past imports in a list, with totals that add up; each can be saved as a page, or forgotten.

Shows what flow/history keeps, which names nobody; refuses to know ledgers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from app.flow.history import ImportSummary, erase_history, forget_import, past_imports
from app.flow.receipt_page import destination_words, receipt_page
from app.language import number, tr, trn
from app.problems import Problem
from app.providers.verdicts import OutcomeKind
from app.settings.folders import Folders
from app.ui.printing import save_pdf
from app.ui.widgets.confirm import confirm
from app.ui.widgets.kept_list import Cell, KeptList, lay_out
from app.ui.widgets.labels import Label, Weight
from app.ui.widgets.moments import full_moment_words, moment_words
from app.ui.widgets.primary import show_primary
from app.ui.widgets.problem_box import ProblemBox
from app.ui.widgets.saving_place import ask_for_place
from app.ui.widgets.screen_room import open_within
from app.wording import outcome_words

SIZE = (1080, 480)
_MANY = 2  # of a column: more than one
_NOT_ARRIVED = (OutcomeKind.REFUSED, OutcomeKind.UNSURE, OutcomeKind.NOT_SENT)


class HistoryDialog(QDialog):
    """`changed` follows when something was forgotten."""

    changed = Signal()

    def __init__(self, folders: Folders, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folders = folders
        self.imports: tuple[ImportSummary, ...] = ()
        self.setWindowTitle(tr("Past imports"))
        open_within(self, *SIZE)
        self.problem_box = ProblemBox()
        self.together = Label(weight=Weight.STRONG)
        note = Label(
            tr("Only dates, accounts, file names and counts: nobody from your lists is kept here."),
            Weight.QUIET,
        )
        headers = (
            *(tr("When"), tr("Sent to"), tr("File"), tr("Rows"), tr("Contacts")),
            tr("Arrived"),
            *(outcome_words(kind, _MANY) for kind in _NOT_ARRIVED),
        )
        self.list = KeptList(tr("Past imports"), headers, wide=2)
        self.empty = Label(
            tr("Every upload is listed here, with a receipt for your data-protection file."), Weight.QUIET
        )
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.list.itemSelectionChanged.connect(self._enable)
        self.save = QPushButton(tr("Save the receipt..."), autoDefault=False)
        show_primary(self.save)
        self.forget = QPushButton(tr("Forget this one"), autoDefault=False)
        self.erase = QPushButton(tr("Forget all"), autoDefault=False)
        self.save.clicked.connect(self._ask_where)
        self.forget.clicked.connect(self._forget)
        self.erase.clicked.connect(self._ask_to_erase)
        above = (self.problem_box, self.together, note)
        actions = (self.save, self.forget, self.erase)
        close = QPushButton(tr("Close"), autoDefault=False)
        lay_out(self, above, (self.list, self.empty), actions, close)
        self.show_imports()

    def show_imports(self) -> None:
        """Show what is kept now."""
        self.imports, problem = past_imports(self._folders)
        self.problem_box.show_problem(problem)
        self.list.show_lines(map(_line, self.imports))
        self.list.setVisible(bool(self.imports))
        self.empty.setVisible(not self.imports)
        self.together.setText(together_words(self.imports))
        self._enable()

    def save_receipt(self, summary: ImportSummary, path: Path) -> None:
        """Save an import's page as a PDF."""
        try:
            save_pdf(receipt_page(summary, full_moment_words), path, tr("Receipt of an import of contacts"))
        except Problem as problem:
            self.problem_box.show_problem(problem)

    @property
    def chosen(self) -> ImportSummary | None:
        """The import that is selected."""
        place = self.list.place
        return None if place is None else self.imports[place]

    def _enable(self) -> None:
        for button in (self.save, self.forget):
            button.setEnabled(self.chosen is not None)
        self.erase.setEnabled(bool(self.imports))

    def _ask_where(self) -> None:
        summary = self.chosen
        if summary is None:
            return
        word = tr("receipt")
        name = Path(f"{Path(summary.file).stem}-{word}.pdf")
        path = ask_for_place(self, tr("Save the receipt"), name, {".pdf": tr("PDF document (*.pdf)")})
        if path is not None:
            self.save_receipt(summary, path)

    def _forget(self) -> None:
        summary = self.chosen
        if summary is not None:
            self._change(lambda: forget_import(self._folders, summary.id))

    def _ask_to_erase(self) -> None:
        if confirm(
            self,
            tr("Past imports"),
            tr("Forget all past imports?"),
            tr("Their receipts can't be saved any more. Nothing changes at the providers."),
            do=tr("Forget all"),
            keep=tr("Keep them"),
        ):
            self._change(lambda: erase_history(self._folders))

    def _change(self, forget: Callable[[], None]) -> None:
        try:
            forget()
        except Problem as problem:
            self.problem_box.show_problem(problem)
            return
        self.show_imports()
        self.changed.emit()


def together_words(imports: Sequence[ImportSummary]) -> str:
    """All imports but those for practice, added up."""
    real = [one.totals for one in imports if not one.practice]
    if not imports:
        return tr("Nothing has been sent yet.")
    if not real:
        return trn("{count} practice import.", "{count} practice imports.", len(imports))
    sent, arrived = sum(one.to_send for one in real), sum(one.arrived for one in real)
    words = trn("{count} import without practice:", "{count} imports without practice:", len(real))
    numbers = trn(
        "{arrived} of {count} contact has arrived.",
        "{arrived} of {count} contacts have arrived.",
        sent,
        arrived=number(arrived),
    )
    return f"{words} {numbers}"


def _line(one: ImportSummary) -> Sequence[Cell]:
    totals = one.totals
    counts = (totals.read, totals.to_send, totals.arrived, totals.refused, totals.unsure, totals.not_sent)
    return (moment_words(one.ended), destination_words(one), one.file, *counts)
