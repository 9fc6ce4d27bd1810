"""What the user prefers, kept between runs: language, country, the provider and files used last.

Refuses to hold anything about the people in the files, and anything secret.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from app.language import LANGUAGES
from app.problems import Problem
from app.settings import stored
from app.settings.folders import Folders
from app.settings.stored import Broken, text_at

FILE_NAME = "preferences.json"
MAX_RECENT_FILES = 10


@dataclass(frozen=True, slots=True)
class Preferences:
    """`language` one of LANGUAGES, or None for the system's; `default_country` ISO 3166 alpha-2 or empty;
    `last_provider` and `last_account` names and ids, or empty; `recent_files` full paths, newest first;
    `last_seen_version` the program whose news the user has seen, empty before the first start;
    `look_for_newer` whether to ask for newer versions, `looked_on` the day that was last done (ISO)."""

    language: str | None = None
    default_country: str = ""
    last_provider: str = ""
    last_account: str = ""
    recent_files: tuple[str, ...] = ()
    last_seen_version: str = ""
    look_for_newer: bool = False
    looked_on: str = ""

    def with_recent_file(self, path: Path) -> Preferences:
        """The preferences with `path` as the newest of the recent files."""
        newest = str(path.absolute())
        older = (one for one in self.recent_files if one != newest)
        return replace(self, recent_files=(newest, *older)[:MAX_RECENT_FILES])

    def without_recent_file(self, path: Path) -> Preferences:
        """The preferences without `path` among the recent files."""
        gone = str(path.absolute())
        return replace(self, recent_files=tuple(one for one in self.recent_files if one != gone))


def load_preferences(folders: Folders) -> tuple[Preferences, Problem | None]:
    """The saved preferences, or the defaults; with a Problem to show if the file was of no use.

    A damaged file is set aside beside its place. Keys of a newer program are passed over.
    """
    return stored.load(folders.settings / FILE_NAME, _understand, Preferences())


def change_preferences(folders: Folders, before: Preferences, after: Preferences) -> None:
    """Save what differs between `before` and `after`, and leave what another window saved meanwhile.

    Raises FileProblem if the disk does not take it, or if what is kept can't be read.
    """
    path = folders.settings / FILE_NAME
    with stored.alone(path):
        kept, problem = load_preferences(folders)
        if problem is not None and path.exists():
            raise problem  # a damaged file was set aside; one that can't be read must not be written over
        names = [one.name for one in fields(Preferences)]
        changed = {
            name: getattr(after, name) for name in names if getattr(after, name) != getattr(before, name)
        }
        if changed.get("recent_files"):
            changed["recent_files"] = _joined(kept.recent_files, before.recent_files, after.recent_files)
        stored.save(path, asdict(replace(kept, **changed)))


def _joined(kept: tuple[str, ...], before: tuple[str, ...], after: tuple[str, ...]) -> tuple[str, ...]:
    """The kept files with what came first, or went, between `before` and `after`."""
    if len(after) < len(before):
        return tuple(one for one in kept if one in after or one not in before)
    newest = tuple(one for one in after if one not in before) or after[:1]
    return (*newest, *(one for one in kept if one not in newest))[:MAX_RECENT_FILES]


def _understand(content: Mapping[str, object]) -> Preferences:
    language = content.get("language")
    if language is not None and language not in LANGUAGES:
        raise Broken("language: not one we speak")
    country = text_at(content, "default_country", "")
    if not re.fullmatch(r"(?:[A-Z]{2})?", country, re.ASCII):
        raise Broken("default_country: two capital letters expected")
    files = content.get("recent_files", [])
    if not isinstance(files, list) or not all(isinstance(file, str) and file for file in files):
        raise Broken("recent_files: a list of paths expected")
    return Preferences(
        language=None if language is None else str(language),
        default_country=country,
        last_provider=text_at(content, "last_provider", ""),
        last_account=text_at(content, "last_account", ""),
        recent_files=tuple(files[:MAX_RECENT_FILES]),
        last_seen_version=text_at(content, "last_seen_version", ""),
        look_for_newer=content.get("look_for_newer") is True,
        looked_on=text_at(content, "looked_on", ""),
    )
