"""What a supporter needs is shown before it is saved, from the help, and nothing else is saved."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.flow.draft import new_draft
from app.flow.parts import Parts
from app.flow.support import IN_ZIP
from app.settings.accounts import Account, add_account, new_account_id
from app.ui.application import Window, build_wizard
from app.ui.help.window import HelpWindow
from app.ui.support_dialog import SupportDialog


@pytest.fixture
def dialog(qtbot: QtBot, parts: Parts) -> SupportDialog:
    add_account(parts.folders, Account(new_account_id(), "octopush", "Zq Shop", "https://zq.example.com"))
    made = SupportDialog(parts.folders)
    qtbot.addWidget(made)
    assert not made.save.isEnabled()
    qtbot.waitUntil(made.save.isEnabled)
    return made


def test_what_is_shown_is_what_is_saved_and_names_nobody(
    dialog: SupportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    shown = dialog.text.toPlainText()
    assert "accounts at octopush: 1" in shown
    assert "zq" not in shown.casefold()
    assert dialog.text.isReadOnly()
    dialog.save_to(tmp_path / "out.zip")
    qtbot.waitUntil(lambda: bool(dialog.told.text()))
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert archive.namelist() == [IN_ZIP]
        assert archive.read(IN_ZIP).decode() == shown


def test_a_place_that_cannot_be_written_is_a_problem(
    dialog: SupportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog.save_to(tmp_path / "nowhere" / "out.zip")
    qtbot.waitUntil(lambda: dialog.problem_box.problem is not None)
    assert dialog.save.isEnabled()


def test_it_is_opened_from_the_help(qtbot: QtBot, parts: Parts) -> None:
    window = Window(build_wizard(new_draft("smsend", "GB"), parts))
    qtbot.addWidget(window.wizard)
    window.wizard.show()
    window.help()
    [help_window] = window.wizard.findChildren(HelpWindow)
    help_window.support.click()
    [opened] = window.wizard.findChildren(SupportDialog)
    qtbot.waitUntil(opened.save.isEnabled)
    opened.reject()
    window.close()
