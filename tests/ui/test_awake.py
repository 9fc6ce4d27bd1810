"""The machine is asked to stay awake, and harm is done nowhere where it can't be."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from app.ui.awake import WAYS, Awake, Release


class Asked:
    """A way that notes what it is asked."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def __call__(self, why: str) -> Release:
        self.said.append(why)
        return lambda: self.said.append("released")


def test_it_is_asked_once_and_let_go_once() -> None:
    asked = Asked()
    awake = Awake("anywhere", {"anywhere": asked})
    awake.keep("an upload")
    awake.keep("an upload")
    assert awake.kept
    awake.let_go()
    awake.let_go()
    assert asked.said == ["an upload", "released"]
    assert not awake.kept


def test_a_system_without_a_way_sleeps_as_it_would() -> None:
    awake = Awake("elsewhere")
    awake.keep("an upload")
    assert not awake.kept
    awake.let_go()


def test_a_way_that_fails_is_no_harm() -> None:
    def fails(why: str) -> Release:
        raise OSError(why)

    awake = Awake("anywhere", {"anywhere": fails})
    awake.keep("an upload")
    assert not awake.kept


@pytest.mark.skipif(sys.platform != "linux", reason="the way of Linux")
def test_on_linux_the_inhibitor_lives_as_long_as_it_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tmp_path / "told"
    os.mkfifo(told)  # whoever reads it waits until there is something to read
    program = tmp_path / "systemd-inhibit"
    program.write_text(f'#!/bin/sh\n{{ echo "$@"; env; }} > {told}\ncat\necho ended > {told}\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("CONTACT_FERRY_SECRET_PASSWORD", "zq-secret")
    release = WAYS["linux"]("Contacts are being uploaded")
    words = told.read_text()
    release()
    assert "--what=idle:sleep" in words
    assert "--why=Contacts are being uploaded" in words
    assert "zq-secret" not in words


@pytest.mark.skipif(sys.platform != "linux", reason="the way of Linux")
def test_on_linux_without_the_inhibitor_nothing_happens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    awake = Awake("linux")
    awake.keep("an upload")
    assert not awake.kept
