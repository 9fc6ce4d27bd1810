"""The six steps at the side of the window: which are done or lack something, which is now, which come next.

Shows where one is; moving is the wizard's. Below them the language is chosen.
"""

from __future__ import annotations

from collections.abc import Container
from enum import Enum
from functools import lru_cache

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from app.language import mark, tr
from app.ui.widgets.hues import mix
from app.ui.widgets.icons import paint_box, paint_icon
from app.ui.widgets.language_combo import LanguageCombo
from app.ui.widgets.plain_numbers import LEFT_MIDDLE
from app.ui.widgets.scrolling import ScrollArea

STEPS = (
    mark("Choose file"),
    mark("Match columns"),
    mark("Choose provider"),
    mark("Check contacts"),
    mark("Upload"),
    mark("Report"),
)

_ROW_HEIGHT, _LEAST_ROW = 40, 26
_ICON = 20
_NARROW, _ANY = 96, 16_777_215  # pixels; any width is Qt's largest
_ROLES = QPalette.ColorRole


class Stage(Enum):
    """Where a step stands; the value is its icon."""

    DONE = "step_done"
    NOW = "step_now"
    NEXT = "step_next"
    OPEN = "step_open"


_SPOKEN = {
    Stage.DONE: mark("{step}: done"),
    Stage.NOW: mark("{step}: now"),
    Stage.NEXT: mark("{step}: next"),
    Stage.OPEN: mark("{step}: something is missing"),
}


class StepList(QFrame):
    """All steps in order. Give it the number of the current one with `show_step`; `narrow` says whether they
    have no names now."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("step_list")
        self._area = ScrollArea(self, stretches=True)  # in a low window
        steps = QWidget(self._area.holder)
        column = QVBoxLayout(steps)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._rows = [_StepRow(tr(name)) for name in STEPS]
        for row in self._rows:
            column.addWidget(row)
        column.addStretch(1)
        self._area.hold(steps)
        self.language = LanguageCombo()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self._area, stretch=1)
        layout.addWidget(self.language)
        self.narrow = False
        self.setAccessibleName(tr("Steps"))
        self.show_step(0)

    def show_step(self, current: int, lacking: Container[int] = ()) -> None:
        """Mark the step with that number, from 0, as the one that is now; those before it are done, but for
        those that are `lacking` something."""
        for number, row in enumerate(self._rows):
            before = Stage.OPEN if number in lacking else Stage.DONE
            row.show_stage(before if number < current else Stage.NOW if number == current else Stage.NEXT)
        self._area.ensureWidgetVisible(self._rows[min(current + 1, len(self._rows) - 1)], 0, 0)

    def show_narrow(self, narrow: bool) -> None:
        """Show marks without names, to leave the room to the page; what is spoken stays the same."""
        self.narrow = narrow
        for row in self._rows:
            row.show_narrow(narrow)
        self.language.show_codes(narrow)
        self.setMinimumWidth(_NARROW if narrow else 0)
        self.setMaximumWidth(_NARROW if narrow else _ANY)

    def stages(self) -> tuple[Stage, ...]:
        """Where each step stands, in order."""
        return tuple(row.stage for row in self._rows)


class _StepRow(QWidget):
    """One step: an icon and its name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.stage = Stage.NEXT
        self._name = name
        self._narrow = False
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Maximum)

    def show_stage(self, stage: Stage) -> None:
        if stage is self.stage and self.accessibleName():
            return
        self.stage = stage
        # The painter takes its pen from here; a pen set would make all of Qt's pens (see plain_numbers).
        self.setForegroundRole(_ROLES.PlaceholderText if stage is Stage.NEXT else _ROLES.WindowText)
        self.setAccessibleName(tr(_SPOKEN[stage], step=self._name))
        self.update()

    def show_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.setToolTip(self._name if narrow else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        if self._narrow:
            return QSize(8 + _ICON + 8, _ROW_HEIGHT)
        self.ensurePolished()
        return QSize(8 + _ICON + 12 + _width(self._name, self._font(bold=True).toString()) + 16, _ROW_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width(), _LEAST_ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self.palette()
        window, accent = colours.color(_ROLES.Window), colours.color(_ROLES.Accent)
        box = self.rect().adjusted(0, 3, 0, -3)
        if self.stage is Stage.NOW:
            paint_box(painter, QRectF(box), mix(window, accent, 0.16), radius=6)
        ink = accent if self.stage is Stage.NOW else colours.color(self.foregroundRole())
        top = box.top() + (box.height() - _ICON) / 2
        left = (self.width() - _ICON) / 2 if self._narrow else 8
        paint_icon(painter, self.stage.value, ink, QRectF(left, top, _ICON, _ICON))
        if self._narrow:
            return
        painter.setFont(self._font(bold=self.stage is Stage.NOW))
        words = box.adjusted(8 + _ICON + 12, 0, -8, 0)
        painter.drawText(words, LEFT_MIDDLE, self._name)

    def _font(self, *, bold: bool) -> QFont:
        font = QFont(self.font())
        if bold:
            font.setWeight(QFont.Weight.DemiBold)
        return font


@lru_cache(maxsize=64)
def _width(name: str, font: str) -> int:
    """Of the name in pixels; laying out a window asks for it time and again."""
    described = QFont()
    described.fromString(font)
    return QFontMetrics(described).horizontalAdvance(name)
