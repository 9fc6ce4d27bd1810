"""What a benchmark found: our speed beside another's, measured in one run, and whether the goal holds.

It prints and measures memory; it refuses to know what was measured or how.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Result:
    """One benchmark's numbers.

    `ours` and `theirs` are rows per second, so more is better; `ratio` is ours / theirs; `goal` is the
    smallest ratio we accept; `holds` says whether it was reached; `peak_mb` is the memory (MiB) of our side;
    `notes` are further findings, in words.
    """

    name: str
    rows: int
    ours: float
    theirs: float
    ratio: float
    goal: float
    holds: bool
    peak_mb: float
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The numbers as one JSON object, rounded to what the clock can tell; the notes are for readers."""
        numbers = {key: value for key, value in asdict(self).items() if key != "notes"}
        return {key: round(value, 3) if isinstance(value, float) else value for key, value in numbers.items()}

    def in_words(self) -> str:
        """The same for a reader."""
        verdict = "The goal is reached" if self.holds else "The goal is missed"
        return (
            f"{self.name}, {self.rows:,} rows\n"
            f"  ours    {self.ours:12,.0f} rows a second\n"
            f"  theirs  {self.theirs:12,.0f} rows a second\n"
            f"  ratio   {self.ratio:12.2f} (goal: at least {self.goal:.2f})\n"
            f"  memory  {self.peak_mb:12,.0f} MiB at most\n"
            + "".join(f"  {note}\n" for note in self.notes)
            + f"{verdict}."
        )


def compare(
    name: str,
    rows: int,
    *,
    ours: float,
    theirs: float,
    goal: float,
    peak_mb: float,
    notes: tuple[str, ...] = (),
) -> Result:
    """The Result of two speeds in rows per second; `theirs` must be more than 0."""
    ratio = ours / theirs
    return Result(name, rows, ours, theirs, ratio, goal, ratio >= goal, peak_mb, notes)


def peak_mb() -> float:
    """The most memory this process has held, and its largest finished child's, together, in MiB.

    An upper bound: the two peaks need not have come at the same time, and Linux counts for a child at least
    what its parent held when it was started. On Windows finished children are not counted.
    """
    if sys.platform == "win32":
        return _peak_of_this_process_on_windows() / MEBIBYTE
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit
    return (_peak_by_proc() or own) / MEBIBYTE + children / MEBIBYTE


def forget_peak() -> None:
    """Let `peak_mb` count this process anew from now, without what it has freed and not given back, where
    the system can: that is Linux."""
    if sys.platform != "linux":
        return
    import ctypes

    with suppress(OSError, AttributeError):  # not every Linux has glibc's
        ctypes.CDLL(None).malloc_trim(0)
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _peak_by_proc() -> int | None:
    # VmHWM forgets what the process that started us held, ru_maxrss does not.
    status = Path("/proc/self/status")
    if not status.exists():
        return None
    for line in status.read_text(encoding="ascii", errors="replace").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return None


def _peak_of_this_process_on_windows() -> int:
    import ctypes
    from ctypes import wintypes

    class Counters(ctypes.Structure):
        _fields_ = (
            ("cb", wintypes.DWORD),
            ("PageFaultCount", wintypes.DWORD),
            ("PeakWorkingSetSize", ctypes.c_size_t),
            ("rest", ctypes.c_size_t * 7),
        )

    counters = Counters(cb=ctypes.sizeof(Counters))
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined, unused-ignore]
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.K32GetProcessMemoryInfo.argtypes = (wintypes.HANDLE, ctypes.c_void_p, wintypes.DWORD)
    if not kernel.K32GetProcessMemoryInfo(kernel.GetCurrentProcess(), ctypes.byref(counters), counters.cb):
        return 0
    return int(counters.PeakWorkingSetSize)
