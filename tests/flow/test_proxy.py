"""The proxy's password: from the environment, the system's settings or the store; only where a proxy is."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.flow.access import Access
from app.flow.parts import Parts
from app.flow.proxy import keep_proxy_pass, with_proxy_pass
from app.settings.credentials import Credentials, SessionCredentials
from app.settings.folders import Folders
from app.upload.addresses import Addresses, ProxyPass

THERE = Access(Addresses("https://api.example.com/"), {})
KEPT = ProxyPass("kept", "word-1")


def parts_with(folder: Path, credentials: Credentials, **environment: str) -> Parts:
    def no_practice(_: str) -> object:
        raise LookupError

    named = {f"CONTACT_FERRY_SECRET_{name.upper()}": value for name, value in environment.items()}
    return Parts(Folders(folder, folder, folder), lambda: credentials, no_practice, named)  # type: ignore[arg-type]


@pytest.fixture
def kept() -> Credentials:
    credentials = SessionCredentials()
    keep_proxy_pass("proxy.example.com:3128", KEPT, credentials)
    return credentials


def test_the_password_is_kept_for_its_proxy_alone(
    tmp_path: Path, kept: Credentials, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = parts_with(tmp_path, kept)
    monkeypatch.setenv("https_proxy", "proxy.example.com:3128")
    assert with_proxy_pass(THERE, parts).addresses.proxy == KEPT
    monkeypatch.setenv("https_proxy", "elsewhere.example.com:3128")
    assert with_proxy_pass(THERE, parts).addresses.proxy is None


def test_the_environment_comes_first_then_the_systems_settings(
    tmp_path: Path, kept: Credentials, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", "http://own:w%6Frd-2@proxy.example.com:3128")
    assert with_proxy_pass(THERE, parts_with(tmp_path, kept)).addresses.proxy == ProxyPass("own", "word-2")
    told = parts_with(tmp_path, kept, proxy_username="told", proxy_password="word-3")
    assert with_proxy_pass(THERE, told).addresses.proxy == ProxyPass("told", "word-3")


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/", "https://localhost/"])
def test_nobody_is_asked_where_there_is_no_proxy(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", "proxy.example.com:3128")

    def unopened() -> Credentials:
        raise AssertionError("the store was opened")

    folders = Folders(tmp_path, tmp_path, tmp_path)
    parts = Parts(folders, unopened, lambda _: None)  # type: ignore[arg-type, return-value]
    access = Access(Addresses(address), {})
    assert with_proxy_pass(access, parts) is access
    practice = Access(Addresses("http://127.0.0.1:9/", practice=True), {})
    assert with_proxy_pass(practice, parts) is practice
