"""Starting the built program until its window can be used, against starting the source.

Both sides open the first page off-screen, take turns in one run, and are timed from the start of the process
to the line that says the window stands. Needs a built program: python3 packaging/dev.py package
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.result import Result, compare, peak_mb
from program import built_last, executable

ROOT = Path(__file__).resolve().parents[2]
ROWS = 7
"""Rounds; each side starts once in every round."""
GOAL = 1 / 1.3  # as speeds: the built program may take 1.3 times as long
COMMAND = ("self-test", "window")


def measure(rows: int) -> Result:
    """Starts a second on either side; the first round of each warms the disk and does not count."""
    program = str(executable(built_last(ROOT, ROOT / "build" / "package")))
    with tempfile.TemporaryDirectory(prefix="ferry-start-") as home:
        variables = {**os.environ, "CONTACT_FERRY_HOME": home, "QT_QPA_PLATFORM": "offscreen"}
        rounds = [
            (
                _seconds([program, *COMMAND], variables),
                _seconds([sys.executable, "-m", "app", *COMMAND], variables),
            )
            for _ in range(rows + 1)
        ][1:]
    built, source = (statistics.median(side) for side in zip(*rounds, strict=True))
    print(f"built {built:.3f} s, source {source:.3f} s, {built / source:.2f} times", file=sys.stderr)
    return compare("packaged_start", rows, ours=1 / built, theirs=1 / source, goal=GOAL, peak_mb=peak_mb())


def _seconds(command: Sequence[str], variables: Mapping[str, str]) -> float:
    started = time.perf_counter()
    with subprocess.Popen(
        command, env=dict(variables), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as running:
        line = running.stdout.readline() if running.stdout is not None else ""
        seconds = time.perf_counter() - started
    if not (line.startswith("{") and json.loads(line).get("ok")):
        raise RuntimeError(f"{command[0]} opened no window: {line}")
    return seconds
