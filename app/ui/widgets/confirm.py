"""Asks before something is done that can't be undone: one box, two buttons that say what they do.

Refuses to know what is done. Enter and Esc keep everything as it is.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QMessageBox, QWidget

from app.ui.widgets.fitting import give_margins
from app.ui.widgets.hues import Tone, text_hue
from app.ui.widgets.icons import pixmap
from app.ui.widgets.primary import show_primary

_ICON = 32
_BETWEEN = 24  # pixels: room for two buttons side by side
_WORDS, _WORDS_BESIDE_SIGN = 1, 2  # columns, as Qt lays them
_NO_ICON = 21  # pixels that Qt leaves beside the words for a sign, also where there is none


def confirm(
    parent: QWidget, title: str, question: str, consequence: str, *, do: str, keep: str, warn: bool = False
) -> bool:
    """Whether the user chose the button `do`; `keep` is the other one. All words are in the user's language
    and shown as plain text: they may name a file."""
    box = QMessageBox(parent)
    if warn:  # not with Qt's own sign, which is yellow in every theme
        ink = text_hue(box.palette(), Tone.WARNING)
        box.setIconPixmap(pixmap("warning", ink, _ICON, box.devicePixelRatioF()))
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(question)
    box.setInformativeText(consequence)
    done = box.addButton(do, QMessageBox.ButtonRole.DestructiveRole)
    kept = box.addButton(keep, QMessageBox.ButtonRole.RejectRole)
    show_primary(kept)  # as the default alone it would be bold without the room for it
    box.setDefaultButton(kept)
    grid = box.layout()
    if isinstance(grid, QGridLayout):  # or wide buttons would go beyond the margin at the left
        wide = done.sizeHint().width() + kept.sizeHint().width() + _BETWEEN
        grid.setColumnMinimumWidth(_WORDS_BESIDE_SIGN if warn else _WORDS, wide)
    give_margins(box, 0 if warn else _NO_ICON)
    box.exec()
    return box.clickedButton() is done
