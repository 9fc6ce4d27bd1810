"""Work in a child process: what comes back, how it stops, and that nothing of it stays behind."""

# ruff: noqa: ARG001 - a work takes tell and stop whether it needs them or not

from __future__ import annotations

import logging
import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app import language
from app.child.inside import GIVES_WAY
from app.child.parent import ChildCrashed, run_in_child
from app.child.words import CHILD, Answer, receive, send
from app.problems import AccountProblem, FileProblem, Problem
from app.progress import Progress, Stop, Stopped, Tell, tell_nobody
from tests.child_processes import children_at_work
from tests.timing import quickest

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 20.0


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    yield
    assert not [thread for thread in threading.enumerate() if thread.name == "reports"]
    assert children_at_work() == []


# The works: what the children do.


def add(one: int, other: int, *, tell: Tell, stop: Stop) -> int:
    return one + other


def count_to(total: int, *, tell: Tell, stop: Stop) -> int:
    for done in range(1, total + 1):
        stop.check()
        tell(Progress(done, total))
    return total


def wait_for_stop(*, tell: Tell, stop: Stop) -> bool:
    tell(Progress(1))
    stop.wait(PATIENCE)
    stop.check()
    return False


def listen_to_nobody(*, tell: Tell, stop: Stop) -> bool:
    tell(Progress(1))
    return threading.Event().wait(PATIENCE)


def finish_when_stopped(*, tell: Tell, stop: Stop) -> str:
    tell(Progress(1))
    return "finished" if stop.wait(PATIENCE) else "never asked"


def niceness(*, tell: Tell, stop: Stop) -> int:
    return os.nice(0)


def refuse(*, tell: Tell, stop: Stop) -> None:
    raise AccountProblem("The key is not accepted.", "Check it.", "status 401")


def stumble(*, tell: Tell, stop: Stop) -> None:
    raise KeyError("no such column")


def answer_with_a_lock(*, tell: Tell, stop: Stop) -> object:
    return threading.Lock()


def vanish(*, tell: Tell, stop: Stop) -> None:
    os._exit(3)


def crash_below_python(*, tell: Tell, stop: Stop) -> None:
    signal.raise_signal(signal.SIGSEGV)


def use_up_memory(*, tell: Tell, stop: Stop) -> None:
    raise MemoryError


def interrupt_itself(*, tell: Tell, stop: Stop) -> str:
    signal.raise_signal(signal.SIGINT)
    return "still here"


def language_in_use(*, tell: Tell, stop: Stop) -> str:
    return language.current()


def log_something(*, tell: Tell, stop: Stop) -> None:
    try:
        raise ValueError("bad cell")
    except ValueError:
        logging.getLogger("app.table.reading").exception("could not read row %s", 7)


def report_and_wait(port: int, listening: bool, *, tell: Tell, stop: Stop) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as line:
        line.sendall(b"here")
        (stop if listening else Stop()).wait(PATIENCE)


# What comes back.


@pytest.mark.skipif(sys.platform == "win32", reason="there the parent gives it a lower class")
def test_a_child_gives_way_to_the_window() -> None:
    assert run_in_child(niceness) == os.nice(0) + GIVES_WAY


def test_the_answer_comes_back() -> None:
    assert run_in_child(add, 2, 3) == 5


def test_progress_is_thinned_out_but_the_last_one_arrives() -> None:
    seen: list[Progress] = []
    started = time.monotonic()
    assert run_in_child(count_to, 50_000, tell=seen.append) == 50_000
    seconds = time.monotonic() - started
    assert seen[-1] == Progress(50_000, 50_000)
    assert seen == sorted(seen, key=lambda progress: progress.done)
    assert len(seen) <= seconds * 20 + 2


def test_a_problem_comes_back_with_its_kind_and_all_its_words() -> None:
    with pytest.raises(AccountProblem) as caught:
        run_in_child(refuse)
    problem = caught.value
    assert (problem.title, problem.advice, problem.details) == (
        "The key is not accepted.",
        "Check it.",
        "status 401",
    )


def test_a_bug_comes_back_as_a_crash_with_the_childs_traceback() -> None:
    with pytest.raises(ChildCrashed, match="in stumble") as caught:
        run_in_child(stumble)
    assert "KeyError: 'no such column'" in str(caught.value)
    assert not isinstance(caught.value, Problem)


def test_an_answer_that_cannot_travel_is_a_bug() -> None:
    with pytest.raises(ChildCrashed, match="pickle"):
        run_in_child(answer_with_a_lock)


@pytest.mark.parametrize(("work", "code"), [(vanish, "3"), (crash_below_python, "SIGSEGV")])
def test_a_child_that_dies_without_a_word_is_a_problem_of_the_file(
    work: Callable[..., object], code: str
) -> None:
    with pytest.raises(FileProblem, match="stopped unexpectedly") as caught:
        run_in_child(work)
    assert caught.value.advice
    assert code in caught.value.details


def test_too_little_memory_is_a_problem_of_the_file() -> None:
    with pytest.raises(FileProblem, match="memory"):
        run_in_child(use_up_memory)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a stack of any size is given")
