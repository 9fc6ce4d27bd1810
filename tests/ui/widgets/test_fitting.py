"""On a low screen a table in a dialog gives way, and only then does the dialog scroll."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from app.ui.widgets.example_table import ExampleTable
from app.ui.widgets.fitting import FittingDialog
from app.ui.widgets.labels import Label

WIDTH, LOW, FAR_TOO_LOW = 400, 220, 120


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[FittingDialog]:
    made = FittingDialog(None, WIDTH)
    qtbot.addWidget(made)
    made.content.addWidget(Label("What should become of these?"))
    made.content.addWidget(ExampleTable(["Row", "Before", "After"]))
    made.end_with(QPushButton("Apply"))
    made.show()
    _settle()
    yield made
    made.close()


def test_with_room_it_is_as_high_as_five_lines_want(dialog: FittingDialog) -> None:
    table = _table(dialog)
    assert table.height() == table.maximumHeight()
    assert _hidden(dialog) == 0


def test_a_table_gives_way_before_the_dialog_scrolls(dialog: FittingDialog) -> None:
    dialog.resize(WIDTH, LOW)
    _settle()
    table = _table(dialog)
    assert table.minimumHeight() <= table.height() < table.maximumHeight()
    assert _hidden(dialog) == 0


def test_what_can_give_way_no_more_is_scrolled(dialog: FittingDialog) -> None:
    dialog.resize(WIDTH, FAR_TOO_LOW)
    _settle()
    table = _table(dialog)
    assert table.height() == table.minimumHeight()
    assert _hidden(dialog) > 0


def _table(dialog: FittingDialog) -> ExampleTable:
    [table] = dialog.findChildren(ExampleTable)
    return table


def _hidden(dialog: FittingDialog) -> int:
    """Pixels of what is asked that have to be scrolled to."""
    areas = [one for one in dialog.findChildren(QScrollArea) if one.isVisible()]
    return max(one.verticalScrollBar().maximum() for one in areas)


def _settle() -> None:
    for _ in range(10):
        QCoreApplication.processEvents()
