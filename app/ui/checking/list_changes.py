"""Changes the checked list beside the window: typed cells, repairs, rows left out, steps back and forth.

Opens the dialogs and runs the work; what the page shows of it, it is told with `changed`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.contacts.duplicates import DuplicatePolicy
from app.flow.changes import CellEdits, Change, Decide, Go, LeaveOut
from app.flow.decisions import Decisions
from app.flow.repairs import Matter, Repair
from app.language import tr
from app.progress import Progress
from app.ui.checking.checked_list import (
    CheckedList,
    Desk,
    asking,
    changing,
    exemplifying,
    finding,
    planning,
    preparing,
    saving_left_out,
)
from app.ui.job import Job, in_turn
from app.ui.models.contact_table import Edit
from app.ui.session import Session
from app.ui.turns import play_in_turns
from app.ui.widgets.contact_filters import Wanted
from app.ui.widgets.repair_dialog import RepairDialog
from app.ui.widgets.replace_dialog import ReplaceDialog
from app.ui.widgets.saving_place import ask_for_place, table_kinds

SEEN = 100  # milliseconds in which a list has been painted


class ListChanges(QObject):
    """`changed` brings a CheckedList, `moved` Progress of a longer change, `ended` follows every change, and
    `given_up` those that were not made. `wanted` gives which contacts the page shows."""

    changed = Signal(object)
    moved = Signal(object)
    ended = Signal()
    given_up = Signal()
    saved = Signal(object)  # Path
    problem = Signal(object)
    crashed = Signal(str)

    def __init__(self, session: Session, wanted: Callable[[], Wanted], page: QWidget) -> None:
        super().__init__(page)
        self._session, self._wanted, self._page = session, wanted, page
        self._desk = Desk()
        self._waiting: list[Change] = []
        self.dialog: RepairDialog | ReplaceDialog | None = None
        self._seen = QTimer(self, singleShot=True, interval=SEEN)
        self._seen.timeout.connect(self._prepare)
        self._preparing = self._job(lambda _: self._plan())
        self._planning = Job(self)  # what could not be planned now is planned when it is sent
        self._planning.crashed.connect(self.crashed)
        self._changing = self._job(self._tell_changed)
        self._changing.moved.connect(self.moved)
        self._changing.stopped.connect(self._give_up)
        self._changing.problem.connect(lambda _: self._give_up())
        self._asking = self._job(self._open)
        self._showing = self._job(self._show)
        self._saving = self._job(self.saved.emit)

    @property
    def running(self) -> bool:
        """Whether the list is being changed, or is about to be."""
        return self._changing.running or bool(self._waiting)

    def prepare(self) -> None:
        """The list was checked: make ready, once it is seen, so that the first change is quick."""
        self._seen.start()

    def _prepare(self) -> None:
        self._preparing.start(preparing(self._session.draft, self._desk))

    def _plan(self) -> None:
        self._planning.start(planning(self._session.draft))

    def stop(self) -> None:
        """Ask the change that is being made to stop; then nothing is changed."""
        self._changing.ask_to_stop()

    def part(self) -> Callable[[], None]:
        """Hear nothing more; gives what waits until nothing runs and lets go of the ledger, on any thread."""
        self._waiting.clear()
        self._seen.stop()
        if self.dialog is not None:
            self.dialog.reject()
        desk, self._desk = self._desk, Desk()
        if self._preparing.running:
            desk.interrupt()
        jobs = (
            *(self._planning, self._preparing, self._changing),
            *(self._asking, self._showing, self._saving),
        )
        return in_turn([*(job.part() for job in jobs), desk.close])

    def forget(self) -> None:
        """The whole list is checked anew."""
        self._desk.forget()

    # What can be done.

    def edit(self, edit: Edit) -> None:
        """Put a text into a cell."""
        self._do(CellEdits({edit.row: {edit.position: edit.text}}))

    def undo(self) -> None:
        """Take back the last change."""
        self._do(Go.BACK)

    def redo(self) -> None:
        """Make again what was taken back."""
        self._do(Go.FORTH)

    def leave_out(self, rows: Sequence[int], out: bool = True) -> None:
        """Leave rows out, or take them in again."""
        if rows:
            self._do(LeaveOut(rows, out))

    def decide(self, decisions: Decisions) -> None:
        """Decide about the whole list."""
        if decisions != self._session.draft.decisions:
            self._do(Decide(decisions))

    def choose_row(self, policy: DuplicatePolicy) -> None:
        """Decide which row of the same person is sent."""
        self.decide(replace(self._session.draft.decisions, duplicates=policy))

    def repair(self, repair: Repair) -> None:
        """Ask what is to be decided."""
        if not self.running:
            self._asking.start(asking(self._session.draft, repair))

    def replace(self, rows: Sequence[int]) -> None:
        """Ask what to find and replace in these rows."""
        draft = self._session.draft
        if draft.file is None or self.running:
            return
        used = {place for one in draft.mapping.assignments for place in one.positions}
        columns = [(one.position, one.name) for one in draft.file.shape.columns if one.position in used]
        dialog = ReplaceDialog(rows, columns, self._page)
        dialog.asked.connect(lambda change: self._showing.start(finding(draft, change)))
        dialog.decided.connect(self._do)
        self._present(dialog)

    def save_left_out(self) -> None:
        """Ask where to save the rows that are left out, and save them there."""
        title, name = tr("Save the rows that are left out"), Path(tr("left out.xlsx"))
        path = ask_for_place(self._page, title, name, table_kinds())
        if path is not None:
            self.save(path)

    def save(self, path: Path) -> None:
        """Save the rows that are left out at `path`; `saved` follows."""
        self._saving.start(saving_left_out(self._session.draft, path))

    # Inside.

    def _do(self, change: Change) -> None:
        self._waiting.append(change)
        self._next()

    def _next(self) -> None:
        # One at a time: each begins with the list as the one before has left it.
        if self._waiting and not self._changing.running:
            changes, self._waiting = self._waiting, []
            session = self._session
            self._changing.start(changing(session.draft, session.parts, self._desk, changes, self._wanted()))
            self.moved.emit(Progress(0))

    def _tell_changed(self, checked: CheckedList) -> None:
        self.changed.emit(checked)
        self.ended.emit()
        self._next()

    def _give_up(self) -> None:
        self._waiting.clear()
        self._desk.forget()
        self.ended.emit()
        self.given_up.emit()

    def _open(self, matter: Matter) -> None:
        draft = self._session.draft
        schema = draft.schema

        def label(key: str) -> str:
            field = schema.field(key)
            return tr(field.label) if field else key

        dialog = RepairDialog(matter, draft.decisions, label, self._page)
        dialog.asked.connect(
            lambda decisions: self._showing.start(exemplifying(draft, matter.repair, decisions))
        )
        dialog.decided.connect(self.decide)
        self._present(dialog)
        dialog.ask()

    def _present(self, dialog: RepairDialog | ReplaceDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(self._close_dialog)
        play_in_turns(self._opening(dialog), dialog)

    def _opening(self, dialog: RepairDialog | ReplaceDialog) -> Iterator[None]:
        """Making it took one turn, and showing it takes another."""
        yield
        if self.dialog is dialog:
            dialog.open()

    def _close_dialog(self) -> None:
        self._showing.forget()
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _show(self, found: Any) -> None:
        if self.dialog is not None:
            self.dialog.show_examples(found)

    def _job(self, done: Callable[[Any], None]) -> Job:
        job = Job(self)
        job.done.connect(done)
        job.problem.connect(self.problem)
        job.crashed.connect(self.crashed)
        return job
