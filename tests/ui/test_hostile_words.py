"""The window shows words from files and providers as plain text, and lets go of what was typed in secret."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.flow.draft import ReadFile, new_draft
from app.flow.matching import with_suggested_mapping
from app.flow.parts import Parts
from app.flow.uploading import PracticeAccess
from app.practice.exchange import PracticeResponse
from app.practice.faults import Refuse
from app.practice.rooms import PRACTICE_SECRETS
from app.practice.server import PracticeServer
from app.problems import Problem
from app.providers.known import PROVIDERS
from app.settings.folders import make_private
from app.ui.help.text import HelpBrowser
from app.ui.news import News
from app.ui.pages.choose_provider import ChooseProviderPage
from app.ui.session import Session
from app.ui.tour.tour import play_tour
from app.ui.widgets.account_dialog import AccountDialog
from app.ui.widgets.password_row import PasswordRow
from app.ui.widgets.problem_box import ProblemBox
from tests.planted import in_folder, in_text, secret
from tests.ui.import_scene import parts_with

MARKUP = re.compile(r"<[a-z!/?]", re.IGNORECASE)
"""What Qt may take for markup where nobody told it that a text is plain."""
BOLD = "<b>zq</b><img src='http://192.0.2.1/a.png'><a href='file:///'>here</a>"
LIST = f"""E-mail;Handy;{BOLD}
anna@example.com;+49 1512 3450001;{BOLD}
bob@example.com;+49 1512 3450002;\u202egnp.exe\u2066
{BOLD};12;=cmd|' /C calc'!A0
;;
"""


class Watcher(QObject):
    """Looks at every widget whenever it is shown, painted or changes its tool tip."""

    LOOKED_AT = (QEvent.Type.Show, QEvent.Type.Paint, QEvent.Type.ToolTipChange)

    def __init__(self) -> None:
        super().__init__()
        self.marked_up: set[str] = set()
        self.seen = ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() in self.LOOKED_AT and isinstance(watched, QWidget):
            self._look(watched)
        return False

    def _look(self, widget: QWidget) -> None:
        tip = widget.toolTip()
        if MARKUP.search(tip):
            self.marked_up.add(f"tool tip of {type(widget).__name__}: {tip}")
        if isinstance(widget, QLabel):
            self.seen += widget.text() + "\n"
            if widget.textFormat() is not Qt.TextFormat.PlainText and MARKUP.search(widget.text()):
                self.marked_up.add(f"{type(widget).__name__}: {widget.text()}")
        ours = isinstance(widget, HelpBrowser) or isinstance(widget.parent(), News)  # their pages are
        if isinstance(widget, QTextEdit) and not ours:
            self.marked_up.add(f"{type(widget).__name__} shows markup")


@pytest.fixture
def watcher(qapp: QApplication) -> Iterator[Watcher]:
    watching = Watcher()
    qapp.installEventFilter(watching)
    yield watching
    qapp.removeEventFilter(watching)


def test_the_watcher_sees_markup(qtbot: QtBot, watcher: Watcher) -> None:
    label = QLabel(BOLD)
    qtbot.addWidget(label)
    label.setToolTip(BOLD)
    label.show()
    assert len(watcher.marked_up) == 2


@pytest.mark.parametrize("provider", [one.name for one in PROVIDERS])
def test_markup_in_a_list_is_shown_as_it_is(
    provider: str, tmp_path: Path, watcher: Watcher, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "<b>list.csv"
    path.write_text(LIST, encoding="utf-8")
    make_private(tmp_path / "imports")
    with PracticeServer() as server:

        def door(name: str) -> PracticeAccess:
            return PracticeAccess(server.address, PRACTICE_SECRETS[name])

        parts = parts_with(tmp_path / "imports", door)
        play_tour(parts, path, tmp_path / "pictures", provider, lambda _: server.rooms[provider].contacts())
    assert capsys.readouterr().out
    assert "<b>" in watcher.seen
    assert watcher.marked_up == set()


def test_markup_of_a_provider_is_shown_as_it_is(qtbot: QtBot, watcher: Watcher) -> None:
    box = ProblemBox()
    qtbot.addWidget(box)
    box.show_problem(Problem(BOLD, BOLD, BOLD))
    box.grab()
    assert BOLD in watcher.seen
    assert watcher.marked_up == set()


# What was typed in secret.


@pytest.fixture
def page(qtbot: QtBot, parts: Parts, people: ReadFile) -> ChooseProviderPage:
    session = Session(with_suggested_mapping(new_draft("smsend", "GB").with_file(people)), parts)
    page = ChooseProviderPage(session)
    qtbot.addWidget(page)
    page.enter()
    page.show()
    return page


def opened_dialog(page: ChooseProviderPage, server: PracticeServer) -> AccountDialog:
    page.accounts.add.click()
    dialog = page.dialog
    assert dialog is not None
    dialog.server.setEditText(server.address)
    for key, line in dialog.secrets.items():
        line.setText(secret(key))
    assert dialog.secrets["password"].echoMode() is QLineEdit.EchoMode.Password  # no picture shows it
    return dialog


SECRETS = [secret("username"), secret("password")]


def everything_on_screen() -> str:
    shown: list[str] = [QGuiApplication.clipboard().text()]
    for widget in QApplication.allWidgets():
        shown += [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
        if isinstance(widget, QLabel | QLineEdit):
            shown.append(widget.text())
    return "\n".join(shown)


def test_the_search_sees_what_is_typed(page: ChooseProviderPage, practice_server: PracticeServer) -> None:
    opened_dialog(page, practice_server)
    assert in_text(everything_on_screen(), SECRETS) == SECRETS


def test_keys_are_gone_from_the_window_once_they_are_stored(
    qtbot: QtBot, page: ChooseProviderPage, practice_server: PracticeServer, parts: Parts
) -> None:
    dialog = opened_dialog(page, practice_server)
    with qtbot.waitSignal(dialog.accepted):
        dialog.save()
    page.try_it()  # they are wrong, and a careless server repeats them
    qtbot.waitUntil(page.accounts.try_it.isEnabled)
    assert page.problem_box.isVisible()
    assert in_text(everything_on_screen(), SECRETS) == []
    assert in_folder(parts.folders.settings.parent, SECRETS) == []


def test_keys_are_gone_from_the_window_once_it_is_cancelled(
    page: ChooseProviderPage, practice_server: PracticeServer
) -> None:
    opened_dialog(page, practice_server).close()
    assert in_text(everything_on_screen(), SECRETS) == []


def test_a_server_that_repeats_the_keys_does_not_get_them_shown(
    qtbot: QtBot, page: ChooseProviderPage, practice_server: PracticeServer
) -> None:
    said = PracticeResponse(400, {"Content-Type": "text/plain"}, " ".join(SECRETS).encode())
    practice_server.fault = lambda _: Refuse(said)
    dialog = opened_dialog(page, practice_server)
    with qtbot.waitSignal(dialog.accepted):
        dialog.save()
    page.try_it()
    qtbot.waitUntil(page.accounts.try_it.isEnabled)
    assert page.problem_box.isVisible()
    assert in_text(everything_on_screen(), SECRETS) == []


def test_the_password_of_a_workbook_is_gone_once_it_is_given(qtbot: QtBot) -> None:
    row = PasswordRow()
    qtbot.addWidget(row)
    assert row.line.echoMode() is QLineEdit.EchoMode.Password
    row.line.setText(SECRETS[0])
    with qtbot.waitSignal(row.given):
        row.open_button.click()
    assert row.line.text() == ""
    row.line.undo()
    assert in_text(everything_on_screen(), SECRETS) == []


def test_a_window_without_a_password_store_says_so(
    qtbot: QtBot, page: ChooseProviderPage, practice_server: PracticeServer
) -> None:
    dialog = opened_dialog(page, practice_server)
    with qtbot.waitSignal(dialog.accepted):
        dialog.save()
    assert "until you close the program" in page.accounts.result.text()
