"""Our side: starts a child, listens to it, and leaves no process or pipe behind.

Refuses to wait for a child that does not listen.
"""

from __future__ import annotations

import logging
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeVar, cast

from app import language
from app.child.words import CHILD, Answer, Crash, Ending, LastWord, receive, send
from app.language import tr
from app.problems import FileProblem, Problem
from app.progress import Progress, Stop, Stopped, Tell, tell_nobody

T = TypeVar("T")

LOOK_EVERY = 0.05
"""Seconds between two looks at our Stop."""

STOP_GRACE = 0.3
"""Seconds a child that was asked to stop has for its last word."""

LEAVE_GRACE = 0.1
"""Seconds a child has to leave by itself after its last word."""

_FLAGS = 0
if sys.platform == "win32":  # elsewhere the child itself gives way
    _FLAGS = subprocess.BELOW_NORMAL_PRIORITY_CLASS


class ChildCrashed(RuntimeError):
    """The work raised something that is no Problem: a bug of ours. Its text holds the child's traceback."""


def run_in_child(
    function: Callable[..., T],
    *arguments: object,
    tell: Tell = tell_nobody,
    stop: Stop | None = None,
) -> T:
    """Call `function(*arguments, tell=..., stop=...)` in a child process and return what it returns.

    The function must stand at the top of a module. It, its arguments and its answer are pickled, so they
    should be small (paths, not rows). `tell` is called here, on this thread, about 20 times a second at most.

    Raises Stopped within half a second of `stop` being asked (a child that does not listen is ended; one
    that finishes first still counts), the Problem that the function raised, a FileProblem when the child
    dies without a word, and ChildCrashed for our own bugs.
    """
    stop = stop or Stop()
    stop.check()
    work = pickle.dumps((function, arguments))
    try:
        with _child(work) as child:
            last_word = _listen(child, tell, stop)
        return cast("T", _take(pickle.loads(last_word)))
    except MemoryError as error:
        raise _too_little_memory() from error


@dataclass(frozen=True, slots=True)
class _Child:
    """A started process; `heard` brings its messages, still pickled, and None once there are no more."""

    process: subprocess.Popen[bytes]
    orders: IO[bytes]
    heard: queue.SimpleQueue[bytes | None]
    listener: threading.Thread

    def has_left(self, seconds: float) -> bool:
        """Whether it is gone, or goes within so many seconds. Its reports end when it does."""
        end = time.monotonic() + seconds
        if self.listener.ident is not None:
            self.listener.join(seconds)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(max(LEAVE_GRACE / 10, end - time.monotonic()))
        return self.process.returncode is not None


class _Silence(Exception):
    """The child ended without a last word."""


@contextmanager
def _child(work: bytes) -> Iterator[_Child]:
    """A child at work. Leaving the block normally lets it leave by itself; an exception ends it at once."""
    process = _started()
    orders, reports = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
    heard: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    listener = threading.Thread(target=_hear, args=(reports, heard), name="reports", daemon=True)
    child = _Child(process, orders, heard, listener)
    try:
        _start(listener)
        level = logging.getLogger("app").getEffectiveLevel()
        _order(child, (work, language.current(), level))
        yield child
        _hang_up(child)
        child.has_left(LEAVE_GRACE)
    finally:
        _hang_up(child)
        _end(child)


def _started() -> subprocess.Popen[bytes]:
    try:
        with _interrupts_held():
            return subprocess.Popen(
                _command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, creationflags=_FLAGS
            )
    except OSError as error:
        raise _cannot_start(error) from error


def _start(listener: threading.Thread) -> None:
    try:
        listener.start()
    except RuntimeError as error:  # there is no memory left for it
        raise _cannot_start(error) from error


