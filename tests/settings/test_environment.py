"""Secrets in environment variables: found by name, and nobody's who is started meanwhile."""

from __future__ import annotations

import os

import pytest

from app.child.parent import run_in_child
from app.log import hidden
from app.progress import Stop, Tell
from app.settings.environment import environment_secrets, secrets_put_away

NAME = "CONTACT_FERRY_SECRET_API_KEY"


def test_secrets_may_come_from_the_environment() -> None:
    environ = {NAME: "word-one", "CONTACT_FERRY_SECRET_LOGIN": "", "API_KEY": "no"}
    assert environment_secrets(["api-key", "login", "password"], environ) == {"api-key": "word-one"}
    assert hidden("word-one") == "[hidden]"


def inherited(*, tell: Tell, stop: Stop) -> list[str]:
    """What a child process finds in its environment, by its own variables and by what the system shows."""
    del tell, stop
    return [f"{name}={value}" for name, value in os.environ.items() if "sesame-77" in value]


def test_a_child_process_inherits_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "sesame-77")
    assert run_in_child(inherited) == [f"{NAME}=sesame-77"]  # the search can find it
    with secrets_put_away() as environment:
        assert environment == {NAME: "sesame-77"}
        assert run_in_child(inherited) == []
    assert os.environ[NAME] == "sesame-77"
