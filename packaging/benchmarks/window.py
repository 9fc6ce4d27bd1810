"""How long the window ever stops answering on the way from a file to its report, against 50 ms.

The whole journey is played off-screen, with everything `way` knows to do on it, uploading to the practice
room, which has a process of its own as in the program. A timer asks every few milliseconds for a turn.

Of each step two times are printed: the longest block, and the most that the window's own thread worked in
one. Where the first is much larger, the thread waited: for a core that others had, or for another thread. The
cores of a rented machine may stand still; where the system counts that, it is printed, and taken off nothing.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.flow.draft import new_draft
from app.flow.parts import Parts
from app.flow.uploading import PracticeAccess
from app.practice.apart import RoomsApart
from app.practice.rooms import PRACTICE_SECRETS
from app.settings.credentials import SessionCredentials
from app.settings.folders import Folders, make_private
from benchmarks.result import Result, compare, peak_mb

ROWS = 100_000
LONGEST_BLOCK = 0.05  # seconds
GOAL = 1.0
TICK = 5  # milliseconds
PROVIDER = "smsend"
_STOLEN = 8  # the word of the first line of /proc/stat
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
            lists = _list(folder / "people.csv", rows), _wide_list(folder / "wide.csv")
            blocks = _play(_parts(folder, rooms), *lists)
        finally:
            rooms.close()
    for step, block in sorted(blocks.items(), key=lambda one: -one[1].longest):
        stood = f", {block.stolen:.0f} ms of standing still" if block.stolen else ""
        print(f"  {step:<20} {block.longest:7.1f} ms, {block.worked:7.1f} ms of work{stood}", file=sys.stderr)
    worst = max(block.longest for block in blocks.values()) / 1000
    return compare("window", rows, ours=1 / worst, theirs=1 / LONGEST_BLOCK, goal=GOAL, peak_mb=peak_mb())


def _play(parts: Parts, sample: Path, wide: Path) -> dict[str, _Block]:
    """The worst block of each step."""
    from app.ui.application import Window, build_wizard, open_application
    from benchmarks.way import Way

    application = open_application()
    window = Window(build_wizard(new_draft("", "IT"), parts))
    try:
        window.wizard.resize(1280, 720)
        window.wizard.show()
        application.processEvents()
        watch = _Watch()
        for step, play in Way(window, sample, wide, PROVIDER).steps():
            watch.begin(step)
            play()
            application.processEvents()  # what the step leaves to be done counts as its own
        watch.end()
        return watch.blocks
    finally:
        window.close()
        window.wizard.close()


@dataclass(slots=True)
class _Block:
    """Milliseconds: the longest time without a turn, how long cores stood still in it (all of them together,
    in steps of ten), and the most work of this thread in such a time."""

    longest: float = 0.0
    stolen: float = 0.0
    worked: float = 0.0


class _Watch:
    """Notes how late a timer gets its turn, by step."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self.blocks: dict[str, _Block] = {}
        self._step = ""
        self._last, self._worked, self._stolen = time.perf_counter(), time.thread_time(), _stolen()
        self._timer = QTimer(interval=TICK)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def begin(self, step: str) -> None:
        self._look()
        self._step = step
        self.blocks[step] = _Block()

    def end(self) -> None:
        self._look()
        self._timer.stop()

    def _look(self) -> None:
        now, worked, stolen = time.perf_counter(), time.thread_time(), _stolen()
        if self._step:
            block = self.blocks[self._step]
            longest = (now - self._last) * 1000
            if longest > block.longest:
                block.longest, block.stolen = longest, stolen - self._stolen
            block.worked = max(block.worked, (worked - self._worked) * 1000)
        self._last, self._worked, self._stolen = now, worked, stolen


def _stolen() -> float:
    """Milliseconds, since the machine was started, in which its cores had work and were not let run."""
    if sys.platform != "linux":
        return 0.0
    with open("/proc/stat", encoding="ascii") as told:  # noqa: PTH123 - two hundred times a second
        ticks = told.readline().split()[_STOLEN]
    return int(ticks) * 1000 / os.sysconf("SC_CLK_TCK")


def _list(path: Path, rows: int) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.write("E-mail;Mobile;First name;Last name\n")
        for number in range(rows):
            phone = f"+39 333 {number % 10_000_000:07d}" if number % 20 else "n/a"
            file.write(f"ann{number}@example.com;{phone};Ann;Rossi {number}\n")
    return path


def _wide_list(path: Path) -> Path:
    """As exported from a shop: a thousand people, and sixty things about each."""
    headers = ["E-mail", "Mobile", "First name", "Last name", *(f"Answer {number}" for number in range(56))]
    with path.open("w", encoding="utf-8") as file:
        file.write(";".join(headers) + "\n")
        for row in range(1_000):
            told = [f"ann{row}@example.com", f"+39 333 {row:07d}", "Ann", f"Rossi {row}"]
            file.write(";".join([*told, *(f"thing {row} {number}" for number in range(56))]) + "\n")
    return path


def _parts(folder: Path, rooms: RoomsApart) -> Parts:
    folders = Folders(folder / "settings", folder / "imports", folder / "logs")
    for one in (folders.settings, folders.imports, folders.logs):
        make_private(one)

    @cache
    def credentials() -> SessionCredentials:
        return SessionCredentials()

    return Parts(folders, credentials, lambda name: PracticeAccess(rooms.start(), PRACTICE_SECRETS[name]))
