"""Tests that None, True and False outlast what the Qt binding does to their counts."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.constants_kept import PLENTY, keep_constants


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="there they can't be deallocated")
def test_constants_have_more_references_than_a_window_can_drop(qtbot: QtBot) -> None:
    keep_constants()
    widget = QWidget()
    qtbot.addWidget(widget)
    layout = QVBoxLayout(widget)
    for _ in range(20_000):
        assert layout.takeAt(0) is None
    assert all(sys.getrefcount(one) > PLENTY // 2 for one in (None, True, False, NotImplemented))


def test_keeping_them_twice_adds_nothing() -> None:
    keep_constants()
    before = sys.getrefcount(None)
    keep_constants()
    assert abs(sys.getrefcount(None) - before) < 1_000
