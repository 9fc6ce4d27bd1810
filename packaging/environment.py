"""The virtual environment in .venv/ (or elsewhere), holding exactly the versions a lock file names.

It refuses to know which system packages those need, and what will be run in it.

Debian leaves `ensurepip` out of its Python, so the environment is made without pip and filled from outside
by the system's pip (`pip --python`, pip 22.3 and later). A stamp says which lock file it was last filled
from: while that is current a start touches neither pip nor the network.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from steps import SetUpProblem, looks_distrusted, looks_offline, run_quietly, say

# Which lock files are fully installed once this one is: the others are run.txt and more.
COVERED_BY = {"run": ("run",), "test": ("run", "test"), "package": ("run", "package")}


class Environment:
    """The virtual environment of the clone at `root`: its .venv, or `folder`."""

    def __init__(self, root: Path, folder: Path | None = None) -> None:
        self.root = root
        self.folder = folder or root / ".venv"
        self._stamp = self.folder / "contact-ferry-stamp.json"

    @property
    def interpreter(self) -> Path:
        """Its python, which may not exist yet."""
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    def provide(self, lock: str) -> None:
        """Have everything of the lock file named `lock` ("run", "test" or "package") installed.

        Raises SetUpProblem when pip is missing, the package index can't be reached, or pip fails.
        """
        if self.is_current(lock):
            return
        self._require_pip()
        self._make()
        self._fill(lock)
        self._write_stamp(lock)

    def is_current(self, lock: str) -> bool:
        """Whether the environment was filled from this very lock file by this very Python."""
        return self.interpreter.exists() and self._read_stamp() == {
            **self._read_stamp(),
            "python": _python_identity(),
            lock: self._fingerprint(lock),
        }

    def python(self, arguments: Sequence[str], *, offscreen: bool = False) -> int:
        """Run its python with `arguments` from the project's root and give the exit status."""
        return subprocess.run(
            [str(self.interpreter), *arguments],
            cwd=self.root,
            env=self.variables(offscreen=offscreen),
            check=False,
        ).returncode

    def variables(self, *, offscreen: bool) -> dict[str, str]:
        """The environment variables its programs run with."""
        variables = {**os.environ, "PYTHONPATH": str(self.root)}
        variables.pop("PYTHONHOME", None)
        if offscreen:
            variables["QT_QPA_PLATFORM"] = "offscreen"
        return variables

    def _require_pip(self) -> None:
        if importlib.util.find_spec("pip") is None:
            remedy = "sudo apt-get install python3-pip" if os.name == "posix" else "py -m ensurepip"
            raise SetUpProblem(
                f"pip is missing for {sys.executable}. Install it first, for example: {remedy}"
            )

    def _make(self) -> None:
        if self._read_stamp().get("python") not in (None, _python_identity()):
            say("The Python version has changed since the last set-up: starting the environment afresh ...")
        elif self.interpreter.exists():
            return
        say(f"Making a virtual environment in {self.folder.relative_to(self.root).as_posix()} ...")
        made = run_quietly(
            [sys.executable, "-m", "venv", "--without-pip", "--clear", str(self.folder)], os.environ
        )
        if made.status != 0:
            raise SetUpProblem(f"The virtual environment could not be made:\n{made.last_lines}")

    def _fill(self, lock: str) -> None:
        path = self._lock_path(lock)
        say(f"Installing the Python packages of {path.relative_to(self.root).as_posix()} (pip) ...")
        self._stamp.unlink(missing_ok=True)
        command = [sys.executable, "-m", "pip", "--python", str(self.interpreter), "install"]
        # The lock names every package and hash: nothing is resolved, and nothing is built from source.
        command += ["--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", str(path)]
        filled = run_quietly(command, _pip_variables(os.environ))
        if filled.status == 0:
            return
        if looks_offline(filled.printed):
            raise SetUpProblem(
                "The package index could not be reached, so the Python packages are not installed. "
                "Check that this computer is online, then try again."
            )
        if looks_distrusted(filled.printed):
            raise SetUpProblem(
                "The package index showed a certificate that pip does not trust. On a company network, "
                "name the company's certificate file to pip: set PIP_CERT to its path, then try again."
            )
        raise SetUpProblem(f"pip could not install the Python packages:\n{filled.last_lines}")

    def _read_stamp(self) -> dict[str, str]:
        try:
            stamp = json.loads(self._stamp.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}  # no stamp, or half of one: the environment is simply not current
        return {str(key): str(value) for key, value in stamp.items()} if isinstance(stamp, dict) else {}

    def _write_stamp(self, lock: str) -> None:
        stamp = {"python": _python_identity()}
        stamp |= {covered: self._fingerprint(covered) for covered in COVERED_BY[lock]}
        self._stamp.write_text(json.dumps(stamp, indent=1) + "\n", encoding="utf-8")

    def _fingerprint(self, lock: str) -> str:
        # Line endings are git's business (a Windows clone may rewrite them) and change no version.
        text = self._lock_path(lock).read_bytes().replace(b"\r\n", b"\n")
        return hashlib.sha256(text).hexdigest()

    def _lock_path(self, lock: str) -> Path:
        return self.root / "packaging" / "lock" / f"{lock}.txt"


def _python_identity() -> str:
    return f"{sys.implementation.cache_tag} {sys.version.split()[0]}"


def _pip_variables(outside: Mapping[str, str]) -> dict[str, str]:
    """The user's own pip settings (a company's mirror, a certificate) less what would be in our way."""
    quiet = {
        "PIP_USER": "0",
        "PIP_NO_INPUT": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_ROOT_USER_ACTION": "ignore",
    }
    return {**outside, **quiet}