def _cannot_start(error: Exception) -> Problem:
    return Problem(
        tr("This computer can't start another process."),
        tr("Close other programs and try again."),
        str(error),
    )


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD]
    there = [str(Path(folder).absolute()) for folder in sys.path]
    program = f"import sys; sys.path[:] = {there!a}; from app.child.inside import serve; serve()"
    speaking = ["-X", "utf8"] if sys.flags.utf8_mode else []
    return [sys.executable, *speaking, "-c", program]


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Let no Ctrl+C hit the child before it can ignore it; a child inherits what this thread holds back."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _hear(reports: IO[bytes], heard: queue.SimpleQueue[bytes | None]) -> None:
    """A thread, because not every system can wait for a pipe and look at the clock as well."""
    try:
        with reports, suppress(OSError, MemoryError):
            while (message := receive(reports)) is not None:
                heard.put(message)
    finally:
        heard.put(None)


def _listen(child: _Child, tell: Tell, stop: Stop) -> bytes:
    """Pass on what the child says; return its last word, pickled."""
    deadline: float | None = None
    while True:
        if deadline is None and stop.asked:
            deadline = time.monotonic() + STOP_GRACE
            _order(child, Ending.STOPPED)
        try:
            message = _next_message(child)
        except _Silence:
            stop.check()
            raise _died(child) from None
        if isinstance(message, LastWord):
            return message.pickled
        if isinstance(message, Progress):
            tell(message)
        elif isinstance(message, logging.LogRecord):
            _log_here(message)
        if deadline is not None and time.monotonic() >= deadline:
            raise Stopped


def _next_message(child: _Child) -> object:
    """What the child said, or None after a while. Raises _Silence once it is gone and all was heard."""
    try:
        message = child.heard.get(timeout=LOOK_EVERY)
    except queue.Empty:
        return None
    if message is None:
        raise _Silence
    return cast("object", pickle.loads(message))


def _log_here(record: logging.LogRecord) -> None:
    logger = logging.getLogger(record.name)
    if logger.isEnabledFor(record.levelno):
        logger.handle(record)


def _order(child: _Child, order: object) -> None:
    # A child that is already gone can't be asked: what it said before, or its silence, tells the rest.
    with suppress(OSError):
        send(child.orders, order)


def _hang_up(child: _Child) -> None:
    with suppress(OSError):
        child.orders.close()


def _take(last_word: object) -> object:
    """The answer, or whatever else the child ended with, raised."""
    match last_word:
        case Answer(value):
            return value
        case Problem():
            raise last_word
        case Ending.STOPPED:
            raise Stopped
        case Ending.OUT_OF_MEMORY:
            raise _too_little_memory()
        case Ending.CANNOT_BEGIN:
            raise _cannot_start(RuntimeError("there is no thread to be had"))
        case Crash(trace):
            raise ChildCrashed(f"The work in the child process crashed:\n\n{trace}")
    raise TypeError(f"not a last word: {last_word!r}")


def _too_little_memory() -> FileProblem:
    return FileProblem(
        tr("This computer's memory is too small for the file."),
        tr("Close other programs and try again, or split the file into smaller ones."),
    )


def _end(child: _Child) -> None:
    """Leave no process behind."""
    process = child.process
    if process.poll() is None:
        process.terminate()
        child.has_left(LEAVE_GRACE / 2)
    if process.poll() is None:
        # Where even this has no effect, it hangs in the operating system (a network drive that went away):
        # it is as good as dead, and buried with the next child that is started.
        process.kill()
        child.has_left(LEAVE_GRACE / 2)


def _died(child: _Child) -> FileProblem:
    child.has_left(LEAVE_GRACE)
    return FileProblem(
        tr("The reading stopped unexpectedly."),
        tr(
            "The file may be damaged, or too large for this computer's memory. Close other programs and try "
            "again, or open the file in your spreadsheet program, save a copy and choose the copy."
        ),
        tr("The child process ended with code {code}.", code=_code_name(child.process.returncode)),
    )


def _code_name(code: int | None) -> str:
    if code is not None and -code in set(signal.Signals):
        return f"{code} ({signal.Signals(-code).name})"
    return str(code)
