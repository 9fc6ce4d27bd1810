"""The wizard: six pages in a row, the step list at their side, the practice band above.

Moves between pages and tidies up behind them; owns nothing of the pipe.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWizard

from app.language import tr
from app.ui.background import Work
from app.ui.button_row import ButtonRow
from app.ui.ground import Ground
from app.ui.job import Job, in_turn
from app.ui.pages.page import DraftPage
from app.ui.session import Session
from app.ui.step_list import StepList
from app.ui.turns import play_in_turns
from app.ui.unfinished import put_away
from app.ui.widgets.practice_band import PracticeBand

if TYPE_CHECKING:
    from app.flow.draft import ImportDraft

log = logging.getLogger("app.window")

USUAL = (1180, 660)
LEAST = (640, 280)  # a screen of 1280 by 720 at 200 %, less its task bar and the title of the window
NARROW = 900  # pixels of width below which the steps have no names

_OTHER_LANGUAGE = QEvent.Type.LanguageChange

PageMaker = Callable[["FerryWizard"], DraftPage]


class Step(IntEnum):
    """The six steps, by the ids of their pages."""

    CHOOSE_FILE = 0
    MAP_COLUMNS = 1
    CHOOSE_PROVIDER = 2
    CHECK_CONTACTS = 3
    UPLOAD = 4
    REPORT = 5


class FerryWizard(QWizard):
    """Give it one maker of a page per Step: the first is asked at once, the others when their page is needed
    or `prepare` gets to them, which ends with `prepared`. `crashed` carries the traceback of a mistake in
    background work, `language_chosen` the code of a language that the window should speak."""

    crashed = Signal(str)
    language_chosen = Signal(str)
    prepared = Signal()
    help_asked = Signal()

    def __init__(self, session: Session, makers: Sequence[PageMaker]) -> None:
        super().__init__()
        session.setParent(self)
        self.session = session
        self.step_list = StepList()
        self.band = PracticeBand()
        self._before = -1
        self._makers = dict(zip(Step, makers, strict=True))
        self._preparing, self.clearing = Job(self), Job(self)  # who clears, puts an import away
        self.clearing.crashed.connect(self.crashed)
        self._preparing.done.connect(self._make_the_others)
        self._preparing.crashed.connect(self.crashed)
        self._ground = Ground(self, self.band)  # first: on Windows a least size brings a size at once
        self._dress()
        self._buttons = ButtonRow(self)
        self.helpRequested.connect(self.help_asked)
        session.frame = self.page_of(Step.CHOOSE_FILE).parentWidget()
        self.setSideWidget(self.step_list)
        session.changed.connect(self._show_destination)
        session.changed.connect(self._mark_steps)
        self.currentIdChanged.connect(self._arrive)
        self.step_list.language.activated.connect(self._choose_language)
        self._ground.colour(self.palette())
        self._show_destination()

    def page_of(self, step: Step) -> DraftPage:
        """The page of that step, made now if it was not needed before."""
        if step in self._makers:
            self._take(step, self._makers.pop(step)(self))
        page = self.page(step)
        if not isinstance(page, DraftPage):
            raise LookupError(step)
        return page

    def prepare(self, load: Work) -> None:
        """Get the other pages ready while the first is seen: `load` in the background, then one by one."""
        self._preparing.start(load)

    def make_ahead(self, steps: Iterable[Step]) -> Iterator[None]:
        """Make their pages, and what those are going to show, each in a turn of its own."""
        for step in steps:
            page = self.page_of(step)
            yield
            yield from page.make_ahead()

    def nextId(self) -> int:
        """The steps follow each other, whether their pages are made yet or not."""
        return self.currentId() + 1 if 0 <= self.currentId() < Step.REPORT else -1

    def validateCurrentPage(self) -> bool:
        if not super().validateCurrentPage():
            return False
        if self.nextId() >= 0:
            self.page_of(Step(self.nextId()))
        return True

    def may_close(self) -> bool:
        """Whether the window may close: asks where something is under way, or would be lost."""
        if self.currentId() == Step.UPLOAD and self._running():
            from app.ui.closing import stops_upload

            return stops_upload(self)
        page = self.currentPage()
        return not isinstance(page, DraftPage) or page.may_close()

    def go_to_upload(self) -> None:
        """Show the upload page at once, with nothing before it: the draft was reviewed earlier."""
        self._before = -1
        for step in (Step.UPLOAD, Step.REPORT):
            self.page_of(step)
        self.setStartId(Step.UPLOAD)
        self.restart()

    def start_again(self) -> None:
        """Begin a new import at the first page; the file of the last one is put away."""
        self._put_away()
        self._before = -1
        self.setStartId(Step.CHOOSE_FILE)
        self.restart()

    def send_elsewhere(self, draft: ImportDraft) -> None:
        """Begin with the same list once more, at the columns; the file of the last import is put away."""
        self.start_again()
        self.session.give(draft)
        self.page_of(Step.CHOOSE_FILE).enter()
        self.next()

    def part(self) -> Callable[[], None]:
        """Ask what runs to stop; gives what waits until it has, on any thread."""
        pages = [self.page_of(step).part() for step in Step if step not in self._makers]
        return in_turn([*pages, *(job.part() for job in self.findChildren(Job))])

    def end_work(self) -> None:
        """Stop and wait for what runs."""
        self.part()()

    def tidy_up(self) -> None:
        """The window closes; here it waits."""
        self._put_away()
        self.end_work()

    def take_apart(self) -> Iterator[None]:
        """Another window has taken the place of this one, which is hidden: go page by page. All at once would
        take as long as making the other did."""
        for step in self.pageIds():
            if step != self.currentId():
                page = self.page(step)
                self.removePage(step)
                page.deleteLater()
                yield
        self.deleteLater()
        yield

    def _put_away(self) -> None:
        """Stop what runs, and erase the import, for it holds people's data; unless it can be continued."""
        ending, file = self.part(), self.session.file
        if file is not None:
            self.clearing.start(lambda _, __: put_away(file.ledger, ending))
            self.session.give(self.session.draft.with_file(None))
        else:
            self.session.leave_behind(ending)

    def reject(self) -> None:
        if self.may_close():
            self.tidy_up()
            super().reject()

    def accept(self) -> None:
        if self.may_close():
            self.tidy_up()
            super().accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()  # first: QWizard then lays out everything once, and it is painted once
        super().resizeEvent(event)

    def _fit(self) -> None:
        """The steps, and the page that is seen; the others when they are reached."""
        narrow, page = self.width() < NARROW, self.currentPage()
        if narrow != self.step_list.narrow:
            self.step_list.show_narrow(narrow)
            self._ground.lay_around(self.step_list)
        if isinstance(page, DraftPage):
            page.fit(narrow)

    def event(self, event: QEvent) -> bool:
        if event.type() is _OTHER_LANGUAGE:
            return True  # which means another window: nothing in this one has to hear of it
        # What Python calls keeps Python: the whole window is painted from here, and without this each cell of
        # a table would have to ask a thread that works beside the window for it, many times.
        return super().event(event)

    def recolour(self) -> None:
        """The application's palette is another one."""
        self._ground.colour(self.palette())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        from PySide6.QtCore import Qt  # what a key needs is not there before one is pressed
        from PySide6.QtGui import QKeySequence

        # In a dialog Escape closes the window; here that would throw an import away by one slip.
        if event.key() == Qt.Key.Key_Escape:
            event.accept()
            return
        if event.matches(QKeySequence.StandardKey.HelpContents):
            event.accept()
            self.help_asked.emit()
            return
        super().keyPressEvent(event)

    def _dress(self) -> None:
        self.setWindowTitle(tr("Contact Ferry"))
        self.setWizardStyle(QWizard.WizardStyle.ModernStyle)
        # Without subtitles ModernStyle has no white header; each page shows its own in its column.
        self.setOption(QWizard.WizardOption.IgnoreSubTitles)
        self.setOption(QWizard.WizardOption.NoBackButtonOnStartPage)
        self.setOption(QWizard.WizardOption.NoBackButtonOnLastPage)
        self.setOption(QWizard.WizardOption.NoCancelButtonOnLastPage)
        self.setMinimumSize(*LEAST)  # pages scroll
        self.resize(*USUAL)

    def _make_the_others(self) -> None:
        play_in_turns(self._others(), self)

    def _others(self) -> Iterator[None]:
        """Whatever the user does meanwhile comes first."""
        yield from self.make_ahead(step for step in Step if step in self._makers)
        if self.session.file is None:
            yield from self.make_ahead((Step.CHOOSE_FILE,))
        self.prepared.emit()

    def _take(self, step: Step, page: DraftPage) -> None:
        if step is Step.CHECK_CONTACTS:
            page.setCommitPage(True)  # what was reviewed is sent: no way back from here on
        layout = page.layout()
        if isinstance(layout, QVBoxLayout):
            layout.setSpacing(16)
            layout.setContentsMargins(8, 0, 16, 16)
        page.crashed.connect(self.crashed)
        page.primary_changed.connect(self._buttons.weigh)
        page.complete_changed.connect(self._buttons.let_on)
        self.setPage(step, page)

    def _show_destination(self) -> None:
        self.band.setVisible(self.session.practice)

    def _mark_steps(self) -> None:
        """What the provider needs may change after its columns were matched."""
        number = self.currentId()
        asked = Step.MAP_COLUMNS < number < Step.UPLOAD and self.session.draft.missing_fields
        self.step_list.show_step(max(number, 0), (Step.MAP_COLUMNS,) if asked else ())

    def _choose_language(self) -> None:
        code = self.step_list.language.value
        if code is not None:
            self.language_chosen.emit(code)

    def _arrive(self, number: int) -> None:
        if number < 0:
            return
        self._fit()
        self._mark_steps()
        # Another language means another window: not while an upload runs in this one, or has its end here.
        self.step_list.language.setEnabled(number < Step.UPLOAD)
        if number < self._before:  # forwards, QWizard initializes the page itself
            self.page_of(Step(number)).enter()
        self._before = number
        self._buttons.lay(self._ground.inside)
        self._ground.colour(self.palette())
        self._buttons.weigh()
        self._ground.paint_once(self.rect())

    def _running(self) -> bool:
        return any(job.running for job in self.findChildren(Job))
