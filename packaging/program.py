"""Builds the one-folder program with PyInstaller, in an environment that holds nothing but what it needs.

It makes build/package/program/contact-ferry (on macOS also Contact Ferry.app) and its notices; it refuses to
know what kind of package they will travel in.
"""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from steps import SetUpProblem, run_quietly, say

NAME = "contact-ferry"
SHOWN_LINES = 40


@dataclass(frozen=True, slots=True)
class Program:
    """A built program: its one folder, the folder of its icons, its notices (licences/, sbom.cdx.json)."""

    version: str
    folder: Path
    icons: Path
    notices: Path


def version_of(root: Path) -> str:
    """The program's version, read without importing it."""
    tree = ast.parse((root / "app" / "__init__.py").read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__version__":
            return str(ast.literal_eval(node.value))
    raise SetUpProblem("app/__init__.py names no __version__.")


def build(source: Path, interpreter: Path, build_folder: Path) -> Program:
    """Build the program of the sources in `source` with a Python that holds just what it needs.

    Raises SetUpProblem with the end of what was printed.
    """
    version = version_of(source)
    icons, notices = build_folder / "icons", build_folder / "notices"
    python = str(interpreter)
    scripts = source / "packaging"
    say(f"Building Contact Ferry {version} (PyInstaller) ...")
    _run([python, str(scripts / "icon_files.py"),
          str(source / "resources" / "icons" / "contact_ferry.svg"), str(icons)])  # fmt: skip
    _run([python, str(scripts / "notices.py"), version, str(scripts / "lock" / "run.txt"), str(notices)])
    releases = write_releases(os.environ.get("CONTACT_FERRY_RELEASES", ""), build_folder)
    _run(
        [python, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN",
         "--distpath", str(build_folder / "program"), "--workpath", str(build_folder / "work"),
         str(scripts / "contact_ferry.spec")],
        CONTACT_FERRY_ICONS=str(icons), CONTACT_FERRY_VERSION=version, CONTACT_FERRY_RELEASES_FILE=releases,
    )  # fmt: skip
    folder = build_folder / "program" / NAME
    shutil.copytree(notices / "licences", folder / "licences", dirs_exist_ok=True)
    if sys.platform == "linux":
        _drop_superfluous_libraries(folder)
    return Program(version, folder, icons, notices)


def write_releases(addresses: str, build_folder: Path) -> str:
    """Write down where versions are announced: "FEED PAGE", two https addresses. Raises SetUpProblem.

    The path of the file; empty without addresses, and then the program offers nobody to look for newer ones.
    """
    if not addresses.strip():
        return ""
    if len(addresses.split()) != 2 or not all(one.startswith("https://") for one in addresses.split()):
        raise SetUpProblem("CONTACT_FERRY_RELEASES must hold two https addresses: the feed and the page.")
    build_folder.mkdir(parents=True, exist_ok=True)
    file = build_folder / "releases.txt"
    file.write_text("\n".join(addresses.split()) + "\n", encoding="utf-8")
    return str(file)


def built_last(root: Path, build_folder: Path) -> Program:
    """What `build` left in `build_folder`. Raises SetUpProblem if there is nothing."""
    folder = build_folder / "program" / NAME
    if not folder.is_dir():
        raise SetUpProblem("Nothing has been packaged yet: python3 packaging/dev.py package")
    return Program(version_of(root), folder, build_folder / "icons", build_folder / "notices")


def executable(built: Program) -> Path:
    """The program to start from a prompt."""
    if sys.platform == "darwin":
        return built.folder.parent / "Contact Ferry.app" / "Contents" / "MacOS" / NAME
    return built.folder / (f"{NAME}.exe" if sys.platform == "win32" else NAME)


def require_tools() -> None:
    """Raises SetUpProblem where PyInstaller can't work with this Python."""
    if sys.platform != "linux":
        return
    if shutil.which("readelf") is None or shutil.which("strip") is None:
        raise SetUpProblem("Packaging needs binutils. Install it first: sudo apt-get install binutils")
    if not sysconfig.get_config_var("Py_ENABLE_SHARED"):
        raise SetUpProblem(
            "This Python was built without its shared library (libpython), which the packaged program needs. "
            "Use your distribution's Python, or build it with --enable-shared."
        )


def _drop_superfluous_libraries(folder: Path) -> None:
    from linux.libraries import Libraries

    dropped = Libraries.of(folder).superfluous()
    for path in dropped:
        path.unlink()
    for link in folder.rglob("*.so*"):
        if link.is_symlink() and not link.exists():
            link.unlink()
    say(f"Left {len(dropped)} libraries to the system, or out.")


def _run(command: list[str], **more: str) -> None:
    environment = {**os.environ, **more, "PYTHONHASHSEED": "1"}
    environment.pop("PYTHONPATH", None)
    finished = run_quietly(command, environment)
    if finished.status != 0:
        end = "\n".join(finished.printed.splitlines()[-SHOWN_LINES:])
        raise SetUpProblem(f"{subprocess.list2cmdline(command[:4])} ... failed:\n{end}")
