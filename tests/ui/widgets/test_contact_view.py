"""The table of contacts asks its model for no more than is seen, whatever is selected in it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QItemSelection, QItemSelectionModel, QModelIndex, Qt
from PySide6.QtCore import QPersistentModelIndex as Lasting
from pytestqt.qtbot import QtBot

from app.ui.widgets.contact_view import ContactView

LINES = 50_000
FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
NOWHERE = QModelIndex()


class _Many(QAbstractTableModel):
    """Lines with nothing in them, and how often Qt asked what can be done with a cell."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def rowCount(self, parent: QModelIndex | Lasting = NOWHERE) -> int:
        return 0 if parent.isValid() else LINES

    def columnCount(self, parent: QModelIndex | Lasting = NOWHERE) -> int:
        return 0 if parent.isValid() else 5

    def data(self, index: QModelIndex | Lasting, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        del index, role
        return None

    def flags(self, index: QModelIndex | Lasting) -> Qt.ItemFlag:
        del index
        self.asked += 1
        return FLAGS


def view_of(model: _Many, qtbot: QtBot) -> ContactView:
    view = ContactView()
    qtbot.addWidget(view)
    view.setModel(model)
    view.resize(800, 480)
    view.show()
    view.grab()
    return view


def test_selecting_all_of_a_long_list_asks_for_no_more_than_is_seen(qtbot: QtBot) -> None:
    model = _Many()
    view = view_of(model, qtbot)
    model.asked = 0
    view.selectAll()
    view.grab()
    assert model.asked < 2_000
    assert view.chosen_lines == [range(LINES)]


def test_chosen_lines_come_once_each_and_from_top_to_bottom(qtbot: QtBot) -> None:
    model = _Many()
    view = view_of(model, qtbot)
    add = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for first, last in ((40, 49), (3, 3), (45, 60)):
        chosen = QItemSelection(model.index(first, 0), model.index(last, 0))
        view.selectionModel().select(chosen, add)
    assert [line for piece in view.chosen_lines for line in piece] == [3, *range(40, 61)]


def test_another_model_can_be_shown(qtbot: QtBot) -> None:
    view = view_of(_Many(), qtbot)
    other = _Many()
    view.setModel(other)
    view.selectRow(7)
    view.grab()
    assert view.chosen_lines == [range(7, 8)]
