"""Runs one benchmark of packaging/benchmarks/ and prints its result in words, or as one JSON object.

It runs inside the environment (`dev.py bench` sees to that) and refuses to know what is measured.

A benchmark is a module with `ROWS: int` (how many by default) and `measure(rows: int) -> Result`.
"""

from __future__ import annotations

import argparse
import ast
import compileall
import importlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.result import Result

FOLDER = Path(__file__).resolve().parent / "benchmarks"
APP = FOLDER.parent.parent / "app"
NOT_BENCHMARKS = ("__init__", "result", "way", "report_rows", "report_reading")


def main(arguments: Sequence[str]) -> int:
    """Run the benchmark named in `arguments`: 0 when its goal holds, 1 when not, 2 when there is none."""
    parser = argparse.ArgumentParser(
        prog="dev.py bench", description="Run one benchmark, both sides in one run."
    )
    parser.add_argument("name", nargs="?", metavar="NAME")
    parser.add_argument("--rows", type=int, metavar="N", help="how many rows (default: the benchmark's own)")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    asked = parser.parse_args(arguments)
    known = benchmarks(FOLDER)
    if asked.name not in known:
        if asked.name is not None:
            print(f"There is no benchmark called {asked.name}.", file=sys.stderr)
        print(
            "Benchmarks:",
            *(f"  {name:<14} {title}" for name, title in known.items()),
            sep="\n",
            file=sys.stderr,
        )
        return 0 if asked.name is None else 2
    if asked.rows is not None and asked.rows < 1:
        parser.error("--rows must be 1 or more")
    result = _measure(asked.name, asked.rows)
    print(json.dumps(result.as_json()) if asked.json else result.in_words())
    return 0 if result.holds else 1


def benchmarks(folder: Path) -> dict[str, str]:
    """The benchmarks in `folder`: name and the first line of its docstring, found without importing any."""
    modules = sorted(path for path in folder.glob("*.py") if path.stem not in NOT_BENCHMARKS)
    return {path.stem: _title(path) for path in modules}


def _title(path: Path) -> str:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    return (docstring or "").partition("\n")[0]


def _measure(name: str, rows: int | None) -> Result:
    # Both sides find their modules compiled, as an installed program does, whatever this machine is set to.
    compileall.compile_dir(str(APP), quiet=2)
    module = importlib.import_module(f"benchmarks.{name}")
    result = module.measure(module.ROWS if rows is None else rows)
    if not isinstance(result, Result):
        raise TypeError(f"benchmarks.{name}.measure() gave {type(result).__name__}, not a Result")
    return result


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
