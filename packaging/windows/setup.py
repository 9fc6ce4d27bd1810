"""Packs the built program as a set-up for Windows with NSIS (makensis).

It signs the programs and the set-up where a certificate is named (sign.py); it refuses to know its secrets.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from program import Program
from steps import SetUpProblem, run_quietly, say
from windows.sign import sign

HERE = Path(__file__).resolve().parent


def command(program: Program, target: Path, makensis: str = "makensis") -> list[str]:
    """The command that packs `program` into `target`."""
    return [
        makensis, "-V2", "-WX", "-INPUTCHARSET", "UTF8", f"-DVERSION={program.version}",
        f"-DPROGRAM={program.folder}", f"-DICON={program.icons / 'contact_ferry.ico'}", f"-DOUT={target}",
        str(HERE / "contact_ferry.nsi"),
    ]  # fmt: skip


def pack(source: Path, program: Program, out: Path) -> Path:  # noqa: ARG001 - as every system's pack is called
    """Make the set-up in `out`. Raises SetUpProblem."""
    makensis = find_makensis()
    for executable in sorted(program.folder.glob("*.exe")):
        sign(executable)
    target = out / f"contact-ferry-{program.version}-setup.exe"
    say("Packing the set-up (makensis) ...")
    packed = run_quietly(command(program, target.resolve(), makensis), os.environ)
    if packed.status != 0:
        raise SetUpProblem(f"makensis could not pack the program:\n{packed.last_lines}")
    sign(target)
    return target


def find_makensis() -> str:
    """Its path. Raises SetUpProblem."""
    places = [os.environ.get("PROGRAMFILES(X86)", ""), os.environ.get("PROGRAMFILES", "")]
    found = shutil.which("makensis") or next(
        (str(path) for place in places if place and (path := Path(place) / "NSIS" / "makensis.exe").exists()),
        "",
    )
    if not found:
        raise SetUpProblem("The set-up needs NSIS 3. Install it first: winget install NSIS.NSIS")
    return found
