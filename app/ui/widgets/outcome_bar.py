"""One bar of what became of the contacts, with its legend in words beside it.

Told apart by pattern as well as by shade, in the palette's own colours; knows counts and words only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from app.language import number, tr
from app.ledger.outcomes import OutcomeTotals
from app.providers.verdicts import OutcomeKind
from app.ui.widgets.hues import Tone, mix, text_hue
from app.ui.widgets.labels import Label, Weight
from app.wording import outcome_words

HEIGHT = 24
SWATCH = 16
LEAST_WIDTH = 3.0  # of a part that is not empty, so that one contact in a million still shows


@dataclass(frozen=True, slots=True)
class _Ink:
    """How a part is drawn: a tone or the accent, how strong (0.0 to 1.0), and a pattern."""

    tone: Tone | None
    strength: float
    pattern: Qt.BrushStyle = Qt.BrushStyle.SolidPattern


_INKS = {
    OutcomeKind.CREATED: _Ink(None, 1.0),
    OutcomeKind.UPDATED: _Ink(None, 1.0, Qt.BrushStyle.HorPattern),
    OutcomeKind.ACCEPTED: _Ink(None, 0.68),
    OutcomeKind.REFUSED: _Ink(Tone.BAD, 1.0, Qt.BrushStyle.BDiagPattern),
    OutcomeKind.UNSURE: _Ink(Tone.WARNING, 1.0, Qt.BrushStyle.Dense5Pattern),
    OutcomeKind.NOT_SENT: _Ink(None, 0.0),
}


class OutcomeBar(QWidget):
    """The bar over its legend. Every kind is in the legend, so that the figures can be added up."""

    def __init__(self, *, legend_only: bool = False) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._bar = _Bar()
        column.addWidget(self._bar)
        self._bar.setVisible(not legend_only)
        legend = QGridLayout()
        legend.setHorizontalSpacing(8)
        legend.setVerticalSpacing(4)
        self._numbers: dict[OutcomeKind, Label] = {}
        self._words: dict[OutcomeKind, Label] = {}
        for place, kind in enumerate(OutcomeKind):
            at = place * 2
            self._numbers[kind] = Label("0", Weight.STRONG, wrap=False)
            legend.addWidget(_Swatch(kind), 0, at)
            legend.addWidget(self._numbers[kind], 0, at + 1)
            self._words[kind] = Label(outcome_words(kind, 0), Weight.QUIET)
            # One line stands at the height of the first of two.
            self._words[kind].setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            legend.addWidget(self._words[kind], 1, at, 1, 2)
            legend.setColumnStretch(at + 1, 1)
        column.addLayout(legend)

    def show_totals(self, totals: OutcomeTotals) -> None:
        """Show these counts."""
        counts = [(kind, int(getattr(totals, kind.value))) for kind in OutcomeKind]
        for kind, count in counts:
            self._numbers[kind].setText(number(count))
            self._words[kind].setText(outcome_words(kind, count))
        self._bar.show_parts(counts)
        said = ", ".join(f"{number(count)} {outcome_words(kind, count)}" for kind, count in counts)
        self.setAccessibleName(tr("Outcomes"))
        self.setAccessibleDescription(said)

    def shown(self, kind: OutcomeKind) -> str:
        """The figure in the legend, as it stands there."""
        return self._numbers[kind].text()


class _Bar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._parts: Sequence[tuple[OutcomeKind, int]] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)

    def show_parts(self, parts: Sequence[tuple[OutcomeKind, int]]) -> None:
        self._parts = parts
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - it is painted whole
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        left = frame.left()
        for kind, width in _widths(self._parts, frame.width()):
            painter.fillRect(QRectF(left, frame.top(), width, frame.height()), _brush(self.palette(), kind))
            left += width
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1))
        painter.drawRect(frame)
        painter.end()


class _Swatch(QWidget):
    def __init__(self, kind: OutcomeKind) -> None:
        super().__init__()
        self._kind = kind
        self.setFixedSize(QSize(SWATCH, SWATCH))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - it is painted whole
        painter = QPainter(self)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.fillRect(frame, _brush(self.palette(), self._kind))
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1))
        painter.drawRect(frame)
        painter.end()


def _brush(palette: QPalette, kind: OutcomeKind) -> QBrush:
    ink = _INKS[kind]
    full = palette.color(QPalette.ColorRole.Accent) if ink.tone is None else text_hue(palette, ink.tone)
    return QBrush(mix(palette.color(QPalette.ColorRole.Window), full, ink.strength), ink.pattern)


def _widths(parts: Sequence[tuple[OutcomeKind, int]], room: float) -> list[tuple[OutcomeKind, float]]:
    """The width of each part that is not empty; together they fill the room."""
    filled = [(kind, count) for kind, count in parts if count]
    whole = sum(count for _, count in filled)
    wanted = [(kind, max(LEAST_WIDTH, room * count / whole)) for kind, count in filled]
    excess = sum(width for _, width in wanted) / room if room > 0 else 1.0
    return [(kind, width / excess) for kind, width in wanted] if excess else []
