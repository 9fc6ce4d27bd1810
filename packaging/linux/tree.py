"""Lays the built program out as Linux wants it, below one folder: program, icons, menu entry, papers.

The .deb, the .rpm and the .tar.gz are made of this tree; it refuses to know which of them.
"""

from __future__ import annotations

import gzip
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from program import Program

HERE = Path(__file__).resolve().parent
NAME = "contact-ferry"
COPYRIGHT = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Contact Ferry

Files: *
Copyright: The Contact Ferry authors
License: Expat
{licence}
Files: usr/lib/contact-ferry/lib/*
Copyright: their authors
License: various
 The libraries in the program are listed in sbom.cdx.json beside this file; the licence of each is below
 /usr/lib/contact-ferry/licences. Qt and PySide6 are used under the LGPL, version 3
 (/usr/share/common-licenses/LGPL-3 on Debian).
"""


def lay_out(program: Program, licence: str, target: Path) -> None:
    """Make the tree in `target`, which must not exist yet. Files get plain modes; owners are the packer's."""
    lib, share = target / "usr" / "lib" / NAME, target / "usr" / "share"
    shutil.copytree(program.folder, lib, symlinks=True)
    (target / "usr" / "bin").mkdir(parents=True)
    (target / "usr" / "bin" / NAME).symlink_to(f"../lib/{NAME}/{NAME}")
    _put(HERE / "contact-ferry.desktop", share / "applications" / "contact-ferry.desktop")
    _write(share / "metainfo" / "contact-ferry.metainfo.xml", _metainfo(program.version))
    for picture in sorted(program.icons.glob("*.png")):
        size = picture.stem
        _put(picture, share / "icons" / "hicolor" / f"{size}x{size}" / "apps" / f"{NAME}.png")
    drawing = next(program.folder.rglob("icons/contact_ferry.svg"))
    _put(drawing, share / "icons" / "hicolor" / "scalable" / "apps" / f"{NAME}.svg")
    _gzip(share / "man" / "man1" / "contact-ferry.1.gz", (HERE / "contact-ferry.1").read_bytes())
    papers = share / "doc" / NAME
    _put(program.notices / "sbom.cdx.json", papers / "sbom.cdx.json")
    _write(papers / "copyright", COPYRIGHT.format(licence=_indented(licence)))
    _set_modes(target)


def files_of(tree: Path) -> list[str]:
    """Every file and link in the tree, as a path on the installed system."""
    return sorted(
        "/" + path.relative_to(tree).as_posix()
        for path in tree.rglob("*")
        if path.is_symlink() or not path.is_dir()
    )


def size_of(tree: Path) -> int:
    """Bytes of all files; links count nothing."""
    return sum(path.lstat().st_size for path in tree.rglob("*") if path.is_file() and not path.is_symlink())


def _metainfo(version: str) -> str:
    text = (HERE / "contact-ferry.metainfo.xml").read_text(encoding="utf-8")
    return text.replace("@VERSION@", version).replace("@DATE@", build_date().date().isoformat())


def build_date() -> datetime:
    """Now, or the moment in SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)


def _indented(text: str) -> str:
    return "".join(f" {line}\n" if line.strip() else " .\n" for line in text.splitlines())


def _put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _write(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")


def _gzip(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(content, 9, mtime=0))


def _set_modes(tree: Path) -> None:
    """755 for folders and the program, 644 for the rest, whatever the packer's umask."""
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            is_program = path.is_file() and path.name == NAME and path.parent.name == NAME
            path.chmod(0o755 if path.is_dir() or is_program else 0o644)
