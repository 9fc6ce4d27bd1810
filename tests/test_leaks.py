"""Marked secrets and marked people go through every journey without a window; then everything that the
program wrote, printed, started or called is searched for them.

Secrets may be nowhere. People may be in the ledger while the import is unfinished, and in the report.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import pytest

from app.ledger.ledger import Ledger
from app.main import main
from app.practice.exchange import PracticeRequest, PracticeResponse
from app.practice.faults import Fault, Refuse, Silence
from app.practice.rooms import PRACTICE_SECRETS
from app.practice.server import PracticeServer
from app.progress import Stop, Tell
from app.settings.accounts import Account, add_account, new_account_id
from app.settings.credentials import KeyringCredentials
from app.settings.environment import environment_name
from app.settings.folders import user_folders
from app.table.writing import write_table
from tests import network_guard
from tests.figures import PLANTED
from tests.planted import (
    HEADERS,
    PEOPLE,
    PERSONAL,
    in_bytes,
    in_folder,
    in_text,
    readable_by_others,
    secret,
)

ROOT = Path(__file__).resolve().parent.parent
COLUMNS = {
    "smsend": {"E-mail": "email", "Mobile": "phoneNumber", "Name": "name", "Notes": "custom1"},
    "emarsys": {"E-mail": "3", "Mobile": "37", "Name": "1"},
    "sociocs": {"E-mail": "extra_fields.mail", "Mobile": "phone_number", "Name": "name"},
    "octopush": {"E-mail": "param1", "Mobile": "phone_number", "Name": "first_name"},
}
OPTIONS = {"emarsys-oauth2": 'sign_in = "oauth2"', "emarsys": 'sign_in = "wsse"'}
JOURNEYS = ("smsend", "emarsys", "emarsys-oauth2", "sociocs", "octopush")
LEDGER = (".ledger", ".ledger-wal", ".ledger-shm")


@dataclass
class Scene:
    """A home, an account with marked secrets, and a list with marked people in `lists`, which is ours."""

    home: Path
    lists: Path
    server: PracticeServer
    secrets: dict[str, dict[str, str]]
    asked: list[PracticeRequest] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    fault: Fault | None = None
    from_request: int = 0

    @property
    def every_secret(self) -> list[str]:
        return [value for of_one in self.secrets.values() for value in of_one.values()]

    def recipe(self, journey: str, account: str = "") -> str:
        """The path of a recipe."""
        provider = journey.partition("-")[0]
        lines = [f'provider = "{provider}"', 'default_country = "GB"']
        lines += [f'account = "{account}"'] if account else []
        lines += ['agreed = ["overwrites"]'] if provider == "sociocs" else []
        lines += ["[columns]", *(f'"{header}" = "{key}"' for header, key in COLUMNS[provider].items())]
        lines += ["[options]", OPTIONS.get(journey, "")]
        path = self.lists / f"{journey}.toml"
        path.write_text("\n".join(lines), "utf-8")
        return str(path)

    @property
    def sheet(self) -> str:
        return str(self.lists / "people.xlsx")

    @property
    def there(self) -> list[str]:
        return ["--server", self.server.address, "--token-server", f"{self.server.address}/oauth2/token"]

    def look(self, request: PracticeRequest) -> Fault | None:
        """At every request: what is on the disk just now, and what the request's address says."""
        self.asked.append(request)
        self.found += in_folder(self.home, self.every_secret)
        self.found += in_folder(self.home, PERSONAL, LEDGER)
        self.found += readable_by_others(self.home)
        self.found += in_text(f"{request.path} {request.query}", [*self.every_secret, *PERSONAL])
        return self.fault if len(self.asked) > self.from_request else None


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    home, lists, temporary = tmp_path / "home", tmp_path / "lists", tmp_path / "temporary"
    for folder in (lists, temporary):
        folder.mkdir()
    monkeypatch.setenv("CONTACT_FERRY_HOME", str(home))
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    write_table(lists / "people.xlsx", HEADERS, PEOPLE)
    marked = {name: {key: secret(key) for key in secrets} for name, secrets in PRACTICE_SECRETS.items()}
    for name, secrets in marked.items():
        for key, value in secrets.items():
            monkeypatch.setitem(cast("dict[str, str]", PRACTICE_SECRETS[name]), key, value)
    umask = os.umask(0)  # nothing may lean on the user's
    with PracticeServer() as server:
        scene = Scene(home, lists, server, marked)
        server.fault = scene.look
        PLANTED.marks += len(scene.every_secret) + len(PERSONAL)
        yield scene
    os.umask(umask)
    assert in_folder(temporary, [*scene.every_secret, *PERSONAL]) == []


