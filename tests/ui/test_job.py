"""A job is heard once and only while it is the latest, and leaves no thread behind."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.problems import Problem
from app.progress import Stop, Stopped
from app.ui.job import Job

Tell = Callable[[object], None]


def waits(tell: Tell, stop: Stop) -> None:  # noqa: ARG001 - the shape of work
    stop.wait(10)
    stop.check()


def test_what_the_work_returns_comes_with_done(qtbot: QtBot) -> None:
    parent = QObject()
    job = Job(parent)
    with qtbot.waitSignal(job.done) as got:
        job.start(lambda tell, stop: 42)  # noqa: ARG005
    assert got.args == [42]
    assert not job.running
    job.finish()


def test_a_problem_and_a_stop_have_signals_of_their_own(qtbot: QtBot) -> None:
    def fails(tell: Tell, stop: Stop) -> None:  # noqa: ARG001
        raise Problem("No.", "Do it.")

    parent = QObject()
    job = Job(parent)
    with qtbot.waitSignal(job.problem) as got:
        job.start(fails)
    assert got.args is not None
    assert got.args[0].title == "No."
    job.start(waits)
    with qtbot.waitSignal(job.stopped):
        job.ask_to_stop()
    job.finish()


def test_a_mistake_of_ours_arrives_as_a_traceback(qtbot: QtBot) -> None:
    def breaks(tell: Tell, stop: Stop) -> None:  # noqa: ARG001
        raise LookupError("a bug")

    parent = QObject()
    job = Job(parent)
    with qtbot.waitSignal(job.crashed) as got:
        job.start(breaks)
    assert got.args is not None
    assert "a bug" in got.args[0]
    job.finish()


def test_only_the_latest_work_is_heard(qtbot: QtBot) -> None:
    late = threading.Event()

    def slow(tell: Tell, stop: Stop) -> str:
        stop.wait(10)
        tell("from the first")
        late.set()
        return "first"

    parent = QObject()
    job = Job(parent)
    heard: list[object] = []
    job.done.connect(heard.append)
    job.moved.connect(heard.append)
    job.start(slow)
    with qtbot.waitSignal(job.done):
        job.start(lambda tell, stop: late.wait(10) and "second")  # noqa: ARG005
    job.finish()
    assert heard == ["second"]


def test_finishing_waits_for_the_thread_and_says_nothing(qtbot: QtBot) -> None:
    ended = threading.Event()

    def stubborn(tell: Tell, stop: Stop) -> None:  # noqa: ARG001
        stop.wait(10)
        ended.set()
        raise Stopped

    parent = QObject()
    job = Job(parent)
    heard: list[str] = []
    job.stopped.connect(lambda: heard.append("stopped"))
    job.start(stubborn)
    job.finish()
    assert ended.is_set()
    assert not job.running
    with qtbot.waitSignal(job.done):
        job.start(lambda tell, stop: None)  # noqa: ARG005
    assert heard == []


def test_who_parts_from_work_does_not_wait_for_it_and_somebody_else_can() -> None:
    deaf = threading.Event()
    ended: list[bool] = []
    parent = QObject()
    job = Job(parent)
    job.start(lambda tell, stop: deaf.wait(20))  # noqa: ARG005 - it does not hear the stop
    wait = job.part()  # and here we are at once
    assert not job.running

    def waiting() -> None:
        wait()
        ended.append(deaf.is_set())

    other = threading.Thread(target=waiting)
    other.start()
    other.join(0.05)
    assert other.is_alive()
    deaf.set()
    other.join(20)
    assert ended == [True]
    job.finish()
