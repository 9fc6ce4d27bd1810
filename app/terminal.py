"""What the command line prints and hears: totals, problems, how far the work is, Ctrl+C.

Knows words and a terminal; refuses to know how an import goes.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from types import FrameType

from app.contacts.contact import Status
from app.flow.unfinished import UnfinishedImport
from app.language import number, percent, tr, trn, without_tricks
from app.log import hidden
from app.problems import Problem
from app.progress import Progress, Stop, Tell
from app.providers.verdicts import OutcomeKind
from app.report import ImportTotals
from app.wording import halfway_words, outcome_words, status_words


def print_totals(totals: ImportTotals, reports: Sequence[Path], as_json: bool) -> None:
    """Every row's fate in numbers, as text or as one JSON object. Raises Problem if it can't be printed."""
    with _heard():
        if as_json:
            print(json.dumps(totals.as_numbers()))
            return
        print(trn("{count} row read:", "{count} rows read:", totals.read))
        for word, count in _in_words(totals):
            if count:
                print(f"  {number(count):>9}  {word}")
        if totals.halfway:
            print(halfway_words(totals.halfway))
        if not totals.adds_up:
            print(tr("These numbers do not add up: what arrived can't be confirmed."))
        for path in reports:
            print(tr("Report: {path}", path=path))


def print_doubts(id: str) -> None:
    """What to do about contacts that only the user can settle, on standard error."""
    print(
        tr("Look in the account whether those that are unsure have arrived, and say so:"),
        f"resume {id} --unsure arrived",
        f"resume {id} --unsure missing",
        sep="\n",
        file=sys.stderr,
    )


def print_unfinished(found: Sequence[UnfinishedImport], as_json: bool) -> None:
    """One line for each import that can be continued, or a JSON array. Raises Problem likewise."""
    with _heard():
        if as_json:
            print(json.dumps([_as_json(one) for one in found]))
            return
        if not found:
            print(tr("There is nothing to continue."))
        places = [without_tricks(one.destination) for one in found]
        widest = max(map(len, places), default=0)
        for one, place in zip(found, places, strict=True):
            began = time.strftime("%Y-%m-%d %H:%M", time.localtime(one.began))
            done = f"{number(one.totals.answered)} / {number(one.totals.sum)}"
            print(f"{one.id}  {began}  {place:<{widest}} {done:>19}  {without_tricks(one.file_name)}")


@contextmanager
def _heard() -> Iterator[None]:
    """What is printed inside has arrived where it is printed to."""
    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        # What is left in the buffer would fail once more when the program ends.
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - for good
        raise Problem(
            tr("The answer can't be printed."),
            tr("Where it is printed to is full or closed. The history in the window says what was sent."),
            str(error),
        ) from error


def _as_json(one: UnfinishedImport) -> dict[str, object]:
    numbers = {"to_send": one.totals.sum, **asdict(one.totals)}
    where = {"provider": one.provider, "practice": one.practice, "account": one.account_name}
    return {"id": one.id, "file": one.file_name, **where, "began": one.began, **numbers}


def _in_words(totals: ImportTotals) -> list[tuple[str, int]]:
    numbers = totals.as_numbers()
    rows = [
        (status_words(Status.BLANK, totals.blank), totals.blank),
        (status_words(Status.LEFT_OUT, totals.left_out), totals.left_out),
        (status_words(Status.DUPLICATE, totals.duplicates), totals.duplicates),
        (trn("contact, of which:", "contacts, of which:", totals.to_send), totals.to_send),
    ]
    return rows + [
        (f"  {outcome_words(kind, numbers[kind.value])}", numbers[kind.value]) for kind in OutcomeKind
    ]


def print_problem(problem: Problem, as_json: bool) -> None:
    """A problem on standard error; for a script also as a JSON object on standard output."""
    details = hidden(problem.details)  # a provider's words may quote a contact
    if as_json:
        said = {"title": problem.title, "advice": problem.advice, "details": details}
        print(json.dumps({"problem": said}))
    print(without_tricks(problem.title), without_tricks(problem.advice), sep="\n", file=sys.stderr)
    if details:
        print(f"({without_tricks(details)})", file=sys.stderr)


class StatusLine:
    """One line on a terminal that says how far the work is; nothing where there is no terminal."""

    def __init__(self) -> None:
        self._shown = ""

    def teller(self, doing: str) -> Tell:
        return lambda progress: self.show(doing, progress)

    def show(self, doing: str, progress: Progress) -> None:
        share = percent(progress.share) if progress.share is not None else number(progress.done)
        text = f"{doing} {share}"
        if text != self._shown and sys.stderr.isatty():
            print(f"\r{text:<40}", end="", file=sys.stderr, flush=True)
            self._shown = text

    def end(self) -> None:
        if self._shown:
            print("\r" + " " * 40 + "\r", end="", file=sys.stderr, flush=True)
            self._shown = ""


@contextmanager
def interrupt_as_stop() -> Iterator[Stop]:
    """Ctrl+C and a polite kill ask to stop instead of tearing the work apart."""
    stop = Stop()

    def ask(_: int, __: FrameType | None) -> None:
        # Alarms take locks that the interrupted code may hold: ring them from another thread.
        threading.Thread(target=stop.ask, daemon=True).start()

    before: list[tuple[signal.Signals, object]] = []
    if threading.current_thread() is threading.main_thread():
        for one in (signal.SIGINT, signal.SIGTERM):
            before.append((one, signal.signal(one, ask)))
    try:
        yield stop
    finally:
        for which, handler in before:
            signal.signal(which, handler)  # type: ignore[arg-type]
