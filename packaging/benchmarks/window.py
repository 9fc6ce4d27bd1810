"""How long the window ever stops answering on the way from a file to its report, against 50 ms.

The whole journey is played off-screen, as the tour plays it: reading, checking, scrolling, filtering,
searching, correcting, uploading to the practice room, which has a process of its own as in the program. A
timer asks every few milliseconds for a turn.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from app.flow.draft import new_draft
from app.flow.parts import Parts
from app.flow.uploading import PracticeAccess
from app.practice.apart import RoomsApart
from app.practice.rooms import PRACTICE_SECRETS
from app.settings.credentials import SessionCredentials
from app.settings.folders import Folders, make_private
from benchmarks.result import Result, compare, peak_mb

if TYPE_CHECKING:
    from app.ui.journey import Journey

ROWS = 100_000
LONGEST_BLOCK = 0.05  # seconds
GOAL = 1.0
TICK = 5  # milliseconds
PROVIDER = "smsend"
PAGES_SCROLLED = 40
PATIENCE = 1_800.0  # seconds for one step: a million rows take their time


def measure(rows: int) -> Result:
    """Rates are one over the worst block in seconds: ours as it was, theirs at the limit."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from app.ui import journey

    journey.PATIENCE = PATIENCE
    rooms = RoomsApart()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            blocks = _play(_parts(folder, rooms), _list(folder / "people.csv", rows))
        finally:
            rooms.close()
    for step, seconds in sorted(blocks.items(), key=lambda one: -one[1]):
        print(f"  {step:<16} {seconds * 1000:7.1f} ms", file=sys.stderr)
    worst = max(blocks.values())
    return compare("window", rows, ours=1 / worst, theirs=1 / LONGEST_BLOCK, goal=GOAL, peak_mb=peak_mb())


def _play(parts: Parts, sample: Path) -> dict[str, float]:
    """The worst block of each step, in seconds."""
    from app.ui.application import build_wizard, open_application
    from app.ui.journey import Journey

    application = open_application()
    wizard = build_wizard(new_draft("", "IT"), parts)
    journey = Journey(wizard, sample, PROVIDER)
    steps: tuple[tuple[str, Callable[[], object]], ...] = (
        ("look for a file", lambda: _look_for_a_file(journey)),
        ("choose_file", journey.choose_file),
        ("map_columns", journey.choose_columns),
        ("choose_provider", journey.choose_provider),
        ("check_contacts", journey.check_contacts),
        ("scroll", lambda: _scroll(journey)),
        ("filter", lambda: _filter(journey)),
        ("search", lambda: journey.search("ann99")),
        ("search for all", lambda: journey.search("")),
        ("correct", lambda: _correct(journey)),
        ("upload", journey.upload),
        ("report", journey.report),
    )
    try:
        wizard.resize(1280, 720)
        wizard.show()
        application.processEvents()
        watch = _Watch()
        for step, play in steps:
            watch.begin(step)
            play()
            application.processEvents()  # what the step leaves to be done counts as its own
        watch.end()
        return watch.blocks
    finally:
        wizard.tidy_up()
        wizard.close()


class _Watch:
    """Notes how late a timer gets its turn, by step."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self.blocks: dict[str, float] = {}
        self._step = ""
        self._last = time.perf_counter()
        self._timer = QTimer(interval=TICK)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def begin(self, step: str) -> None:
        self._look()
        self._step = step
        self.blocks[step] = 0.0

    def end(self) -> None:
        self._look()
        self._timer.stop()

    def _look(self) -> None:
        now = time.perf_counter()
        if self._step:
            self.blocks[self._step] = max(self.blocks[self._step], now - self._last)
        self._last = now


def _look_for_a_file(journey: Journey) -> None:
    """Longer than it takes to get the other pages ready, as after every start."""
    from app.ui.application import prepare_pages
    from app.ui.journey import wait_for

    ready: list[bool] = []
    journey.wizard.prepared.connect(lambda: ready.append(True))
    prepare_pages(journey.wizard)
    wait_for((journey.wizard.prepared,), lambda: bool(ready), PATIENCE)


def _scroll(journey: Journey) -> None:
    """Page by page, to the end and back."""
    from PySide6.QtCore import QCoreApplication

    bar = journey.check_page.table.verticalScrollBar()
    for part in (*range(PAGES_SCROLLED + 1), 0):
        bar.setValue(bar.maximum() * part // PAGES_SCROLLED)
        QCoreApplication.processEvents()


def _filter(journey: Journey) -> None:
    from app.ledger.contacts import Show

    journey.show_only(Show.LEFT_OUT)
    journey.show_only(Show.TO_SEND)
    journey.show_only(Show.ALL)


def _correct(journey: Journey) -> None:
    """Type a cell anew, and take it back."""
    from app.ui.models.contact_table import FIELDS_FROM

    page = journey.check_page
    model = page.table.model()
    model.setData(model.index(0, FIELDS_FROM), "someone.else@example.com")
    journey.wait(page, page.corrected, page.isComplete)
    page.changes.undo()
    journey.wait(page, page.corrected, page.isComplete)


def _list(path: Path, rows: int) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.write("E-mail;Mobile;First name;Last name\n")
        for number in range(rows):
            phone = f"+39 333 {number % 10_000_000:07d}" if number % 20 else "n/a"
            file.write(f"ann{number}@example.com;{phone};Ann;Rossi {number}\n")
    return path


def _parts(folder: Path, rooms: RoomsApart) -> Parts:
    folders = Folders(folder / "settings", folder / "imports", folder / "logs")
    for one in (folders.settings, folders.imports, folders.logs):
        make_private(one)

    @cache
    def credentials() -> SessionCredentials:
        return SessionCredentials()

    return Parts(folders, credentials, lambda name: PracticeAccess(rooms.start(), PRACTICE_SECRETS[name]))
