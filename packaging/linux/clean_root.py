"""A Debian of its own in a folder, with nothing in it but what a package asks for: to try a package honestly.

It makes the root (debootstrap), runs commands in it (chroot) and takes it away; it refuses to know what is
tried. A root is made once and kept packed; each trial gets a fresh copy. It uses the package server,
certificates and apt settings of the machine it is made on where that runs the same Debian, else Debian's own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from steps import Finished, SetUpProblem, run_quietly, say

SERVER = "http://deb.debian.org/debian"
SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
USER, USER_ID = "ferry", 1000
HOME = f"/srv/{USER}"
SECONDS_FOR_ONE_COMMAND = 600
TOOLS = ("debootstrap", "chroot", "tar", "mount", "umount")


def why_not() -> str:
    """Why no clean root can be made here; empty if it can."""
    if os.name != "posix" or os.geteuid() != 0:
        return "only the administrator (root) can make a clean system"
    missing = [tool for tool in TOOLS if shutil.which(tool, path=SYSTEM_PATH) is None]
    return f"no {', no '.join(missing)} here (Debian: apt-get install debootstrap)" if missing else ""


@dataclass(frozen=True, slots=True)
class Kind:
    """What is in a root: a Debian release, and packages beside its minimum, also of a `foreign` architecture.
    It is kept as <name>.tar."""

    name: str
    release: str
    packages: tuple[str, ...] = ()
    foreign: str = ""


BARE = Kind("bookworm", "bookworm")


@dataclass(frozen=True, slots=True)
class CleanRoot:
    """A running Debian root at `path`."""

    path: Path

    def as_root(self, command: Sequence[str]) -> Finished:
        """Run a command as the administrator of the root."""
        variables = {
            "PATH": SYSTEM_PATH,
            "HOME": "/root",
            "LANG": "C.UTF-8",
            "DEBIAN_FRONTEND": "noninteractive",
        }
        return run_quietly(["chroot", str(self.path), *command], variables)

    def install(self, *packages: str, recommended: bool = False) -> None:
        """Install packages, by name or path inside the root. Raises SetUpProblem."""
        options = [] if recommended else ["--no-install-recommends"]
        done = self.as_root(["apt-get", "-q", "-y", *options, "install", *packages])
        if done.status != 0:
            raise SetUpProblem(f"{' '.join(packages)} could not be installed:\n{done.last_lines}")

    def as_user(
        self,
        command: Sequence[str],
        variables: Mapping[str, str] | None = None,
        seconds: int = SECONDS_FOR_ONE_COMMAND,
    ) -> subprocess.CompletedProcess[str]:
        """Run a command as an ordinary user of the root; stdout and stderr apart."""
        return subprocess.run(
            self.user_command(command, variables or {}),
            stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace",
            timeout=seconds, check=False,
        )  # fmt: skip

    def user_command(self, command: Sequence[str], variables: Mapping[str, str]) -> list[str]:
        """The whole command that runs `command` as the user, with these variables and no others."""
        own = {"HOME": HOME, "PATH": SYSTEM_PATH, "LANG": "C.UTF-8", **variables}
        settings = [f"{name}={value}" for name, value in own.items()]
        # The user's home, because a program started in / would find nothing it may write to.
        shell = ["/bin/sh", "-c", f'cd {HOME} && exec "$@"', "sh"]
        user = f"--userspec={USER_ID}:{USER_ID}"
        return ["chroot", user, str(self.path), "/usr/bin/env", "-i", *settings, *shell, *command]

    def inside(self, path: str) -> Path:
        """A path of the root, seen from outside."""
        return self.path / path.lstrip("/")


@contextmanager
def clean_root(store: Path, kind: Kind = BARE) -> Iterator[CleanRoot]:
    """A fresh root, gone at the end; `store` is the folder where the packed one is kept."""
    packed = store / f"{kind.name}.tar"
    store.mkdir(parents=True, exist_ok=True)
    if not packed.exists():
        _make(packed, kind)
    folder = Path(tempfile.mkdtemp(prefix="root-", dir=store))
    try:
        _must(["tar", "-xpf", str(packed), "-C", str(folder)])
        folder.chmod(0o755)  # what tempfile makes is ours alone, and the root's user must get through
        with _mounted(folder):
            root = CleanRoot(folder)
            _read_lists(root)
            yield root
    finally:
        shutil.rmtree(folder)


def _read_lists(root: CleanRoot) -> None:
    updated = root.as_root(["apt-get", "-q", "update"])
    if updated.status != 0:
        raise SetUpProblem(f"The package lists could not be read:\n{updated.last_lines}")


def _make(packed: Path, kind: Kind) -> None:
    say(f"Making a clean Debian ({kind.name}) to try the package in (debootstrap, once) ...")
    folder = Path(tempfile.mkdtemp(prefix="making-", dir=packed.parent))
    try:
        bootstrap = ["debootstrap", "--variant=minbase", "--include=ca-certificates"]
        _must([*bootstrap, kind.release, str(folder), SERVER])
        _must(
            [
                "chroot",
                str(folder),
                "useradd",
                "--create-home",
                "--home-dir",
                HOME,
                "--uid",
                str(USER_ID),
                USER,
            ]
        )
        _copy_package_settings(folder, kind.release)
        if kind.packages:
            with _mounted(folder):
                root = CleanRoot(folder)
                if kind.foreign:
                    root.as_root(["dpkg", "--add-architecture", kind.foreign])
                _read_lists(root)
                root.install(*kind.packages)
        half = packed.with_suffix(".half")
        _must(["tar", "-cf", str(half), "-C", str(folder), "--exclude=./var/cache/apt/archives/*.deb", "."])
        half.replace(packed)
    finally:
        shutil.rmtree(folder)


def _copy_package_settings(root: Path, release: str) -> None:
    """Let apt in the root reach what apt reaches here, if this machine runs the same release."""
    about = Path("/etc/os-release")
    if f"VERSION_CODENAME={release}" not in about.read_text(encoding="utf-8").splitlines():
        return
    (root / "etc/apt/sources.list").unlink(missing_ok=True)
    for name in ("sources.list.d", "apt.conf.d"):
        shutil.copytree(Path("/etc/apt") / name, root / "etc/apt" / name, dirs_exist_ok=True)
    for name in ("etc/apt/sources.list", "etc/ssl/certs/ca-certificates.crt"):
        if (Path("/") / name).is_file():
            shutil.copyfile(Path("/") / name, root / name)


@contextmanager
def _mounted(folder: Path) -> Iterator[None]:
    """/proc and /dev/shm, without which processes can't look at themselves or share memory."""
    mounted: list[Path] = []
    try:
        for kind, place in (("proc", folder / "proc"), ("tmpfs", folder / "dev" / "shm")):
            place.mkdir(exist_ok=True)
            _must(["mount", "-t", kind, kind, str(place)])
            mounted.append(place)
        yield
    finally:
        for place in reversed(mounted):
            _must(["umount", str(place)])


def _must(command: Sequence[str]) -> None:
    done = run_quietly(command, {**os.environ, "PATH": SYSTEM_PATH})
    if done.status != 0:
        raise SetUpProblem(f"{command[0]} failed:\n{done.last_lines}")
