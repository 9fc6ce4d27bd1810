"""Runs every check of the project in one go: lint, format, types, then pytest, which holds the import rules.

It says how each stage ended and refuses to know what any of them looks for.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from environment import Environment

# "==== 12 passed, 1 skipped in 0.34s ====", with or without colours.
CLOSING_LINE = re.compile(r"(\d+ (passed|failed|errors?|skipped|deselected)|no tests ran).* in [\d.]+s")


@dataclass(frozen=True, slots=True)
class Stage:
    """One check: what it is called and the arguments Python runs it with."""

    name: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a stage ended: its exit status and how long it took, in seconds."""

    stage: Stage
    status: int
    seconds: float

    def __str__(self) -> str:
        verdict = "ok" if self.status == 0 else f"FAILED (exit status {self.status})"
        return f"{self.stage.name:<14} {verdict}, {self.seconds:.1f} s"


BEFORE_PYTEST = (
    Stage("ruff check", ("-m", "ruff", "check", "--no-cache", ".")),
    Stage("ruff format", ("-m", "ruff", "format", "--no-cache", "--check", ".")),
    Stage("mypy", ("-m", "mypy")),
)


def run_all(environment: Environment, pytest_arguments: Sequence[str]) -> int:
    """Run all stages, whatever the earlier ones say; 0 only when all passed.

    The summary comes before pytest's own closing line, which is held back to be the last line of all.
    """
    ended = [_run(environment, stage) for stage in BEFORE_PYTEST]
    colour = ("--color=yes",) if sys.stdout.isatty() else ()
    pytest = Stage("pytest", ("-m", "pytest", *colour, *pytest_arguments))
    closing: list[str] = []
    ended.append(_run(environment, pytest, closing))
    failed = [one.stage.name for one in ended if one.status != 0]
    print("\nSummary")
    for one in ended:
        print(f"  {one}")
    total = sum(one.seconds for one in ended)
    print(f"  {'total':<14} {'ok' if not failed else 'FAILED: ' + ', '.join(failed)}, {total:.1f} s")
    print("".join(closing), end="", flush=True)
    return 1 if failed else 0


def hold_back_closing_line(lines: Iterable[str], closing: list[str]) -> Iterator[str]:
    """Pass `lines` on, except pytest's closing line, which is put into `closing`."""
    for line in lines:
        if CLOSING_LINE.search(line):
            yield from closing  # a look-alike in some test's output; only the last one closes
            closing[:] = [line]
        else:
            yield line


def _run(environment: Environment, stage: Stage, closing: list[str] | None = None) -> Ended:
    print(f"\n{stage.name}", flush=True)
    started = time.monotonic()
    if closing is None:
        status = environment.python(stage.arguments, offscreen=True)
    else:
        status = _run_pytest(environment, stage, closing)
    ended = Ended(stage, status, time.monotonic() - started)
    print(ended, flush=True)
    return ended


def _run_pytest(environment: Environment, stage: Stage, closing: list[str]) -> int:
    command = [str(environment.interpreter), "-u", *stage.arguments]
    with subprocess.Popen(
        command,
        cwd=environment.root,
        env=environment.variables(offscreen=True),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as running:
        if running.stdout is not None:
            for line in hold_back_closing_line(running.stdout, closing):
                print(line, end="", flush=True)
    return running.returncode
