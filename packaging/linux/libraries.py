"""Says which shared libraries of the built program stay, and which packages bring those left to the system.

It reads what each library asks for (with readelf, of binutils) and refuses to guess: a library that is
neither in the program nor in the table below ends the build.

What talks to the machine's display, sound of its message bus and fonts comes from the system, in the versions
its drivers were built with: a bundled libstdc++ older than the driver's is the usual reason for a window that
does not open. What distributions are known to leave out (the small libxcb-* ones) comes with us.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path

# Left to the system: soname -> the Debian package that brings it ("a | b": whichever the release has).
SYSTEM_LIBRARIES = {
    "ld-linux-x86-64.so.2": "libc6",
    "ld-linux-aarch64.so.1": "libc6",
    "libc.so.6": "libc6",
    "libdl.so.2": "libc6",
    "libm.so.6": "libc6",
    "libpthread.so.0": "libc6",
    "librt.so.1": "libc6",
    "libutil.so.1": "libc6",
    "libresolv.so.2": "libc6",
    "libcrypt.so.1": "libcrypt1",
    "libgcc_s.so.1": "libgcc-s1",
    "libstdc++.so.6": "libstdc++6",
    "libz.so.1": "zlib1g",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libEGL.so.1": "libegl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libICE.so.6": "libice6",
    "libSM.so.6": "libsm6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libdrm.so.2": "libdrm2",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libgobject-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libgio-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb.so.1": "libxcb1",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
# Loaded by name while the program runs, so that no other library asks for them.
LOADED_BY_NAME = re.compile(r"^libpython3")
GLIBC = re.compile(rb"\bGLIBC_2\.(\d+)\b")
_NEEDED = re.compile(r"\(NEEDED\)\s.*\[(.+)\]")


class UnknownLibrary(Exception):
    """A library is neither in the program nor in SYSTEM_LIBRARIES; the message names it and who asks."""


@dataclass(slots=True)
class Libraries:
    """The shared objects of a built program: path -> the sonames it asks for."""

    folder: Path
    asks_for: dict[Path, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path) -> Libraries:
        """Those below `folder`, symbolic links left out."""
        found = cls(folder)
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink() and _is_elf(path):
                found.asks_for[path] = _needed(path)
        return found

    def superfluous(self) -> list[Path]:
        """Plain libraries (not Python's modules, not plugins) that the system brings or nobody asks for."""
        plain = {path: asked for path, asked in self.asks_for.items() if _is_plain(path)}
        roots = [asked for path, asked in self.asks_for.items() if path not in plain]
        wanted = reached(roots, {path.name: asked for path, asked in plain.items()})
        return [path for path in plain if path.name not in wanted and not LOADED_BY_NAME.match(path.name)]

    def packages(self) -> list[str]:
        """The Debian packages that bring what is asked for and not here. Raises UnknownLibrary."""
        present = {path.name for path in self.folder.rglob("*.so*")}
        needed: set[str] = set()
        for path, asked in self.asks_for.items():
            for soname in asked - present:
                if soname not in SYSTEM_LIBRARIES:
                    raise UnknownLibrary(f"{path.relative_to(self.folder)} asks for {soname}: who brings it?")
                needed.add(SYSTEM_LIBRARIES[soname])
        return sorted(needed)

    def sonames_from_system(self) -> list[str]:
        """The sonames asked for and not here."""
        present = {path.name for path in self.folder.rglob("*.so*")}
        return sorted({soname for asked in self.asks_for.values() for soname in asked - present})

    def glibc(self) -> str:
        """The newest glibc version that any of them needs, such as "2.34"."""
        minors = [int(found) for path in self.asks_for for found in GLIBC.findall(path.read_bytes())]
        return f"2.{max(minors, default=0)}"


def reached(roots: list[frozenset[str]], asks_for: Mapping[str, Set[str]]) -> set[str]:
    """The sonames in `asks_for` that the roots ask for, directly or not, without the system's."""
    open_ends = {soname for asked in roots for soname in asked}
    found: set[str] = set()
    while open_ends:
        soname = open_ends.pop()
        if soname in asks_for and soname not in found and soname not in SYSTEM_LIBRARIES:
            found.add(soname)
            open_ends |= set(asks_for[soname])
    return found


def _is_plain(path: Path) -> bool:
    """A library for others to link with, by place and name: lib/libssl.so.3, PySide6/Qt/lib/libQt6Gui.so."""
    return path.parent.name == "lib" and path.name.startswith("lib") and ".so" in path.name


def _is_elf(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(4) == b"\x7fELF"


def _needed(path: Path) -> frozenset[str]:
    asked = subprocess.run(
        ["readelf", "--dynamic", "--wide", str(path)], capture_output=True, text=True, check=True
    )
    return frozenset(_NEEDED.findall(asked.stdout))