def test_a_child_that_gets_no_thread_does_not_blame_the_file(capfd: pytest.CaptureFixture[str]) -> None:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_STACK)
    if hard != resource.RLIM_INFINITY:
        pytest.skip("this computer gives nobody so large a stack")
    resource.setrlimit(resource.RLIMIT_STACK, (1 << 47, hard))  # of each thread of who is started now
    try:
        with pytest.raises(Problem, match="can't start another process"):
            run_in_child(add, 1, 2)
    finally:
        resource.setrlimit(resource.RLIMIT_STACK, (soft, hard))
    assert capfd.readouterr().err == ""


def test_the_child_speaks_the_same_language() -> None:
    before = language.current()
    language.use("it")
    try:
        assert run_in_child(language_in_use) == "it"
    finally:
        language.use(before)


@pytest.mark.logs_expected
def test_the_childs_log_lines_reach_our_log(caplog: pytest.LogCaptureFixture) -> None:
    run_in_child(log_something)
    (record,) = caplog.records
    assert (record.name, record.levelno) == ("app.table.reading", logging.ERROR)
    assert "could not read row 7" in record.getMessage()
    assert "ValueError: bad cell" in record.getMessage()


# How it stops.


@pytest.mark.parametrize("work", [wait_for_stop, listen_to_nobody])
def test_stopping_takes_less_than_half_a_second(work: Callable[..., object]) -> None:
    def stopped() -> float:
        stop = Stop()
        asked: list[float] = []

        def ask(_: Progress) -> None:
            asked.append(time.monotonic())
            stop.ask()

        with pytest.raises(Stopped):
            run_in_child(work, tell=ask, stop=stop)
        return time.monotonic() - asked[0]

    assert quickest(stopped, 0.5) < 0.5


def test_stopping_while_the_child_is_still_starting_works_too() -> None:
    stop = Stop()
    timer = threading.Timer(0.02, stop.ask)
    timer.start()
    with pytest.raises(Stopped):
        run_in_child(listen_to_nobody, stop=stop)
    timer.join()


def test_work_that_finishes_although_asked_to_stop_counts() -> None:
    stop = Stop()
    assert run_in_child(finish_when_stopped, tell=lambda _: stop.ask(), stop=stop) == "finished"


def test_asking_before_the_start_starts_nothing() -> None:
    stop = Stop()
    stop.ask()
    with pytest.raises(Stopped):
        run_in_child(vanish, stop=stop)


def test_whatever_the_listener_raises_ends_the_child() -> None:
    def fail(_: Progress) -> None:
        raise ArithmeticError("the window's own mistake")

    with pytest.raises(ArithmeticError):
        run_in_child(listen_to_nobody, tell=fail)


def test_an_interrupt_is_left_to_the_parent() -> None:
    assert run_in_child(interrupt_itself) == "still here"


@pytest.mark.skipif(sys.platform != "linux", reason="counts open files where Linux lists them")
def test_no_pipe_stays_open() -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    for work in (add, vanish, stumble):
        try:
            run_in_child(work, *((1, 1) if work is add else ()), tell=tell_nobody)
        except (FileProblem, ChildCrashed):
            continue
    assert len(list(Path("/proc/self/fd").iterdir())) == before


@pytest.mark.skipif(sys.platform == "win32", reason="ends the parent as only POSIX does")
@pytest.mark.parametrize("listening", [True, False])
def test_a_child_whose_parent_died_goes_too(listening: bool) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(PATIENCE)
        port = server.getsockname()[1]
        program = (
            "import tests.test_child as t; from app.child.parent import run_in_child; "
            f"run_in_child(t.report_and_wait, {port}, {listening})"
        )
        with subprocess.Popen([sys.executable, "-c", program], cwd=ROOT) as parent:
            line, _ = server.accept()
            with line:
                line.settimeout(PATIENCE)
                assert line.recv(4) == b"here"
                parent.kill()
                assert line.recv(1) == b""  # the child's end of the line is closed: it is gone


def test_a_packaged_program_is_its_own_child() -> None:
    program = [sys.executable, "-m", "app", CHILD]
    with subprocess.Popen(
        program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, bufsize=0
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        send(child.stdin, (pickle.dumps((add, (2, 3))), "it", logging.INFO))
        message = receive(child.stdout)
    assert message is not None
    assert pickle.loads(pickle.loads(message).pickled) == Answer(5)


# Whose child it may be.

PROGRAM = """
import sys
from app.child.parent import run_in_child
from tests.test_child import add
print("imported as", __name__, file=sys.stderr)

def main():
{setup}
    print(run_in_child(add, 2, 3))

if __name__ == "__main__":
    main()
"""

WINDOW = """
    from PySide6.QtWidgets import QApplication
    application = QApplication([])
"""


@pytest.mark.parametrize("setup", ["", WINDOW], ids=["plain", "window"])
@pytest.mark.parametrize("way", ["module", "script"])
def test_any_guarded_program_may_have_children(tmp_path: Path, setup: str, way: str) -> None:
    package = tmp_path / "program"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(PROGRAM.format(setup=setup), encoding="utf-8")
    (tmp_path / "script.py").write_text(PROGRAM.format(setup=setup), encoding="utf-8")
    how = ["-m", "program"] if way == "module" else ["script.py"]
    done = subprocess.run(
        [sys.executable, *how],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}", "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout == "5\n", done.stderr
