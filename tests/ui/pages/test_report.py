"""The report says what happened so that it adds up, and saves it where the user wants it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from app.flow.draft import ImportDraft
from app.flow.history import past_imports
from app.flow.unfinished import unfinished_imports
from app.flow.uploading import PracticeAccess, practice_access, upload
from app.flow.watching import watched_upload
from app.ledger.outcomes import OutcomeTotals
from app.problems import Problem
from app.progress import Stop
from app.report import Which
from app.table.reading import open_table
from app.table.shape import ReadingChoice
from app.ui.pages.report import ReportPage
from app.upload.upload import Ending, UploadEnd
from tests.ui.import_scene import Scene, checked_draft, scene_with


@pytest.fixture
def scene(tmp_path: Path, qapp: QObject) -> Iterator[Scene]:  # noqa: ARG001 - labels need an application
    with scene_with(checked_draft(tmp_path), tmp_path) as made:
        yield made


def uploaded(scene: Scene) -> None:
    draft = scene.session.draft
    access = practice_access(draft, PracticeAccess(scene.server.address, scene.secrets))
    scene.session.end = upload(draft, access, lambda _: None, Stop())


def opened(scene: Scene, qtbot: QtBot) -> ReportPage:
    page = ReportPage(scene.session)
    qtbot.addWidget(page, before_close_func=lambda one: one.leave())
    with qtbot.waitSignal(page.ready):
        page.enter()
    return page


def shown(scene: Scene, qtbot: QtBot) -> ReportPage:
    page = opened(scene, qtbot)
    page.show()
    page.activateWindow()
    return page


def test_what_happened_is_one_sentence_and_a_sum(scene: Scene, qtbot: QtBot) -> None:
    uploaded(scene)
    page = opened(scene, qtbot)
    assert page.sentence.text() == "All 3 contacts have arrived at smsend (practice). 1 row was left out."
    assert page.totals is not None
    assert page.totals.adds_up
    assert not page.unfinished.isVisibleTo(page)
    assert page.isFinalPage() or page.isComplete()


def test_those_who_did_not_arrive_are_grouped_and_add_up(scene: Scene, qtbot: QtBot) -> None:
    uploaded(scene)
    page = opened(scene, qtbot)
    counted = sum(line.count for group in page.reasons.groups for line in group.lines)
    assert page.totals is not None
    assert counted == page.totals.left_out == 1


def test_an_upload_that_was_stopped_says_so(scene: Scene, qtbot: QtBot) -> None:
    scene.session.end = UploadEnd(Ending.STOPPED, OutcomeTotals(not_sent=3))
    page = opened(scene, qtbot)
    assert page.unfinished.isVisibleTo(page)
    assert "3 contacts were not sent" in page.unfinished.text()
    assert [line.count for group in page.reasons.groups for line in group.lines] == [3, 1]


@pytest.mark.logs_expected
def test_an_import_that_is_kept_because_it_is_not_noted_says_so_and_is_noted_once_it_can_be(
    scene: Scene, qtbot: QtBot
) -> None:
    folders = scene.session.parts.folders
    in_the_way = folders.settings / "history.json.lock"
    in_the_way.mkdir()
    scene.session.end = watched_upload(scene.session.draft, scene.session.parts, lambda _: None, Stop())
    page = opened(scene, qtbot)
    assert page.unsaved.isVisibleTo(page)
    assert page.unsaved.text().startswith("This import could not be added to the past imports. Check that ")
    assert "try again" not in page.unsaved.text(), "there is no button for that"
    assert not page.unfinished.isVisibleTo(page), "everybody has arrived"
    assert len(unfinished_imports(folders.imports)) == 1, "as it is said"
    in_the_way.rmdir()
    with qtbot.waitSignal(page.ready):
        page.enter()
    assert not page.unsaved.isVisibleTo(page)
    assert not unfinished_imports(folders.imports)
    assert [one.totals.accepted for one in past_imports(folders)[0]] == [3]


def asked(page: ReportPage, way_on: QPushButton, answer: str) -> list[str]:
    """Press `way_on`, answering what is asked with the button of that name; what was asked."""
    questions: list[str] = []

    def act() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        questions.append(box.text())
        next(button for button in box.buttons() if button.text() == answer).click()

    timer = QTimer(page, singleShot=True, interval=0)
    timer.timeout.connect(act)
    timer.start()
    way_on.click()
    timer.stop()
    return questions


def test_who_was_refused_is_not_forgotten_without_a_question(
    scene: Scene, qtbot: QtBot, tmp_path: Path
) -> None:
    uploaded(scene)
    page = opened(scene, qtbot)
    left: list[bool] = []
    page.again_wanted.connect(lambda: left.append(True))
    assert asked(page, page.again, "Stay here") == []  # everybody has arrived
    assert left.pop()
    assert page.totals is not None
    page.totals = replace(page.totals, accepted=2, refused=1)
    assert asked(page, page.again, "Stay here") == ["The report is not saved."]
    assert left == []
    assert asked(page, page.again, "Go on without it") == ["The report is not saved."]
    assert left.pop()
    page.save(tmp_path / "report.xlsx", Which.ALL)
    qtbot.waitUntil(lambda: page.saved_path is not None)
    assert asked(page, page.again, "Stay here") == []
    assert left == [True]


def test_neither_is_it_forgotten_for_another_provider(scene: Scene, qtbot: QtBot) -> None:
    uploaded(scene)
    page = opened(scene, qtbot)
    copies: list[ImportDraft] = []
    page.elsewhere_wanted.connect(copies.append)
    assert page.totals is not None
    page.totals = replace(page.totals, accepted=2, refused=1)
    assert asked(page, page.elsewhere, "Stay here") == ["The report is not saved."]
    assert page.elsewhere.isEnabled()
    assert copies == []
    with qtbot.waitSignal(page.elsewhere_wanted):
        assert asked(page, page.elsewhere, "Go on without it") == ["The report is not saved."]
    assert len(copies) == 1


def test_where_everyone_has_arrived_nothing_is_torn_apart(scene: Scene, qtbot: QtBot) -> None:
    uploaded(scene)
    page = opened(scene, qtbot)
    page.resize(1_024, 640)
    page.show()
    page.reasons.hide()  # as where there are none
    qtbot.waitUntil(lambda: page.outcomes.geometry().bottom() < 320)
    assert page.sum_line.height() <= page.sum_line.sizeHint().height()


def saved(page: ReportPage, path: Path, which: Which, qtbot: QtBot) -> list[tuple[str, ...]]:
    with qtbot.waitSignal(page.ready):
        page.save(path, which)
    with open_table(path, ReadingChoice(own_columns=True)) as table:
        return [row.cells for row in table.rows()]


def test_the_report_is_saved_row_by_row(scene: Scene, tmp_path: Path, qtbot: QtBot) -> None:
    uploaded(scene)
    page = opened(scene, qtbot)
    rows = saved(page, tmp_path / "report.xlsx", Which.ALL, qtbot)
    assert [cells[-1] for cells in rows] == ["2", "3", "4", "5", "7"]
    assert page.saved_path == tmp_path / "report.xlsx"
    assert page.open_folder.isVisibleTo(page)
    assert "report.xlsx" in page.saved.text()


def test_what_needs_mending_is_offered_once_it_is_known(scene: Scene, qtbot: QtBot) -> None:
    uploaded(scene)
    page = opened(scene, qtbot)
    for _ in range(2):  # the second import, too
        assert page.save_rest.text() == "Save only what needs mending..."
        assert not page.save_rest.isHidden()
        with qtbot.waitSignal(page.ready):
            page.enter()
            assert page.save_rest.isHidden()


def test_only_what_needs_mending_can_be_saved(scene: Scene, tmp_path: Path, qtbot: QtBot) -> None:
    uploaded(scene)
    page = opened(scene, qtbot)
    rows = saved(page, tmp_path / "mend.xlsx", Which.TO_MEND, qtbot)
    assert [cells[-1] for cells in rows] == ["5"]


def test_a_folder_that_takes_no_file_is_a_problem_in_place(
    scene: Scene, tmp_path: Path, qtbot: QtBot
) -> None:
    uploaded(scene)
    page = opened(scene, qtbot)
    page.save(tmp_path / "nowhere" / "report.xlsx")
    qtbot.waitUntil(lambda: page.problem_box.isVisibleTo(page))
    assert page.save_all.isEnabled()
    assert page.saved_path is None


@pytest.mark.parametrize("which", Which)
def test_the_keyboard_is_where_the_report_can_be_looked_at(
    which: Which, scene: Scene, tmp_path: Path, qtbot: QtBot
) -> None:
    uploaded(scene)
    page = shown(scene, qtbot)
    (page.save_all if which is Which.ALL else page.save_rest).setFocus()
    saved(page, tmp_path / "report.xlsx", which, qtbot)
    assert page.window().focusWidget() is page.open_folder


@pytest.mark.parametrize("which", Which)
def test_the_keyboard_is_back_where_it_was_if_nothing_was_saved(
    which: Which, scene: Scene, tmp_path: Path, qtbot: QtBot
) -> None:
    uploaded(scene)
    page = shown(scene, qtbot)
    pressed = page.save_all if which is Which.ALL else page.save_rest
    pressed.setFocus()
    page.save(tmp_path / "nowhere" / "report.xlsx", which)
    qtbot.waitUntil(lambda: page.problem_box.isVisibleTo(page))
    assert page.window().focusWidget() is pressed
    page.working.stop.setFocus()
    with qtbot.waitSignal(page.elsewhere_wanted):
        page.elsewhere.click()
    assert page.window().focusWidget() is page.elsewhere


def test_the_users_own_list_is_never_written_over(scene: Scene, qtbot: QtBot) -> None:
    uploaded(scene)
    page = opened(scene, qtbot)
    assert scene.session.draft.file is not None
    own = scene.session.draft.file.shape.path
    own.write_text("as it was", "utf-8")
    page.save(own)
    qtbot.waitUntil(lambda: page.problem_box.isVisibleTo(page))
    assert own.read_text("utf-8") == "as it was"


def test_a_problem_carries_its_words(scene: Scene, qtbot: QtBot) -> None:
    problem = Problem("The provider can't be reached.", "Try later.")
    scene.session.end = UploadEnd(Ending.PROBLEM, OutcomeTotals(not_sent=3), problem)
    page = opened(scene, qtbot)
    assert problem.title in page.unfinished.text()
