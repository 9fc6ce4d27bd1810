"""Tells the user that something has ended while they looked elsewhere, as far as the system lets us.

Knows windows and words; refuses to know what has ended.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

SHOWN = 10_000  # milliseconds


def notify(widget: QWidget, title: str, words: str) -> None:
    """Mark the window in the task bar and show a notification, unless the user is looking at it."""
    window = widget.window()
    if window.isActiveWindow():
        return
    QApplication.alert(window)
    if not QSystemTrayIcon.isSystemTrayAvailable() or not QSystemTrayIcon.supportsMessages():
        return
    tray = QSystemTrayIcon(window.windowIcon(), window)
    tray.setToolTip(title)
    tray.messageClicked.connect(window.activateWindow)
    tray.show()
    tray.showMessage(title, words, window.windowIcon(), SHOWN)
    QTimer.singleShot(SHOWN, tray, tray.deleteLater)


def announce(widget: QWidget, words: str) -> None:
    """Have a screen reader say it."""
    if words and widget.isVisible():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
