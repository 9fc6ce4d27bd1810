"""The first rows show what a header is called, as far as there is room, and in a tool tip the whole of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.table.shape import Column, Row
from app.ui.widgets.first_rows import FirstRowsTable

LONG = "A column of which nobody knows why it is in the list, <b>number 1</b>"
ACROSS = Qt.Orientation.Horizontal


def test_a_header_too_long_for_its_column_ends_in_dots_and_is_whole_in_the_tool_tip(qtbot: QtBot) -> None:
    table = FirstRowsTable()
    qtbot.addWidget(table)
    table.show_rows((Column(0, "A", LONG), Column(1, "B", "Name")), (Row(2, ("x", "Anna")),))
    header = table.horizontalHeader()
    assert header.fontMetrics().horizontalAdvance(LONG) > header.sectionSize(0)
    assert header.textElideMode() is Qt.TextElideMode.ElideRight
    told = table.rows.headerData(0, ACROSS, Qt.ItemDataRole.ToolTipRole)
    assert told == LONG.replace("<", "\u2039"), "tool tips guess at markup"
