"""Writes the lock files from pyproject.toml with uv: every version and hash, for every platform.

run.txt is what the program needs; test.txt and package.txt are the same versions and the tools to test it and
to package it. It installs nothing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from steps import SetUpProblem, say

OLDEST_PYTHON = "3.11"


def write(root: Path, *, upgrade: bool) -> int:
    """Write all lock files and give uv's exit status; versions only move when they must, or on `upgrade`.

    Raises SetUpProblem when uv is not to be found.
    """
    uv = _find_uv(root)
    folder = Path("packaging") / "lock"
    run = folder / "run.txt"
    newer = ["--upgrade"] if upgrade else []
    asked: list[tuple[Path, list[str]]] = [(run, [])]
    for extra in ("test", "package"):
        asked.append((folder / f"{extra}.txt", ["--extra", extra, "--constraints", str(run)]))
    for target, options in asked:
        say(f"Resolving {target.as_posix()} (uv) ...")
        command = [uv, "pip", "compile", "pyproject.toml", "--quiet", "--universal", "--generate-hashes"]
        command += ["--python-version", OLDEST_PYTHON, "--no-header", "--no-annotate", *newer, *options]
        status = subprocess.run([*command, "--output-file", str(target)], cwd=root, check=False).returncode
        if status != 0:
            return status
    return 0


def _find_uv(root: Path) -> str:
    beside = root / ".venv" / ("Scripts/uv.exe" if os.name == "nt" else "bin/uv")
    found = shutil.which("uv") or (str(beside) if beside.exists() else None)
    if found is None:
        raise SetUpProblem("Writing the lock files needs uv. Install it first, for example: pipx install uv")
    return found
