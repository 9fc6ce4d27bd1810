"""Finds the help pages: one for each step and each provider, in the language in use or else in English.

Knows files in resources/help/<language>/<name>.md, and nothing of how they are shown.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from app import language

STEPS = ("choose_file", "map_columns", "choose_provider", "check_contacts", "upload", "report")
PROVIDER = "provider_{name}"
FOLDER = Path(__file__).resolve().parents[3] / "resources" / "help"


def page_text(name: str) -> str:
    """The Markdown of the page called `name`. Raises LookupError if there is none, not even in English."""
    for code in (language.current(), "en"):
        path = FOLDER / code / f"{name}.md"
        if path.is_file():
            return path.read_text(encoding="utf-8")
    raise LookupError(name)


def shipped() -> dict[str, int]:
    """Language -> how many pages there are in it, empty ones not counted."""
    pages = [path for path in sorted(FOLDER.glob("*/*.md")) if path.stat().st_size]
    return Counter(path.parent.name for path in pages)


def page_title(name: str) -> str:
    """The page's first heading."""
    first = page_text(name).partition("\n")[0]
    return first.lstrip("# ").strip()
