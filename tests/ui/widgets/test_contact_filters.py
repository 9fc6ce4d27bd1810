"""What narrows the contacts down keeps its place while somebody types."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.ui.widgets.contact_filters import ContactFilters


def test_nothing_moves_when_the_first_letter_is_typed(qtbot: QtBot) -> None:
    filters = ContactFilters()
    qtbot.addWidget(filters)
    filters.resize(1020, 80)
    filters.show()
    beside = (filters.search, filters.kinds, filters.place, filters.undo)
    before = [one.geometry() for one in beside]
    filters.search.setText("anna")
    layout = filters.layout()
    assert layout is not None
    layout.activate()
    assert [one.geometry() for one in beside] == before
