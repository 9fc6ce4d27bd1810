"""Brings the catalogues of sentences up to date: collects them from app/, merges, compiles.

    python packaging/catalogue.py           collect, merge into resources/language/<code>/, compile
    python packaging/catalogue.py --check   only say whether that would change anything (exit status 1)

Works with Babel (a test tool); the program itself needs only the compiled files.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "language"
TRANSLATIONS = ("it", "fr", "de", "es")
KEYWORDS = {"tr": None, "mark": None, "trn": (1, 2)}
WIDTH = 110
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
HEADER = (
    "# The sentences of Contact Ferry. Made by packaging/catalogue.py; only the translations are by hand."
)


def main(arguments: Sequence[str]) -> int:
    """Update everything, or check it; the exit status."""
    parser = argparse.ArgumentParser(description="Bring the catalogues of sentences up to date.")
    parser.add_argument("--check", action="store_true", help="change nothing; fail if something would change")
    check = parser.parse_args(arguments).check
    template = collected()
    stale = []
    for code in TRANSLATIONS:
        folder = FOLDER / code / "LC_MESSAGES"
        catalogue = merged(code, template)
        stale += written(folder / "app.po", as_po(catalogue), check)
        stale += written(folder / "app.mo", as_mo(catalogue), check)
        missing = sum(not complete(message.string) for message in catalogue if message.id)
        print(f"{code}: {len(catalogue)} sentences, {missing} not translated")
    stale += written(FOLDER / "app.pot", as_po(template), check)
    if check and stale:
        print("Out of date:", *stale, "Run: python packaging/catalogue.py", sep="\n  ")
        return 1
    return 0


def collected() -> Catalog:
    """Every sentence in app/, with the files it stands in."""
    template = Catalog(project="Contact Ferry", charset="utf-8", header_comment=HEADER, fuzzy=False)
    for name, _, message, comments, _ in extract_from_dir(
        ROOT / "app", method_map=[("**.py", "python")], keywords=KEYWORDS
    ):
        template.add(message, locations=[(f"app/{name}", 0)], auto_comments=comments)
    return template


def merged(code: str, template: Catalog) -> Catalog:
    """The translations that there are, for the sentences that there are now. Nothing is guessed."""
    path = FOLDER / code / "LC_MESSAGES" / "app.po"
    catalogue = Catalog(locale=code, project="Contact Ferry", header_comment=HEADER, fuzzy=False)
    if path.exists():
        with path.open("rb") as file:
            for message in read_po(file, locale=code):
                if message.id:
                    catalogue[message.id] = message
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def complete(string: str | Sequence[str] | None) -> bool:
    """Whether a sentence, or each form of a counted one, is translated."""
    return bool(string) if string is None or isinstance(string, str) else all(string)


def as_po(catalogue: Catalog) -> bytes:
    """The catalogue as text, the same bytes for the same sentences."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=WIDTH, sort_output=True, omit_header=False, include_lineno=False)
    lines = buffer.getvalue().split(b"\n")
    moving = (
        b'"POT-Creation-Date',
        b'"PO-Revision-Date',
        b'"Last-Translator',
        b'"Generated-By',
        b'"Report-Msgid',
    )
    return b"\n".join(line for line in lines if not line.startswith(moving))


def as_mo(catalogue: Catalog) -> bytes:
    """The catalogue as gettext reads it."""
    plain = read_po(io.BytesIO(as_po(catalogue)), locale=catalogue.locale)
    plain.creation_date = plain.revision_date = NO_DATE  # the same bytes for the same sentences
    buffer = io.BytesIO()
    write_mo(buffer, plain)
    return buffer.getvalue()


def written(path: Path, content: bytes, check: bool) -> list[str]:
    """Write `content`, unless only checking; the path's name if it was out of date."""
    if path.exists() and path.read_bytes() == content:
        return []
    if not check:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return [path.relative_to(ROOT).as_posix()]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
