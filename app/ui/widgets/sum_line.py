"""Shows a sum so that one sees it add up: large figures with a word under each, joined by = and +.

Knows how to lay figures out, and the sum of a list; what other figures count is the caller's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.contacts.contact import Status
from app.language import number, trn
from app.ui.widgets.flow import Flow
from app.ui.widgets.labels import Label, Weight
from app.wording import status_words

_GAP = 12

Figure = tuple[int, str]
"""How many, and of what (already in the user's language)."""


class ListTotals(Protocol):
    """What becomes of a list's rows; read = blank + left_out + duplicates + to_send."""

    @property
    def read(self) -> int: ...
    @property
    def blank(self) -> int: ...
    @property
    def left_out(self) -> int: ...
    @property
    def duplicates(self) -> int: ...
    @property
    def to_send(self) -> int: ...


class SumLine(QWidget):
    """Total = part + part + part."""

    def __init__(self) -> None:
        super().__init__()
        self._row = Flow(_GAP)
        self.setLayout(self._row)
        self._counts: list[Label] = []
        self._words: list[str] = []

    def show_list(self, totals: ListTotals, *, sent: bool = False) -> None:
        """Show what becomes of a list: the same line before the upload and, with `sent`, after it."""
        parts = (
            (totals.blank, Status.BLANK),
            (totals.left_out, Status.LEFT_OUT),
            (totals.duplicates, Status.DUPLICATE),
        )
        contacts = totals.to_send
        to_send = trn("contact", "contacts", contacts) if sent else status_words(Status.TO_SEND, contacts)
        self.show_sum(
            (totals.read, trn("row read", "rows read", totals.read)),
            [*((count, status_words(status, count)) for count, status in parts), (contacts, to_send)],
        )

    def show_sum(self, total: Figure, parts: Sequence[Figure]) -> None:
        """Show it, and say it to screen readers as one line."""
        figures = [total, *parts]
        if self._words != [word for _, word in figures]:
            self._lay(figures)
        for label, (count, _) in zip(self._counts, figures, strict=True):
            label.setText(number(count))
        said = " + ".join(f"{number(count)} {word}" for count, word in parts)
        self.setAccessibleName(f"{number(total[0])} {total[1]} = {said}")

    def _lay(self, figures: Sequence[Figure]) -> None:
        while (item := self._row.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self._words = [word for _, word in figures]
        self._counts = [_large("") for _ in figures]
        for place, (label, word) in enumerate(zip(self._counts, self._words, strict=True)):
            figure = _figure(label, word)
            self._row.addWidget(_after_sign("=" if place == 1 else "+", figure) if place else figure)


def _after_sign(sign: str, figure: QWidget) -> QWidget:
    """The two go into the next row together."""
    widget = QWidget()
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(_GAP)
    row.addWidget(_sign(sign))
    row.addWidget(figure)
    return widget


def _figure(count: Label, word: str) -> QWidget:
    widget = QWidget()
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(count)
    column.addWidget(Label(word, Weight.QUIET, wrap=False))
    return widget


def _sign(sign: str) -> QWidget:
    label = _large(sign)
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
    return label


def _large(text: str) -> Label:
    label = Label(text, Weight.HEADING, wrap=False)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * 1.25)
    label.setFont(font)
    return label
