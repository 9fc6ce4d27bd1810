"""The dialog for an account leads to what is still missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from app import language
from app.flow.parts import Parts
from app.flow.uploading import PracticeAccess
from app.providers.contract import Provider
from app.providers.known import PROVIDERS
from app.ui.widgets.account_dialog import AccountDialog
from tests.ui.import_scene import parts_with


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    def nowhere(_: str) -> PracticeAccess:
        raise LookupError("nothing is sent")

    return parts_with(tmp_path, nowhere)


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda one: one.name)
def test_the_cursor_goes_to_the_first_line_that_is_missing(
    provider: Provider, parts: Parts, qtbot: QtBot
) -> None:
    dialog = AccountDialog(provider, None, parts)
    qtbot.addWidget(dialog)
    dialog.show()
    *filled, missing = dialog.secrets.values()
    for line in filled:
        line.setText("0000")
    dialog.save()
    assert dialog.problem_box.isVisible()
    assert dialog.focusWidget() is missing
    dialog.reject()


def test_the_cursor_goes_to_an_address_that_may_not_be_used(parts: Parts, qtbot: QtBot) -> None:
    dialog = AccountDialog(PROVIDERS[0], None, parts)
    qtbot.addWidget(dialog)
    dialog.show()
    for line in dialog.secrets.values():
        line.setText("0000")
    dialog.server.setEditText("http://example.com")
    dialog.save()
    assert dialog.problem_box.isVisible()
    assert dialog.server.isAncestorOf(dialog.focusWidget())
    dialog.name.clear()
    dialog.save()
    assert dialog.focusWidget() is dialog.name
    dialog.reject()


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda one: one.name)
def test_all_lines_begin_at_one_edge_in_a_long_language(
    provider: Provider, parts: Parts, qtbot: QtBot
) -> None:
    language.use("es")
    try:
        dialog = AccountDialog(provider, None, parts)
    finally:
        language.use("en")
    qtbot.addWidget(dialog)
    dialog.show()
    lines = [dialog.name, dialog.server, *dialog.secrets.values()]
    assert len({one.mapTo(dialog, QPoint()).x() for one in lines}) == 1
    dialog.reject()
