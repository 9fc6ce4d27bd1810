"""Builds the Windows set-up on a Debian machine, and installs, tries and removes it: under wine.

It is no proof for Windows (no SmartScreen, no real Credential Manager, other fonts), but everything of ours
runs as it would there. It touches nothing of the machine; as root, about 10 minutes, the first time 15:

    python3 packaging/windows/wine.py       needs: apt-get install debootstrap nsis gcc-mingw-w64-x86-64

wine lacks two libraries that Qt asks for, and Windows 10 has; empty ones stand in for them in wine's own
system folder, so that none gets into the set-up.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))

import program  # noqa: E402 - found only now
import smoke_test  # noqa: E402
from linux.clean_root import HOME, USER_ID, CleanRoot, Kind, clean_root, why_not  # noqa: E402
from program import Program  # noqa: E402
from smoke_test import Findings, Subject  # noqa: E402
from steps import SetUpProblem, run_quietly, say  # noqa: E402
from windows import python_for_wine, setup  # noqa: E402

WINE = Kind(
    "trixie-wine",
    "trixie",
    ("wine", "wine64", "wine32:i386", "xvfb", "xauth", "fonts-dejavu-core"),
    foreign="i386",  # NSIS's own programs have 32 bits
)
MISSING = {
    "icuuc": (
        "ucnv_close UCNV_FROM_U_CALLBACK_SUBSTITUTE UCNV_TO_U_CALLBACK_SUBSTITUTE ucnv_reset "
        "ucnv_getMaxCharSize ucnv_getName ucnv_getToUCallBack ucnv_getFromUCallBack ucnv_setToUCallBack "
        "ucnv_setFromUCallBack ucnv_cbToUWriteUChars ucnv_toUnicode ucnv_cbFromUWriteUChars "
        "ucnv_toUCountPending ucnv_fromUCountPending ucnv_getStandardName ucnv_getAvailableName "
        "ucnv_countAvailable ucnv_fromUnicode"
    ),
    "mscms": "GetColorProfileFromHandle CloseColorProfile WcsCreateIccProfile OpenColorProfileW",
}
# ucnv_open must report a failure, or Qt takes the nothing that it returns for a converter.
OPENING = "__declspec(dllexport) void *ucnv_open(const char *name, int *error) { *error = 1; return 0; }\n"
COMPILER = "x86_64-w64-mingw32-gcc"
PREFIX = f"{HOME}/wine"
SYSTEM = f"{PREFIX}/drive_c/windows/system32"
INSTALLED = f"{PREFIX}/drive_c/users/ferry/AppData/Local/Programs/Contact Ferry"
QUIET = {
    "WINEPREFIX": PREFIX,
    "WINEDEBUG": "-all",
    "WINEDLLOVERRIDES": "mscms=n;mshtml=;winemenubuilder.exe=d",
    "PYTHONDONTWRITEBYTECODE": "1",
    "USER": "ferry",
}
PATIENCE = 2400  # seconds for one command; building takes two minutes where nothing else runs
# Said by the display's starter when the program under it has ended.
ENDING = "X connection to"


def main() -> int:
    """All of it; 0 when everything went well."""
    if sys.platform == "win32":
        program.build(ROOT, Path(sys.executable), ROOT / "build" / "package")
        return 0
    try:
        return _from_debian()
    except SetUpProblem as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1


def _from_debian() -> int:
    missing = [tool for tool in (COMPILER, "makensis") if shutil.which(tool) is None]
    reason = why_not() or (f"no {', no '.join(missing)} here" if missing else "")
    if reason:
        raise SetUpProblem(f"Windows can't be tried under wine: {reason}.")
    store = ROOT / "build" / "package" / "wine"
    findings = Findings()
    with clean_root(store, WINE) as clean:
        _prepare(clean, store)
        built = _build(clean)
        target = store / f"contact-ferry-{built.version}-setup.exe"
        _must("The set-up", run_quietly(setup.command(built, target), os.environ).status)
        print(f"{target.stat().st_size / 1_000_000:8.1f} MB  {target}")
        _install(clean, target, findings)
        lines = smoke_test.smoke(_subject(clean), built.version).lines
        findings.lines.extend(lines)
        _remove(clean, findings)
    failed = sum(not holds for _, holds, _ in findings.lines)
    print(f"{len(findings.lines)} things tried under wine, {failed} failed")
    return 0 if findings.hold else 1


def _prepare(clean: CleanRoot, store: Path) -> None:
    """wine's settings, the stand-ins, a Windows Python, and the sources, all in the user's home."""
    say("Preparing wine ...")
    _must("wine", _wine(clean, ["wineboot", "--init"]).returncode)
    for name, functions in MISSING.items():
        source = store / f"{name}.c"
        nothings = "".join(
            f"__declspec(dllexport) void *{one}(void) {{ return 0; }}\n" for one in functions.split()
        )
        source.write_text(nothings + (OPENING if name == "icuuc" else ""), encoding="ascii")
        library = str(clean.inside(f"{SYSTEM}/{name}.dll"))
        compiled = run_quietly([COMPILER, "-shared", "-o", library, str(source)], os.environ)
        _must(compiled.last_lines or COMPILER, compiled.status)
    python_for_wine.lay_out(ROOT / "packaging" / "lock" / "package.txt", clean.inside(f"{HOME}/python"))
    leave_out = shutil.ignore_patterns(".git", ".venv", "build", "__pycache__", ".*_cache")
    shutil.copytree(ROOT, clean.inside(f"{HOME}/source"), ignore=leave_out)
    _must("chown", clean.as_root(["chown", "-R", f"{USER_ID}:{USER_ID}", HOME]).status)


def _build(clean: CleanRoot) -> Program:
    say("Building the program (PyInstaller, under wine) ...")
    done = _wine(clean, ["wine", f"{HOME}/python/python.exe", f"{HOME}/source/packaging/windows/wine.py"])
    built = program.built_last(ROOT, clean.inside(f"{HOME}/source/build/package"))
    if done.returncode != 0:
        raise SetUpProblem(f"The program could not be built:\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return built


def _install(clean: CleanRoot, target: Path, findings: Findings) -> None:
    shutil.copyfile(target, clean.inside(f"{HOME}/setup.exe"))
    done = _wine(clean, ["wine", f"{HOME}/setup.exe", "/S"])
    there = clean.inside(f"{INSTALLED}/Contact Ferry.exe").is_file()
    findings.add("the set-up installs without a question", done.returncode == 0 and there, done.stderr[-300:])
    size = sum(path.stat().st_size for path in clean.inside(INSTALLED).rglob("*") if path.is_file())
    findings.add("installed size, at most 160 MB", 0 < size <= 160_000_000, f"{size / 1_000_000:.1f} MB")
    stand_ins = [path for name in MISSING for path in clean.inside(INSTALLED).rglob(f"{name}.dll")]
    findings.add("no stand-in is in it", not stand_ins, " ".join(path.name for path in stand_ins))


def _remove(clean: CleanRoot, findings: Findings) -> None:
    done = _wine(clean, ["wine", f"{INSTALLED}/uninstall.exe", "/S"])
    _wine(clean, ["wineserver", "--wait"])  # the uninstaller goes on from a copy of itself
    left = clean.inside(INSTALLED)
    findings.add("it removes itself", done.returncode == 0 and not left.exists(), done.stderr[-300:])


def _subject(clean: CleanRoot) -> Subject:
    """The installed program; its files are seen by wine under the drive Z:."""
    work = f"{HOME}/smoke"
    clean.inside(work).mkdir()
    os.chown(clean.inside(work), USER_ID, USER_ID)
    name = "contact-ferry.exe"

    def run(command: Sequence[str], variables: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        own = {"CONTACT_FERRY_HOME": f"Z:{work}/ferry", **variables}
        return _wine(clean, ["wine", f"{INSTALLED}/{name}", *command[1:]], own)

    return Subject(name, run, clean.inside(work), f"Z:{work}", "win32")


def _wine(
    clean: CleanRoot, command: Sequence[str], variables: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    done = clean.as_user(["xvfb-run", "-a", *command], {**QUIET, **(variables or {})}, PATIENCE)
    said = [line for line in done.stderr.splitlines() if not line.startswith(ENDING)]
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout, "\n".join(said))


def _must(what: str, status: int) -> None:
    if status != 0:
        raise SetUpProblem(f"{what}: failed with {status}.")


if __name__ == "__main__":
    sys.exit(main())
