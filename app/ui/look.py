"""Dresses Qt: one style on every system, our stylesheet, and the system's colours so that all can be read.

Light, dark and the accent are the system's; what is written in which colour is the stylesheet's and hues'.
"""

from __future__ import annotations

from copy import copy

from PySide6.QtCore import QDir
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from app.ui.widgets.hues import contrast, is_dark, mix, muted, readable_on
from app.ui.widgets.icons import RESOURCES
from app.ui.widgets.recolouring import Recoloured

VISIBLE = 3.0
"""The least contrast of a control's outline to what it stands on, as WCAG 2 (AA) asks."""

STYLE = ("-style", "fusion")
"""Arguments of every QApplication of ours: one style on every system, so that what is seen on one is tested
on another. (Setting the style later would make PySide6 know all kinds of styles, and takes 8 ms.)"""

_ROLES = QPalette.ColorRole
_GROUPS = (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive)
_WHITE = QColor("white")


def dress(application: QApplication) -> None:
    """Give the application its colours and its stylesheet, and keep to the system's colours when they change.
    Its style is that of STYLE, with which it was made."""
    QDir.addSearchPath("icons", str(RESOURCES / "icons"))
    application.setPalette(dressed(application.palette()))
    application.setStyleSheet((RESOURCES / "style" / "window.qss").read_text(encoding="utf-8"))
    application.styleHints().colorSchemeChanged.connect(lambda _: _follow(application))


def dressed(system: QPalette) -> QPalette:
    """`system` with an accent on which white can be read, outlines that can be seen, quiet text that is still
    readable; and three shades of its own for what is pointed at, pressed and divided.

    Light is a button under the mouse, Dark a pressed one, Mid the outline of a control, Midlight a line
    between things, Accent the accent as ink.
    """
    result = copy(system)  # asked to copy itself, QPalette would have all of `Qt` made (see plain_numbers)
    window, base, text = (system.color(one) for one in (_ROLES.Window, _ROLES.Base, _ROLES.WindowText))
    grounds = (window, base)
    dark = is_dark(system)
    button = mix(window, _WHITE, 0.08) if dark else base
    quiet, accent = muted(system), readable_on(system.color(_ROLES.Highlight), (_WHITE,))
    ink = readable_on(accent, (*grounds, system.color(_ROLES.AlternateBase)))
    colours = {
        _ROLES.Button: button,
        _ROLES.Light: mix(button, text, 0.06),
        _ROLES.Dark: mix(button, text, 0.14),
        _ROLES.Midlight: mix(window, text, 0.14),
        _ROLES.Mid: _visible(window, text, grounds),
        _ROLES.Highlight: accent,
        _ROLES.HighlightedText: _WHITE,
        _ROLES.Link: ink,
        _ROLES.LinkVisited: ink,
        _ROLES.Accent: ink,
        _ROLES.PlaceholderText: quiet,
    }
    for group in _GROUPS:
        for role, colour in colours.items():
            result.setColor(group, role, colour)
    off = QPalette.ColorGroup.Disabled
    for role, colour in colours.items():
        result.setColor(off, role, colour)
    for role in (_ROLES.WindowText, _ROLES.Text, _ROLES.ButtonText):
        result.setColor(off, role, quiet)
    result.setColor(off, _ROLES.Button, window)
    return result


def wear(application: QApplication, system: QPalette) -> None:
    """Take the colours of another palette of the system's, in every window there is."""
    application.setPalette(dressed(system))
    application.setStyleSheet(application.styleSheet())  # for a palette alone only windows are dressed anew
    for widget in application.allWidgets():
        if isinstance(widget, Recoloured):
            widget.recolour()


def _follow(application: QApplication) -> None:
    application.setPalette(QPalette())  # the system's own again
    wear(application, application.palette())


def _visible(window: QColor, text: QColor, grounds: tuple[QColor, ...]) -> QColor:
    for share in (0.30, 0.36, 0.42, 0.48, 0.54, 0.60):
        mixed = mix(window, text, share)
        if all(contrast(mixed, ground) >= VISIBLE for ground in grounds):
            return mixed
    return text
