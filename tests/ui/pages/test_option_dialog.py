"""A list that is not there is chosen anew on the page that says so, and the upload goes on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.contacts.mapping import ColumnMapping
from app.flow.checking import check_contacts
from app.providers.known import PROVIDERS
from app.providers.options import Options
from app.ui.pages.option_dialog import OptionDialog
from app.ui.pages.upload import UploadPage
from app.ui.widgets.option_rows import IntegerRow
from app.upload.upload import Ending
from tests.ui.import_scene import Scene, messy_draft, scene_with

[EMARSYS] = [one for one in PROVIDERS if one.name == "emarsys"]


@pytest.fixture
def scene(tmp_path: Path, qapp: object) -> Iterator[Scene]:  # noqa: ARG001 - labels need an application
    draft = messy_draft(tmp_path).with_provider("emarsys")
    draft = draft.with_options(Options({**draft.options, "action": "create_and_list", "list_id": 77}))
    draft = draft.with_mapping(ColumnMapping().with_field("3", 0))
    with scene_with(draft.with_checked(check_contacts(draft)), tmp_path) as made:
        yield made


@pytest.fixture
def page(scene: Scene, qtbot: QtBot) -> Iterator[UploadPage]:
    made = UploadPage(scene.session)
    qtbot.addWidget(made)
    yield made
    made.leave()


def stopped_at_the_list(page: UploadPage, qtbot: QtBot) -> OptionDialog:
    page.enter()
    qtbot.waitUntil(lambda: not page.is_busy)
    assert page.problem_box.remedy.isVisibleTo(page.problem_box)
    page.problem_box.remedy.click()
    dialog = page.mending.dialog
    assert dialog is not None
    return dialog


def test_another_list_is_chosen_from_the_account_and_the_upload_goes_on(
    page: UploadPage, scene: Scene, qtbot: QtBot
) -> None:
    dialog = stopped_at_the_list(page, qtbot)
    row = dialog.form.rows["list_id"]
    assert row.account is not None
    row.account.fetch.click()
    qtbot.waitUntil(lambda: row.account is not None and row.account.combo.count() == 3)
    row.account.combo.pick(0)
    assert dialog.value == 1001
    with qtbot.waitSignal(page.mending.mended):
        dialog.accept()
    qtbot.waitUntil(lambda: not page.is_busy)
    assert scene.session.end is not None
    assert (scene.session.end.ending, scene.session.end.totals.created) == (Ending.FINISHED, 3)
    assert not page.problem_box.isVisibleTo(page)
    assert {tuple(one["lists"]) for one in scene.server.rooms["emarsys"].contacts()} == {(1001,)}  # type: ignore[arg-type]


def test_no_list_is_an_empty_line_that_says_so(qtbot: QtBot) -> None:
    [option] = [one for one in EMARSYS.options if one.key == "list_id"]
    row = IntegerRow(option)
    qtbot.addWidget(row)
    row.show_value(0, "")
    assert (row.line.text(), row.line.placeholderText()) == ("", "No list yet")
    row.show_value(12, "")
    assert row.line.text() == "12"
    row.show_value(0, "")
    assert row.line.text() == ""


def test_a_new_list_may_be_made_for_it(page: UploadPage, scene: Scene, qtbot: QtBot) -> None:
    dialog = stopped_at_the_list(page, qtbot)
    row = dialog.form.rows["list_id"]
    assert isinstance(row, IntegerRow)
    assert row.account is not None
    row.account.create_asked.emit("Spring")
    qtbot.waitUntil(lambda: dialog.value != 77)
    assert scene.server.rooms["emarsys"].lists()[str(dialog.value)]["name"] == "Spring"
    dialog.reject()
    assert scene.session.draft.options["list_id"] == 77


def test_the_keyboard_begins_at_the_value(page: UploadPage, qtbot: QtBot) -> None:
    dialog = stopped_at_the_list(page, qtbot)
    dialog.activateWindow()
    focus = dialog.focusWidget()
    assert focus is not None
    assert dialog.form.rows["list_id"].isAncestorOf(focus)
