"""The system libraries that Qt and the keyring tests need, installed on Debian and Ubuntu, named elsewhere.

It asks dpkg what is missing (no network) and calls apt-get only then; it refuses to know about Python.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Sequence

from steps import Finished, SetUpProblem, looks_offline, run_quietly, say

# Found by starting from a bare Debian 12: even the off-screen platform links libGL and libX11.
NEEDED_BY_QT = (
    "libgl1",
    "libegl1",
    "libx11-6",
    "libdbus-1-3",
    "libfontconfig1",
    "libxkbcommon0",
    "libglib2.0-0",
)
NEEDED_BY_A_DISPLAY = (
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-render-util0",
    "libxcb-render0",
    "libxcb-shape0",
    "libxcb-util1",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
    "libwayland-client0",
    "libwayland-cursor0",
)
# readelf and strip; the compressor of .deb files.
NEEDED_TO_PACKAGE = ("binutils", "xz-utils")
NEEDED_BY_KEYRING_TESTS = ("gnome-keyring", "dbus")

APT_GET = ("apt-get", "-o", "DPkg::Lock::Timeout=300", "-q", "-y")


def needed_to_run(display: bool) -> tuple[str, ...]:
    """The packages without which the window can't open here; those for a display only where there is one."""
    return (*NEEDED_BY_QT, *(NEEDED_BY_A_DISPLAY if display else ()))


def provide(names: Sequence[str], *, speak_elsewhere: bool) -> None:
    """Install those of `names` that are missing.

    On a Linux without apt-get it says what is needed (when `speak_elsewhere`) and goes on; on other systems
    nothing is needed. Raises SetUpProblem when they are missing and can't be installed.
    """
    if sys.platform != "linux":
        return
    if not _has_apt():
        if speak_elsewhere:
            say(
                "This system has no apt-get. Qt needs the libraries of these Debian packages; "
                f"install their counterparts if the window does not open: {' '.join(names)}"
            )
        return
    missing = missing_from(names, _installed(names))
    if missing:
        _install(missing)


def provide_if_possible(names: Sequence[str]) -> None:
    """Install those of `names` that are missing, or say why not and go on: the tests that need them skip."""
    if sys.platform != "linux" or not _has_apt():
        return
    missing = missing_from(names, _installed(names))
    if not missing:
        return
    try:
        _install(missing)
    except SetUpProblem as problem:
        say(f"{problem}\nGoing on: only the tests of the system's keyring need {' and '.join(missing)}.")


def missing_from(names: Iterable[str], installed: Iterable[str]) -> list[str]:
    """Those of `names` not among `installed`; Ubuntu renamed some when it moved to 64-bit time (`...t64`)."""
    present = set(installed)
    return [name for name in names if name not in present and f"{name}t64" not in present]


def _has_apt() -> bool:
    return shutil.which("apt-get") is not None and shutil.which("dpkg-query") is not None


def _installed(names: Sequence[str]) -> list[str]:
    both_spellings = [spelling for name in names for spelling in (name, f"{name}t64")]
    # dpkg-query fails when any name is unknown to it; what it did print is still right.
    asked = run_quietly(
        ["dpkg-query", "--show", "--showformat", "${Package} ${db:Status-Status}\\n", *both_spellings],
        {**os.environ, "LC_ALL": "C"},
    )
    lines = [line.split() for line in asked.printed.splitlines()]
    return [line[0] for line in lines if len(line) == 2 and line[1] == "installed"]


def _install(missing: Sequence[str]) -> None:
    as_root = _prefix_for_root(missing)
    count = f"{len(missing)} system package{'s' if len(missing) > 1 else ''}"
    say(f"Installing {count} (apt-get): {' '.join(missing)} ...")
    updated = _apt_get(as_root, ["update"])
    installed = _apt_get(as_root, ["install", "--no-install-recommends", *missing])
    if installed.status == 0:
        return
    if looks_offline(updated.printed + installed.printed):
        raise SetUpProblem(
            f"The package server could not be reached, so {count} could not be installed. "
            "Check that this computer is online, then try again."
        )
    # A failed update alone is no failure (the lists already here may be enough), but it may be the reason.
    failed = updated if updated.status != 0 else installed
    raise SetUpProblem(f"apt-get could not install {' '.join(missing)}:\n{failed.last_lines}")


def _apt_get(as_root: Sequence[str], arguments: Sequence[str]) -> Finished:
    # `sudo env` because sudo itself drops variables it was not told to keep.
    variables = ["env", "DEBIAN_FRONTEND=noninteractive"]
    return run_quietly([*as_root, *variables, *APT_GET, *arguments], os.environ)


def _prefix_for_root(missing: Sequence[str]) -> list[str]:
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is not None:
        return ["sudo"]
    raise SetUpProblem(
        "Some system packages are missing and only the administrator can install them. Ask for this:\n"
        f"    apt-get install --no-install-recommends {' '.join(missing)}"
    )
