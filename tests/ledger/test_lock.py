"""One at a time works on a ledger; who merely looks is waited for, and makes nothing."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.ledger.connection import LedgerProblem
from app.ledger.ledger import Ledger, erase
from app.ledger.lock import LedgerLock, is_free
from app.ledger.presence import hold, is_abandoned

ELSEWHERE = ["what?", "x:y", os.fsdecode(b"jos\xe9")] if os.name == "posix" else []
NAMES = ["a b", "50%", "a#b", "caf\u00e9", "a&mode=memory", *ELSEWHERE]


def test_who_looks_for_a_moment_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looking = ExitStack()
    looking.enter_context(LedgerLock(tmp_path / "l"))
    monkeypatch.setattr("app.ledger.lock.time.sleep", lambda _: looking.close())
    with LedgerLock(tmp_path / "l"):
        assert not is_free(tmp_path / "l")
    assert is_free(tmp_path / "l")


def test_who_looks_hardly_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr("app.ledger.lock.time.sleep", waited.append)
    with LedgerLock(tmp_path / "l"):
        assert not is_free(tmp_path / "l")
        assert sum(waited) <= 0.05
        waited.clear()
        with pytest.raises(LedgerProblem, match="another window"), LedgerLock(tmp_path / "l"):
            pass
    assert 0.4 < sum(waited) < 0.6


def test_what_is_erased_while_it_is_opened_is_not_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "l"
    Ledger.create(path).close()
    erase(path)
    monkeypatch.setattr(Path, "is_file", lambda _: True)  # as it was a moment before
    with pytest.raises(LedgerProblem, match="are gone"):
        Ledger.open(path)
    assert list(tmp_path.iterdir()) == []


def test_what_is_being_erased_is_never_taken_for_what_a_crash_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, unlink, seen = tmp_path / "l", Path.unlink, dict[str, bool]()

    def look_first(name: Path, missing_ok: bool = False) -> None:
        seen[name.name] = path.exists() and is_abandoned(path)
        unlink(name, missing_ok=missing_ok)

    assert hold(path)
    Ledger.create(path).close()
    monkeypatch.setattr(Path, "unlink", look_first)
    erase(path)
    assert "l" in seen
    assert not any(seen.values())
    assert not path.exists()


@pytest.mark.parametrize("name", NAMES)
def test_a_ledger_may_be_called_anything(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    with Ledger.create(folder / "l") as ledger:
        ledger.note("file", "list.xlsx")
    with Ledger.open(folder / "l") as ledger:
        assert ledger.fact("file") == "list.xlsx"
