"""Tries which news a user gets to see after an update."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import __version__, language
from app.settings.changes import changes_since

TEXT = "# What is new\n\n## 1.10.0\n\n- Ten\n\n## 1.9.1\n\n- Nine\n\n## 1.9\n\n- Old\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "changes.md").write_text(TEXT, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("seen", "now", "expected"),
    [
        ("1.9.1", "1.10.0", "## 1.10.0\n\n- Ten"),
        ("1.9", "1.10.0", "## 1.10.0\n\n- Ten\n\n## 1.9.1\n\n- Nine"),
        ("1.9.1", "1.9.1", ""),
        ("1.10.0", "1.9", ""),
        ("1.9", "1.9.1", "## 1.9.1\n\n- Nine"),
    ],
)
def test_only_what_came_after_the_version_seen_is_new(
    folder: Path, seen: str, now: str, expected: str
) -> None:
    assert changes_since(seen, now, folder) == expected


def test_news_come_in_the_users_language_where_there_are_any(folder: Path) -> None:
    (folder / "changes.it.md").write_text("## 2.0\n\n- Novità\n", encoding="utf-8")
    language.use("it")
    try:
        assert changes_since("1.0", "2.0", folder) == "## 2.0\n\n- Novità"
    finally:
        language.use("en")


def test_the_changes_we_ship_begin_with_this_version() -> None:
    assert changes_since("0", __version__).startswith(f"## {__version__}\n")
