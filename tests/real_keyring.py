"""A real Secret Service for tests marked `real_keyring`: a private message bus and a private gnome-keyring.

It ends only the two processes it started, by their ids; it refuses to know what the tests keep in it.

Where the programs are missing such tests skip, saying so; on the project's own machines (CI=true) they fail.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PROGRAMS = ("dbus-daemon", "gnome-keyring-daemon")
SECONDS_TO_START = 20
BUS_NAME = "org.freedesktop.secrets"


@pytest.fixture(scope="session")
def secret_service_bus() -> Iterator[str]:
    """The address of a private message bus with an unlocked keyring on it."""
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing:
        reason = f"no {' and no '.join(missing)} here (Debian: apt-get install gnome-keyring dbus)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    home = Path(tempfile.mkdtemp(prefix="ferry-keyring-"))
    try:
        with _message_bus(home) as address, _keyring_daemon(home, address):
            yield address
    finally:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def secret_service(secret_service_bus: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Make `keyring` talk to the private Secret Service for one test."""
    import keyring
    from keyring.backends.SecretService import Keyring

    before = keyring.get_keyring()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", secret_service_bus)
    keyring.set_keyring(Keyring())  # type: ignore[no-untyped-call, unused-ignore]
    yield
    keyring.set_keyring(before)


@contextmanager
def _message_bus(home: Path) -> Iterator[str]:
    command = ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"]
    with subprocess.Popen(
        [*command, f"--address=unix:dir={home}"],
        env=_variables(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # it complains about its file limit where it may not raise it
        text=True,
    ) as bus:
        try:
            address = bus.stdout.readline().strip() if bus.stdout is not None else ""
            if not address:
                pytest.fail("dbus-daemon did not start")
            yield address
        finally:
            bus.terminate()
            bus.wait(SECONDS_TO_START)


@contextmanager
def _keyring_daemon(home: Path, address: str) -> Iterator[None]:
    command = ["gnome-keyring-daemon", "--unlock", "--components=secrets", "--foreground"]
    with (
        _expecting_the_secrets(address) as wait_for_the_secrets,
        subprocess.Popen(
            command,
            env={**_variables(home), "DBUS_SESSION_BUS_ADDRESS": address},
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as daemon,
    ):
        try:
            if daemon.stdin is not None:
                daemon.stdin.write(b"\n")  # the new-line is the keyring's (empty) password
                daemon.stdin.close()
            wait_for_the_secrets()
            yield
        finally:
            daemon.terminate()
            daemon.wait(SECONDS_TO_START)


@contextmanager
def _expecting_the_secrets(address: str) -> Iterator[Callable[[], None]]:
    """Listen on the bus, from before the daemon starts, for the moment it offers its service."""
    from jeepney import MatchRule, message_bus  # type: ignore[import-untyped]
    from jeepney.io.blocking import Proxy, open_dbus_connection  # type: ignore[import-untyped]

    appears = MatchRule(type="signal", interface=message_bus.interface, member="NameOwnerChanged")
    appears.add_arg_condition(0, BUS_NAME)
    with open_dbus_connection(address) as connection, connection.filter(appears) as queue:
        Proxy(message_bus, connection).AddMatch(appears)
        yield lambda: connection.recv_until_filtered(queue, timeout=SECONDS_TO_START)


def _variables(home: Path) -> dict[str, str]:
    run, share = home / "run", home / "share"
    run.mkdir(mode=0o700, exist_ok=True)
    share.mkdir(mode=0o700, exist_ok=True)
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "XDG_DATA_HOME": str(share),
        "XDG_RUNTIME_DIR": str(run),
    }
