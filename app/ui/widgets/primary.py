"""Marks the one button of a page that leads on, and unmarks it when another one does.

Knows the name that the stylesheet goes by, and nothing of what a button does.
"""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton

_NAME = "primary"


def show_primary(button: QAbstractButton, primary: bool = True) -> None:
    """Show the button as the one that leads on, or as one of several."""
    if is_primary(button) != primary:
        button.setObjectName(_NAME if primary else "")
        # The stylesheet looks at names only when it is set, if only to nothing: asked for the style itself,
        # PySide6 makes seven hundred numbers first.
        button.setStyleSheet(button.styleSheet())


def is_primary(button: QAbstractButton) -> bool:
    """Whether it is shown as the one that leads on."""
    return button.objectName() == _NAME
