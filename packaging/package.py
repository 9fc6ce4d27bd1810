"""Makes the installers this system can make: .deb, .tar.gz and .rpm; a set-up for Windows; a disk image.

It puts the parts of packaging/ in order and prints the sizes; it refuses to publish, and to sign by itself.

    python3 packaging/dev.py package                     build/package/out/
    python3 packaging/dev.py package --verify            ... and try the .deb in a clean Debian
    python3 packaging/dev.py package --previous X.deb    ... upgrading from this one
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sys
import tarfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import program
from environment import Environment
from program import Program
from steps import SetUpProblem, say

MEGABYTE = 1_000_000
INSTALLERS = (".deb", ".rpm", ".gz", ".exe", ".dmg")
LARGEST_INSTALLER, LARGEST_INSTALLED = 60 * MEGABYTE, 160 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Made:
    """What came of it: the program, the installers, and the bytes it takes once installed."""

    program: Program
    installers: tuple[Path, ...]
    installed_bytes: int


def main(root: Path, arguments: Sequence[str]) -> int:
    """Build, and verify if asked; 0 when all went well and the sizes are within bounds."""
    parser = argparse.ArgumentParser(prog="dev.py package", description="Make the installers.")
    parser.add_argument("--verify", action="store_true", help="install, try, upgrade, remove (Linux, root)")
    parser.add_argument("--previous", type=Path, metavar="DEB", help="upgrade from this one when verifying")
    parser.add_argument("--quick", action="store_true", help="the .deb only, badly compressed: to try things")
    asked = parser.parse_args(arguments)
    program.require_tools()
    folder = root / "build" / "package"
    environment = build_environment(root)
    made = make(root, environment, folder, quick=asked.quick)
    status = _print_sizes(made)
    if asked.verify:
        import verify

        status = max(status, verify.verify(root, environment, made, asked.previous))
    return status


def build_environment(root: Path) -> Environment:
    """The environment PyInstaller works in: only what the program needs, so that nothing else slips in."""
    environment = Environment(root, root / "build" / "package" / "environment")
    environment.folder.parent.mkdir(parents=True, exist_ok=True)
    environment.provide("package")
    return environment


def make(source: Path, environment: Environment, folder: Path, *, quick: bool = False) -> Made:
    """Build the sources in `source` into `folder`/out."""
    out = folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    built = program.build(source, environment.interpreter, folder)
    if sys.platform == "linux":
        made = _for_linux(source, built, folder, out, quick)
    elif sys.platform == "win32":
        from windows.setup import pack as pack_windows

        made = Made(built, (pack_windows(source, built, out),), _size(built.folder))
    else:
        from macos.disk_image import pack as pack_mac

        made = Made(built, (pack_mac(source, built, out),), _size(built.folder))
    shutil.copyfile(built.notices / "sbom.cdx.json", out / f"contact-ferry-{built.version}.cdx.json")
    _write_sums(out)
    return made


def made_last(root: Path) -> Made:
    """What `make` left in build/package. Raises SetUpProblem if there is nothing."""
    folder = root / "build" / "package"
    built = program.built_last(root, folder)
    installers = sorted(path for path in (folder / "out").glob("*") if path.suffix in INSTALLERS)
    if not installers:
        raise SetUpProblem("Nothing has been packaged yet: python3 packaging/dev.py package")
    return Made(built, tuple(installers), _size(built.folder))


def _for_linux(source: Path, built: Program, folder: Path, out: Path, quick: bool) -> Made:
    from linux import deb, rpm, tree
    from linux.libraries import Libraries

    laid = folder / "tree"
    shutil.rmtree(laid, ignore_errors=True)
    tree.lay_out(built, (source / "LICENSE").read_text(encoding="utf-8"), laid)
    installed = tree.size_of(laid)
    libraries = Libraries.of(built.folder)
    installers = []
    if not quick:
        say("Packing the .tar.gz ...")
        installers.append(_tar(laid, out / f"contact-ferry-{built.version}-linux.tar.gz"))
        if shutil.which("rpmbuild"):
            say("Packing the .rpm ...")
            copy = folder / "rpm-tree"
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(laid, copy, symlinks=True)
            installers.append(
                rpm.pack(copy, built.version, libraries.sonames_from_system(), folder / "rpm", out)
            )
        else:
            say("No .rpm: rpmbuild is not here (Debian: apt-get install rpm).")
    if shutil.which("dpkg-deb"):
        say("Packing the .deb ...")
        depends = deb.dependencies(libraries.packages(), libraries.glibc())
        installers.append(deb.pack(laid, built.version, depends, out, quick=quick))
    else:
        say("No .deb: dpkg-deb is not here.")
    return Made(built, tuple(installers), installed)


def _tar(tree: Path, target: Path) -> Path:
    """The same tree below one folder: unpack it anywhere and start usr/bin/contact-ferry in it."""

    def as_root(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        return entry

    with tarfile.open(target, "w:gz", compresslevel=9) as archive:
        archive.add(tree, arcname="contact-ferry", filter=as_root)
    return target


def _print_sizes(made: Made) -> int:
    """Print each size beside its bound; 1 when one is over."""
    over = [path for path in made.installers if path.stat().st_size > LARGEST_INSTALLER]
    for path in made.installers:
        print(f"{path.stat().st_size / MEGABYTE:8.1f} MB  {path} (at most {LARGEST_INSTALLER // MEGABYTE})")
    print(f"{made.installed_bytes / MEGABYTE:8.1f} MB  installed (at most {LARGEST_INSTALLED // MEGABYTE})")
    if over or made.installed_bytes > LARGEST_INSTALLED:
        print("Larger than it may be.", file=sys.stderr)
        return 1
    return 0


def _write_sums(out: Path) -> None:
    names = sorted(path for path in out.iterdir() if path.is_file())
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in names]
    (out / "SHA256SUMS").write_text("".join(lines), encoding="ascii")


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
