"""Tries the .deb as its users will: previous version, an import cut short, upgrade, everything, removal.

All of it happens in a clean Debian in a folder; this machine is not touched. It refuses to build, except a
stand-in for the previous version when no earlier .deb is named.

    python3 packaging/verify.py [PREVIOUS.deb]      the .deb that `dev.py package` left in build/package/out
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import package
import smoke_test
from environment import Environment
from linux.clean_root import HOME, USER_ID, CleanRoot, clean_root, why_not
from package import Made
from smoke_test import OFFSCREEN, Findings
from steps import SetUpProblem, say

NAME = "contact-ferry"
EARLIER = "0.0.1"
SETTINGS, DATA = f"{HOME}/.config/{NAME}", f"{HOME}/.local/share/{NAME}"
PATIENCE = 120  # seconds
ROWS = 50
PREFERENCES = {
    "version": 1,
    "language": "en",
    "default_country": "IT",
    "last_provider": "sociocs",
    "last_account": "0123456789abcdef",
    "recent_files": [f"{HOME}/people.csv"],
}
ACCOUNTS = {
    "version": 1,
    "accounts": [
        {
            "id": "0123456789abcdef",
            "provider": "sociocs",
            "name": "Ours",
            "server": "",
            "token_server": "",
            "sign_in": {},
        }
    ],
}
ROOT = Path(__file__).resolve().parent.parent


def main(arguments: Sequence[str]) -> int:
    """Try the .deb that was built last; 0 when everything went well."""
    try:
        made = package.made_last(ROOT)
        return verify(ROOT, package.build_environment(ROOT), made, Path(arguments[0]) if arguments else None)
    except SetUpProblem as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1


def verify(root: Path, environment: Environment, made: Made, previous: Path | None) -> int:
    """Do all of it; 0 when everything went well, or when this machine can't (said in words)."""
    debs = [path for path in made.installers if path.suffix == ".deb"]
    reason = why_not() if debs else "there is no .deb"
    if reason:
        print(f"Not tried in a clean system: {reason}.")
        return 0
    build = root / "build" / "package"
    previous = previous or _stand_in(root, environment, build / "previous")
    findings = Findings()
    with clean_root(build / "clean-root") as clean:
        before = _everything(clean)
        _install_previous(findings, clean, previous)
        kept = _live_with_it(findings, clean)
        _upgrade(findings, clean, debs[0], made.program.version, kept)
        print("The built program:")
        subject = smoke_test.in_root(clean.path)
        clean.install("gnome-keyring", "dbus")  # as a desktop has them
        findings.lines += smoke_test.smoke(subject, made.program.version).lines
        _remove(findings, clean, before, kept)
    failed = [what for what, holds, _ in findings.lines if not holds]
    print(
        f"{len(findings.lines)} things tried, {len(failed)} failed" + "".join(f"\n  {one}" for one in failed)
    )
    return 0 if findings.hold else 1


def _stand_in(root: Path, environment: Environment, folder: Path) -> Path:
    """These sources, built under an earlier version: what there is to upgrade from before any release."""
    say(f"No previous .deb was named: building these sources as {EARLIER} ...")
    source = folder / "source"
    shutil.rmtree(source, ignore_errors=True)
    for name in ("app", "resources", "packaging"):
        skipped = shutil.ignore_patterns("__pycache__")
        shutil.copytree(root / name, source / name, ignore=skipped)
    shutil.copyfile(root / "LICENSE", source / "LICENSE")
    about = source / "app" / "__init__.py"
    text = re.sub(r'__version__ = ".*"', f'__version__ = "{EARLIER}"', about.read_text(encoding="utf-8"))
    about.write_text(text, encoding="utf-8")
    return package.make(source, environment, folder, quick=True).installers[0]


def _install_previous(findings: Findings, clean: CleanRoot, previous: Path) -> None:
    print("The previous version:")
    shutil.copyfile(previous, clean.inside(f"/tmp/{previous.name}"))
    clean.install(f"/tmp/{previous.name}")
    said = clean.as_user([NAME, "--version"])
    findings.add("installed with its declared dependencies", said.returncode == 0, said.stdout.strip())


def _live_with_it(findings: Findings, clean: CleanRoot) -> dict[str, str]:
    """Leave behind what a user would: settings, a recipe, a report, and an import cut off while sending.

    Gives each file's fingerprint, by its path in the root.
    """
    _write(clean, f"{SETTINGS}/preferences.json", json.dumps(PREFERENCES))
    _write(clean, f"{SETTINGS}/accounts.json", json.dumps(ACCOUNTS))
    people = "".join(f"Person {number};+4477009{number:05d}\n" for number in range(ROWS))
    _write(clean, f"{HOME}/people.csv", "Name;Phone\n" + people)
    recipe = clean.as_user([NAME, "recipe", f"{HOME}/people.csv", "--provider", "sociocs"])
    findings.add("a recipe", recipe.returncode == 0, recipe.stderr.strip())
    # As its user would, who was asked to: Sociocs overwrites.
    _write(clean, f"{HOME}/recipe.toml", recipe.stdout.replace("agreed = []", 'agreed = ["overwrites"]'))
    report = clean.as_user([NAME, "run", f"{HOME}/people.csv", "--recipe", f"{HOME}/recipe.toml",
                            "--practice", "--report", f"{HOME}/report.xlsx"])  # fmt: skip
    findings.add("a report", report.returncode in (0, 1), report.stderr.strip())
    _cut_off_an_import(clean)
    ledgers = sorted(clean.inside(f"{DATA}/imports").glob("*.ledger"))
    findings.add("an import was cut off while sending", len(ledgers) == 1, f"{len(ledgers)} unfinished")
    return _fingerprints(clean)


