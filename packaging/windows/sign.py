"""Signs a Windows program with signtool, where a certificate is named; says so where none is.

    WINDOWS_CERTIFICATE            path of the .pfx file
    WINDOWS_CERTIFICATE_PASSWORD   its password
    WINDOWS_TIMESTAMP_SERVER       optional; the certificate's issuer names one

Without them the program is left unsigned: it works, and Windows warns whoever starts it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from steps import SetUpProblem, run_quietly, say

TIMESTAMP_SERVER = "http://timestamp.digicert.com"


def sign(program: Path, variables: Mapping[str, str] = os.environ) -> bool:
    """Sign `program` in place; False where no certificate is named. Raises SetUpProblem."""
    certificate = variables.get("WINDOWS_CERTIFICATE", "")
    if not certificate:
        say(f"{program.name} is not signed: WINDOWS_CERTIFICATE is not set.")
        return False
    done = run_quietly(command(program, certificate, variables), dict(variables))
    if done.status != 0:
        # Its own words only: the command holds the password.
        raise SetUpProblem(f"signtool could not sign {program.name}:\n{done.last_lines}")
    return True


def command(program: Path, certificate: str, variables: Mapping[str, str]) -> list[str]:
    """signtool's command line."""
    return [
        "signtool", "sign", "/fd", "SHA256", "/td", "SHA256",
        "/tr", variables.get("WINDOWS_TIMESTAMP_SERVER") or TIMESTAMP_SERVER,
        "/f", certificate, "/p", variables.get("WINDOWS_CERTIFICATE_PASSWORD", ""), str(program),
    ]  # fmt: skip


if __name__ == "__main__":
    for name in sys.argv[1:]:
        sign(Path(name))
