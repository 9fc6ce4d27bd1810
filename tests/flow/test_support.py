"""The support bundle says how things are here, and nothing about anybody."""

from __future__ import annotations

import logging
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.flow.support import IN_ZIP, save_support, support_text
from app.ledger.ledger import Ledger
from app.log import hide, start_logging, stop_logging
from app.main import main
from app.problems import FileProblem
from app.settings.accounts import Account, add_account, new_account_id
from app.settings.folders import Folders, make_private, user_folders
from app.settings.preferences import Preferences, change_preferences
from app.table.shape import Row
from tests.planted import PEOPLE, PERSONAL, in_bytes, in_text, secret

KEY = secret("api_key")
NAMES = ("Zshop of Quirin", "zq-server.example.com", "zq-customers.xlsx", "zq-folder")


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Folders]:
    """Settings, a ledger and a log, each full of marks."""
    monkeypatch.setenv("CONTACT_FERRY_HOME", str(tmp_path / "home"))
    folders = user_folders()
    for folder in (folders.settings, folders.imports, folders.logs):
        make_private(folder)
    address = "https://zq-server.example.com/"
    add_account(folders, Account(new_account_id(), "emarsys", NAMES[0], address, "", {"sign_in": "wsse"}))
    change_preferences(folders, Preferences(), Preferences(recent_files=("/zq-folder/zq-customers.xlsx",)))
    with Ledger.create(folders.imports / "a.ledger") as ledger:
        list(ledger.rows.add(Row(number, person) for number, person in enumerate(PEOPLE, 2)))
    hide(KEY)
    start_logging(folders.logs)
    log = logging.getLogger("app.test")
    log.info("%s with %s at %s", PEOPLE[0][:2], KEY, NAMES)
    log.info("can't open /zq-folder/zq-customers.xlsx of %s", Path.home())
    stop_logging()
    with (folders.logs / "contact-ferry.log").open("a", encoding="utf-8") as unhidden:
        unhidden.write(f"2026-01-01 12:00:00,000 INFO a hand wrote {PEOPLE[1][0]} {KEY}\n")
    yield folders
    logging.getLogger("app").setLevel(logging.NOTSET)


def test_the_bundle_says_how_things_are(folders: Folders) -> None:
    text = support_text(folders)
    for said in ("Contact Ferry", "Python 3", "httpx 0", "accounts at emarsys: 1, own address: True", "wsse"):
        assert said in text
    assert "ledgers: 1" in text
    assert "INFO app.test: " in text


def test_the_bundle_says_nothing_about_anybody(folders: Folders) -> None:
    text = support_text(folders)
    assert in_text(text, [*PERSONAL, KEY, *NAMES, str(Path.home())]) == []
    assert "2026-01-01 12:00:00,000 INFO" in text


@pytest.mark.usefixtures("folders")
def test_the_command_shows_what_it_saves(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["support"]) == 0
    assert "Contact Ferry" in capsys.readouterr().out
    assert main(["support", str(tmp_path / "out.zip")]) == 0
    shown = capsys.readouterr().out
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert archive.namelist() == [IN_ZIP]
        assert archive.read(IN_ZIP).decode() in shown
    marks = [*PERSONAL, KEY, *NAMES]
    assert in_bytes((tmp_path / "out.zip").read_bytes(), marks) == in_text(shown, marks) == []


def test_a_bundle_that_cannot_be_saved_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(FileProblem):
        save_support("words", tmp_path / "nowhere" / "out.zip")
