"""A row of widgets that goes on in another row where the window is too narrow for one.

Places what it is given, in its order; knows nothing of what that is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

GAP = 8
_NOWHERE, _SIDEWAYS = Qt.Orientation(0), Qt.Orientation.Horizontal
_WITH_SIDEWAYS = (_SIDEWAYS, _SIDEWAYS | Qt.Orientation.Vertical)


class Flow(QLayout):
    """Use it as any layout, with `addWidget`. What may expand shares the room that is left in its row; `gap`
    pixels are between two in a row, GAP between two rows."""

    def __init__(self, gap: int = GAP) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = gap
        # As Qt's own layouts do, until something changes: laying a window out asks time and again.
        self._placed: dict[int, list[tuple[QLayoutItem, QRect]]] = {}
        self._sizes: tuple[QSize, QSize] | None = None
        self._grows: Qt.Orientation | None = None
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        self.invalidate()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        if self._grows is None:
            self._grows = _SIDEWAYS if any(map(_expands, self._items)) else _NOWHERE
        return self._grows

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max((place.bottom() + 1 for _, place in self._placed_in(width)), default=0)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        for item, place in self._placed_in(rect.width()):
            item.setGeometry(place.translated(rect.topLeft()))

    def invalidate(self) -> None:
        self._placed.clear()
        self._sizes = self._grows = None
        super().invalidate()

    def sizeHint(self) -> QSize:
        return self._both_sizes()[0]

    def minimumSize(self) -> QSize:
        return self._both_sizes()[1]

    def _both_sizes(self) -> tuple[QSize, QSize]:
        if self._sizes is None:
            shown, least = self._shown(), QSize()
            hints = [item.sizeHint() for item in shown]
            wide = sum(hint.width() for hint in hints) + self._gap * max(0, len(shown) - 1)
            for item in shown:
                least = least.expandedTo(item.minimumSize())
            self._sizes = QSize(wide, max((hint.height() for hint in hints), default=0)), least
        return self._sizes

    def _placed_in(self, width: int) -> list[tuple[QLayoutItem, QRect]]:
        if width not in self._placed:
            self._placed[width] = list(self._places(width))
        return self._placed[width]

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _places(self, width: int) -> Iterator[tuple[QLayoutItem, QRect]]:
        """Each in the middle of its row."""
        top = 0
        for row in self._rows(width):
            placed = [(item, QSize(wide, _height(item, wide))) for item, wide in self._widths(row, width)]
            high, left = max(size.height() for _, size in placed), 0
            for item, size in placed:
                yield item, QRect(QPoint(left, top + (high - size.height()) // 2), size)
                left += size.width() + self._gap
            top += high + GAP

    def _rows(self, width: int) -> list[list[tuple[QLayoutItem, int]]]:
        """What stands in each row, with the width it asks for."""
        rows: list[list[tuple[QLayoutItem, int]]] = []
        left = 0
        for item in self._shown():
            wide = item.sizeHint().width()
            if not rows or left + wide > width:
                rows.append([])
                left = 0
            rows[-1].append((item, wide))
            left += wide + self._gap
        return rows

    def _widths(self, row: Sequence[tuple[QLayoutItem, int]], width: int) -> list[tuple[QLayoutItem, int]]:
        """The same with the width that each gets."""
        room = width - sum(wide for _, wide in row) - self._gap * (len(row) - 1)
        if room < 0:  # one that is alone, and wider than there is room
            return [(item, max(item.minimumSize().width(), wide + room)) for item, wide in row]
        expands = [_expands(item) for item, _ in row]
        more = room // sum(expands) if any(expands) else 0
        return [(item, wide + more * grows) for (item, wide), grows in zip(row, expands, strict=True)]


class FlowRow(QWidget):
    """These widgets in a Flow."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        flow = Flow()
        self.setLayout(flow)
        for widget in widgets:
            flow.addWidget(widget)


def _expands(item: QLayoutItem) -> bool:
    return item.expandingDirections() in _WITH_SIDEWAYS


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
