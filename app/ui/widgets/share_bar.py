"""A bar of how much is done.

Knows a share; what it is a share of is the page's.
"""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar

_FINE = 1000  # steps of the bar: rows may be more than a bar can count
_ROUND = 8  # pixels: a shorter beginning could not be round


class ShareBar(QProgressBar):
    """`show_share` takes 0.0 to 1.0, or None while nobody knows."""

    def __init__(self) -> None:
        super().__init__(textVisible=False)
        self.setRange(0, _FINE)

    def show_share(self, share: float | None) -> None:
        self.setRange(0, 0 if share is None else _FINE)
        least = -(-_FINE * _ROUND // max(self.width(), _ROUND)) if share else 0
        self.setValue(max(least, round((share or 0.0) * _FINE)))
