"""Parts for windows in tests: folders of their own, keys in memory, a real practice server.

What a page does with them is its own test's.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from functools import partialmethod
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.flow.draft import ReadFile, new_draft
from app.flow.parts import Parts
from app.flow.reading import read_file
from app.flow.uploading import PracticeAccess
from app.practice.rooms import PRACTICE_SECRETS
from app.practice.server import PracticeServer
from app.settings.credentials import SessionCredentials
from app.settings.folders import Folders, make_private
from app.settings.preferences import Preferences
from app.table.shape import ReadingChoice
from app.ui.application import build_wizard
from app.ui.garbage import search
from app.ui.look import dress
from app.ui.session import Session
from app.ui.wizard import FerryWizard
from tests.ui.sheets import workbook

PATIENCE = 60_000  # milliseconds
WHY_NOT_LASTING = "Keys and passwords are kept until you close the program. There is no store."


@pytest.fixture(scope="session")
def people(tmp_path_factory: pytest.TempPathFactory) -> ReadFile:
    """The workbook of tests/ui/sheets, read once for all tests that change nothing in its ledger."""
    folder = tmp_path_factory.mktemp("people")
    return read_file(workbook(folder), ReadingChoice(), folder)


@pytest.fixture
def practice_server() -> Iterator[PracticeServer]:
    """The practice rooms, open for one test."""
    server = PracticeServer()
    server.start()
    yield server
    server.close()


@pytest.fixture
def parts(tmp_path: Path, practice_server: PracticeServer) -> Parts:
    """What main hands to the window, with nothing of the user's in it."""
    folders = Folders(tmp_path / "settings", tmp_path / "imports", tmp_path / "logs")
    for folder in (folders.settings, folders.imports, folders.logs):
        make_private(folder)
    credentials = SessionCredentials(WHY_NOT_LASTING)
    return Parts(
        folders,
        lambda: credentials,
        lambda provider: PracticeAccess(practice_server.address, PRACTICE_SECRETS[provider]),
    )


@pytest.fixture
def session(parts: Parts) -> Session:
    """A session at its start: smsend, numbers from the United Kingdom."""
    return Session(new_draft("smsend", "GB"), parts, Preferences())


@pytest.fixture(scope="session")
def _dressed(qapp: QApplication) -> None:
    """Windows look as they do for users."""
    dress(qapp)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> Iterator[None]:
    """What windows have left behind ends here, not in a thread of a test that knows no windows."""
    try:
        yield
    finally:
        if nextitem is None or not nextitem.path.is_relative_to(Path(__file__).parent):
            gc.collect()
            gc.enable()


@pytest.fixture(autouse=True)
def _application(_dressed: None) -> None:
    """Whatever is tested in this room may draw, which aborts without an application; and as in the program,
    widgets end in the window's thread only."""
    gc.disable()
    search()


class _PatientBot(QtBot):
    """Waits as long as a child process may take to start on a busy machine."""

    waitSignal = partialmethod(QtBot.waitSignal, timeout=PATIENCE)  # noqa: N815 - its own names
    waitUntil = partialmethod(QtBot.waitUntil, timeout=PATIENCE)  # noqa: N815


@pytest.fixture
def qtbot(_application: None, request: pytest.FixtureRequest) -> QtBot:
    """pytest-qt's, in no hurry."""
    return _PatientBot(request)


@pytest.fixture
def wizard(qtbot: QtBot, parts: Parts) -> FerryWizard:
    """The window at its first page, shown."""
    wizard = build_wizard(new_draft("smsend", "GB"), parts)
    qtbot.addWidget(wizard)
    wizard.show()
    return wizard


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """Any window, shown."""
    shown = QWidget()
    qtbot.addWidget(shown)
    shown.show()
    return shown
