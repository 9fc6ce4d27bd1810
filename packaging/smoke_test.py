"""Tries the built program, not its source: every part, the whole tour, every file format, a real keyring.

It looks only at what a user could see: answers, files, exit statuses, and that nothing is said on stderr.

    python3 packaging/smoke_test.py --built             what `dev.py package` built last
    python3 packaging/smoke_test.py PROGRAM             a program on this machine
    python3 packaging/smoke_test.py --root FOLDER       the one installed in a root (linux/clean_root.py)
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import sample_files

ROOT = Path(__file__).resolve().parent.parent
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}
PROVIDERS = ("smsend", "emarsys", "sociocs", "octopush")
PARTS = ("resources", "languages", "phones", "child", "tls", "window", "help", "imports")
# A private keyring for one command: gnome-keyring, unlocked with an empty password, on its own message bus.
# It outlives the bus, so it is ended by the process id that the bus knows it by.
IN_A_KEYRING = """
printf '\\n' | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null 2>&1
"$@"
status=$?
bus=org.freedesktop.DBus
kill "$(dbus-send --session --print-reply=literal --dest=$bus / $bus.GetConnectionUnixProcessID \\
    string:org.freedesktop.secrets | sed 's/.*uint32 *//')"
exit $status
"""

Run = Callable[[Sequence[str], Mapping[str, str]], "subprocess.CompletedProcess[str]"]
"""Runs a command (its program first) with these variables, where the built program is."""


@dataclass(slots=True)
class Findings:
    """What was tried: (what, whether it went well, what was seen)."""

    lines: list[tuple[str, bool, str]] = field(default_factory=list)

    def add(self, what: str, holds: bool, seen: str = "") -> None:
        """Note and print one line."""
        self.lines.append((what, holds, seen))
        print(f"  {'ok  ' if holds else 'FAIL'}  {what}" + (f": {seen}" if seen else ""), flush=True)

    @property
    def hold(self) -> bool:
        """Whether everything went well, and there was something."""
        return bool(self.lines) and all(holds for _, holds, _ in self.lines)


@dataclass(frozen=True, slots=True)
class Subject:
    """The program under test: `program` as the runner knows it, and a work folder seen from both sides.

    `system` is what it was built for, as sys.platform names it.
    """

    program: str
    run: Run
    work_outside: Path
    work_inside: str
    system: str = sys.platform

    def start(
        self, arguments: Sequence[str], variables: Mapping[str, str] = OFFSCREEN
    ) -> subprocess.CompletedProcess[str]:
        """Run the program."""
        return self.run([self.program, *arguments], variables)


def smoke(subject: Subject, version: str) -> Findings:
    """Try everything, one line each."""
    findings = Findings()
    said = subject.start(["--version"])
    findings.add("version", said.stdout.strip() == f"Contact Ferry {version}", said.stdout.strip())
    _quiet(findings, "version", said)
    _self_test(findings, subject)
    for provider in PROVIDERS:
        _tour(findings, subject, provider)
    _run_without_window(findings, subject)
    if subject.system == "linux":
        _on_a_display(findings, subject)
        _without_a_keyring(findings, subject)
        _keyring_on_linux(findings, subject)
    else:
        _own_keyring(findings, subject)
    return findings


def _self_test(findings: Findings, subject: Subject) -> None:
    files = [f"{subject.work_inside}/{path.name}" for path in sample_files.write(subject.work_outside)]
    samples = [path.name for path in sorted((ROOT / "resources" / "samples").iterdir())]
    names = [f"file {name.rpartition('/')[2]}" for name in [*samples, *files]]
    tried = subject.start(["self-test", *PARTS, *names, "--files", *files])
    answered = answers(tried.stdout)
    for part in (*PARTS, *names):
        answer = answered.get(part, {})
        findings.add(part, answer.get("ok") is True, str(answer.get("found", tried.stderr[-500:])))
    spoken = set(str(answered.get("languages", {}).get("found", "")).split())
    shipped = {path.parts[-3] for path in ROOT.glob("resources/language/*/LC_MESSAGES/app.mo")} | {"en"}
    findings.add("every catalogue is in the program", spoken == shipped, " ".join(sorted(spoken)))
    helped = str(answered.get("help", {}).get("found", ""))
    pages = Counter(path.parent.name for path in ROOT.glob("resources/help/*/*.md"))
    written = " ".join(f"{code}:{pages[code]}" for code in sorted(pages))
    findings.add("every help page is in the program", bool(helped) and helped == written, helped)
    _quiet(findings, "self-test", tried)


def _tour(findings: Findings, subject: Subject, provider: str) -> None:
    pictures = f"{subject.work_inside}/tour-{provider}"
    started = time.monotonic()
    toured = subject.start(["tour", "--provider", provider, "--screenshots", pictures])
    seconds = time.monotonic() - started
    made = list((subject.work_outside / f"tour-{provider}").glob("*.png"))
    well = toured.returncode == 0 and bool(made)
    seen = f"{len(made)} pictures, {seconds:.1f} s" if well else toured.stdout[-1500:]
    findings.add(f"tour, {provider}", well, seen)
    _quiet(findings, f"tour, {provider}", toured)


def _run_without_window(findings: Findings, subject: Subject) -> None:
    listed = f"{subject.work_inside}/people.csv"
    recipe = subject.start(["recipe", listed, "--provider", "emarsys"])
    (subject.work_outside / "recipe.toml").write_text(recipe.stdout, encoding="utf-8")
    done = subject.start(
        ["run", listed, "--recipe", f"{subject.work_inside}/recipe.toml", "--practice", "--json",
         "--report", f"{subject.work_inside}/report.xlsx"]
    )  # fmt: skip
    report = subject.work_outside / "report.xlsx"
    findings.add("run without a window", done.returncode == 0 and report.exists(), done.stdout.strip())
    _quiet(findings, "recipe", recipe)
    _quiet(findings, "run", done)


def _on_a_display(findings: Findings, subject: Subject) -> None:
    """The window on a real X display, where this machine can lend one (Xvfb)."""
    if shutil.which("Xvfb") is None:
        print("  skipped: a window on a display (no Xvfb here; Debian: apt-get install xvfb)")
        return
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        try:
            with os.fdopen(reading) as told:
                number = told.readline().strip()
            shown = subject.start(
                ["self-test", "window"], {"QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{number}"}
            )
        finally:
            server.terminate()
    answer = answers(shown.stdout).get("window", {})
    seen = str(answer.get("found", shown.stderr[-500:]))
    findings.add("a window on an X display", answer.get("ok") is True and seen.startswith("xcb"), seen)
    _quiet(findings, "a window on an X display", shown)


def _own_keyring(findings: Findings, subject: Subject) -> None:
    """Windows and macOS have a keyring for every user: it must keep, give back and forget."""
    kept = subject.start(["self-test", "keyring"])
    answer = answers(kept.stdout).get("keyring", {})
    findings.add("a real keyring", answer.get("ok") is True, str(answer.get("found", kept.stderr[-500:])))
    _quiet(findings, "a real keyring", kept)


def _without_a_keyring(findings: Findings, subject: Subject) -> None:
    """Without one the program must say so."""
    without = subject.start(["self-test", "keyring"])
    honest = answers(without.stdout).get("keyring", {}).get("ok") is False
    findings.add("no keyring: secrets last for the run, and it says so", honest)


def _keyring_on_linux(findings: Findings, subject: Subject) -> None:
    """The same against a keyring of our own, where one can be started."""
    found = subject.run(
        ["/bin/sh", "-c", "command -v gnome-keyring-daemon && command -v dbus-run-session"], {}
    )
    if len(found.stdout.split()) != 2:
        print("  skipped: a real keyring (no gnome-keyring, no dbus there)")
        return
    run_folder = f"{subject.work_inside}/run"
    variables = {**OFFSCREEN, "XDG_RUNTIME_DIR": run_folder, "XDG_DATA_HOME": f"{run_folder}/share"}
    subject.run(["/bin/sh", "-c", f"mkdir -m 700 -p {run_folder} {run_folder}/share"], {})
    command = [subject.program, "self-test", "keyring"]
    kept = subject.run(["dbus-run-session", "--", "/bin/sh", "-c", IN_A_KEYRING, "sh", *command], variables)
    answer = answers(kept.stdout).get("keyring", {})
    findings.add("a real keyring", answer.get("ok") is True, str(answer.get("found", kept.stderr[-500:])))
    _quiet(findings, "a real keyring", kept)


def _quiet(findings: Findings, what: str, done: subprocess.CompletedProcess[str]) -> None:
    """Only a line when something was said that nobody expected."""
    # The bus we start for the keyring complains where it may not raise its file limit; that is not ours.
    said = [line for line in done.stderr.splitlines() if line.strip() and not line.startswith("dbus-daemon[")]
    if said:
        findings.add(f"{what}: nothing on stderr", False, "\n".join(said)[-1500:])


def answers(printed: str) -> dict[str, dict[str, object]]:
    """The self-test's JSON lines by part."""
    lines = [json.loads(line) for line in printed.splitlines() if line.startswith("{")]
    return {line["part"]: line for line in lines}


