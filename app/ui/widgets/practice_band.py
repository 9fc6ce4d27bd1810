"""The band across the window that says: this is practice.

Shows one sentence; whether it is practice is the draft's.
"""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.language import tr
from app.ui.widgets.hues import Tone, tint
from app.ui.widgets.icons import pixmap
from app.ui.widgets.labels import Label, Weight
from app.ui.widgets.recolouring import Picture

_INK = QPalette.ColorRole.WindowText


class PracticeBand(QFrame):
    """A tinted line of text over the whole width of the window."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("practice_band")
        sentence = tr("Practice: nothing leaves this computer")
        picture = Picture(lambda now, ratio: pixmap("practice", now.color(_INK), 16, ratio))
        words = Label(sentence, Weight.STRONG, wrap=False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(8)
        layout.addWidget(picture)
        layout.addWidget(words, stretch=1)
        self.setAccessibleName(sentence)
        self.setAutoFillBackground(True)
        self.recolour()

    def recolour(self) -> None:
        colours = QPalette()
        colours.setColor(QPalette.ColorRole.Window, tint(QPalette(), Tone.PRACTICE))
        self.setPalette(colours)
