"""Packs the tree as a Debian package with dpkg-deb.

Writes the control file, the file sums and the changelog; refuses to guess dependencies: it is given them.
"""

from __future__ import annotations

import gzip
import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path

from linux.tree import build_date, size_of
from steps import SetUpProblem, run_quietly

HERE = Path(__file__).resolve().parent
NAME = "contact-ferry"
MAINTAINER = "The Contact Ferry authors <contact-ferry@example.org>"
DESCRIPTION = """\
bring a spreadsheet of people into a messaging provider
 Contact Ferry takes the spreadsheet you have and brings its people into your
 account at a messaging provider, in six steps. It tidies phone numbers, e-mail
 addresses and dates, shows what will be sent before anything is sent, and says
 row by row what became of every contact.
 .
 A practice account on this computer lets you try everything first."""
# Beyond the libraries: a keyring for keys and passwords; without one they are asked for each time.
RECOMMENDS = "gnome-keyring | kwalletmanager | keepassxc, xdg-desktop-portal, ca-certificates"


def control(version: str, architecture: str, depends: Sequence[str], installed_bytes: int) -> str:
    """The control file (Debian policy, chapter 5)."""
    return (
        f"Package: {NAME}\n"
        f"Version: {version}\n"
        f"Architecture: {architecture}\n"
        f"Maintainer: {MAINTAINER}\n"
        f"Installed-Size: {-(-installed_bytes // 1024)}\n"
        f"Depends: {', '.join(depends)}\n"
        f"Recommends: {RECOMMENDS}\n"
        "Section: misc\n"
        "Priority: optional\n"
        f"Description: {DESCRIPTION}\n"
    )


def dependencies(packages: Sequence[str], glibc: str) -> list[str]:
    """The packages, libc6 with the oldest version that will do; each once, by name."""
    return sorted({f"libc6 (>= {glibc})" if name == "libc6" else name for name in packages})


def changelog(version: str) -> bytes:
    """The compressed changelog Debian wants: one entry, which points to the program's own list."""
    when = build_date().strftime("%a, %d %b %Y %H:%M:%S +0000")
    text = (
        f"{NAME} ({version}) stable; urgency=medium\n\n  * Release {version}.\n\n -- {MAINTAINER}  {when}\n"
    )
    return gzip.compress(text.encode(), 9, mtime=0)


def file_sums(tree: Path) -> str:
    """DEBIAN/md5sums: what `dpkg --verify` compares the installed files with."""
    lines = [
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(tree)}\n"
        for path in sorted(tree.rglob("*"))
        if path.is_file() and not path.is_symlink() and path.relative_to(tree).parts[0] != "DEBIAN"
    ]
    return "".join(lines)


def pack(
    tree: Path, version: str, depends: Sequence[str], target_folder: Path, *, quick: bool = False
) -> Path:
    """Pack `tree` (which gains a DEBIAN folder); `quick` compresses badly. Raises SetUpProblem."""
    architecture = run_quietly(["dpkg", "--print-architecture"], {"PATH": "/usr/bin:/bin"}).printed.strip()
    papers = tree / "usr" / "share" / "doc" / NAME
    (papers / "changelog.gz").write_bytes(changelog(version))
    (papers / "changelog.gz").chmod(0o644)
    about = tree / "DEBIAN"
    about.mkdir(mode=0o755)
    (about / "control").write_text(control(version, architecture, depends, size_of(tree)), encoding="utf-8")
    (about / "md5sums").write_text(file_sums(tree), encoding="utf-8")
    for script in ("postinst", "postrm"):
        shutil.copyfile(HERE / script, about / script)
        (about / script).chmod(0o755)
    target = target_folder / f"{NAME}_{version}_{architecture}.deb"
    compression = ["-Zgzip", "-z1"] if quick else ["-Zxz"]
    packed = run_quietly(
        ["dpkg-deb", *compression, "--root-owner-group", "--build", str(tree), str(target)],
        {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
    )
    if packed.status != 0:
        raise SetUpProblem(f"dpkg-deb could not pack the program:\n{packed.last_lines}")
    return target
