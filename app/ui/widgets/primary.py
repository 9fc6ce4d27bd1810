"""Marks the one button of a page that leads on, and unmarks it when another one does.

Knows the name that the stylesheet goes by, and nothing of what a button does.
"""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QPushButton

_NAME = "primary"


def primary_button(words: str = "") -> QPushButton:
    """A new button that leads on. (Marked later, the stylesheet would have to be asked to look at it again;
    for that PySide6 makes all the names of styles, and a start has no time for it.)"""
    button = QPushButton(words)
    button.setObjectName(_NAME)
    return button


def show_primary(button: QAbstractButton, primary: bool = True) -> None:
    """Show the button as the one that leads on, or as one of several."""
    if is_primary(button) != primary:
        button.setObjectName(_NAME if primary else "")
        button.style().unpolish(button)  # the stylesheet looks at names only now
        button.style().polish(button)


def is_primary(button: QAbstractButton) -> bool:
    """Whether it is shown as the one that leads on."""
    return button.objectName() == _NAME
