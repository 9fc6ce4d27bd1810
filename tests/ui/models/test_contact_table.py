"""The table shows the ledger's contacts, and reads no more of them than are looked at."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester

from app.contacts.contact import CheckedContact, Finding, FindingKind, Level, Status
from app.contacts.fields import ContactSchema, Field
from app.contacts.mapping import ColumnMapping
from app.ledger.contacts import Show
from app.ledger.ledger import Ledger
from app.ui.models.contact_table import FIELDS_FROM, FOUND, PAGES_KEPT, ROW, ROWS_A_PAGE, STATUS, ContactTable
from app.wording import finding_sentence, status_word

SCHEMA = ContactSchema((Field("email", "E-mail"), Field("phone", "Phone"), Field("tags", "Tags")))
FIXED = Finding(FindingKind.PHONE_FORMATTED, Level.FIXED, "phone", "0151", "+49151")
BAD = Finding(FindingKind.EMAIL_INVALID, Level.BLOCKING, "email", "<b>no mail")

MAPPING = ColumnMapping().with_field("email", 0).with_field("phone", 1).with_field("tags", 2)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "l") as opened:
        yield opened


def filled(ledger: Ledger, *contacts: CheckedContact) -> ContactTable:
    list(ledger.contacts.replace_all(contacts))
    model = ContactTable(ledger, SCHEMA, MAPPING)
    model.show(ledger.contacts.row_numbers(Show.ALL))
    return model


def three(ledger: Ledger) -> ContactTable:
    return filled(
        ledger,
        CheckedContact(2, Status.TO_SEND, {"email": "a@example.com", "phone": "+49151"}, (FIXED,)),
        CheckedContact(5, Status.LEFT_OUT, {"tags": ("one", "two")}, (FIXED, BAD)),
        CheckedContact(1_009, Status.TO_SEND, {"email": "c@example.com"}),
    )


def shown(model: ContactTable, line: int, column: int, role: int = Qt.ItemDataRole.DisplayRole) -> object:
    return model.data(model.index(line, column, QModelIndex()), role)


def test_the_model_keeps_qts_rules(ledger: Ledger, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(three(ledger), force_py=True)  # type: ignore[no-untyped-call]


def test_each_contact_is_a_line_with_its_row_number_status_and_values(ledger: Ledger) -> None:
    model = three(ledger)
    assert [shown(model, line, ROW) for line in range(3)] == ["2", "5", "1,009"]
    assert shown(model, 1, STATUS) == status_word(Status.LEFT_OUT)
    assert shown(model, 0, FIELDS_FROM + 1) == "+49151"
    assert shown(model, 1, FIELDS_FROM + 2) == "one, two"
    assert shown(model, 2, FIELDS_FROM + 1) == ""


def test_what_was_found_is_said_with_the_worst_first(ledger: Ledger) -> None:
    model = three(ledger)
    sentences = [finding_sentence(one, model.label) for one in (BAD, FIXED)]
    assert shown(model, 1, FOUND) == " ".join(sentences)
    assert shown(model, 2, FOUND) == ""


def test_a_cell_in_which_something_was_found_is_marked_and_says_so(ledger: Ledger) -> None:
    model = three(ledger)
    decoration, tip = Qt.ItemDataRole.DecorationRole, Qt.ItemDataRole.ToolTipRole
    assert shown(model, 0, FIELDS_FROM + 1, decoration) is not None
    assert shown(model, 0, FIELDS_FROM, decoration) is None
    said = shown(model, 0, FIELDS_FROM + 1, tip)
    assert said == finding_sentence(FIXED, model.label)


def test_a_tool_tip_can_not_hold_markup(ledger: Ledger) -> None:
    said = shown(three(ledger), 1, FIELDS_FROM, Qt.ItemDataRole.ToolTipRole)
    assert isinstance(said, str)
    assert "<" not in said


def test_headers_are_what_the_user_calls_the_fields(ledger: Ledger) -> None:
    model = three(ledger)
    names = [model.headerData(section, Qt.Orientation.Horizontal) for section in range(model.columnCount())]
    assert names[FIELDS_FROM:] == ["E-mail", "Phone", "Tags"]


def test_a_long_list_is_read_where_it_is_looked_at(ledger: Ledger) -> None:
    many = (CheckedContact(row, Status.TO_SEND, {"email": f"{row}@example.com"}) for row in range(2, 10_002))
    model = filled(ledger, *many)
    asked: list[str] = []
    ledger._connection.set_trace_callback(asked.append)
    assert shown(model, 0, FIELDS_FROM) == "2@example.com"
    assert shown(model, 9_999, FIELDS_FROM) == "10001@example.com"
    assert shown(model, 9_998, FIELDS_FROM) == "10000@example.com"
    assert len(asked) == 2
    assert PAGES_KEPT * ROWS_A_PAGE < 10_000, "the list must be longer than what is kept"


def test_a_filter_with_gaps_reads_only_its_own_rows(ledger: Ledger) -> None:
    model = three(ledger)
    model.show(array("q", [2, 1_009]))
    assert [shown(model, line, ROW) for line in range(model.rowCount())] == ["2", "1,009"]


def test_a_line_that_is_not_there_shows_nothing(ledger: Ledger) -> None:
    model = three(ledger)
    assert model.contact(-1) is None
    assert model.contact(3) is None
    model.show(())
    assert model.rowCount() == 0
