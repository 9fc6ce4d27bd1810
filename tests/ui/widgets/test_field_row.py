"""A field says what it needs to be told, whole, however long the words of a language are."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.ui.widgets.field_row import FieldRow
from app.ui.widgets.labels import Label

NEED = "Obligatorio: Correo electrónico o Número de teléfono"


def test_what_is_needed_wraps_and_is_not_cut(qtbot: QtBot) -> None:
    row = FieldRow("email", "Correo electrónico", "La dirección", NEED)
    qtbot.addWidget(row)
    row.resize(640, row.heightForWidth(640))
    row.show()
    (below,) = [one for one in row.findChildren(Label) if one.text() == NEED]
    assert below.wordWrap()
    assert below.width() < below.fontMetrics().horizontalAdvance(NEED)
    assert below.height() >= below.heightForWidth(below.width())
    assert below.toolTip() == "La dirección"
