"""The sides of a benchmark, each in a process of its own, so that no memory of another's is counted.

Starts them and puts two of them beside each other; refuses to know what they do.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from benchmarks.result import Result, compare

PACKAGING = Path(__file__).resolve().parents[1]

Side = Mapping[str, float]
"""What a side prints, as JSON: `seconds`, `peak` in MiB, and what else its benchmark wants to know."""


def side_of(module: str, *arguments: str, patience: float | None = None) -> Side:
    """What a side says of itself. Raises what `printed_by` does."""
    found: dict[str, float] = json.loads(printed_by(module, *arguments, patience=patience))
    return found


def printed_by(module: str, *arguments: str, patience: float | None = None) -> str:
    """What one of our modules prints. Raises RuntimeError with its error if it fails, TimeoutExpired after
    `patience` seconds."""
    there = {**os.environ, "PYTHONPATH": os.pathsep.join((str(PACKAGING), str(PACKAGING.parent)))}
    command = [sys.executable, "-m", f"benchmarks.{module}", *arguments]
    done = subprocess.run(
        command, cwd=PACKAGING.parent, env=there, capture_output=True, text=True, timeout=patience
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout


def compare_sides(
    name: str, rows: int, ours: Side, theirs: Side, goal: float, notes: tuple[str, ...]
) -> Result:
    """The Result of two sides that did the same with `rows` rows."""
    speeds = {"ours": rows / ours["seconds"], "theirs": rows / theirs["seconds"]}
    return compare(name, rows, **speeds, goal=goal, peak_mb=ours["peak"], notes=notes)
