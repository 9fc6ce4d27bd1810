"""The small steps around a release, for a person and for the release workflow alike.

    python packaging/release.py check-tag v1.2.3          does the tag say what app/__init__.py says?
    python packaging/release.py unpack-secrets            <NAME>_BASE64 variables become files
    python packaging/release.py draft v1.2.3 FOLDER       a draft release of all files below FOLDER (needs gh)

It refuses to publish: a draft is looked at by a person first.
"""

from __future__ import annotations

import base64
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from program import version_of
from steps import SetUpProblem

ROOT = Path(__file__).resolve().parent.parent
# Variable with the content -> the variable that names its file (sign.py and disk_image.py read it), ending.
SECRET_FILES = {
    "WINDOWS_CERTIFICATE_BASE64": ("WINDOWS_CERTIFICATE", ".pfx"),
    "MACOS_CERTIFICATE_BASE64": ("MACOS_CERTIFICATE", ".p12"),
    "MACOS_NOTARY_KEY_BASE64": ("MACOS_NOTARY_KEY", ".p8"),
}


def main(arguments: Sequence[str]) -> int:
    """Do the step named first; its exit status."""
    try:
        match list(arguments):
            case ["check-tag", tag]:
                return check_tag(tag, version_of(ROOT))
            case ["unpack-secrets"]:
                return unpack_secrets(os.environ)
            case ["draft", tag, folder]:
                return subprocess.run(draft_command(tag, Path(folder)), check=False).returncode
    except SetUpProblem as problem:
        print(problem, file=sys.stderr)
        return 1
    print(__doc__)
    return 2


def check_tag(tag: str, version: str) -> int:
    """0 if the tag is the version with a v before it."""
    if tag == f"v{version}":
        return 0
    print(f"The tag says {tag}, app/__init__.py says {version}: one of them is wrong.", file=sys.stderr)
    return 1


def unpack_secrets(variables: Mapping[str, str]) -> int:
    """Write the secrets that are there into private files, and name those for the steps after this one.

    The names go into the file GITHUB_ENV names, or are printed where there is none.
    """
    folder = Path(tempfile.mkdtemp(prefix="contact-ferry-secrets-", dir=variables.get("RUNNER_TEMP")))
    named = []
    for source, (target, ending) in SECRET_FILES.items():
        if variables.get(source):
            path = folder / f"{target.lower()}{ending}"
            path.touch(mode=0o600)
            path.write_bytes(base64.b64decode(variables[source]))
            named.append(f"{target}={path}\n")
    if variables.get("GITHUB_ENV"):
        with Path(variables["GITHUB_ENV"]).open("a", encoding="utf-8") as stream:
            stream.writelines(named)
    else:
        print("".join(named), end="")
    return 0


def draft_command(tag: str, folder: Path) -> list[str]:
    """gh's command line. Sums of all systems travel under the name of their folder."""
    files: list[str] = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name == "SHA256SUMS":
            path = path.rename(path.with_name(f"SHA256SUMS-{path.parent.name}"))
        if path.is_file():
            files.append(str(path))
    if not files:
        raise SetUpProblem(f"There is nothing to release in {folder}.")
    return ["gh", "release", "create", tag, "--draft", "--verify-tag", "--title", f"Contact Ferry {tag[1:]}",
            "--notes-file", "resources/changes.md", *files]  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