def _cut_off_an_import(clean: CleanRoot) -> None:
    """Start a run against a server that takes the request and never answers, then kill it outright."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        arguments = ["run", f"{HOME}/people.csv", "--recipe", f"{HOME}/recipe.toml", "--server", address]
        variables = {"CONTACT_FERRY_SECRET_APIKEY": "not-a:real-key"}
        command = clean.user_command([NAME, *arguments], variables)
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as running:
            try:
                _wait_for_a_request(server, running)
            finally:
                os.killpg(running.pid, signal.SIGKILL)


def _wait_for_a_request(server: socket.socket, running: subprocess.Popen[str]) -> None:
    """Until the first byte of a request: by then the ledger says "sent"."""
    server.settimeout(1)
    for _ in range(PATIENCE):
        if running.poll() is not None:
            raise SetUpProblem(f"The run ended by itself: {running.communicate()[1]}")
        with suppress(TimeoutError):
            connection, _address = server.accept()
            with connection:
                connection.settimeout(PATIENCE)
                connection.recv(1)
            return
    raise SetUpProblem(f"The run sent nothing within {PATIENCE} seconds.")


def _upgrade(findings: Findings, clean: CleanRoot, deb: Path, version: str, kept: dict[str, str]) -> None:
    print("The upgrade:")
    shutil.copyfile(deb, clean.inside(f"/tmp/{deb.name}"))
    clean.install(f"/tmp/{deb.name}")
    said = clean.as_user([NAME, "--version"])
    findings.add("the new version is there", said.stdout.strip() == f"Contact Ferry {version}")
    verified = clean.as_root(["dpkg", "--verify", NAME])
    findings.add("every file is as packed", verified.printed.strip() == "", verified.printed.strip())
    tried = clean.as_user([NAME, "self-test", "imports"], OFFSCREEN)
    found = str(smoke_test.answers(tried.stdout).get("imports", {}).get("found", tried.stderr))
    findings.add("it opens the unfinished import", f"{ROWS} rows" in found, found)
    listed = clean.as_user([NAME, "resume", "--list"])
    findings.add("and offers to continue it", "people.csv" in listed.stdout, listed.stdout.strip()[:200])
    # Looking into a ledger may tidy its write-ahead log away: its content is judged above.
    still = _fingerprints(clean)
    lost = [path for path, mark in kept.items() if still.get(path) != mark and ".ledger" not in path]
    findings.add("settings, recipe and report are as they were", not lost, " ".join(lost))
    again = clean.as_user(
        [NAME, "run", f"{HOME}/people.csv", "--recipe", f"{HOME}/recipe.toml", "--practice"]
    )
    findings.add("the old recipe runs", again.returncode == 0, again.stderr.strip())


def _remove(findings: Findings, clean: CleanRoot, before: set[str], kept: dict[str, str]) -> None:
    print("The removal:")
    removed = clean.as_root(["apt-get", "-q", "-y", "purge", NAME])
    findings.add("removed", removed.status == 0, "" if removed.status == 0 else removed.last_lines)
    findings.add("it says where the user's settings are", f"~/.config/{NAME}" in removed.printed)
    left = [
        path
        for path in _everything(clean) - before
        if NAME in path and not path.startswith(("/tmp", HOME, "/var/cache/apt"))
    ]
    findings.add("nothing is left behind", not left, " ".join(left))
    lost = [path for path in kept if not clean.inside(path).exists() and not path.endswith(("-wal", "-shm"))]
    findings.add("what is the user's is still there", not lost, " ".join(lost))


def _everything(clean: CleanRoot) -> set[str]:
    skipped = ("proc", "sys", "dev")
    return {
        "/" + path.relative_to(clean.path).as_posix()
        for top in clean.path.iterdir()
        if top.name not in skipped and not top.is_symlink()
        for path in top.rglob("*")
    }


def _fingerprints(clean: CleanRoot) -> dict[str, str]:
    return {
        "/" + path.relative_to(clean.path).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(clean.inside(HOME).rglob("*"))
        if path.is_file() and "state" not in path.parts and "smoke" not in path.parts
    }


def _write(clean: CleanRoot, path: str, text: str) -> None:
    """Write a user's file into the root, with private folders around it."""
    target = clean.inside(path)
    home = clean.inside(HOME)
    missing = [folder for folder in target.parents if folder.is_relative_to(home) and not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(mode=0o700)
        os.chown(folder, USER_ID, USER_ID)
    target.write_text(text, encoding="utf-8")
    os.chown(target, USER_ID, USER_ID)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
