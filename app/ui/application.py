"""Starts Qt, opens the wizard, and sees to it that a mistake of ours is shown instead of a dead window.

Puts the window together; what its pages do is theirs.
"""

from __future__ import annotations

import gc
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from app import language
from app.ui.crash_hook import CrashHook
from app.ui.garbage import Garbage
from app.ui.keeping import Keeping
from app.ui.look import STYLE, dress
from app.ui.page_makers import MAKERS, load_pages
from app.ui.pages.choose_file import ChooseFilePage
from app.ui.session import Beginning, Session
from app.ui.speech import speak
from app.ui.turns import play_in_turns
from app.ui.widgets.screen_room import open_within
from app.ui.wizard import USUAL, FerryWizard, Step

_TAKE_TURNS = 0.0002  # seconds that one thread has Python while another asks for it
_SHOWN_BY = 200  # milliseconds, after which the first page is surely drawn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.flow.draft import ImportDraft
    from app.flow.parts import Parts
    from app.settings.preferences import Preferences
    from app.ui.help.window import HelpWindow


def run_window(
    draft: ImportDraft | Beginning,
    parts: Parts,
    preferences: Preferences | None = None,
    *,
    file: Path | None = None,
    news: str = "",
) -> int:
    """Open the wizard and wait until it is closed; `file` is read at once, `news` (Markdown) shown beside it.

    Returns the exit status.
    """
    application = open_application()
    window = Window(build_wizard(draft, parts, preferences))
    try:
        open_within(window.wizard, *USUAL)
        window.wizard.show()
        chooser = window.wizard.page_of(Step.CHOOSE_FILE)
        if file is not None and isinstance(chooser, ChooseFilePage):
            QTimer.singleShot(0, chooser, lambda: chooser.read(file))
        QTimer.singleShot(_SHOWN_BY, window.wizard, lambda: prepare_pages(window.wizard))
        QTimer.singleShot(_SHOWN_BY, window, window.look_for_newer)
        if news:
            from app.ui.news import News

            News(news, window.wizard).show()
        return application.exec()
    finally:
        window.close()


class Window(QObject):
    """The wizard that is shown now. Another language brings another, with the same draft at the same step.

    Mistakes of ours are shown from when it is made until `close`.
    """

    spoken = Signal()

    def __init__(self, wizard: FerryWizard) -> None:
        super().__init__()
        self._hook = CrashHook(self)
        self._hook.install()
        self._garbage = Garbage(self)
        self._help: HelpWindow | None = None
        self._take(wizard)

    def speak(self, code: str) -> None:
        """Show the window in that language, and remember it. `spoken` follows when it stands."""
        if code != language.current():
            self._let_be(self.wizard, False)
            play_in_turns(self._follow(self.wizard, code), self)  # nobody waits for all the pages at once

    def _let_be(self, wizard: FerryWizard, alive: bool) -> None:
        """While another window is made, this one does nothing, and is not painted grey for it."""
        wizard.setUpdatesEnabled(alive)
        wizard.setEnabled(alive)

    def _follow(self, former: FerryWizard, code: str) -> Iterator[None]:
        try:
            yield from self._replace(former, code)
        except Exception:
            self._let_be(former, True)  # the mistake is told; what there is can be used
            raise

    def _replace(self, former: FerryWizard, code: str) -> Iterator[None]:
        yield
        session, ending = former.session, former.part()
        self._help = None
        session.prefer(replace(session.preferences, language=code))
        yield
        language.use(code)
        speak(open_application())
        yield
        self._take(build_wizard(session.draft, session.parts, session.kept))
        self.wizard.session.follow(session)
        self.wizard.session.leave_behind(ending)
        self.wizard.session.leave_behind(session.take_ending())
        wizard = self.wizard
        wizard.setGeometry(former.geometry())
        yield
        yield from wizard.make_ahead(list(Step)[: former.currentId() + 1])
        wizard.restart()
        for _ in range(former.currentId()):
            yield
            wizard.next()
        yield
        wizard.show()
        # Hidden, not closed: closing would put the import away, which goes on.
        former.hide()
        yield
        yield from former.take_apart()
        self.spoken.emit()
        QTimer.singleShot(_SHOWN_BY, wizard, lambda: wizard.prepare(load_pages))

    def help(self) -> None:
        """Show the help for the step that is shown."""
        # Few ask for it, and nobody before the window is shown.
        from app.ui.help.window import HelpWindow

        if self._help is None or self._help.parent() is not self.wizard:
            self._help = HelpWindow(self.wizard, self._switch())
            self._help.support_asked.connect(self.support)
        step = Step(self.wizard.currentId())
        self._help.show_step(step.name.lower(), self.wizard.session.draft.provider_name)

    def support(self) -> None:
        """Show what a supporter needs to know, to be read and saved."""
        from app.ui.support_dialog import SupportDialog

        dialog = SupportDialog(self.wizard.session.parts.folders, self._help or self.wizard)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def look_for_newer(self) -> None:
        """Ask for a newer version of the program, if the user has switched that on."""
        if not self.wizard.session.preferences.look_for_newer:
            return
        from app.flow.newer import known_releases
        from app.ui.newer import look_for_newer

        releases = known_releases()
        if releases is not None:
            look_for_newer(self.wizard, releases)

    def close(self) -> None:
        """Put everything away."""
        self.wizard.tidy_up()
        self._garbage.end()
        self._hook.remove()

    def _switch(self) -> QWidget | None:
        """The one for newer versions, where the program knows whom to ask."""
        from app.flow.newer import known_releases
        from app.ui.newer import NewerSwitch

        return NewerSwitch(self.wizard.session) if known_releases() else None

    def _take(self, wizard: FerryWizard) -> None:
        self.wizard = wizard
        wizard.crashed.connect(self._hook.show_trace)
        wizard.language_chosen.connect(self.speak)
        wizard.help_asked.connect(self.help)


def open_application() -> QApplication:
    """The one QApplication, in the user's language and with a style that is good everywhere."""
    present = QApplication.instance()
    if isinstance(present, QApplication):
        return present
    # A full search for garbage walks all objects, a second long at a million practice contacts; meanwhile the
    # window would not answer. What becomes garbage here does so while it is young.
    gc.set_threshold(700, 10, 1_000)
    # While something works beside the window, every part of a painting may have to ask it for Python: five
    # milliseconds each time, by itself.
    sys.setswitchinterval(_TAKE_TURNS)
    application = QApplication([*sys.argv[:1], *STYLE])
    application.setApplicationName("contact-ferry")
    application.setApplicationDisplayName("Contact Ferry")
    application.setDesktopFileName("contact-ferry")
    dress(application)
    speak(application)
    return application


def build_wizard(
    draft: ImportDraft | Beginning, parts: Parts, preferences: Preferences | None = None
) -> FerryWizard:
    """The wizard with its six pages, not yet shown. There must be a QApplication.

    Without `preferences` the window remembers nothing of what is chosen in it.
    """
    session = Session(draft, parts, preferences)
    wizard = FerryWizard(session, MAKERS)
    Keeping(wizard)
    return wizard


def prepare_pages(wizard: FerryWizard) -> None:
    """Get the window's icon and the later pages ready while the user looks for the file; `wizard.prepared`
    follows. Where the program is installed, the system shows its icon before."""
    show_icon()
    wizard.prepare(load_pages)


def show_icon() -> None:
    """Give the windows the program's icon."""
    from PySide6.QtGui import QColor

    from app.ui.widgets.icons import icon

    QApplication.setWindowIcon(icon("contact_ferry", QColor()))
