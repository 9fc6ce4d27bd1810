"""Reads from resources/changes.md what is new since the version a user saw last.

Knows headings with version numbers; refuses to know what the sections say and how they are shown.
"""

from __future__ import annotations

import re
from pathlib import Path

from app import language

FOLDER = Path(__file__).resolve().parent.parent.parent / "resources"
_HEADING = re.compile(r"^## (\d+(?:\.\d+)*)[ \t]*$", re.MULTILINE)


def changes_since(seen: str, now: str, folder: Path = FOLDER) -> str:
    """The sections (Markdown, newest first) of the versions after `seen` up to `now`; empty if none.

    In the user's language where a changes.<code>.md is there, else in English. Versions are "1.2.3"; after a
    step back to an older version there is nothing new.
    """
    own = folder / f"changes.{language.current()}.md"
    text = (own if own.exists() else folder / "changes.md").read_text(encoding="utf-8")
    headings = [*_HEADING.finditer(text)]
    ends = [heading.start() for heading in headings[1:]] + [len(text)]
    return "\n\n".join(
        text[heading.start() : end].strip()
        for heading, end in zip(headings, ends, strict=True)
        if numbers_of(seen) < numbers_of(heading[1]) <= numbers_of(now)
    )


def numbers_of(version: str) -> tuple[int, ...]:
    """What versions are compared by: "1.2" and "1.2.0" are the same one."""
    numbers = [int(digits) for digits in re.findall(r"\d+", version)]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
