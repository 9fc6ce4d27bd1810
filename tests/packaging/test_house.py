"""Tests the tests' own house: the keyring they get, the network they don't, the folders they may fill.

It refuses to know anything of app/.
"""

from __future__ import annotations

import logging
import os
import socket
from pathlib import Path

import keyring
import pytest
from keyring.errors import PasswordDeleteError

from tests import conftest, network_guard
from tests.memory_keyring import MemoryKeyring


def test_the_keyring_is_in_memory_and_empty() -> None:
    assert isinstance(keyring.get_keyring(), MemoryKeyring)
    assert keyring.get_password("contact-ferry", "someone") is None
    keyring.set_password("contact-ferry", "someone", "a secret")
    assert keyring.get_password("contact-ferry", "someone") == "a secret"
    with pytest.raises(PasswordDeleteError):
        keyring.delete_password("contact-ferry", "nobody")


def test_the_keyring_forgot_what_the_test_before_kept() -> None:
    assert keyring.get_password("contact-ferry", "someone") is None


@pytest.mark.real_keyring
def test_a_marked_test_gets_a_real_secret_service() -> None:
    assert type(keyring.get_keyring()).__module__ == "keyring.backends.SecretService"
    keyring.set_password("contact-ferry", "jemand", "geheim: äöü")
    assert keyring.get_password("contact-ferry", "jemand") == "geheim: äöü"
    keyring.delete_password("contact-ferry", "jemand")
    assert keyring.get_password("contact-ferry", "jemand") is None
    with pytest.raises(PasswordDeleteError):
        keyring.delete_password("contact-ferry", "jemand")


@pytest.mark.parametrize("host", ["example.com", "192.0.2.1", b"example.org", "::", "0.0.0.0", "2001:db8::1"])
def test_a_host_elsewhere_is_not_local(host: object) -> None:
    assert not network_guard.is_local(host)


@pytest.mark.parametrize("host", [None, "localhost", "127.0.0.1", "127.8.8.8", "::1", b"127.0.0.1"])
def test_this_machine_is_local(host: object) -> None:
    assert network_guard.is_local(host)


def test_a_connection_elsewhere_is_refused() -> None:
    with socket.socket() as plug, pytest.raises(network_guard.BeyondThisMachineError):
        plug.connect(("192.0.2.1", 80))
    with pytest.raises(network_guard.BeyondThisMachineError):
        socket.getaddrinfo("example.com", 443)
    assert len(network_guard.refused) == 2
    network_guard.refused.clear()


def test_a_server_for_every_interface_is_refused() -> None:
    with socket.socket() as plug, pytest.raises(network_guard.BeyondThisMachineError):
        plug.bind(("", 0))
    network_guard.refused.clear()


def test_loopback_is_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("localhost", port), timeout=5):
            pass


def test_the_home_folder_is_made_up() -> None:
    assert Path.home() == conftest.HOME
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        assert Path(os.environ[name]).is_relative_to(conftest.HOME)
        assert not Path(os.environ[name]).exists()


@pytest.mark.logs_expected
def test_a_marked_test_may_log_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("anything").warning("expected")
    assert caplog.messages == ["expected"]
