"""Packs the built app as a disk image for macOS, signed and notarised where the secrets for it are named.

It runs on macOS only, with the system's own tools (codesign, hdiutil, xcrun); it refuses to hold a secret.

    MACOS_IDENTITY             "Developer ID Application: ..." in the keychain; without it nothing is signed
    MACOS_NOTARY_KEY           path of the App Store Connect key (.p8); without it nothing is notarised
    MACOS_NOTARY_KEY_ID        its id
    MACOS_NOTARY_ISSUER        its issuer
"""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from program import Program
from steps import SetUpProblem, run_quietly, say

HERE = Path(__file__).resolve().parent
APP = "Contact Ferry.app"


def pack(source: Path, program: Program, out: Path) -> Path:  # noqa: ARG001 - as every system's pack is called
    """Make the disk image in `out`. Raises SetUpProblem."""
    app = program.folder.parent / APP
    notices = app / "Contents" / "Resources" / "licences"
    shutil.copytree(program.notices / "licences", notices, dirs_exist_ok=True)
    signed = _sign(app, os.environ)
    stage = out.parent / "image"
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir()
    _run(["ditto", str(app), str(stage / APP)])
    (stage / "Applications").symlink_to("/Applications")
    target = out / f"contact-ferry-{program.version}-{platform.machine()}.dmg"
    say("Packing the disk image (hdiutil) ...")
    _run(["hdiutil", "create", "-volname", "Contact Ferry", "-srcfolder", str(stage), "-format", "ULMO",
          "-ov", str(target)])  # fmt: skip
    if signed:
        _run(["codesign", "--timestamp", "--sign", os.environ["MACOS_IDENTITY"], str(target)])
        _notarise(target, os.environ)
    return target


def signing_commands(app: Path, identity: str) -> list[list[str]]:
    """Sign everything inside, then the app: in that order, or the outer seal breaks."""
    sign = ["codesign", "--force", "--options", "runtime", "--timestamp", "--sign", identity]
    inner = sorted(
        (path for suffix in ("*.dylib", "*.so") for path in app.rglob(suffix) if not path.is_symlink()),
        key=lambda path: (-len(path.parts), path),
    )
    entitled = [*sign, "--entitlements", str(HERE / "entitlements.plist")]
    return [*([*sign, str(path)] for path in inner), [*entitled, str(app)]]


def notary_command(image: Path, variables: Mapping[str, str]) -> list[str]:
    """Send the image to Apple and wait for the verdict."""
    return [
        "xcrun", "notarytool", "submit", str(image), "--wait", "--key", variables["MACOS_NOTARY_KEY"],
        "--key-id", variables["MACOS_NOTARY_KEY_ID"], "--issuer", variables["MACOS_NOTARY_ISSUER"],
    ]  # fmt: skip


def _sign(app: Path, variables: Mapping[str, str]) -> bool:
    identity = variables.get("MACOS_IDENTITY", "")
    if not identity:
        say("The app is not signed: MACOS_IDENTITY is not set. macOS will ask before it opens it.")
        return False
    for command in signing_commands(app, identity):
        _run(command)
    _run(["codesign", "--verify", "--deep", "--strict", str(app)])
    return True


def _notarise(image: Path, variables: Mapping[str, str]) -> None:
    if not variables.get("MACOS_NOTARY_KEY"):
        say("The disk image is not notarised: MACOS_NOTARY_KEY is not set.")
        return
    _run(notary_command(image, variables))
    _run(["xcrun", "stapler", "staple", str(image)])


def _run(command: Sequence[str]) -> None:
    done = run_quietly(command, os.environ)
    if done.status != 0:
        raise SetUpProblem(f"{command[0]} failed:\n{done.last_lines}")
