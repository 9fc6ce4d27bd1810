"""What is noted of a list that is being prepared, and when; the crash itself is test_crashed_list's."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.flow.draft import ImportDraft, new_draft
from app.flow.parts import Parts
from app.ledger.ledger import Ledger, erase
from app.ui.application import build_wizard
from app.ui.keeping import Keeping
from app.ui.wizard import FerryWizard, Step
from tests.ui.import_scene import checked_draft


@pytest.fixture
def draft(parts: Parts) -> ImportDraft:
    return checked_draft(parts.folders.imports)


def keeping_of(wizard: FerryWizard) -> Keeping:
    keeping = wizard.findChild(Keeping)
    assert isinstance(keeping, Keeping)
    return keeping


@contextmanager
def in_use(qtbot: QtBot, wizard: FerryWizard, draft: ImportDraft) -> Iterator[None]:
    """Whoever has the ledger writes to it longer than is waited for; until what was given is tried again."""
    assert draft.file is not None
    keeping = keeping_of(wizard)
    with Ledger.open(draft.file.ledger) as checking, checking.together():
        wizard.session.give(draft)
        qtbot.waitUntil(lambda: keeping.tries_again)
        yield


def noted(qtbot: QtBot, wizard: FerryWizard, draft: ImportDraft) -> str:
    """The page that is noted once everything is."""
    keeping = keeping_of(wizard)
    qtbot.waitUntil(lambda: not keeping.waits)
    assert draft.file is not None
    with Ledger.open(draft.file.ledger) as ledger:
        return ledger.fact("page") or ""


def test_the_page_is_noted_with_the_list(qtbot: QtBot, wizard: FerryWizard, draft: ImportDraft) -> None:
    wizard.session.give(draft)
    assert noted(qtbot, wizard, draft) == "choose_file"
    wizard.next()
    assert noted(qtbot, wizard, draft) == "map_columns"


def test_a_change_while_one_is_noted_is_noted_after_it(
    qtbot: QtBot, wizard: FerryWizard, draft: ImportDraft
) -> None:
    for country in ("AT", "CH", "FR"):
        wizard.session.give(draft.with_country(country))
        QApplication.processEvents()
    noted(qtbot, wizard, draft)
    assert draft.file is not None
    with Ledger.open(draft.file.ledger) as ledger:
        assert 'default_country = \\"FR\\"' in (ledger.fact("draft") or "")


def test_from_the_upload_on_nothing_is_noted_here(
    qtbot: QtBot, wizard: FerryWizard, draft: ImportDraft
) -> None:
    wizard.session.give(draft)
    wizard.go_to_upload()
    assert wizard.currentId() == Step.UPLOAD
    assert noted(qtbot, wizard, draft) == ""
    wizard.end_work()  # else closing would ask


@pytest.mark.logs_expected
def test_a_ledger_that_is_gone_is_said_in_the_log_only(
    qtbot: QtBot, wizard: FerryWizard, draft: ImportDraft, caplog: pytest.LogCaptureFixture
) -> None:
    assert draft.file is not None
    erase(draft.file.ledger)
    wizard.session.give(draft)
    keeping = keeping_of(wizard)
    qtbot.waitUntil(lambda: not keeping.waits)
    assert [one.getMessage().partition(":")[0] for one in caplog.records] == [
        "the list that is being prepared is not noted"
    ]


@pytest.mark.logs_expected
def test_what_could_not_be_noted_is_noted_later(
    qtbot: QtBot, wizard: FerryWizard, draft: ImportDraft, caplog: pytest.LogCaptureFixture
) -> None:
    assert draft.file is not None
    away = draft.file.ledger.with_suffix(".away")
    draft.file.ledger.rename(away)
    wizard.session.give(draft)
    qtbot.waitUntil(lambda: bool(caplog.records))
    away.rename(draft.file.ledger)
    qtbot.waitUntil(lambda: noted(qtbot, wizard, draft) == "choose_file")


def test_a_ledger_that_is_being_written_to_is_waited_for_without_a_word(
    qtbot: QtBot, wizard: FerryWizard, draft: ImportDraft, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ledger.connection.BUSY_MILLISECONDS", 0)
    with in_use(qtbot, wizard, draft):
        pass
    qtbot.waitUntil(lambda: noted(qtbot, wizard, draft) == "choose_file")


@pytest.mark.logs_expected
def test_what_is_wrong_is_said_in_the_log_though_the_ledger_was_in_use_before(
    qtbot: QtBot,
    wizard: FerryWizard,
    draft: ImportDraft,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("app.ledger.connection.BUSY_MILLISECONDS", 0)
    with in_use(qtbot, wizard, draft):
        assert not caplog.records
    assert draft.file is not None
    erase(draft.file.ledger)
    qtbot.waitUntil(lambda: bool(caplog.records))


def test_a_window_nobody_holds_is_gone_without_a_search_for_garbage(parts: Parts, tmp_path: Path) -> None:
    assert tmp_path.exists()
    wizard = build_wizard(new_draft("smsend", "GB"), parts)
    seen = weakref.ref(wizard)
    gc.disable()
    try:
        del wizard
        assert seen() is None
    finally:
        gc.enable()
