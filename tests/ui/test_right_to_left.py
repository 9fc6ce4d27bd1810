"""Names that are read from right to left turn nothing but themselves, and only where they are looked at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextLayout, QTextOption
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.contacts.mapping import ColumnMapping
from app.flow.matching import with_suggested_mapping
from app.flow.repairs import Repair
from app.table.reading import AS_FOUND, open_table
from app.ui.models.contact_table import FIELDS_FROM, FOUND
from app.ui.pages.check_contacts import CheckContactsPage
from app.ui.pages.map_columns import MapColumnsPage
from app.ui.widgets.repair_dialog import RepairDialog
from tests.ui.import_scene import Scene, checked_page, messy_draft, scene_with

DAVID, AVI, MOHAMMED = (
    "\u05d3\u05d5\u05d3",
    "\u05d0\u05d1\u05d9",
    "\u0645\u062d\u0645\u062f \u0639\u0644\u064a",
)
LIST = f"""E-mail;Phone;First name
david@example.com;+49 1512 3450001;{DAVID}
{AVI};;{AVI}
mohammed@example.com;+49 1512 3450003;{MOHAMMED}
"""
MARKS = ("\u2068", "\u2069")


@pytest.fixture
def scene(tmp_path: Path, qapp: object) -> Iterator[Scene]:  # noqa: ARG001 - labels need an application
    with scene_with(messy_draft(tmp_path, LIST), tmp_path) as made:
        yield made


@pytest.fixture
def page(scene: Scene, qtbot: QtBot) -> Iterator[CheckContactsPage]:
    with checked_page(scene, qtbot) as made:
        yield made


def places(text: str, words: list[str]) -> list[float]:
    """Where each of `words` begins in `text` as it is drawn, from the left."""
    layout = QTextLayout(text)
    option = QTextOption()
    option.setTextDirection(Qt.LayoutDirection.LeftToRight)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(10_000)
    layout.endLayout()
    found = []
    for word in words:
        at = text.index(word)
        ends = [line.cursorToX(place)[0] for place in (at, at + len(word))]  # type: ignore[index]
        found.append(min(ends))
    return found


def test_the_values_of_a_column_stand_in_the_order_of_its_rows(scene: Scene, qtbot: QtBot) -> None:
    scene.session.give(with_suggested_mapping(scene.session.draft.with_mapping(ColumnMapping())))
    page = MapColumnsPage(scene.session)
    qtbot.addWidget(page)
    page.enter()
    names = [DAVID, AVI, MOHAMMED]
    drawn = places(page.fields.rows["name"].examples.text(), names)
    assert drawn == sorted(drawn)


def test_a_sentence_about_such_a_value_is_read_in_its_order(page: CheckContactsPage) -> None:
    said = str(page.table.model().index(1, FOUND).data())
    assert f"\u2068{AVI}\u2069" in said
    tip = page.table.model().index(1, FIELDS_FROM).data(Qt.ItemDataRole.ToolTipRole)
    assert f"\u2068{AVI}\u2069" in tip


def test_what_is_copied_edited_shown_as_sent_and_saved_is_as_it_was(
    page: CheckContactsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    index = page.table.model().index(1, FOUND)
    page.table.setCurrentIndex(index)
    QTest.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert AVI in copied
    cell = page.table.model().index(1, FIELDS_FROM + 2)
    assert (cell.data(), cell.data(Qt.ItemDataRole.EditRole)) == (AVI, AVI)
    reasons = page.side.request_view.text
    assert AVI in reasons
    page.table.selectRow(0)
    sent = page.side.request_view.text
    assert DAVID in sent
    path = tmp_path / "left out.csv"
    with qtbot.waitSignal(page.changes.saved):
        page.changes.save(path)
    with open_table(path, AS_FOUND) as table:
        assert [row.cells[0] for row in table.rows()] == [AVI]
    saved = path.read_text("utf-8-sig")
    assert not [mark for text in (copied, reasons, sent, saved) for mark in MARKS if mark in text]


def test_a_row_before_and_after_keeps_its_order(page: CheckContactsPage, qtbot: QtBot) -> None:
    page.changes.repair(Repair.COUNTRY)
    qtbot.waitUntil(lambda: isinstance(page.changes.dialog, RepairDialog))
    dialog = page.changes.dialog
    assert isinstance(dialog, RepairDialog)
    dialog.examples.show_lines([["2", f"Name: \u2068{DAVID}\u2069", "x"]])
    dialog.examples.setCurrentCell(0, 1)
    QTest.keyClick(dialog.examples, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == f"Name: {DAVID}"
