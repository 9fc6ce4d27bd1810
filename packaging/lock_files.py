"""Writes the two lock files from pyproject.toml with uv: every version and hash, for every platform.

run.txt is what the program needs; test.txt is the same versions and the tools. It installs nothing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from steps import SetUpProblem, say

OLDEST_PYTHON = "3.11"


def write(root: Path, *, upgrade: bool) -> int:
    """Write both lock files and give uv's exit status; versions only move when they must, or on `upgrade`.

    Raises SetUpProblem when uv is not to be found.
    """
    uv = _find_uv(root)
    folder = Path("packaging") / "lock"
    run, test = folder / "run.txt", folder / "test.txt"
    newer = ["--upgrade"] if upgrade else []
    for target, extra in ((run, []), (test, ["--extra", "test", "--constraints", str(run)])):
        say(f"Resolving {target.as_posix()} (uv) ...")
        command = [uv, "pip", "compile", "pyproject.toml", "--quiet", "--universal", "--generate-hashes"]
        command += ["--python-version", OLDEST_PYTHON, "--no-header", "--no-annotate", *newer, *extra]
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
