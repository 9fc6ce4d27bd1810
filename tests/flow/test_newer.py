"""Whether a newer version is looked for only when asked, told rightly, and missed in silence."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from app.flow.newer import Releases, is_due, known_releases, newer_version
from app.problems import NetworkProblem
from app.progress import Stop
from app.settings.preferences import Preferences
from tests.endpoint import Endpoint, answer, listening

TODAY = date(2026, 3, 20)


def announced(body: bytes, status: str = "200 OK", now: str = "1.9.0") -> str:
    endpoint = Endpoint([answer(body, status)])
    with listening(endpoint):
        return newer_version(Releases(endpoint.address, "https://example.com/releases"), now)


@pytest.mark.parametrize("tag", ["v1.10.0", "1.10.0", "v2.0"])
def test_a_later_version_is_told(tag: str) -> None:
    assert announced(json.dumps({"tag_name": tag}).encode()) == tag.removeprefix("v")


@pytest.mark.parametrize("tag", ["v1.9.0", "1.9", "v1.8.7", "v1.9.0-rc1", "latest", "<b>2.0</b>", "", "٢.0"])
def test_anything_else_is_not(tag: str) -> None:
    assert announced(json.dumps({"tag_name": tag}).encode()) == ""


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"<html>Please log in</html>", "200 OK"),
        (b"[]", "200 OK"),
        (b"{", "200 OK"),
        (b'{"tag_name": "v9.0"}', "404 Not Found"),
        (b'{"tag_name": "v9.0"}', "302 Found"),
    ],
)
def test_an_answer_that_is_none_is_passed_over(body: bytes, status: str) -> None:
    assert announced(body, status) == ""


def test_nobody_there_is_no_news() -> None:
    endpoint = Endpoint([b""])
    with listening(endpoint):
        pass
    assert newer_version(Releases(endpoint.address, ""), "1.0") == ""


def test_a_stop_is_heard() -> None:
    stop = Stop()
    stop.ask()
    assert newer_version(Releases("http://127.0.0.1:9/", ""), "1.0", stop) == ""


def test_nothing_is_told_but_that_somebody_asks() -> None:
    endpoint = Endpoint([answer(b"{}")])
    with listening(endpoint):
        newer_version(Releases(endpoint.address, ""), "1.0")
    [head] = endpoint.heard
    names = {line.partition(b":")[0].lower() for line in head.splitlines()[1:] if line}
    assert names == {b"host", b"accept", b"accept-encoding", b"user-agent"}
    assert b"1.0" not in head.replace(b"HTTP/1.", b"").replace(b"127.0.0.1", b"")


def test_an_address_without_encryption_is_refused() -> None:
    with pytest.raises(NetworkProblem):
        newer_version(Releases("http://example.com/", ""), "1.0")


@pytest.mark.parametrize(
    ("wanted", "looked_on", "due"),
    [
        (False, "", False),
        (False, "2020-01-01", False),
        (True, "", True),
        (True, "2026-03-14", False),
        (True, "2026-03-13", True),
        (True, "2031-01-01", True),
        (True, "yesterday", True),
    ],
)
def test_it_is_asked_once_a_week_and_only_if_wanted(wanted: bool, looked_on: str, due: bool) -> None:
    assert is_due(Preferences(look_for_newer=wanted, looked_on=looked_on), TODAY) is due


def test_a_checkout_knows_nobody_to_ask(tmp_path: Path) -> None:
    assert known_releases() is None
    built = tmp_path / "releases.txt"
    built.write_text("https://example.com/feed\nhttps://example.com/releases\n")
    assert known_releases(built) == Releases("https://example.com/feed", "https://example.com/releases")
    built.write_text("https://example.com/feed")
    assert known_releases(built) is None
