"""Packs the tree as an RPM with rpmbuild, for Fedora, openSUSE and their like.

Writes the spec; refuses to know distributions' package names: it asks for libraries by their sonames.
"""

from __future__ import annotations

import platform
from collections.abc import Sequence
from pathlib import Path

from linux.deb import DESCRIPTION
from linux.tree import files_of
from steps import SetUpProblem, run_quietly

SPEC = """\
%global _build_id_links none
%global __os_install_post %{{nil}}
%global debug_package %{{nil}}
%define _binary_payload w19.zstdio
Name: contact-ferry
Version: {version}
Release: 1
Summary: Bring a spreadsheet of people into a messaging provider
License: MIT
AutoReqProv: no
{requires}
Recommends: (gnome-keyring or kwalletmanager or keepassxc)

%description
{description}

%files
{files}
"""


def spec(version: str, sonames: Sequence[str], files: Sequence[str]) -> str:
    """The spec file: everything is built already, so it only lists."""
    requires = [f"Requires: {soname}()(64bit)" for soname in sonames if not soname.startswith("ld-linux")]
    # A folder of our own goes with the package; folders shared with others are not ours to list.
    listed = ["/usr/lib/contact-ferry", *(f for f in files if not f.startswith("/usr/lib/contact-ferry/"))]
    description = "\n".join(line.strip(" .") for line in DESCRIPTION.splitlines()[1:])
    return SPEC.format(
        version=version.replace("-", "~"),
        requires="\n".join(requires),
        description=description,
        files="\n".join(listed),
    )


def pack(tree: Path, version: str, sonames: Sequence[str], work: Path, target_folder: Path) -> Path:
    """Pack `tree` (without DEBIAN). Raises SetUpProblem."""
    work.mkdir(parents=True, exist_ok=True)
    spec_file = work / "contact-ferry.spec"
    spec_file.write_text(spec(version, sonames, files_of(tree)), encoding="utf-8")
    packed = run_quietly(
        ["rpmbuild", "-bb", "--quiet", "--define", f"_topdir {work / 'top'}", "--define",
         f"_rpmdir {work / 'out'}", "--define", f"_dbpath {work / 'db'}", "--buildroot",
         str(tree), "--noclean", "--nocheck", str(spec_file)],
        {"PATH": "/usr/bin:/bin", "HOME": str(work)},
    )  # fmt: skip
    made = sorted((work / "out").rglob("*.rpm"))
    if packed.status != 0 or not made:
        raise SetUpProblem(f"rpmbuild could not pack the program:\n{packed.last_lines}")
    target = target_folder / f"contact-ferry-{version}.{platform.machine()}.rpm"
    made[0].replace(target)
    return target
