"""Copies the cell that a table is at, as it was: without what only helps the eye.

Knows tables and the clipboard; what is in the cell is the model's.
"""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView

from app.language import without_tricks


def copies(view: QAbstractItemView, event: QKeyEvent) -> bool:
    """Whether the keys ask to copy; then it is done. Qt itself would copy the cell as it is shown."""
    if not event.matches(QKeySequence.StandardKey.Copy):
        return False
    shown = view.currentIndex().data()
    if shown is not None:
        QGuiApplication.clipboard().setText(without_tricks(str(shown)))
    event.accept()
    return True
