"""The Qt we pin keeps Python's constants: PySide6 6.12.0 loses references to None on Python 3.11."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot


def test_answers_of_nothing_cost_no_reference_to_none(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    layout = QVBoxLayout(widget)
    before = sys.getrefcount(None)
    for _ in range(1000):
        layout.takeAt(0)
        widget.parentWidget()
    assert sys.getrefcount(None) > before - 500
