"""Whoever does not see the window hears what matters, once: problems, how a check and an upload ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.flow.uploading import PracticeAccess, practice_access, upload
from app.practice.exchange import PracticeResponse
from app.practice.faults import Refuse
from app.problems import Problem
from app.progress import Progress, Stop
from app.ui.notice import announce
from app.ui.pages.check_contacts import CheckContactsPage
from app.ui.pages.report import ReportPage
from app.ui.pages.upload import UploadPage
from app.ui.widgets.problem_box import ProblemBox
from app.ui.widgets.working import Working
from tests.ui.import_scene import Scene, checked_draft, messy_draft, scene_with
from tests.ui.screen_reader import screen_reader


@pytest.fixture
def reader() -> Iterator[list[str]]:
    with screen_reader() as heard:
        yield heard


@pytest.fixture
def scene(tmp_path: Path, qapp: object) -> Iterator[Scene]:  # noqa: ARG001 - labels need an application
    with scene_with(checked_draft(tmp_path), tmp_path) as made:
        yield made


def test_nothing_is_said_of_what_is_not_shown(window: QWidget, reader: list[str]) -> None:
    announce(window, "Seen")
    window.hide()
    announce(window, "Not seen")
    assert reader == ["Seen"]


def test_a_problem_is_said_once_with_what_to_do(qtbot: QtBot, reader: list[str]) -> None:
    box = ProblemBox()
    qtbot.addWidget(box)
    box.show_problem(Problem("It is so.", "Do this."))
    box.show_problem(None)
    assert reader == ["It is so. Do this."]


def test_work_says_what_is_done_and_not_how_far_it_is(qtbot: QtBot, reader: list[str]) -> None:
    working = Working("Stop")
    qtbot.addWidget(working)
    working.begin("Reading")
    for done in range(10):
        working.show_progress(Progress(done, 10), f"{done} rows")
    assert reader == ["Reading"]


def test_the_end_of_a_check_is_said_once(qtbot: QtBot, tmp_path: Path, reader: list[str]) -> None:
    with scene_with(messy_draft(tmp_path), tmp_path) as scene:
        page = CheckContactsPage(scene.session)
        qtbot.addWidget(page, before_close_func=lambda one: one.leave())
        page.show()
        page.enter()
        qtbot.waitUntil(lambda: page.sum_line.isVisible())
        assert reader[-1] == page.sum_line.accessibleName()
        assert "6" in reader[-1]
        page.hide()
        page.show()
    assert Counter(reader)[reader[-1]] == 2, "who comes back to the page hears it once more"


def test_the_end_of_an_upload_is_said_once(scene: Scene, qtbot: QtBot, reader: list[str]) -> None:
    page = uploading(scene, qtbot)
    assert reader[-1] == "Done. Everyone has arrived."
    assert Counter(reader)[reader[-1]] == 1
    page.leave()


def test_what_stopped_an_upload_is_said_once_with_what_to_do(
    scene: Scene, qtbot: QtBot, reader: list[str]
) -> None:
    scene.secrets = dict.fromkeys(scene.secrets, "wrong")
    page = uploading(scene, qtbot)
    assert page.problem_box.problem is not None
    problem = page.problem_box.problem
    assert Counter(reader)[f"{problem.title} {problem.advice}"] == 1
    assert "Nothing was sent" in reader
    page.leave()


def test_seconds_that_are_waited_are_not_counted_aloud(scene: Scene, qtbot: QtBot, reader: list[str]) -> None:
    asked = iter([True])
    busy = Refuse(PracticeResponse(429, headers={"Retry-After": "3"}))
    scene.server.fault = lambda one: busy if one.path.endswith("contact") and next(asked, False) else None
    page = uploading(scene, qtbot)
    waited = [words for words in reader if words.startswith("Sending did not work")]
    assert len(waited) == 1
    page.leave()


def test_what_the_report_says_is_said_once(
    scene: Scene, qtbot: QtBot, tmp_path: Path, reader: list[str]
) -> None:
    draft = scene.session.draft
    access = practice_access(draft, PracticeAccess(scene.server.address, scene.secrets))
    scene.session.end = upload(draft, access, lambda _: None, Stop())
    page = ReportPage(scene.session)
    qtbot.addWidget(page, before_close_func=lambda one: one.leave())
    page.show()
    with qtbot.waitSignal(page.ready):
        page.enter()
    assert reader == [page.sentence.text()]
    with qtbot.waitSignal(page.ready):
        page.save(tmp_path / "report.xlsx")
    assert reader[1:] == ["Saving the report", "Saved as report.xlsx."]


def uploading(scene: Scene, qtbot: QtBot) -> UploadPage:
    """The page, once an upload has ended on it."""
    page = UploadPage(scene.session)
    qtbot.addWidget(page)
    page.show()
    page.enter()
    qtbot.waitUntil(lambda: not page.is_busy)
    return page
