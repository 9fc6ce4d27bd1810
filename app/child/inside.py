"""The child's side: does the work, passes on what it says, and obeys the one order there is.

Refuses to outlive its parent, and to decide anything an interrupt would decide. Imports little: the parent
waits for the first word.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
import time
from contextlib import suppress
from typing import IO, TYPE_CHECKING

from app import language
from app.child.words import Answer, Crash, Ending, LastWord, receive, send
from app.problems import Problem
from app.progress import Progress, Stop, Stopped

if TYPE_CHECKING:
    import logging

ORPHAN_GRACE = 2.0
"""Seconds a child may go on after its parent died."""

TELL_EVERY = 0.05
"""Seconds between two Progress messages at the least."""

GIVES_WAY = 5
"""How much nicer than its parent a child is: the window comes first where both want the same core. On Windows
its parent sees to that."""


def serve() -> None:
    """The child's whole life: it does not return."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches the child too, but the parent decides.
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        os.nice(GIVES_WAY)
    orders, reports = _pipe(0, "rb"), _pipe(1, "wb")
    received = receive(orders)
    if received is None:
        os._exit(1)
    work, code, level = pickle.loads(received)
    language.use(code)
    reporter = _Reporter(reports, level)
    stop = Stop()
    try:
        if _listens(orders, stop):
            _work(work, reporter, stop)
        else:
            reporter.end_with(pickle.dumps(Ending.CANNOT_BEGIN))
    except SystemExit:
        os._exit(1)
    # All that was opened is closed; taking an interpreter apart in good order would only keep the parent.
    os._exit(0)


def _pipe(number: int, mode: str) -> IO[bytes]:
    """One of the standard streams for us alone: what else is printed goes where errors go, or nowhere."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(number, os.O_BINARY)
    pipe: IO[bytes] = os.fdopen(os.dup(number), mode, buffering=0)
    nowhere = os.open(os.devnull, os.O_RDWR)
    try:
        os.dup2(2 if mode == "wb" else nowhere, number)
    except OSError:  # a window's program may have no place for errors
        os.dup2(nowhere, number)
    os.close(nowhere)
    return pipe


def _work(work: bytes, reporter: _Reporter, stop: Stop) -> None:
    """Do it, and say what became of it. What there was no memory to say is not tried again."""
    try:
        reporter.end_with(_last_word(work, reporter, stop))
    except MemoryError:
        reporter.forget()
        reporter.end_with(pickle.dumps(Ending.OUT_OF_MEMORY))


def _last_word(work: bytes, reporter: _Reporter, stop: Stop) -> bytes:
    """What became of the work, pickled: in here, because an answer that can't travel is a bug like any."""
    try:
        function, arguments = pickle.loads(work)
        if "logging" in sys.modules:
            reporter.pass_on_log_lines()
        return pickle.dumps(Answer(function(*arguments, tell=reporter.tell, stop=stop)))
    except Stopped:
        return pickle.dumps(Ending.STOPPED)
    except Problem as problem:
        return pickle.dumps(problem)
    except MemoryError:
        return pickle.dumps(Ending.OUT_OF_MEMORY)
    except Exception:  # noqa: BLE001 - a door: any bug leaves this process as text
        import traceback

        return pickle.dumps(Crash(traceback.format_exc()))


def _listens(orders: IO[bytes], stop: Stop) -> bool:
    """Begin to hear what the parent orders; whether this computer let us."""
    try:
        threading.Thread(target=_obey, args=(orders, stop), name="orders", daemon=True).start()
    except RuntimeError:  # there is no memory or no place left for a thread
        return False
    return True


def _obey(orders: IO[bytes], stop: Stop) -> None:
    """Wait for the one order there is. The end of the pipe is an order too: the parent is gone."""
    with suppress(OSError):
        if receive(orders) is not None:
            stop.ask()
            receive(orders)
    stop.ask()
    time.sleep(ORPHAN_GRACE)
    os._exit(1)


class _Reporter:
    """The child's end of `reports`; safe from any of its threads."""

    def __init__(self, reports: IO[bytes], level: int) -> None:
        self._reports = reports
        self._level = level
        self._lock = threading.Lock()
        self._unsaid: Progress | None = None
        self._next_tell = 0.0
        self._logs = False

    def tell(self, progress: Progress) -> None:
        """Pass `progress` on, or keep it while the one before is too young."""
        now = time.monotonic()
        with self._lock:
            self._unsaid = progress
            if now >= self._next_tell:
                self._next_tell = now + TELL_EVERY
                self._say_the_unsaid()
        # What the work imports later may log too.
        self.pass_on_log_lines()

    def pass_on_log_lines(self) -> None:
        """From now on. Not sooner than needed: what logging imports would hold up the first word."""
        if not self._logs:
            self._logs = True
            from app.child.loglines import pass_on

            pass_on(self.record, self._level)

    def record(self, record: logging.LogRecord) -> None:
        """Pass a log line on."""
        with self._lock:
            self._send(record)

    def end_with(self, last_word: bytes) -> None:
        """Pass on what is left, and the last word."""
        with self._lock:
            self._say_the_unsaid()
            self._send(LastWord(last_word))

    def forget(self) -> None:
        """Leave unsaid what was not said yet."""
        with self._lock:
            self._unsaid = None

    def _say_the_unsaid(self) -> None:
        if self._unsaid is not None:
            self._send(self._unsaid)
            self._unsaid = None

    def _send(self, message: object) -> None:
        try:
            send(self._reports, message)
        except OSError:
            # Nobody listens any more. SystemExit, so that the work's own clean-up still runs.
            sys.exit(1)
