"""A dialog as high as what is asked in it; where the screen is too low, what scrolls in it gives way first.

Sees to sizes only: what is asked, and what becomes of the answer, is each dialog's.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.widgets.screen_room import open_within, room_for
from app.ui.widgets.scrolling import ScrollArea

_SIDES, _BOTTOM, _GAP = 24, 16, 16
_LEAST_WIDTH = 360
_BAR = 20


class FittingDialog(QDialog):
    """Put what is asked into `content`, and what ends the dialog under it with `end_with`.

    `width` and `height`, in device-independent pixels, are good to begin with; the height grows with the
    content, as far as the screen allows.
    """

    def __init__(self, parent: QWidget | None, width: int, height: int = 0) -> None:
        super().__init__(parent)
        self._good, self._fitted = height, 0
        self._ending: list[QWidget] = []
        area = ScrollArea(self, stretches=True, sideways=True)
        inside = _Inside(area.holder)
        inside.changed.connect(self._fit_again)
        self.content = GivingColumn(inside)
        self.content.setSpacing(_GAP)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_SIDES, _SIDES, _SIDES, _BOTTOM)
        self._column.setSpacing(_GAP)
        area.hold(inside)
        self._column.addWidget(area, stretch=1)
        self.setMinimumWidth(_LEAST_WIDTH)
        open_within(self, width, height or self.height())

    def end_with(self, buttons: QWidget) -> None:
        """Let `buttons` stand under the content, where they are always seen."""
        self._ending.append(buttons)
        self._column.addWidget(buttons)

    def showEvent(self, event: QShowEvent) -> None:
        self._fit()
        super().showEvent(event)

    def _fit_again(self) -> None:
        if self.isVisible() and self.height() == self._fitted:  # the user has not given it another height
            QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        # As if there were a scroll bar: once there is one, it takes the width that would do without it.
        wanted = _SIDES + self.content.good_height(self.width() - 2 * _SIDES - _BAR) + _BOTTOM
        wanted += sum(_GAP + one.sizeHint().height() for one in self._ending)
        self._fitted = min(max(wanted, self._good), room_for(self).height())
        self.resize(self.width(), self._fitted)


def give_margins(dialog: QDialog, left_over: int = 0) -> None:
    """Give a dialog of Qt's own making the margins of ours; `left_over` pixels it keeps free at the left
    itself."""
    layout: QLayout | None = dialog.layout()  # may be none, whatever its stub says
    if layout is not None:
        layout.setContentsMargins(_SIDES - left_over, _SIDES, _SIDES, _BOTTOM)
        if isinstance(layout, QVBoxLayout):
            layout.setSpacing(_GAP)


class GivingColumn(QVBoxLayout):
    """Widgets under each other; where there is too little room, what scrolls by itself gives way first, so
    that it gets no second scroll bar beside its own."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self._asking = False

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """The least it can be."""
        if not super().hasHeightForWidth():
            return self.minimumSize().height()
        if self._asking:  # Qt finds the least along with the good height, for which it comes here again
            return super().heightForWidth(width)
        self._asking = True
        least = self.minimumHeightForWidth(width)
        self._asking = False
        return least

    def good_height(self, width: int) -> int:
        """What it is at its best, in device-independent pixels."""
        return super().heightForWidth(width) if super().hasHeightForWidth() else self.sizeHint().height()


class _Inside(QWidget):
    """`changed` follows when something in it asks for another place.

    Its height follows from its width alone: Qt's least height of words that wrap is too much.
    """

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.changed.emit()
        return super().event(event)
