"""Plays what takes longer than the window may keep still in turns between which it answers.

Knows an iterator and a clock; refuses to know what is done in a turn.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer

BREATH = 10  # milliseconds in which the window answers; at 0 Qt plays two turns before anything else
_END = object()


def play_in_turns(work: Iterator[None], owner: QObject) -> None:
    """Go on with `work` until its next `yield`, and after a breath from there; not once `owner` has gone."""
    if next(work, _END) is not _END:
        QTimer.singleShot(BREATH, owner, lambda: play_in_turns(work, owner))
