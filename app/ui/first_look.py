"""Opens the window, waits until it can be used, says what Qt found on this machine, and closes it again.

For the self-test of an installed program; refuses to press anything.
"""

from __future__ import annotations

from PySide6.QtCore import QEventLoop, QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtGui import QGuiApplication, QImageReader
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.flow.draft import ImportDraft
from app.flow.parts import Parts
from app.language import LANGUAGES
from app.ui.application import build_wizard, open_application, show_icon

PATIENCE = 20_000  # milliseconds for the window to be on the screen
OF_QT = [code for code in LANGUAGES if code != "en"]


class NotShown(Exception):
    """The window, or something in it, is missing."""


def first_look(draft: ImportDraft, parts: Parts) -> str:
    """What was found, in words. Raises NotShown."""
    application = open_application()
    wizard = build_wizard(draft, parts)
    try:
        wizard.show()
        if not QTest.qWaitForWindowExposed(wizard, PATIENCE):
            raise NotShown("the window did not come up")
        _until_idle()
        show_icon()
        return _findings(application)
    finally:
        wizard.tidy_up()
        wizard.close()


def _until_idle() -> None:
    """Let everything that was put off until the window stands happen."""
    loop = QEventLoop()
    QTimer.singleShot(0, loop.quit)
    loop.exec()


def _findings(application: QApplication) -> str:
    formats = {bytes(name.data()).decode() for name in QImageReader.supportedImageFormats()}
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    missing = [
        code for code in OF_QT if not QTranslator().load(QLocale(code), "qtbase", "_", folder)
    ]  # fmt: skip
    if missing:
        raise NotShown(f"Qt's words for {', '.join(missing)}")
    if application.windowIcon().isNull() or "svg" not in formats:
        raise NotShown("the icons")
    return f"{QGuiApplication.platformName()}, {application.style().name()}, Qt speaks {' '.join(OF_QT)}"
