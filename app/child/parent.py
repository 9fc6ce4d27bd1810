"""Our side: starts a child, listens to it, and leaves no process or pipe behind.

Refuses to wait for a child that does not listen.
"""

from __future__ import annotations

import logging
import multiprocessing
import pickle
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import connection, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import TypeVar, cast

from app import language
from app.child.inside import serve
from app.child.words import Answer, Crash, Ending
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
    with _child(work) as child:
        last_word = _listen(child, tell, stop)
    return cast("T", _take(pickle.loads(last_word)))


@dataclass(frozen=True, slots=True)
class _Child:
    process: SpawnProcess
    reports: Connection
    orders: Connection


class _Silence(Exception):
    """The child ended without a last word."""


@contextmanager
def _child(work: bytes) -> Iterator[_Child]:
    """A child at work. Leaving the block normally lets it leave by itself; an exception ends it at once."""
    context = multiprocessing.get_context("spawn")
    reports, reports_end = context.Pipe(duplex=False)
    orders_end, orders = context.Pipe(duplex=False)
    level = logging.getLogger("app").getEffectiveLevel()
    words = (work, reports_end, orders_end, language.current(), level)
    process = context.Process(target=serve, args=words, daemon=True)
    with reports, orders:
        # While we hold the child's ends, its death does not show.
        with reports_end, orders_end:
            _start(process)
        try:
            yield _Child(process, reports, orders)
            orders.close()
            process.join(LEAVE_GRACE)
        finally:
            _end(process)


def _start(process: SpawnProcess) -> None:
    try:
        with _interrupts_held():
            process.start()
    except OSError as error:
        raise Problem(
            tr("This computer can't start another process."),
            tr("Close other programs and try again."),
            str(error),
        ) from error


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Let no Ctrl+C hit the child before it can ignore it; a child inherits what this thread holds back."""
    if sys.platform == "win32":
        yield
        return
    # The first start of all also starts multiprocessing's own tracker, which would undo our holding back.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _listen(child: _Child, tell: Tell, stop: Stop) -> bytes:
    """Pass on what the child says; return its last word, pickled."""
    deadline: float | None = None
    while True:
        if deadline is None and stop.asked:
            deadline = time.monotonic() + STOP_GRACE
            _ask_to_stop(child)
        try:
            message = _next_message(child)
        except _Silence:
            stop.check()
            raise _died(child.process) from None
        if isinstance(message, bytes):
            return message
        if isinstance(message, Progress):
            tell(message)
        elif isinstance(message, logging.LogRecord):
            _log_here(message)
        if deadline is not None and time.monotonic() >= deadline:
            raise Stopped


def _next_message(child: _Child) -> object:
    """What the child said, or None after a while. Raises _Silence once it is gone and all was heard."""
    ready = connection.wait([child.reports, child.process.sentinel], timeout=LOOK_EVERY)
    if not ready:
        return None
    try:
        # A dead child's pipe may still hold words; after them it reads as ended. Not on Windows, though, if
        # the child died before it took its end over: then nothing is there to read, for ever.
        if child.reports not in ready and not child.reports.poll():
            raise _Silence
        return cast("object", child.reports.recv())
    except (EOFError, ConnectionError):
        raise _Silence from None


def _log_here(record: logging.LogRecord) -> None:
    logger = logging.getLogger(record.name)
    if logger.isEnabledFor(record.levelno):
        logger.handle(record)


def _ask_to_stop(child: _Child) -> None:
    # A child that is already gone can't be asked: what it said before, or its silence, tells the rest.
    with suppress(OSError):
        child.orders.send(Ending.STOPPED)


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
            raise FileProblem(
                tr("This computer's memory is too small for the file."),
                tr("Close other programs and try again, or split the file into smaller ones."),
            )
        case Crash(trace):
            raise ChildCrashed(f"The work in the child process crashed:\n\n{trace}")
    raise TypeError(f"not a last word: {last_word!r}")


def _end(process: SpawnProcess) -> None:
    """Leave no process behind."""
    if process.exitcode is None:
        process.terminate()
        process.join(LEAVE_GRACE / 2)
    if process.exitcode is None:
        process.kill()
        process.join(LEAVE_GRACE / 2)
    if process.exitcode is not None:
        # Otherwise it hangs in the operating system (a network drive that went away): it is as good
        # as dead, and multiprocessing buries it when the system lets go.
        process.close()


def _died(process: SpawnProcess) -> FileProblem:
    process.join(LEAVE_GRACE)
    return FileProblem(
        tr("The reading stopped unexpectedly."),
        tr(
            "The file may be damaged, or too large for this computer's memory. Close other programs and try "
            "again, or open the file in your spreadsheet program, save a copy and choose the copy."
        ),
        tr("The child process ended with code {code}.", code=_code_name(process.exitcode)),
    )


def _code_name(code: int | None) -> str:
    if code is not None and -code in set(signal.Signals):
        return f"{code} ({signal.Signals(-code).name})"
    return str(code)
