"""Secrets: where they may rest, and what happens when the store is locked, hangs or lies."""

# ruff: noqa: ARG002 - a faulty store has no use for what it is asked

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import ClassVar

import keyring.backends.chainer
import keyring.backends.fail
import keyring.backends.null
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import InitError, KeyringLocked, NoKeyringError, PasswordDeleteError, PasswordSetError

from app.log import hidden
from app.problems import Problem
from app.settings.credentials import (
    MAX_LENGTH,
    Credentials,
    KeyringCredentials,
    SessionCredentials,
    open_credentials,
)


class Drawer(KeyringBackend):
    """A store in memory, one per test."""

    priority: ClassVar[float] = 1  # type: ignore[assignment, unused-ignore]

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("not there")


class Faulty(Drawer):
    """A store whose every answer is a fault."""

    priority: ClassVar[float] = 0.5  # type: ignore[assignment, unused-ignore]

    def __init__(self, fault: Exception | None = None) -> None:
        super().__init__()
        self.fault = fault or PasswordSetError("no")

    def get_password(self, service: str, username: str) -> str | None:
        raise self.fault

    def set_password(self, service: str, username: str, password: str) -> None:
        raise self.fault


class Forgetful(Drawer):
    """A store that takes everything and keeps nothing."""

    priority: ClassVar[float] = 0.4  # type: ignore[assignment, unused-ignore]

    def set_password(self, service: str, username: str, password: str) -> None:
        pass

    def delete_password(self, service: str, username: str) -> None:
        pass


class DressedUp(keyring.backends.null.Keyring):
    """A store that keeps nothing, under a name of its own."""


# Both kinds keep the same promises.


@pytest.fixture(params=["keyring", "session"])
def credentials(request: pytest.FixtureRequest) -> Credentials:
    if request.param == "session":
        return SessionCredentials()
    drawer = Drawer()
    return KeyringCredentials(store=lambda: drawer)


def test_a_secret_comes_back_until_it_is_erased(credentials: Credentials) -> None:
    assert credentials.read("a1", "api_key") is None
    credentials.write("a1", "api_key", "schlüssel-1")
    credentials.write("a2", "api_key", "schlüssel-2")
    assert credentials.read("a1", "api_key") == "schlüssel-1"
    credentials.erase("a1", "api_key")
    credentials.erase("a1", "api_key")
    assert credentials.read("a1", "api_key") is None
    assert credentials.read("a2", "api_key") == "schlüssel-2"


def test_writing_nothing_erases(credentials: Credentials) -> None:
    credentials.write("a1", "api_key", "something")
    credentials.write("a1", "api_key", "")
    assert credentials.read("a1", "api_key") is None


def test_what_passes_the_door_is_hidden_from_the_log(credentials: Credentials) -> None:
    credentials.write("a1", "api_key", "quite-a-secret")
    assert hidden("sent quite-a-secret") == "sent [hidden]"


# The keyring.


def test_each_account_is_a_service_of_its_own() -> None:
    drawer = Drawer()
    KeyringCredentials(store=lambda: drawer).write("a1", "api_key", "sesame-77")
    assert drawer.kept == {("contact-ferry/a1", "api_key"): "sesame-77"}


def test_the_systems_own_keyring_is_the_usual_one() -> None:
    before = keyring.get_keyring()
    drawer = Drawer()
    keyring.set_keyring(drawer)
    try:
        credentials = open_credentials()
        credentials.write("a1", "api_key", "sesame-77")
    finally:
        keyring.set_keyring(before)
    assert (credentials.lasting, credentials.why) == (True, "")
    assert drawer.kept == {("contact-ferry/a1", "api_key"): "sesame-77"}


@pytest.mark.parametrize(
    ("fault", "title"),
    [
        (NoKeyringError("none"), "no safe password store"),
        (InitError("Failed to create the collection: Prompt dismissed.."), "not opened"),
        (KeyringLocked("Failed to unlock the collection!"), "locked"),
        (PasswordSetError("Can't store password"), "refused"),
        (OSError(1783, "The stub received bad data"), "refused"),
        (RuntimeError("org.freedesktop.DBus.Error.NoReply"), "refused"),
    ],
)
@pytest.mark.parametrize("call", ["read", "write", "erase"])
def test_every_fault_of_the_store_is_a_problem(fault: Exception, title: str, call: str) -> None:
    credentials = KeyringCredentials(store=lambda: Faulty(fault))
    calls: dict[str, Callable[[], object]] = {
        "read": lambda: credentials.read("a1", "k"),
        "write": lambda: credentials.write("a1", "k", "sesame-77"),
        "erase": lambda: credentials.erase("a1", "k"),
    }
    with pytest.raises(Problem, match=title) as caught:
        calls[call]()
    assert caught.value.advice
    assert type(fault).__name__ in caught.value.details


