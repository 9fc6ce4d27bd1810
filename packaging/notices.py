"""Writes what must travel with the program: the licences of everything in it, and its bill of materials.

It runs inside the packaging environment, reads what is installed there, and refuses to judge any licence.

    python notices.py VERSION packaging/lock/run.txt FOLDER      licences/ and sbom.cdx.json into FOLDER
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)
_ENTRY = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")

QT_NOTICE = """\
Contact Ferry uses Qt and PySide6 under the GNU Lesser General Public License, version 3.

They are the separate files below lib/PySide6 and lib/shiboken6; you may replace them with builds of your own
of the same major version. Their sources: https://download.qt.io/official_releases/ (folders qt and
QtForPython). The text of the licence lies beside this file (LGPL-3.0.txt); it builds upon the GNU General
Public License, version 3 (GPL-3.0.txt).
"""

COUNTRIES_NOTICE = """\
The names of countries (resources/countries) are taken from the Unicode Common Locale Data Repository, under
the Unicode License, version 3. Its text lies beside this file (Unicode-3.0.txt).
"""


@dataclass(frozen=True, slots=True)
class Component:
    """A library in the program: `hashes` are those of its files at the package index."""

    name: str
    version: str
    licence: str
    hashes: tuple[str, ...] = ()

    @property
    def purl(self) -> str:
        return f"pkg:pypi/{self.name}@{self.version}"


def locked(lock: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Name -> version and hashes, of every package in the text of a lock file."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    name = ""
    for line in lock.splitlines():
        entry = _ENTRY.match(line)
        if entry:
            name = entry[1].lower()
            found[name] = (entry[2], ())
        elif name:
            found[name] = (found[name][0], (*found[name][1], *_HASH.findall(line)))
    return found


def bill(version: str, components: Iterable[Component], python: str) -> dict[str, object]:
    """A CycloneDX 1.6 document (https://cyclonedx.org/docs/1.6/json/): the program and what it is made of."""
    own = f"pkg:generic/contact-ferry@{version}"
    parts = [_described(component) for component in components]
    parts.append(
        {
            "type": "framework",
            "name": "cpython",
            "version": python,
            "bom-ref": f"pkg:generic/python@{python}",
            "purl": f"pkg:generic/python@{python}",
            "licenses": [{"license": {"name": "PSF-2.0"}}],
        }
    )
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": "contact-ferry",
                "version": version,
                "bom-ref": own,
                "purl": own,
            }
        },
        "components": parts,
        "dependencies": [{"ref": own, "dependsOn": [part["bom-ref"] for part in parts]}],
    }


def _described(component: Component) -> dict[str, object]:
    described: dict[str, object] = {
        "type": "library",
        "name": component.name,
        "version": component.version,
        "bom-ref": component.purl,
        "purl": component.purl,
    }
    if component.licence:
        described["licenses"] = [{"license": {"name": component.licence}}]
    if component.hashes:
        described["externalReferences"] = [
            {
                "type": "distribution",
                "url": f"https://pypi.org/project/{component.name}/{component.version}/",
                "hashes": [{"alg": "SHA-256", "content": digest} for digest in component.hashes],
            }
        ]
    return described


def installed(lock: Path) -> list[tuple[Component, metadata.Distribution]]:
    """Those of the lock's packages that are installed here (the others are for other systems)."""
    wanted = locked(lock.read_text(encoding="utf-8"))
    found = {
        str(one.metadata["Name"]).lower().replace("_", "-").replace(".", "-"): one
        for one in metadata.distributions()
    }
    return [
        (Component(name, found[name].version, _licence(found[name]), wanted[name][1]), found[name])
        for name in sorted(wanted)
        if name in found
    ]


def _licence(distribution: metadata.Distribution) -> str:
    about = distribution.metadata
    written = str(about["License-Expression"] or about["License"] or "")
    classified = [
        line.rpartition(" :: ")[2] for line in about.get_all("Classifier") or [] if line[:7] == "License"
    ]
    # Some put the whole text into "License".
    return written if written and len(written) < 60 else " OR ".join(classified)


def _copy_licences(distribution: metadata.Distribution, folder: Path) -> None:
    for file in distribution.files or ():
        if ".dist-info" in file.parts[0] and LICENCE_FILE.search(file.name):
            source = Path(str(distribution.locate_file(file)))
            if source.is_file():
                folder.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, folder / file.name)


def main(version: str, lock: Path, folder: Path) -> int:
    """Write both into `folder`; 0."""
    present = installed(lock)
    licences = folder / "licences"
    shutil.rmtree(licences, ignore_errors=True)
    licences.mkdir(parents=True)
    for component, distribution in present:
        _copy_licences(distribution, licences / component.name)
    shutil.copytree(Path(__file__).resolve().parent / "licences", licences, dirs_exist_ok=True)
    (licences / "Qt.txt").write_text(QT_NOTICE, encoding="utf-8")
    (licences / "Countries.txt").write_text(COUNTRIES_NOTICE, encoding="utf-8")
    python = (
        Path(sys.base_prefix) / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "LICENSE.txt"
    )
    for place in (python, Path(sys.base_prefix) / "LICENSE.txt"):
        if place.is_file():
            shutil.copyfile(place, licences / "Python.txt")
    document = bill(version, [component for component, _ in present], sys.version.split()[0])
    text = json.dumps(document, indent=1) + "\n"
    (folder / "sbom.cdx.json").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])))
