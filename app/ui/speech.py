"""Makes Qt speak the language in use: its own buttons, and numbers and dates in the user's form.

Knows Qt's catalogues; ours are app/language's.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from app import language

_NAME = "words_of_qt"


def speak(application: QCoreApplication) -> None:
    """Bring Qt in line with app.language; call it again after another language was chosen."""
    for old in application.findChildren(QTranslator, _NAME):
        application.removeTranslator(old)
        old.deleteLater()
    QLocale.setDefault(spoken_locale())
    if language.current() == "en":
        return  # Qt's own tongue
    from PySide6.QtCore import QLibraryInfo

    translator = QTranslator(application)
    translator.setObjectName(_NAME)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(QLocale(language.current()), "qtbase", "_", folder):
        application.installTranslator(translator)


def spoken_locale() -> QLocale:
    """The system's own forms where it speaks the language in use, else those usual in that language."""
    system, spoken = QLocale.system(), QLocale(language.current())
    return system if system.language() == spoken.language() else spoken
