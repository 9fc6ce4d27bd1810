"""The child's side: does the work, passes on what it says, and obeys the one order there is.

Refuses to outlive its parent, and to decide anything an interrupt would decide.
"""

from __future__ import annotations

import logging
import os
import pickle
import signal
import sys
import threading
import time
import traceback
from contextlib import suppress
from multiprocessing.connection import Connection

from app import language
from app.child.words import Answer, Crash, Ending
from app.problems import Problem
from app.progress import Progress, Stop, Stopped

ORPHAN_GRACE = 2.0
"""Seconds a child may go on after its parent died."""

TELL_EVERY = 0.05
"""Seconds between two Progress messages at the least."""


def serve(work: bytes, reports: Connection, orders: Connection, code: str, level: int) -> None:
    """The child's whole life."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches the child too, but the parent decides.
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    language.use(code)
    reporter = _Reporter(reports)
    logging.getLogger().addHandler(_LogSender(reporter))
    logging.getLogger("app").setLevel(level)
    stop = Stop()
    threading.Thread(target=_obey, args=(orders, stop), name="orders", daemon=True).start()
    reporter.end_with(_last_word(work, reporter, stop))


def _last_word(work: bytes, reporter: _Reporter, stop: Stop) -> bytes:
    """What became of the work, pickled: in here, because an answer that can't travel is a bug like any."""
    try:
        function, arguments = pickle.loads(work)
        return pickle.dumps(Answer(function(*arguments, tell=reporter.tell, stop=stop)))
    except Stopped:
        return pickle.dumps(Ending.STOPPED)
    except Problem as problem:
        return pickle.dumps(problem)
    except MemoryError:
        return pickle.dumps(Ending.OUT_OF_MEMORY)
    except Exception:  # noqa: BLE001 - a door: any bug leaves this process as text
        return pickle.dumps(Crash(traceback.format_exc()))


def _obey(orders: Connection, stop: Stop) -> None:
    """Wait for the one order there is. The end of the pipe is an order too: the parent is gone."""
    with suppress(EOFError, OSError):
        orders.recv()
        stop.ask()
        orders.recv()
    stop.ask()
    time.sleep(ORPHAN_GRACE)
    os._exit(1)


class _Reporter:
    """The child's end of `reports`; safe from any of its threads."""

    def __init__(self, reports: Connection) -> None:
        self._reports = reports
        self._lock = threading.Lock()
        self._unsaid: Progress | None = None
        self._next_tell = 0.0

    def tell(self, progress: Progress) -> None:
        """Pass `progress` on, or keep it while the one before is too young."""
        now = time.monotonic()
        with self._lock:
            self._unsaid = progress
            if now >= self._next_tell:
                self._next_tell = now + TELL_EVERY
                self._say_the_unsaid()

    def record(self, record: logging.LogRecord) -> None:
        """Pass a log line on."""
        with self._lock:
            self._send(record)

    def end_with(self, last_word: bytes) -> None:
        """Pass on what is left, and the last word."""
        with self._lock:
            self._say_the_unsaid()
            self._send(last_word)

    def _say_the_unsaid(self) -> None:
        if self._unsaid is not None:
            self._send(self._unsaid)
            self._unsaid = None

    def _send(self, message: object) -> None:
        try:
            self._reports.send(message)
        except OSError:
            # Nobody listens any more. SystemExit, so that the work's own clean-up still runs.
            sys.exit(1)


class _LogSender(logging.Handler):
    """Hands the child's log lines to the parent, whose log knows what must be hidden."""

    def __init__(self, reporter: _Reporter) -> None:
        super().__init__()
        self._reporter = reporter

    def emit(self, record: logging.LogRecord) -> None:
        # Arguments and tracebacks may not pickle; their text does.
        plain = {
            "msg": self.format(record),
            "args": None,
            "exc_info": None,
            "exc_text": None,
            "stack_info": None,
        }
        self._reporter.record(logging.makeLogRecord({**record.__dict__, **plain}))
