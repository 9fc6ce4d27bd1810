"""Starts Qt, opens the wizard, and sees to it that a mistake of ours is shown instead of a dead window.

Puts the pages together; what they do is theirs.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from app import language
from app.flow.draft import ImportDraft
from app.flow.parts import Parts
from app.ui.crash_dialog import CrashHook
from app.ui.news import News
from app.ui.pages.check_contacts import CheckContactsPage
from app.ui.pages.choose_file import ChooseFilePage
from app.ui.pages.choose_provider import ChooseProviderPage
from app.ui.pages.map_columns import MapColumnsPage
from app.ui.pages.report import ReportPage
from app.ui.pages.upload import UploadPage
from app.ui.session import Session
from app.ui.widgets.icons import icon
from app.ui.wizard import FerryWizard, Step


def run_window(draft: ImportDraft, parts: Parts, *, file: Path | None = None, news: str = "") -> int:
    """Open the wizard and wait until it is closed; `file` is read at once, `news` (Markdown) shown beside it.

    Returns the exit status.
    """
    application = open_application()
    wizard = build_wizard(draft, parts)
    hook = CrashHook(wizard)
    wizard.crashed.connect(hook.show_trace)
    hook.install()
    try:
        wizard.show()
        chooser = wizard.page_of(Step.CHOOSE_FILE)
        if file is not None and isinstance(chooser, ChooseFilePage):
            QTimer.singleShot(0, chooser, lambda: chooser.read(file))
        if news:
            News(news, wizard).show()
        return application.exec()
    finally:
        wizard.tidy_up()
        hook.remove()


def open_application() -> QApplication:
    """The one QApplication, in the user's language and with a style that is good everywhere."""
    present = QApplication.instance()
    if isinstance(present, QApplication):
        return present
    application = QApplication(sys.argv[:1])
    application.setApplicationName("contact-ferry")
    application.setApplicationDisplayName("Contact Ferry")
    application.setDesktopFileName("contact-ferry")
    if sys.platform not in ("win32", "darwin"):
        application.setStyle("Fusion")
    application.setWindowIcon(icon("contact_ferry", QColor()))
    _translate_qt(application)
    return application


def build_wizard(draft: ImportDraft, parts: Parts) -> FerryWizard:
    """The wizard with its six pages, not yet shown. There must be a QApplication."""
    session = Session(draft, parts)
    choose_provider, upload = ChooseProviderPage(session), UploadPage(session)
    # What was reviewed stays as it is; a wrong key can be mended on the spot.
    upload.account_wanted.connect(choose_provider.change_account)
    choose_file = ChooseFilePage(session)
    wizard = FerryWizard(
        session,
        [
            choose_file,
            MapColumnsPage(session),
            choose_provider,
            CheckContactsPage(session),
            upload,
            ReportPage(session),
        ],
    )
    choose_file.resumed.connect(wizard.go_to_upload)
    return wizard


def _translate_qt(application: QCoreApplication) -> None:
    """Qt's own buttons ("Cancel", "Copy") in the user's language."""
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(QLocale(language.current()), "qtbase", "_", folder):
        application.installTranslator(translator)
