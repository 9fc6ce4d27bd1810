"""choose_file: the page where a spreadsheet is dropped, read, and shown as it was read.

Reading is flow's, in the background; this page shows how far it is and what came of it. Uploads that were
stopped are offered here too, as are lists that a crash left half prepared. It is the first page to be
seen, so what reading needs is imported when a file is read.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal

from app.language import tr
from app.problems import FileProblem, Problem
from app.ui.job import Job, in_turn
from app.ui.pages.page import DraftPage
from app.ui.reading_work import reading
from app.ui.session import Session
from app.ui.turns import BREATH, play_in_turns
from app.ui.unfinished import erase_former, giving_up, taking_up, unfinished_in
from app.ui.widgets.icons import RESOURCES
from app.ui.widgets.start_view import StartView
from app.ui.widgets.views import Views

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.flow.draft import ImportDraft
    from app.flow.unfinished import UnfinishedImport
    from app.table.shape import ReadingChoice
    from app.ui.widgets.password_row import PasswordRow
    from app.ui.widgets.read_file_box import ReadFileBox
    from app.ui.widgets.reading_view import ReadingView
    from app.ui.widgets.working import Working

SAMPLE = RESOURCES / "samples" / "contacts.xlsx"


class ChooseFilePage(DraftPage):
    """Complete as soon as a file is read. A drop, a choice and the sample all come down to `read(path)`.

    `resumed` says that the draft is one whose upload was stopped, ready to go on; `taken_up` brings the page
    at which one that was being prepared was left.
    """

    resumed = Signal()
    taken_up = Signal(str)

    clearing: Job | None = None  # of the window, which puts the last import away

    def __init__(self, session: Session) -> None:
        super().__init__(
            session,
            tr("Choose your spreadsheet"),
            tr("One person on each row, under a header that names the columns."),
        )
        self._reading, self._looking, self._resuming = Job(self), Job(self), Job(self)
        self._erasing, self._giving_up, self._arriving = Job(self), Job(self), False
        self._first_few: int | None = None  # of the upload that is taken up again
        self._path = Path()
        self._choice: ReadingChoice | None = None  # of the file that is or was being read
        self.start_view = StartView()
        self.drop_area, self.sample_button = self.start_view.drop_area, self.start_view.sample
        self._views = Views()
        self._views.addWidget(self.start_view)
        self.content.setSpacing(16)
        self.content.addWidget(self._views, stretch=1)
        self._connect()

    @cached_property
    def file_box(self) -> ReadFileBox:
        """The file that was read; made when there is one."""
        from app.ui.widgets.read_file_box import ReadFileBox

        box = ReadFileBox()
        box.another_asked.connect(self.ask_for_file)
        box.dropped.connect(self.read)
        box.choice_made.connect(self._read_again)
        self._views.addWidget(box)
        return box

    @cached_property
    def reading_view(self) -> ReadingView:
        """How far reading is; made when a file is read."""
        from app.ui.widgets.reading_view import ReadingView

        view = ReadingView()
        view.working.stop_wanted.connect(self._reading.ask_to_stop)
        self._reading.moved.connect(view.show_progress)
        self._reading.moved.connect(self._make_file_box)
        self._views.addWidget(view)
        return view

    @property
    def working(self) -> Working:
        return self.reading_view.working

    @cached_property
    def password(self) -> PasswordRow:
        """Made when a file asks for one."""
        from app.ui.widgets.password_row import PasswordRow

        row = PasswordRow()
        row.hide()
        row.given.connect(self._read_with_password)
        self.content.insertWidget(0, row)
        return row

    def show_narrow(self, narrow: bool) -> None:
        self.start_view.show_narrow(narrow)

    def make_ahead(self) -> Iterator[None]:
        if self.session.file is not None:
            self._fill()
        _ = self.file_box  # beside reading, making it would be felt
        yield

    def enter(self) -> None:
        if not self._reading.running:
            self._show_file()
            if self.session.file is not None:
                from app.flow.reading import change_since

                self.show_problem(change_since(self.session.file))
        self.look_for_unfinished()

    def part(self) -> Callable[[], None]:
        jobs = (self._reading, self._looking, self._resuming, self._giving_up, self._erasing)
        waits = [job.part() for job in jobs]
        self._show_file()
        return in_turn(waits)

    def isComplete(self) -> bool:
        return self.session.file is not None and not (self._reading.running or self._arriving)

    def read(self, path: Path, choice: ReadingChoice | None = None) -> None:
        """Read `path` in the background. Until that has worked, the file read before stays the draft's."""
        from app.table.shape import ReadingChoice

        self._path, self._choice = path, choice or ReadingChoice()
        self.show_problem(None)
        if "password" in self.__dict__:
            self.password.hide()
        self._resuming.forget()
        self.reading_view.begin(path.name)
        self._views.setCurrentWidget(self.reading_view)
        QTimer.singleShot(0, self, self.show_top)  # the keyboard goes to Stop, and the page would follow it
        folders, ending = self.session.parts.folders, self.session.take_ending()
        self._reading.start(reading(path, self._choice, self.draft, ending, folders))
        self.complete_changed.emit()

    def ask_for_file(self) -> None:
        """Let the user choose a file."""
        from PySide6.QtWidgets import QFileDialog

        sheets = tr("Spreadsheets") + " (*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv *.tsv *.txt)"
        kinds = ";;".join((sheets, tr("All files") + " (*)"))
        name, _ = QFileDialog.getOpenFileName(self, tr("Choose a spreadsheet"), "", kinds)
        if name:
            self.read(Path(name))

    def look_for_unfinished(self) -> None:
        """Find what can be gone on with, in the background; not while one of them is taken, given up or put
        away: who looks holds each for a moment."""
        folders = self.session.parts.folders
        at_it = (self._resuming, self._giving_up, self.clearing)
        if not any(job.running for job in at_it if job is not None):
            self._looking.start(lambda _, __: unfinished_in(folders))

    def resume(self, unfinished: UnfinishedImport) -> None:
        """Open a stopped upload as it was reviewed, or a list as it was prepared; `resumed` or `taken_up`
        follows."""
        self.show_problem(None)
        self.start_view.setEnabled(False)
        self._first_few = unfinished.first_few
        self._resuming.start(taking_up(unfinished, self.session.parts.folders, self._looking.part()))

    def give_up(self, unfinished: UnfinishedImport) -> None:
        """Erase what could be gone on with."""
        self.show_problem(None)
        self._giving_up.start(giving_up(unfinished, self.session.parts.folders, self._looking.part()))

    def _connect(self) -> None:
        view = self.start_view
        view.chosen.connect(self.read)
        view.forget_asked.connect(self._forget_recent_files)
        view.continued.connect(self.resume)
        view.given_up.connect(self._ask_to_give_up)
        self._looking.done.connect(view.show_unfinished)
        self._giving_up.done.connect(view.show_unfinished)
        self._resuming.done.connect(self._take_up)
        for job in (self._looking, self._resuming, self._giving_up, self._erasing):
            job.problem.connect(self._fail)
            job.crashed.connect(self._crash)
        self.drop_area.clicked.connect(self.ask_for_file)
        self.drop_area.dropped.connect(self.read)
        self.sample_button.clicked.connect(lambda: self.read(SAMPLE))
        self._reading.done.connect(self._take)
        self._reading.stopped.connect(self._show_file)
        self._reading.problem.connect(self._fail)
        self._reading.crashed.connect(self._crash)

    def _read_again(self, changed: ReadingChoice) -> None:
        """The draft's file, read otherwise; a password typed for it stays in force."""
        file = self.draft.file
        if file is not None:
            self.read(file.shape.path, replace(changed, password=file.choice.password))

    def _read_with_password(self, password: str) -> None:
        if self._choice is not None:
            self.read(self._path, replace(self._choice, password=password))

    def _make_file_box(self) -> None:
        """Make what the file will be shown in while it is read: all at the end would be felt."""
        QTimer.singleShot(BREATH, self, lambda: self.file_box)

    def _take(self, matched: ImportDraft) -> None:
        former, self._arriving = self.session.file, True
        if former is not None:
            self._erasing.start(lambda _, __: erase_former(former.ledger))  # the disk may be slow
        self.session.give(matched)
        if self._path != SAMPLE:
            self.session.prefer(self.session.preferences.with_recent_file(self._path))
        play_in_turns(self._arrive(), self)

    def _arrive(self) -> Iterator[None]:
        """The file is put into what shows it, and into the page after this, before anybody can go on."""
        self._fill()
        yield
        yield from self.make_next_ahead()
        self._arriving = False
        if not self._reading.running:
            self._show_filled()
            self.offer_to_go_on()

    def _take_up(self, taken: tuple[ImportDraft, str]) -> None:
        draft, page = taken
        self.give(draft)
        self.session.first_few = self._first_few
        self._show_file()
        if page:
            self.taken_up.emit(page)
        else:
            self.resumed.emit()

    def _ask_to_give_up(self, unfinished: UnfinishedImport) -> None:
        from app.ui.widgets.unfinished_list import really_give_up

        if really_give_up(unfinished, self.window()):
            self.give_up(unfinished)

    def _forget_recent_files(self) -> None:
        self.session.prefer(replace(self.session.preferences, recent_files=()))
        self._show_file()

    def _fail(self, problem: Problem) -> None:
        if isinstance(problem, FileProblem) and not self._is_there():
            self.session.prefer(self.session.preferences.without_recent_file(self._path))
        self._show_file()
        self.show_problem(problem)
        from app.table.faults import PasswordProblem

        if isinstance(problem, PasswordProblem):
            self.password.show()
            self.password.line.setFocus()

    def _crash(self, trace: str) -> None:
        self._show_file()
        self.crashed.emit(trace)

    def _is_there(self) -> bool:
        try:
            return self._path.exists()
        except OSError:
            return False

    def _show_file(self) -> None:
        self._fill()
        self._show_filled()

    def _fill(self) -> None:
        file = self.session.file
        self.start_view.setEnabled(True)
        self.start_view.show_recent([Path(one) for one in self.session.preferences.recent_files])
        if file is not None or "file_box" in self.__dict__:
            self.file_box.show_file(file, replace(file.choice, password=None) if file else None)

    def _show_filled(self) -> None:
        read = "reading_view" in self.__dict__ and self._views.currentWidget() is self.reading_view
        shown = self.start_view if self.session.file is None else self.file_box
        self._views.setCurrentWidget(shown)
        if read:  # the keys were at Stop, and would go to whatever comes next in the window
            (self.drop_area if shown is self.start_view else self.file_box.another).setFocus()
        self.complete_changed.emit()
