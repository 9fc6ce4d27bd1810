"""Labels of the window: plain text always, in one of a few weights.

Shows words; whose words they are is the caller's.
"""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from app.language import shown
from app.ui.widgets.hues import Tone, muted, text_hue
from app.ui.widgets.plain_numbers import LEFT_MIDDLE, show_plainly


class Weight(Enum):
    """How loud a label is."""

    PLAIN = "plain"
    STRONG = "strong"
    HEADING = "heading"
    LARGE = "large"
    QUIET = "quiet"
    SMALL = "small"  # quiet, and a size smaller


_QUIET = (Weight.QUIET, Weight.SMALL)
_SIZES = {Weight.LARGE: 1.4, Weight.HEADING: 1.2, Weight.SMALL: 0.9}


class Label(QLabel):
    """Plain text, never markup: it may come from a file or a provider. Wraps unless told not to."""

    def __init__(
        self, text: str = "", weight: Weight = Weight.PLAIN, *, wrap: bool = True, tone: Tone | None = None
    ) -> None:
        super().__init__()
        self._weight, self._tone = weight, tone
        self._inked = False
        show_plainly(self)
        self.setWordWrap(wrap)
        self.setText(text)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._dress()

    def setText(self, text: str) -> None:
        """Show `text`, without invisible characters that would turn it round."""
        super().setText(shown(text))

    def say(self, text: str) -> None:
        """Show `text`; where there is none, take no room either."""
        self.setText(text)
        self.setVisible(bool(text))

    def set_tone(self, tone: Tone | None) -> None:
        """Say it in another colour."""
        self._tone = tone
        self.recolour()

    def _dress(self) -> None:
        if self._weight is not Weight.PLAIN:  # a font set in vain is worked through the stylesheet too
            self._set_font()
        self.recolour()

    def _set_font(self) -> None:
        font = QFont(self.font())
        if self._weight in (Weight.STRONG, Weight.HEADING, Weight.LARGE):
            font.setWeight(QFont.Weight.DemiBold)
        if self._weight in _SIZES:
            font.setPointSizeF(font.pointSizeF() * _SIZES[self._weight])
        self.setFont(font)

    def recolour(self) -> None:
        """Take the colour from the palette of now."""
        quiet = self._weight in _QUIET
        if self._tone is None and not quiet and not self._inked:
            return
        colours = QPalette()
        self._inked = quiet or self._tone is not None
        if self._inked:
            ink = muted(colours) if self._tone is None else text_hue(colours, self._tone)
            # Which of the two is used follows from what the label happens to stand on.
            colours.setColor(QPalette.ColorRole.WindowText, ink)
            colours.setColor(QPalette.ColorRole.Text, ink)
        self.setPalette(colours)


class ShortLabel(Label):
    """One line that is cut short with an ellipsis where there is no room; the whole text is its tool tip.
    `keeps_end` cuts in the middle: the end of a file's name says what it is. In a narrow window it may be
    shown whole, in as many lines as that takes."""

    def __init__(self, text: str = "", weight: Weight = Weight.PLAIN, *, keeps_end: bool = False) -> None:
        super().__init__(text, weight, wrap=False)
        self._keeps_end = keeps_end
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_whole(self, whole: bool) -> None:
        """Cut nothing short, or again what has no room in a line."""
        self.setWordWrap(whole)
        self.setToolTip("")

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.wordWrap():
            super().paintEvent(event)
            return
        from PySide6.QtCore import Qt

        cut = Qt.TextElideMode.ElideMiddle if self._keeps_end else Qt.TextElideMode.ElideRight
        painter = QPainter(self)
        room = self.width() - 2  # letters lean, and are wider on a screen of many pixels
        short = painter.fontMetrics().elidedText(self.text(), cut, room)
        self.setToolTip("" if short == self.text() else plain_tip(self.text()))
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), LEFT_MIDDLE, short)


def plain_tip(text: str) -> str:
    """`text` for a tool tip. Those guess at markup; a text from a file must not be taken for any."""
    return shown(text).replace("<", "\u2039")


def with_buddy(label: QLabel, widget: QWidget) -> QLabel:
    """The label of `widget`, for the eye and for a screen reader (which combo boxes need told)."""
    label.setBuddy(widget)
    widget.setAccessibleName(label.text())
    return label


def beside_label(words: str, widget: QWidget, parent: QWidget | None = None) -> QWidget:
    """The widget with its label before it, to be placed, shown and hidden as one. Given the `parent` that it
    will have, it is dressed once."""
    pair = QWidget(parent)
    layout = QHBoxLayout(pair)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    layout.addWidget(with_buddy(Label(words, wrap=False), widget))
    layout.addWidget(widget)
    return pair
