"""The upload page carries everyone, stops, continues, and shows troubles where they can be mended."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.flow.checking import check_contacts
from app.flow.history import past_imports
from app.flow.receipt import CONSENT, Agreement, Tick
from app.ledger.outcomes import OutcomeTotals
from app.practice.exchange import PracticeRequest
from app.practice.faults import Fault, HangUp, Silence
from app.providers.verdicts import OutcomeKind
from app.ui.pages.upload import UploadPage
from app.ui.upload_words import duration, extra_words, left_words, paused_words
from app.ui.widgets.primary import is_primary
from app.upload.estimate import Remaining
from app.upload.upload import Ending
from tests.ui.import_scene import SENT, Scene, checked_draft, scene_with

PATIENCE = 20.0  # seconds


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
    qtbot.waitUntil(lambda: not page.is_busy)


def until(event: threading.Event) -> Callable[[], None]:
    """What waits for it."""

    def wait() -> None:
        event.wait(PATIENCE)

    return wait


def emails(scene: Scene) -> set[object]:
    return {contact["email"] for contact in scene.server.rooms["smsend"].contacts()}


def test_the_window_does_not_wait_for_what_is_still_at_the_ledger_but_the_upload_does(
    page: UploadPage, scene: Scene, qtbot: QtBot
) -> None:
    asked, let_go = threading.Event(), threading.Event()

    def wait() -> None:
        asked.set()
        let_go.wait(20)

    scene.session.leave_behind(wait)
    page.enter()
    qtbot.waitUntil(asked.is_set)
    assert page.is_busy
    assert emails(scene) == set()
    asked.clear()
    page.session.take_ending()()
    assert not asked.is_set(), "the next run need not wait for it"
    let_go.set()
    idle(page, qtbot)
    assert emails(scene) == set(SENT)


def test_everyone_arrives_and_next_is_open(page: UploadPage, scene: Scene, qtbot: QtBot) -> None:
    page.enter()
    assert page.is_busy
    assert not page.isComplete()
    assert page.lead.text().startswith("You can pause or stop")
    idle(page, qtbot)
    assert page.lead.text().startswith("Nothing is left to send")
    assert page.isComplete()
    assert scene.session.end is not None
    assert scene.session.end.ending is Ending.FINISHED
    assert page.far.outcomes.shown(OutcomeKind.ACCEPTED) == "3"
    assert emails(scene) == set(SENT)
    assert not page.buttons.go_on.isVisibleTo(page)


def test_before_anything_is_sent_all_count_as_not_sent(page: UploadPage, qtbot: QtBot) -> None:
    page.enter()
    assert page.far.outcomes.shown(OutcomeKind.NOT_SENT) == "3"
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
    qtbot.waitUntil(arrived.is_set)
    page.buttons.stop.click()
    idle(page, qtbot)
    released.set()
    assert page.far.outcomes.shown(OutcomeKind.UNSURE) == "3"
    assert "not known" in page.phase.text()
    qtbot.waitUntil(lambda: not page.is_settling)
    assert page.far.extra.text().startswith("Continue sends them once more"), "is it safe to go on?"
    assert scene.session.end is not None
    assert scene.session.end.ending is Ending.STOPPED
    scene.server.fault = None
    page.buttons.go_on.click()
    idle(page, qtbot)
    assert page.far.outcomes.shown(OutcomeKind.UNSURE) == "0"
    assert emails(scene) == set(SENT)


def test_a_stop_before_a_run_began_does_not_hide_who_arrived_before(
    page: UploadPage, scene: Scene, qtbot: QtBot
) -> None:
    scene.session.first_few = 2
    page.enter()
    idle(page, qtbot)
    asked = threading.Event()
    scene.session.leave_behind(until(asked))
    page.buttons.go_on.click()
    page.buttons.stop.click()
    asked.set()
    idle(page, qtbot)
    qtbot.waitUntil(lambda: not page.is_settling)
    assert page.phase.text().startswith("Stopped. What was sent stays with the provider")
    assert page.far.words.text() == "2 of 3 contacts."
    assert len(emails(scene)) == 2


def test_a_stop_before_anything_was_sent_says_so(page: UploadPage, scene: Scene, qtbot: QtBot) -> None:
    asked = threading.Event()
    scene.session.leave_behind(until(asked))
    page.enter()
    page.buttons.stop.click()
    asked.set()
    idle(page, qtbot)
    qtbot.waitUntil(lambda: not page.is_settling)
    assert page.phase.text() == "Stopped. Nothing was sent."
    assert emails(scene) == set()


def test_a_wrong_key_is_shown_here_with_a_way_to_the_account(
    page: UploadPage, scene: Scene, qtbot: QtBot
) -> None:
    right = scene.secrets
    scene.secrets = dict.fromkeys(right, "wrong")
    page.enter()
    idle(page, qtbot)
    assert page.problem_box.isVisibleTo(page)
    assert page.phase.text() == "Nothing was sent"
    assert page.buttons.change_account.isVisibleTo(page)
    assert is_primary(page.buttons.change_account), "trying again can only fail again"
    assert not is_primary(page.buttons.go_on)
    assert page.buttons.change_account.hasFocus() or not page.isActiveWindow()
    assert page.lead.isHidden(), "nothing has stopped: nothing was sent"
    assert page.far.bar.isHidden(), "an empty bar that stands still looks like one that scrolls"
    with qtbot.waitSignal(page.account_wanted):
        page.buttons.change_account.click()
    scene.secrets = right
    page.buttons.go_on.click()
    idle(page, qtbot)
    assert not page.problem_box.isVisibleTo(page)
    assert is_primary(page.buttons.go_on)
    assert page.far.bar.isVisibleTo(page)
    assert page.far.outcomes.shown(OutcomeKind.ACCEPTED) == "3"


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
    assert page.far.outcomes.shown(OutcomeKind.ACCEPTED) == "3"
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
    ("seconds", "words"), [(1.0, "1 second"), (42.4, "42 seconds"), (150.0, "2 minutes"), (7300.0, "2 hours")]
)
def test_times_are_said_as_people_say_them(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_the_time_left_is_a_range() -> None:
    assert left_words(None) == ""
    assert left_words(Remaining(100.0, 400.0)) == "Between 2 minutes and 7 minutes left."
    assert left_words(Remaining(100.0, 101.0)) == "About 2 minutes left."


def test_requests_spent_on_searching_are_said() -> None:
    assert extra_words(0) == ""
    assert extra_words(12).startswith("12 more requests than planned")


def test_pausing_waits_for_the_answer_and_leaves_nobody_unsure(
    page: UploadPage, scene: Scene, qtbot: QtBot
) -> None:
    arrived, released = threading.Event(), threading.Event()

    def hold(request: PracticeRequest) -> Fault | None:
        if request.path.endswith("contact"):
            arrived.set()
            released.wait(PATIENCE)
        return None

    scene.server.fault = hold
    page.enter()
    qtbot.waitUntil(arrived.is_set)
    page.buttons.pause.click()
    assert "Pausing" in page.phase.text()
    assert page.is_busy
    released.set()
    idle(page, qtbot)
    assert page.far.outcomes.shown(OutcomeKind.UNSURE) == "0"
    assert page.far.outcomes.shown(OutcomeKind.ACCEPTED) == "3"


def test_the_first_few_go_alone_and_the_rest_on_request(page: UploadPage, scene: Scene, qtbot: QtBot) -> None:
    scene.session.first_few = 2
    page.enter()
    idle(page, qtbot)
    assert len(emails(scene)) == 2
    assert page.phase.text().startswith("The first 2 contacts have arrived in the practice account.")
    assert page.buttons.go_on.text() == "Send the other 1"
    assert page.isComplete(), "the report must be open to whoever stops here"
    page.buttons.go_on.click()
    idle(page, qtbot)
    assert emails(scene) == set(SENT)
    assert scene.session.end is not None
    assert scene.session.end.ending is Ending.FINISHED


def test_a_trouble_before_the_first_request_does_not_hide_who_arrived_before(
    page: UploadPage, scene: Scene, qtbot: QtBot
) -> None:
    scene.session.first_few = 2
    page.enter()
    idle(page, qtbot)
    right, scene.secrets = scene.secrets, {}
    page.enter()  # as after a restart
    idle(page, qtbot)
    qtbot.waitUntil(lambda: not page.is_settling)
    assert page.problem_box.isVisibleTo(page)
    assert (page.phase.text(), page.far.words.text()) == ("The upload is not finished", "2 of 3 contacts.")
    assert (page.far.outcomes.shown(OutcomeKind.ACCEPTED), page.far.outcomes.shown(OutcomeKind.NOT_SENT)) == (
        "2",
        "1",
    )
    scene.secrets = right
    page.buttons.go_on.click()
    idle(page, qtbot)
    assert emails(scene) == set(SENT)


def test_who_has_paused_is_told_of_no_button_that_is_not_there(page: UploadPage) -> None:
    assert page.buttons.go_on.text() not in paused_words(OutcomeTotals(accepted=1, not_sent=3), False)


def test_first_contacts_that_did_not_arrive_are_no_success() -> None:
    assert "did not all arrive" in paused_words(OutcomeTotals(accepted=1, refused=1, not_sent=3), True)


@pytest.mark.parametrize(("there", "held"), [(True, 0), (False, 3)])
def test_who_is_in_doubt_is_settled_by_the_user(tmp_path: Path, qtbot: QtBot, there: bool, held: int) -> None:
    draft = checked_draft(tmp_path)
    # Deleting and adding anew is not harmless to repeat, so only the user can tell.
    draft = draft.with_options(draft.options.with_value("updateExistingContact", False))
    with scene_with(draft.with_checked(check_contacts(draft)), tmp_path) as scene:
        page = UploadPage(scene.session)
        qtbot.addWidget(page)
        lost = iter([True])

        def hang_up_once(request: PracticeRequest) -> Fault | None:
            return HangUp(acted=False) if request.path.endswith("contact") and next(lost, False) else None

        scene.server.fault = hang_up_once
        page.enter()
        qtbot.waitUntil(lambda: page.doubt_box.isVisibleTo(page))
        assert page.doubt_box.people.toPlainText().startswith("Row 2: +4915123450001, Anna@example.com")
        assert page.far.words.text() == "3 of 3 contacts sent, 3 of them unsure."
        assert page.far.bar.value() == page.far.bar.maximum()
        (page.doubt_box.there if there else page.doubt_box.missing).click()
        qtbot.waitUntil(lambda: not page.doubt_box.isVisibleTo(page))
        assert page.far.outcomes.shown(OutcomeKind.UNSURE) == "0"
        assert page.far.outcomes.shown(OutcomeKind.NOT_SENT) == ("0" if there else "3")
        assert page.far.words.text() == ("3 of 3 contacts." if there else "0 of 3 contacts.")
        assert page.far.bar.value() == (page.far.bar.maximum() if there else 0)
        assert page.lead.text().startswith("Nothing is left to send") == there
        assert page.buttons.go_on.isVisibleTo(page) is not there
        if not there:
            page.buttons.go_on.click()
            idle(page, qtbot)
        assert len(scene.server.rooms["smsend"].contacts()) == held
        (summary,), _ = past_imports(scene.session.parts.folders)
        assert (summary.totals.accepted, summary.totals.unsure) == (3, 0)
        page.leave()


def test_each_upload_is_noted_in_the_history(page: UploadPage, scene: Scene, qtbot: QtBot) -> None:
    scene.session.agreement = Agreement(("3 contacts go",), (Tick(CONSENT, "I may"),))
    page.enter()
    idle(page, qtbot)
    (summary,), problem = past_imports(scene.session.parts.folders)
    assert problem is None
    assert summary.may_write
    assert summary.totals.adds_up
    assert (summary.totals.accepted, summary.totals.left_out) == (3, 1)


def test_the_window_says_how_far_it_is_and_then_its_name(page: UploadPage, qtbot: QtBot) -> None:
    titles: list[str] = []
    page.windowTitleChanged.connect(titles.append)
    page.enter()
    idle(page, qtbot)
    assert any("%" in title for title in titles)
    assert page.windowTitle() == "Contact Ferry"