def test_a_fault_that_quotes_the_secret_does_not_pass_it_on() -> None:
    credentials = KeyringCredentials(store=lambda: Faulty(OSError("cannot store word-of-mine")))
    with pytest.raises(Problem) as caught:
        credentials.write("a1", "k", "word-of-mine")
    assert "word-of-mine" not in caught.value.details


def test_a_store_that_hangs_is_waited_for_within_bounds() -> None:
    released = threading.Event()

    def hang() -> KeyringBackend:
        released.wait(30)
        return Drawer()

    began = time.monotonic()
    try:
        with pytest.raises(Problem, match="does not answer"):
            KeyringCredentials(0.05, hang).read("a1", "k")
        assert not open_credentials(0.05, hang).lasting
        assert time.monotonic() - began < 10
    finally:
        released.set()


def test_a_secret_too_long_for_windows_is_refused_everywhere() -> None:
    drawer = Drawer()
    credentials = KeyringCredentials(store=lambda: drawer)
    credentials.write("a1", "k", "q" * MAX_LENGTH)
    for secret in ("q" * (MAX_LENGTH + 1), "\U0001f511" * (MAX_LENGTH // 2 + 1)):
        with pytest.raises(Problem, match="too long"):
            credentials.write("a1", "k", secret)
    assert credentials.read("a1", "k") == "q" * MAX_LENGTH


# Which stores are worth the name.


def test_the_probe_leaves_nothing_behind() -> None:
    drawer = Drawer()
    assert open_credentials(store=lambda: drawer).lasting
    assert drawer.kept == {}


@pytest.mark.parametrize(
    "store",
    [keyring.backends.fail.Keyring, keyring.backends.null.Keyring, DressedUp, Forgetful, Faulty],
)
def test_a_store_that_keeps_nothing_is_told_from_one_that_does(store: Callable[[], KeyringBackend]) -> None:
    credentials = open_credentials(store=store)
    assert isinstance(credentials, SessionCredentials)
    assert not credentials.lasting
    assert "until you close the program" in credentials.why
    credentials.write("a1", "k", "sesame-77")
    assert credentials.read("a1", "k") == "sesame-77"


def test_plain_text_stores_are_refused() -> None:
    plain = type("PlaintextKeyring", (Drawer,), {"__module__": "keyrings.alt.file", "priority": 0.1})
    assert not open_credentials(store=plain).lasting


def test_of_a_chain_only_a_store_worth_the_name_is_used() -> None:
    plain = type("PlaintextKeyring", (Drawer,), {"__module__": "keyrings.alt.file", "priority": 0.1})()
    drawer = Drawer()

    def chain(*links: object) -> KeyringBackend:
        made: KeyringBackend = type(
            "Chain", (SimpleNamespace,), {"__module__": keyring.backends.chainer.__name__}
        )(backends=list(links))
        return made

    assert not open_credentials(store=lambda: chain(plain, plain)).lasting
    credentials = open_credentials(store=lambda: chain(plain, drawer))
    assert credentials.lasting
    credentials.write("a1", "k", "sesame-77")
    assert (plain.kept, len(drawer.kept)) == ({}, 1)


# The real thing.


@pytest.mark.real_keyring
def test_a_real_secret_service_keeps_and_forgets() -> None:
    credentials = open_credentials()
    assert (credentials.lasting, credentials.why) == (True, "")
    credentials.write("0123456789abcdef", "api_key", "Schlüssel für Zoë")
    assert KeyringCredentials().read("0123456789abcdef", "api_key") == "Schlüssel für Zoë"
    credentials.erase("0123456789abcdef", "api_key")
    credentials.erase("0123456789abcdef", "api_key")
    assert credentials.read("0123456789abcdef", "api_key") is None
