"""Who starts the program may have closed, or filled, what it prints to: the upload goes on all the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.practice.rooms import PRACTICE_SECRETS
from app.practice.server import PracticeServer
from app.table.writing import write_table

ROOT = Path(__file__).resolve().parent.parent
RECIPE = 'provider = "octopush"\ndefault_country = "GB"\n[columns]\n"Mobile" = "phone_number"\n'
STREAMS = {  # how a shell starts it: (exit status, what standard error says)
    "standard error closed": ('"$@" 2>&-', 0, ""),
    "both closed": ('"$@" >&- 2>&-', 0, ""),
    "nothing to read from": ('"$@" <&-', 0, ""),
    "standard output closed": ('"$@" >&-', 0, ""),
    "standard output full": ('"$@" >/dev/full', 2, "can't be printed"),
    "nobody listens": ('{ "$@"; echo "$?" >status; } | true; exit "$(cat status)"', 2, "can't be printed"),
}
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only there is a device that is always full")


@pytest.mark.parametrize("how", STREAMS)
def test_what_cannot_be_printed_keeps_nobody_from_being_sent(how: str, tmp_path: Path) -> None:
    write_table(tmp_path / "people.xlsx", ("Mobile",), [("07700 900001",), ("07700 900002",)])
    (tmp_path / "recipe.toml").write_text(RECIPE, "utf-8")
    secrets = {
        f"CONTACT_FERRY_SECRET_{key.upper()}": one for key, one in PRACTICE_SECRETS["octopush"].items()
    }
    environment = {**os.environ, **secrets, "CONTACT_FERRY_HOME": str(tmp_path / "home")}
    environment["PYTHONPATH"] = str(ROOT)
    command, status, said = STREAMS[how]
    with PracticeServer() as server:
        order = [sys.executable, "-m", "app", "run", "people.xlsx", "--recipe", "recipe.toml"]
        order += ["--server", server.address, "--json"]
        done = subprocess.run(
            ["sh", "-c", command, "sh", *order],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert len(server.rooms["octopush"].contacts()) == 2
    assert (done.returncode, "mistake" in done.stderr, "Traceback" in done.stderr) == (status, False, False)
    assert said in done.stderr
    if done.stdout:
        assert json.loads(done.stdout)["accepted"] == 2
    (noted,) = json.loads((tmp_path / "home" / "settings" / "history.json").read_text("utf-8"))["imports"]
    assert noted["totals"]["accepted"] == 2
