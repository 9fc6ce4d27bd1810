"""What every test lives under: no display, no network, no user data, no keyring of the user's, and quiet.

It makes a test fail on log lines nobody expected and on calls beyond this machine; it knows no room of app/.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from tests import network_guard

# Before anything imports Qt, platformdirs or keyring: they read these once.
HOME = Path(tempfile.mkdtemp(prefix="contact-ferry-tests-"))
FOLDERS = {
    "HOME": "",
    "USERPROFILE": "",
    "APPDATA": "roaming",
    "LOCALAPPDATA": "local",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_STATE_HOME": "state",
    "XDG_CACHE_HOME": "cache",
    "XDG_RUNTIME_DIR": "run",
}
MEMORY_KEYRING = "tests.memory_keyring"

for _name, _folder in FOLDERS.items():
    _path = HOME / _folder
    _path.mkdir(mode=0o700, exist_ok=True)
    os.environ[_name] = str(_path)
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["PYTHON_KEYRING_BACKEND"] = f"{MEMORY_KEYRING}.MemoryKeyring"
for _name in ("DBUS_SESSION_BUS_ADDRESS", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
    os.environ.pop(_name, None)
    os.environ.pop(_name.lower(), None)
for _name in [name for name in os.environ if name.startswith("CONTACT_FERRY_")]:
    del os.environ[_name]

# A busy machine is no fault, and what is green here is green there: new examples are looked for by
# `--hypothesis-profile=search`.
hypothesis.settings.register_profile("repeatable", deadline=None, derandomize=True)
hypothesis.settings.register_profile("search", deadline=None, max_examples=2_000)
hypothesis.settings.load_profile("repeatable")

pytest_plugins = ["tests.real_keyring", "tests.figures"]


def pytest_configure() -> None:
    network_guard.set_up()


def pytest_unconfigure() -> None:
    shutil.rmtree(HOME, ignore_errors=True)


class _Listener(logging.Handler):
    """Keeps every record from WARNING on."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def _unexpected_log_lines_fail(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that made something log a warning, unless it is marked `logs_expected`."""
    if request.node.get_closest_marker("logs_expected"):
        yield
        return
    listener = _Listener()
    logging.getLogger().addHandler(listener)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(listener)
    if listener.heard:
        pytest.fail("Unexpected log lines:\n" + "\n".join(listener.heard), pytrace=False)


@pytest.fixture(autouse=True)
def _calls_beyond_this_machine_fail() -> Iterator[None]:
    """Fail a test that tried to leave the machine, even where the refusal was swallowed on a thread."""
    network_guard.refused.clear()
    yield
    refused = list(network_guard.refused)
    network_guard.refused.clear()
    if refused:
        pytest.fail("Tried to leave this machine: " + ", ".join(refused), pytrace=False)


@pytest.fixture(autouse=True)
def _every_test_starts_with_empty_folders(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Give each test its own, still missing, settings and data folders; what it leaves there is removed."""
    own = HOME / "tests" / f"{abs(hash(request.node.nodeid)):x}"
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(own / FOLDERS[name]))
    yield
    if own.exists():
        shutil.rmtree(own, ignore_errors=True)


@pytest.fixture(autouse=True)
def _keyring(request: pytest.FixtureRequest) -> Iterator[None]:
    """An empty keyring in memory, or the real Secret Service for tests marked `real_keyring`."""
    if request.node.get_closest_marker("real_keyring"):
        request.getfixturevalue("secret_service")
        yield
        return
    yield
    # Only a test that used the keyring has imported it: the others need not pay for it.
    memory = sys.modules.get(MEMORY_KEYRING)
    if memory is not None:
        memory.MemoryKeyring.forget_all()