def sign_in(scene: Scene, monkeypatch: pytest.MonkeyPatch, provider: str) -> None:
    for key, value in scene.secrets[provider].items():
        monkeypatch.setenv(environment_name(key), value)


def assert_nothing_leaked(
    scene: Scene, capfd: pytest.CaptureFixture[str], besides: tuple[str, ...] = ()
) -> None:
    """`besides` are the ends of files in which people may still be."""
    printed = capfd.readouterr()
    found = [
        *in_text(printed.out + printed.err, [*scene.every_secret, *PERSONAL]),
        *in_folder(scene.home, scene.every_secret),
        *in_folder(scene.home, PERSONAL, besides),
        *in_folder(scene.lists, scene.every_secret),
        *scene.found,
        *readable_by_others(scene.home),
    ]
    PLANTED.found += len(found)
    assert found == []


# Journeys that end well.


@pytest.mark.parametrize("journey", JOURNEYS)
def test_nothing_leaks_on_the_way_to_an_account(
    journey: str, scene: Scene, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    sign_in(scene, monkeypatch, journey.partition("-")[0])
    network_guard.contacted.clear()
    report = scene.lists / "report.xlsx"
    told = ["--json", "--report", str(report)]
    assert main(["run", scene.sheet, "--recipe", scene.recipe(journey), *scene.there, *told]) == 0
    assert network_guard.contacted == {scene.server.address.removeprefix("http://")}
    assert len(in_bytes(report.read_bytes(), PERSONAL)) == len(PERSONAL) - 30  # the search can find them
    assert scene.asked
    assert_nothing_leaked(scene, capfd)


@pytest.mark.parametrize("provider", COLUMNS)
def test_nothing_leaks_in_practice(provider: str, scene: Scene, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["run", scene.sheet, "--recipe", scene.recipe(provider), "--practice"]) == 0
    assert main(["recipe", scene.sheet, "--provider", provider]) == 0
    assert_nothing_leaked(scene, capfd)


def test_nothing_leaks_from_the_keyring(scene: Scene, capfd: pytest.CaptureFixture[str]) -> None:
    account = Account(new_account_id(), "octopush", "Our shop", scene.server.address)
    add_account(user_folders(), account)
    for key, value in scene.secrets["octopush"].items():
        KeyringCredentials().write(account.id, key, value)
    assert main(["run", scene.sheet, "--recipe", scene.recipe("octopush", "Our shop")]) == 0
    assert_nothing_leaked(scene, capfd)


@pytest.mark.parametrize("journey", ["smsend", "emarsys-oauth2"])
def test_nothing_leaks_into_the_most_talkative_log(
    journey: str, scene: Scene, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    sign_in(scene, monkeypatch, journey.partition("-")[0])
    root = logging.getLogger()
    before = root.level
    root.setLevel(logging.DEBUG)
    try:
        assert main(["run", scene.sheet, "--recipe", scene.recipe(journey), *scene.there]) == 0
    finally:
        root.setLevel(before)
    log = (user_folders().logs / "contact-ferry.log").read_text("utf-8")
    assert "send_request_headers" in log
    assert_nothing_leaked(scene, capfd)


# Journeys that don't.


def echo(request: PracticeRequest, status: int, kind: str) -> PracticeResponse:
    """What a careless server or a proxy shows: everything it was sent."""
    said = json.dumps({"error": f"{dict(request.headers)} {request.body.decode('utf-8', 'replace')}"})
    body = f"<pre>{said}</pre>" if kind == "text/html" else said
    return PracticeResponse(status, {"Content-Type": kind}, body.encode())


@pytest.mark.parametrize(
    ("status", "kind"),
    [(200, "text/html"), (200, "application/json"), (400, "application/json"), (401, "application/json")],
)
@pytest.mark.parametrize("provider", COLUMNS)
def test_an_answer_that_repeats_what_it_was_sent_leaks_nothing(
    provider: str,
    kind: str,
    status: int,
    scene: Scene,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    sign_in(scene, monkeypatch, provider)

    def repeat(request: PracticeRequest) -> Fault | None:
        return Refuse(echo(request, status, kind))

    scene.server.fault = repeat
    report = scene.lists / "report.csv"
    where = [*scene.there, "--report", str(report)]
    main(["run", scene.sheet, "--recipe", scene.recipe(provider), *where])
    assert in_bytes(report.read_bytes(), scene.every_secret) == []
    assert_nothing_leaked(scene, capfd, LEDGER)


@pytest.mark.parametrize("journey", JOURNEYS)
def test_a_wrong_key_is_not_repeated(
    journey: str, scene: Scene, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    provider = journey.partition("-")[0]
    sign_in(scene, monkeypatch, provider)
    for key in scene.secrets[provider]:
        wrong = f"zwr0ng/{key}&"
        scene.secrets[provider][key] = wrong
        monkeypatch.setenv(environment_name(key), wrong)
    scene.server.fault = None  # smsend's documented way to sign in, tried second, is in the address
    assert main(["run", scene.sheet, "--recipe", scene.recipe(journey), *scene.there]) == 2
    assert_nothing_leaked(scene, capfd, LEDGER)


@pytest.mark.logs_expected
def test_a_mistake_of_ours_tells_its_path_and_no_value(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    sign_in(scene, monkeypatch, "octopush")

    def crash(*_: object) -> int:
        raise KeyError(f"{PEOPLE[0]} {scene.every_secret}")

    monkeypatch.setattr(Ledger, "fact", crash)
    assert main(["run", scene.sheet, "--recipe", scene.recipe("octopush"), *scene.there]) == 2
    printed = capfd.readouterr().err
    assert "KeyError" in printed
    assert "crash" in printed
    assert in_text(printed, [*scene.every_secret, *PERSONAL]) == []
    assert_nothing_leaked(scene, capfd, LEDGER)


def whole_command_line(word: str, *, tell: Tell, stop: Stop) -> str:
    """What a child process shows of itself to everybody on the computer."""
    del tell, stop
    shown = " ".join(sys.orig_argv)
    return f"{word in shown} {word in str(dict(os.environ))}"


def test_what_a_child_is_given_stands_in_no_command_line() -> None:
    from app.child.parent import run_in_child

    assert run_in_child(whole_command_line, secret("password")) == "False False"


# A journey that is cut off.


def test_after_a_crash_people_are_in_the_ledger_only_and_then_nowhere(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    sign_in(scene, monkeypatch, "sociocs")
    reached, held = threading.Event(), threading.Event()

    def hold(request: PracticeRequest) -> Fault | None:
        scene.look(request)
        reached.set()
        return Silence(held)

    scene.server.fault = hold
    words = ["run", scene.sheet, "--recipe", scene.recipe("sociocs"), *scene.there]
    with subprocess.Popen([sys.executable, "-m", "app", *words], cwd=ROOT) as program:
        assert reached.wait(60)
        shown = Path(f"/proc/{program.pid}/cmdline")
        if shown.exists():
            assert in_bytes(shown.read_bytes(), scene.every_secret) == []
        program.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
    held.set()
    scene.server.fault = scene.look
    assert in_folder(scene.home, PERSONAL) != []  # the search can find them
    assert in_folder(scene.home, PERSONAL, LEDGER) == []
    assert in_folder(scene.home, scene.every_secret) == []
    assert readable_by_others(scene.home) == []
    assert main(["resume", "--list", "--json"]) == 0
    assert main(["resume"]) in (0, 1)
    assert_nothing_leaked(scene, capfd)
