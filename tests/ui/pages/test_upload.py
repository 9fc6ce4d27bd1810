"""The upload page carries everyone, stops, continues, and shows troubles where they can be mended."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.practice.exchange import PracticeRequest
from app.practice.faults import Fault, HangUp, Silence
from app.providers.verdicts import OutcomeKind
from app.ui.pages.upload import UploadPage, duration
from app.upload.upload import Ending
from tests.ui.import_scene import SENT, Scene, checked_draft, scene_with

WAIT = 20_000


@pytest.fixture
def scene(tmp_path: Path, qapp: object) -> Iterator[Scene]:  # noqa: ARG001 - labels need an application
    with scene_with(checked_draft(tmp_path), tmp_path) as made:
        yield made


@pytest.fixture
def page(scene: Scene, qtbot: QtBot) -> Iterator[UploadPage]:
    made = UploadPage(scene.session)
    qtbot.addWidget(made)
    yield made
    made.leave()


def idle(page: UploadPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.is_busy, timeout=WAIT)


def emails(scene: Scene) -> set[object]:
    return {contact["email"] for contact in scene.server.rooms["smsend"].contacts()}


def test_everyone_arrives_and_next_is_open(page: UploadPage, scene: Scene, qtbot: QtBot) -> None:
    page.enter()
    assert page.is_busy
    assert not page.isComplete()
    idle(page, qtbot)
    assert page.isComplete()
    assert scene.session.end is not None
    assert scene.session.end.ending is Ending.FINISHED
    assert page.outcomes.shown(OutcomeKind.ACCEPTED) == "3"
    assert emails(scene) == set(SENT)
    assert not page.go_on.isVisibleTo(page)


def test_before_anything_is_sent_all_count_as_not_sent(page: UploadPage, qtbot: QtBot) -> None:
    page.enter()
    assert page.outcomes.shown(OutcomeKind.NOT_SENT) == "3"
    idle(page, qtbot)


def test_stopping_says_who_was_under_way_and_continuing_settles_it(
    page: UploadPage, scene: Scene, qtbot: QtBot
) -> None:
    arrived, released = threading.Event(), threading.Event()

    def hold(request: PracticeRequest) -> Fault | None:
        if not request.path.endswith("contact"):
            return None
        arrived.set()
        return Silence(released)

    scene.server.fault = hold
    page.enter()
    qtbot.waitUntil(arrived.is_set, timeout=WAIT)
    page.stop.click()
    idle(page, qtbot)
    released.set()
    assert page.outcomes.shown(OutcomeKind.UNSURE) == "3"
    assert "unsure" in page.phase.text()
    assert scene.session.end is not None
    assert scene.session.end.ending is Ending.STOPPED
    scene.server.fault = None
    page.go_on.click()
    idle(page, qtbot)
    assert page.outcomes.shown(OutcomeKind.UNSURE) == "0"
    assert emails(scene) == set(SENT)


def test_a_wrong_key_is_shown_here_with_a_way_to_the_account(
    page: UploadPage, scene: Scene, qtbot: QtBot
) -> None:
    right = scene.secrets
    scene.secrets = dict.fromkeys(right, "wrong")
    page.enter()
    idle(page, qtbot)
    assert page.problem_box.isVisibleTo(page)
    assert page.change_account.isVisibleTo(page)
    with qtbot.waitSignal(page.account_wanted):
        page.change_account.click()
    scene.secrets = right
    page.go_on.click()
    idle(page, qtbot)
    assert not page.problem_box.isVisibleTo(page)
    assert page.outcomes.shown(OutcomeKind.ACCEPTED) == "3"


def test_a_provider_that_only_hangs_up_can_be_tried_again(
    page: UploadPage, scene: Scene, qtbot: QtBot
) -> None:
    scene.secrets = {**scene.secrets}
    lost = iter([True])

    def hang_up_once(request: PracticeRequest) -> Fault | None:
        return HangUp(acted=True) if request.path.endswith("contact") and next(lost, False) else None

    scene.server.fault = hang_up_once
    page.enter()
    idle(page, qtbot)
    assert page.outcomes.shown(OutcomeKind.ACCEPTED) == "3"
    assert emails(scene) == set(SENT)


def test_leaving_waits_until_nothing_runs(page: UploadPage, scene: Scene, qtbot: QtBot) -> None:
    released = threading.Event()
    scene.server.fault = lambda request: Silence(released)  # noqa: ARG005
    with qtbot.waitSignal(page.shown):
        page.enter()
    page.leave()
    assert not page.is_busy
    released.set()


@pytest.mark.parametrize(
    ("seconds", "words"), [(1.0, "1 second"), (42.4, "42 seconds"), (150.0, "2 minutes")]
)
def test_times_are_said_as_people_say_them(seconds: float, words: str) -> None:
    assert duration(seconds) == words
