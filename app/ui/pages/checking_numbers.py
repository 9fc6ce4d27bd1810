"""Examines a column of phone numbers for what spreadsheets do to them, in the background.

Counting is flow's; this brings what was found to the field's row as sentences.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.flow.checking import order_of
from app.flow.damage import PhoneDamage, phone_damage
from app.language import tr, trn
from app.ui.job import Job
from app.ui.session import Session
from app.ui.widgets.field_row import FieldRow
from app.ui.widgets.hues import Tone


class CheckingNumbers(QObject):
    """`problem` brings a Problem, `crashed` a traceback."""

    problem = Signal(object)  # Problem
    crashed = Signal(str)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._row: FieldRow | None = None
        self._job = Job(self)
        self._job.done.connect(self._take)
        self._job.stopped.connect(self.forget)
        self._job.problem.connect(self._fail)
        self._job.crashed.connect(self._crash)

    @property
    def running(self) -> bool:
        """Whether a column is being examined."""
        return self._job.running

    def check(self, row: FieldRow) -> None:
        """Examine the column that fills the field of `row`; says so in the row."""
        self.forget()
        draft = self._session.draft
        positions = next((one.positions for one in draft.mapping.assignments if one.field == row.key), ())
        if draft.file is None or not positions:
            return
        order, position = order_of(draft), positions[0]
        self._row = row
        row.show_damage((tr("Looking at all numbers of this column"),), None)
        self._job.start(lambda tell, stop: phone_damage(order, position, tell, stop))

    def forget(self) -> None:
        """Hear no more of what is being examined."""
        self._job.forget()
        row, self._row = self._row, None
        if row is not None:
            row.show_damage((), None)

    def part(self) -> Callable[[], None]:
        """Forget; gives what waits until nothing runs, on any thread."""
        self.forget()
        return self._job.part()

    def _take(self, found: PhoneDamage) -> None:
        row, self._row = self._row, None
        if row is None:
            return
        if not found.damages:
            sound = trn(
                "{count} number was looked at. It is sound.",
                "{count} numbers were looked at. All are sound.",
                found.filled,
            )
            row.show_damage((sound,), Tone.GOOD)
        else:
            row.show_damage(tuple(one.sentence for one in found.damages), Tone.WARNING)

    def _fail(self, problem: object) -> None:
        self.forget()
        self.problem.emit(problem)

    def _crash(self, trace: str) -> None:
        self.forget()
        self.crashed.emit(trace)
