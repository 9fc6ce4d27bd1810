"""A cell of the table of contacts looks as Qt would paint it, and shows what is lost and where one types."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QStyledItemDelegate
from pytestqt.qtbot import QtBot

from app.contacts.contact import CheckedContact, Finding, FindingKind, Level, Status
from app.contacts.fields import ContactSchema, Field
from app.contacts.mapping import ColumnMapping
from app.ledger.contacts import Show
from app.ledger.ledger import Ledger
from app.ui.models.contact_table import FIELDS_FROM, FOUND, ContactTable
from app.ui.widgets.contact_view import ContactView
from app.ui.widgets.icons import RESOURCES

SCHEMA = ContactSchema((Field("email", "E-mail"), Field("phone", "Phone"), Field("first_name", "First name")))
MAPPING = ColumnMapping().with_field("email", 0).with_field("phone", 1).with_field("first_name", 2)
FIXED = Finding(FindingKind.PHONE_FORMATTED, Level.FIXED, "phone", "0151 2345", "+491512345")
WARNED = Finding(FindingKind.EMAIL_INVALID, Level.WARNING, "email", "nobody")
BLOCKED = Finding(FindingKind.EMAIL_INVALID, Level.BLOCKING, "email", "no mail")
HEBREW = "\u05d3\u05d5\u05d3"
PEOPLE = (
    CheckedContact(2, Status.TO_SEND, {"email": "a@example.com", "phone": "+491512345"}, (FIXED,)),
    CheckedContact(
        3, Status.TO_SEND, {"email": f"{'long.' * 9}name@example.com", "first_name": "Zoë"}, (WARNED,)
    ),
    CheckedContact(4, Status.TO_SEND, {"email": "d@example.com", "first_name": HEBREW}),
    CheckedContact(5, Status.TO_SEND, {"email": "é@example.com"}),
)
LOST = CheckedContact(6, Status.LEFT_OUT, {}, (BLOCKED,))


@pytest.fixture
def view(tmp_path: Path, qtbot: QtBot) -> Iterator[ContactView]:
    with Ledger.create(tmp_path / "l") as ledger:
        list(ledger.contacts.replace_all((*PEOPLE, LOST)))
        made = ContactView()
        qtbot.addWidget(made)
        model = ContactTable(ledger, SCHEMA, MAPPING, made)
        model.show(ledger.contacts.row_numbers(Show.ALL))
        made.setModel(model)
        made.set_widths()
        made.resize(1_000, 300)
        made.setStyleSheet((RESOURCES / "style" / "window.qss").read_text(encoding="utf-8"))
        made.show()
        yield made
        made.setModel(None)


def looks(view: ContactView, *, lines: range) -> QImage:
    """All that is seen of these lines but the rows' numbers, which Qt can't know stand at the right."""
    top = view.visualRect(view.model().index(lines.start, FOUND))
    last = view.visualRect(view.model().index(lines.stop - 1, view.model().columnCount() - 1))
    return view.viewport().grab(top.united(last)).toImage()


@pytest.mark.parametrize("selected", [False, True])
@pytest.mark.parametrize("enabled", [False, True])
def test_a_cell_looks_as_qt_would_paint_it(view: ContactView, *, selected: bool, enabled: bool) -> None:
    if selected:
        view.selectAll()
    view.setEnabled(enabled)
    people = range(len(PEOPLE))
    ours = looks(view, lines=people)
    view.setItemDelegate(QStyledItemDelegate(view))
    assert ours == looks(view, lines=people)


def test_what_can_not_be_sent_is_struck_through(view: ContactView) -> None:
    line = len(PEOPLE)
    model = view.model()
    assert isinstance(model, ContactTable)
    look = model.look(line, FIELDS_FROM)
    assert (look.text, look.level, look.lost) == ("no mail", Level.BLOCKING, True)
    struck = looks(view, lines=range(line, line + 1))
    view.setItemDelegate(QStyledItemDelegate(view))
    assert struck != looks(view, lines=range(line, line + 1)), "Qt knows nothing of what is lost"


def test_the_cell_that_has_the_keyboard_is_framed(view: ContactView, qtbot: QtBot) -> None:
    view.setFocus()
    view.activateWindow()
    qtbot.waitUntil(view.hasFocus)
    view.setCurrentIndex(view.model().index(0, FIELDS_FROM))
    one, other = (view.visualRect(view.model().index(0, FIELDS_FROM + at)) for at in range(2))
    framed = [ring(view, place) for place in (one, other)]
    view.setCurrentIndex(view.model().index(0, FIELDS_FROM + 1))
    assert [ring(view, place) for place in (one, other)] == framed[::-1]
    assert framed[0] != framed[1]


def ring(view: ContactView, place: QRect) -> set[int]:
    """The colours on the line where the frame of a cell is seen, below what is written in it."""
    image = view.viewport().grab(place).toImage()
    return {image.pixel(x, image.height() - 3) for x in range(4, image.width() - 4)}
