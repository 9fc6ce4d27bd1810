"""Qt's numbers for what the first page needs, set as properties: PySide6 makes the namespace `Qt` when it is
first named, with its hundred enums, and that takes a tenth of a start.

Only what is seen before anything else needs this; all that comes later names `Qt` and is checked by types.
"""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel, QWidget

LEFT_MIDDLE = 0x81
"""AlignLeft and AlignVCenter, for QPainter.drawText."""

_NO_FOCUS = 0
_STRONG_FOCUS = 11
_PLAIN_TEXT = 0
_CENTRE = 0x84
_ALWAYS_OFF = 1
_TEXT_BESIDE_ICON = 2


def take_focus(widget: QWidget) -> None:
    """The widget gets the keyboard by Tab and by a click (Qt.FocusPolicy.StrongFocus)."""
    widget.setProperty("focusPolicy", _STRONG_FOCUS)


def take_no_focus(widget: QWidget) -> None:
    """The keyboard passes the widget by (Qt.FocusPolicy.NoFocus)."""
    widget.setProperty("focusPolicy", _NO_FOCUS)


def show_plainly(label: QLabel) -> None:
    """What the label shows is never taken for markup (Qt.TextFormat.PlainText)."""
    label.setProperty("textFormat", _PLAIN_TEXT)


def centre(label: QLabel) -> None:
    """What the label shows stands in its middle (Qt.AlignmentFlag.AlignCenter)."""
    label.setProperty("alignment", _CENTRE)


def never_sideways(area: QFrame) -> None:
    """The scroll area has no horizontal bar (Qt.ScrollBarPolicy.ScrollBarAlwaysOff)."""
    area.setProperty("horizontalScrollBarPolicy", _ALWAYS_OFF)


def words_beside_icon(button: QWidget) -> None:
    """The tool button shows both (Qt.ToolButtonStyle.ToolButtonTextBesideIcon)."""
    button.setProperty("toolButtonStyle", _TEXT_BESIDE_ICON)
