"""What the six pages have in common: they show the session's draft and a Problem in place.

No page's own content is here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget, QWizard, QWizardPage

from app.problems import Problem
from app.ui.job import Job, in_turn
from app.ui.session import Session
from app.ui.widgets.labels import Label, Weight
from app.ui.widgets.scrolling import ScrollArea

if TYPE_CHECKING:
    from app.flow.draft import ImportDraft
    from app.ui.proxy_door import ProxyDoor
    from app.ui.widgets.problem_box import ProblemBox


class DraftPage(QWizardPage):
    """A page over the session's draft. It is shown before what few see of it is made: those parts are cached
    properties.

    Put content into `self.content`, a vertical layout under the problem box; in a small window it scrolls.
    What has much in it is made with `self.inside`, which holds the content, for a parent.
    Override `enter` to show the draft whenever the page is reached, forwards or back; `part` to stop work
    when it is left backwards or the window closes.
    `crashed` carries a traceback of background work up to the window. `primary_changed` says that
    `has_primary` may have, `complete_changed` that `isComplete` may. QWizard's own completeChanged is not
    for us: it hides and shows all that is in the window, which then is laid out and painted anew.
    """

    crashed = Signal(str)
    primary_changed = Signal()
    complete_changed = Signal()

    proxy: ProxyDoor  # of the problem box

    def __init__(self, session: Session, title: str, subtitle: str) -> None:
        # Made where it will stand: whatever moves into another widget is dressed anew, with all that is in
        # it, and for a whole page that takes longer than making it.
        super().__init__(session.frame)
        self.session = session
        self._narrow = False
        self.setTitle(title)
        self.setSubTitle(subtitle)
        outer = QVBoxLayout(self)
        self._area = ScrollArea(self, stretches=True, sideways=True)
        outer.addWidget(self._area)
        self.inside = QWidget(self._area.holder)
        self._column = QVBoxLayout(self.inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        self.lead = Label(subtitle, Weight.QUIET)
        self._column.addWidget(self.lead)  # it scrolls: a low window has no room for it all the time
        self.content = QVBoxLayout()
        self._column.addLayout(self.content, stretch=1)
        self._area.hold(self.inside)

    @cached_property
    def problem_box(self) -> ProblemBox:
        """Stands above the content; hidden until there is a Problem."""
        from app.ui.proxy_door import ProxyDoor
        from app.ui.widgets.problem_box import ProblemBox

        box = ProblemBox()
        self.proxy = ProxyDoor(box, self.session.parts)
        self._column.insertWidget(1, box)
        return box

    def job(self, done: Callable[[Any], None]) -> Job:
        """A Job of the page's: what it brings goes to `done`, its Problems are shown here."""
        job = Job(self)
        job.done.connect(done)
        job.problem.connect(self.show_problem)
        job.crashed.connect(self.crashed)
        return job

    @property
    def draft(self) -> ImportDraft:
        return self.session.draft

    def give(self, draft: ImportDraft) -> None:
        """Hand a changed draft back, and let the Next button look again."""
        self.session.give(draft)
        self.complete_changed.emit()

    def name_button(self, which: QWizard.WizardButton, text: str) -> None:
        """Give one of the wizard's buttons its words on this page, if it has others."""
        if text != self.buttonText(which):
            self.setButtonText(which, text)

    def offer_to_go_on(self) -> None:
        """All is well: the Return key leads on."""
        wizard: QWizard | None = self.wizard()  # none where a page stands alone, whatever its stub says
        if self.isVisible() and wizard is not None:
            wizard.button(QWizard.WizardButton.NextButton).setFocus()

    def show_problem(self, problem: Problem | None) -> None:
        """Show a Problem above the page's content, or none."""
        if problem is not None or "problem_box" in self.__dict__:
            self.problem_box.show_problem(problem)
        if problem is not None:
            self.show_top()

    def show_top(self) -> None:
        """Scroll to where the page begins."""
        self._area.verticalScrollBar().setValue(0)

    def bring_into_sight(self, part: QWidget) -> None:
        """Scroll to `part`, once all has its place."""
        QTimer.singleShot(0, part, lambda: self._area.ensureWidgetVisible(part))

    @property
    def has_primary(self) -> bool:
        """Whether a button on the page leads on just now, rather than the wizard's."""
        return False

    def fit(self, narrow: bool) -> None:
        """The window is narrow, or is not."""
        if narrow != self._narrow:
            self._narrow = narrow
            self.show_narrow(narrow)

    def show_narrow(self, narrow: bool) -> None:
        """The window became narrow, or wide again: let what is side by side go under each other, or back."""

    def put_after(self, widget: QWidget, before: QWidget) -> None:
        """Move a widget of the content."""
        self.content.removeWidget(widget)
        self.content.insertWidget(self.content.indexOf(before) + 1, widget)

    def make_ahead(self) -> Iterator[None]:
        """There is time before the page is reached: make what it is going to show, a turn after each part."""
        yield from ()

    def make_next_ahead(self) -> Iterator[None]:
        """The same for the page after this one, if it is made; it is while the user looks for a file."""
        wizard: QWizard | None = self.wizard()  # none where a page stands alone, whatever its stub says
        page: QWizardPage | None = wizard.page(wizard.nextId()) if wizard is not None else None
        if isinstance(page, DraftPage):
            yield from page.make_ahead()

    def enter(self) -> None:
        """The page was reached: show the draft."""

    def may_close(self) -> bool:
        """Whether the window may close; asks where something would be lost."""
        return True

    def part(self) -> Callable[[], None]:
        """Ask what runs to stop, and keep the draft; gives what waits until it has, on any thread."""
        return in_turn(())

    def leave(self) -> None:
        """The window closes: stop what runs, and wait until it has."""
        self.part()()

    def initializePage(self) -> None:
        self.enter()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        keys: object = self.window().focusWidget()  # may be none, whatever its stub says
        if isinstance(keys, QWidget) and not keys.isVisible():  # they were at the page before
            self.focusNextChild()

    def cleanupPage(self) -> None:
        self.session.leave_behind(self.part())  # going back, nobody waits
