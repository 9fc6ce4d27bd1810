"""choose_file: the page where a spreadsheet is dropped, read, and shown as it was read.

Reading is flow's, in the background; this page shows how far it is and what came of it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.flow.draft import ReadFile
from app.flow.matching import with_suggested_mapping
from app.flow.reading import read_file
from app.language import tr
from app.ledger.ledger import erase
from app.problems import Problem
from app.table.faults import PasswordProblem
from app.table.shape import ReadingChoice
from app.ui.job import Job
from app.ui.pages.page import DraftPage
from app.ui.session import Session
from app.ui.widgets.drop_area import DropArea
from app.ui.widgets.icons import RESOURCES
from app.ui.widgets.password_row import PasswordRow
from app.ui.widgets.read_file_box import ReadFileBox
from app.ui.widgets.working_box import WorkingBox

SAMPLE = RESOURCES / "samples" / "contacts.xlsx"


class ChooseFilePage(DraftPage):
    """Complete as soon as a file is read. A drop, a choice and the sample all come down to `read(path)`."""

    def __init__(self, session: Session) -> None:
        super().__init__(
            session,
            tr("Choose your spreadsheet"),
            tr("One person on each row, under a header that names the columns."),
        )
        self._reading = Job(self)
        self._path = Path()
        self._choice = ReadingChoice()
        self.drop_area = DropArea()
        self.sample_button = QPushButton(tr("Try it with a sample"))
        self.working = WorkingBox()
        self.file_box = ReadFileBox()
        self.password = PasswordRow()
        self.password.hide()
        self._start = _start_view(self.drop_area, self.sample_button)
        self._views = QStackedWidget()
        for view in (self._start, self.working, self.file_box):
            self._views.addWidget(view)
        self.content.setSpacing(16)
        self.content.addWidget(self.password)
        self.content.addWidget(self._views, stretch=1)
        self._connect()

    def enter(self) -> None:
        if not self._reading.running:
            self._show_file()

    def leave(self) -> None:
        self._reading.finish()
        self._show_file()

    def isComplete(self) -> bool:
        return self.draft.file is not None and not self._reading.running

    def read(self, path: Path, choice: ReadingChoice | None = None) -> None:
        """Read `path` in the background. Until that has worked, the file read before stays the draft's."""
        self._path, self._choice = path, choice or ReadingChoice()
        self.show_problem(None)
        self.password.hide()
        self.working.begin(tr("Reading {name}", name=path.name))
        self._views.setCurrentWidget(self.working)
        folder, wanted = self.session.parts.folders.imports, self._choice
        self._reading.start(lambda tell, stop: read_file(path, wanted, folder, tell, stop))
        self.completeChanged.emit()

    def ask_for_file(self) -> None:
        """Let the user choose a file."""
        kinds = ";;".join(
            (
                tr("Spreadsheets") + " (*.xlsx *.xlsm *.csv *.txt *.tsv *.xls *.ods)",
                tr("All files") + " (*)",
            )
        )
        name, _ = QFileDialog.getOpenFileName(self, tr("Choose a spreadsheet"), "", kinds)
        if name:
            self.read(Path(name))

    def read_sample(self) -> None:
        """Read the list that comes with the program."""
        self.read(SAMPLE)

    def _connect(self) -> None:
        self.drop_area.clicked.connect(self.ask_for_file)
        self.drop_area.dropped.connect(self.read)
        self.sample_button.clicked.connect(self.read_sample)
        self.password.given.connect(self._read_with_password)
        self.file_box.another_asked.connect(self.ask_for_file)
        self.file_box.dropped.connect(self.read)
        self.file_box.choice_made.connect(self._read_again)
        self.working.stop_asked.connect(self._reading.ask_to_stop)
        self._reading.moved.connect(self.working.show_progress)
        self._reading.done.connect(self._take)
        self._reading.stopped.connect(self._show_file)
        self._reading.problem.connect(self._fail)
        self._reading.crashed.connect(self._crash)

    def _read_again(self, changed: ReadingChoice) -> None:
        """The draft's file, read otherwise; a password typed for it stays in force."""
        file = self.draft.file
        if file is not None:
            password = self._choice.password if self._path == file.shape.path else None
            self.read(file.shape.path, replace(changed, password=password))

    def _read_with_password(self, password: str) -> None:
        self.read(self._path, replace(self._choice, password=password))

    def _take(self, file: ReadFile) -> None:
        former = self.draft.file
        if former is not None:
            with suppress(OSError):
                erase(former.ledger)
        self.give(with_suggested_mapping(self.draft.with_file(file)))
        self._show_file()

    def _fail(self, problem: Problem) -> None:
        self._show_file()
        self.show_problem(problem)
        if isinstance(problem, PasswordProblem):
            self.password.show()
            self.password.line.setFocus()

    def _crash(self, trace: str) -> None:
        self._show_file()
        self.crashed.emit(trace)

    def _show_file(self) -> None:
        file = self.draft.file
        self.file_box.show_file(file)
        self._views.setCurrentWidget(self._start if file is None else self.file_box)
        self.completeChanged.emit()


def _start_view(drop_area: DropArea, sample_button: QPushButton) -> QWidget:
    view = QWidget()
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(sample_button)
    row.addStretch(1)
    layout = QVBoxLayout(view)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(24)
    layout.addWidget(drop_area, stretch=1)
    layout.addLayout(row)
    layout.setAlignment(row, Qt.AlignmentFlag.AlignBottom)
    return view