def on_this_machine(program: Path, work: Path) -> Subject:
    """The program at `program`, with settings and data of its own below `work`."""

    def run(command: Sequence[str], variables: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        kept = {
            name: value for name, value in os.environ.items() if name in ("PATH", "SYSTEMROOT", "TEMP", "TMP")
        }
        own = {"HOME": str(work), "CONTACT_FERRY_HOME": str(work / "ferry"), "LANG": "C.UTF-8"}
        return subprocess.run(
            list(command), env={**kept, **own, **variables}, cwd=work, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, errors="replace", timeout=600, check=False,
        )  # fmt: skip

    return Subject(str(program), run, work, str(work))


def in_root(root: Path) -> Subject:
    """The program installed in a clean root."""
    from linux.clean_root import HOME, USER_ID, CleanRoot

    clean = CleanRoot(root)
    work = clean.inside(f"{HOME}/smoke")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    os.chown(work, USER_ID, USER_ID)
    return Subject("/usr/bin/contact-ferry", clean.as_user, work, f"{HOME}/smoke")


def main(arguments: Sequence[str]) -> int:
    """Try the program named in `arguments`; 0 when everything went well."""
    from program import built_last, executable, version_of

    parser = argparse.ArgumentParser(description="Try the built program.")
    parser.add_argument("program", nargs="?", type=Path, metavar="PROGRAM")
    parser.add_argument("--root", type=Path, metavar="FOLDER")
    parser.add_argument("--built", action="store_true", help="the program built last")
    asked = parser.parse_args(arguments)
    if asked.built:
        asked.program = executable(built_last(ROOT, ROOT / "build" / "package"))
    if (asked.program is None) == (asked.root is None):
        parser.error("name a program or a root, or --built")
    with tempfile.TemporaryDirectory(prefix="ferry-smoke-") as work:
        subject = in_root(asked.root) if asked.root else on_this_machine(asked.program.resolve(), Path(work))
        return 0 if smoke(subject, version_of(ROOT)).hold else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
